"""Parquet for data frames and query engines: a folder with one file a table, every column typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

ABOUT = ("Parquet：供 pandas、DuckDB、Spark，列有类型", "Parquet: for pandas, DuckDB, Spark, with typed columns")
SUFFIX, EXTRA, BINARY = "/", "parquet", True
_BATCH = 50_000  # rows that are in memory at once


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write each table to NAME.parquet. Figures are double-precision numbers."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from kg.export.carried import rounded
    from kg.export.tables import TABLES

    kinds = {
        "text": pa.string(), "term": pa.string(), "texts": pa.list_(pa.string()), "terms": pa.list_(pa.string()),
        "whole": pa.int64(), "number": pa.float64(), "truth": pa.bool_(),
    }  # fmt: skip
    target.mkdir()
    for table in TABLES:
        schema = pa.schema([(column.name, kinds[column.kind]) for column in table.columns])
        with pq.ParquetWriter(target / f"{table.name}.parquet", schema) as writer:
            for batch in _batches(table.rows(graph)):
                columns = [
                    [None if cell is None else float(cell) for cell in cells] if column.kind == "number" else cells
                    for column, cells in zip(table.columns, zip(*batch, strict=True), strict=True)
                ]
                writer.write_table(pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema))
    return rounded(graph)


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
