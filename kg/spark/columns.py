"""Columns of DataFrames, named once and spelled as Spark and as Arrow want them.

A column's kind is one of those of kg.export.tables ("text", "texts", "whole" …), or the columns of rows that it holds many of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.export.tables import DOCUMENTS as DOCUMENTS_TABLE
from kg.export.tables import ENTITIES, FACTS, FIGURES, MENTIONS, SENTENCES, Table

Columns = Mapping[str, Any]
"""Name → kind, or Columns for many rows."""

_DDL = {
    "text": "string", "term": "string", "texts": "array<string>", "terms": "array<string>",
    "whole": "bigint", "number": "double", "truth": "boolean", "bytes": "binary",
}  # fmt: skip


def columns_of(table: Table) -> dict[str, str]:
    """The columns of a table of kg.export.tables."""
    return {column.name: column.kind for column in table.columns}


def cells(table: Table, row: Iterable[Any]) -> tuple[Any, ...]:
    """A row of the table as Arrow takes it: figures as double-precision numbers."""
    kinds = (column.kind for column in table.columns)
    return tuple(float(cell) if kind == "number" and cell is not None else cell for cell, kind in zip(row, kinds, strict=True))


PER_DOCUMENT = (FIGURES, FACTS, MENTIONS, SENTENCES, DOCUMENTS_TABLE)
"""Tables whose rows are each of one document: all but that of the entities."""

DOCUMENT = {"at": "text", "path": "text", "file": "text", "size": "whole", "content": "bytes"}
"""A document to be read: its path as the user named it, its row (`at`) where several have one path, and the `file` to open or the `content`."""

VARIANT = {
    "id": "text", "classes": "texts", "label": "text", "alt": "texts", "kind": "text", "resolved": "truth",
    "code": "text", "year": "text", "origin": "text",
}  # fmt: skip
"""What one reading says of an entity: the key of the first group-by."""

COUNTED = {"weight": "whole", "mentions": "whole", "first": "whole", "last": "whole"}
"""What is added up for it: mentions that vote, mentions that are written, first and last year of the documents."""

RECORD: dict[str, Any] = {
    "untold": "truth", "order": "text", "at": "text", "path": "text", "name": "text", "sha": "text", "error": "text", "unread": "texts", "characters": "whole",
    "title": "text", "text": "text", "quads": "text", "number": "whole", "plain": "texts",
    "entities": {**VARIANT, **COUNTED},
    **{table.name: columns_of(table) for table in PER_DOCUMENT},
}  # fmt: skip
"""All that came of one document. `untold`, then `order`: which of several with the same bytes stands for them; `error`: why it was not read; `quads`: its named graph as N-Quads but for its file's name, `number` of them; `plain`: its plain triples."""

MERGED: dict[str, Any] = {
    "id": "text", "iri": "text", "label": "text", "classes": "texts", "kind": "text", "varied": "truth",
    "quads": "text", "number": "whole", "mentions": "whole",
    **{f"row_{name}": kind for name, kind in columns_of(ENTITIES).items()},
}  # fmt: skip
"""An entity as all documents together have it. `varied`: not all of them have its classes so; `row_…`: its row in the table of entities."""

UNFIT = {"sha": "text", "subject": "text", "relation": "text", "object": "text"}
"""A fact of a document (its ends by their IRIs) that joins what the classes its ends have in the end do not let it join."""

NAMESAKE = {"id": "text", "iri": "text", "quads": "text", "number": "whole"}
"""A person of the same name as another, `iri`."""


def ddl(columns: Columns) -> str:
    """The columns as Spark spells a schema."""
    return ", ".join(f"`{name}` {_ddl(kind)}" for name, kind in columns.items())


def _ddl(kind: Any) -> str:
    if isinstance(kind, str):
        return _DDL[kind]
    return f"array<struct<{', '.join(f'`{name}`: {_ddl(inner)}' for name, inner in kind.items())}>>"


def arrow(columns: Columns) -> Any:
    """The columns as an Arrow schema."""
    import pyarrow as pa

    return pa.schema([(name, _arrow(kind)) for name, kind in columns.items()])


def _arrow(kind: Any) -> Any:
    import pyarrow as pa

    if isinstance(kind, str):
        return {
            "text": pa.string(), "term": pa.string(), "texts": pa.list_(pa.string()), "terms": pa.list_(pa.string()),
            "whole": pa.int64(), "number": pa.float64(), "truth": pa.bool_(), "bytes": pa.binary(),
        }[kind]  # fmt: skip
    return pa.list_(pa.struct([(name, _arrow(inner)) for name, inner in kind.items()]))


def batch(rows: Sequence[Mapping[str, Any]], columns: Columns) -> Any:
    """Rows as an Arrow record batch; what a row does not have is null."""
    import pyarrow as pa

    return pa.RecordBatch.from_pylist(list(rows), schema=arrow(columns))
