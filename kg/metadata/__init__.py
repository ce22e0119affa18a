"""What the user knows of the files: a table beside the documents, whose rows go before what the texts say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from kg.metadata.table import Table, read_table, table_of
from kg.metadata.told import Told, told_of

__all__ = ["Metadata", "Table", "Told", "metadata_table", "told_of"]

Metadata = str | PathLike[str] | Mapping[str, Mapping[str, object]]
"""The path of a table, or file → {heading: what is known}."""


def metadata_table(metadata: Metadata | None) -> Table | None:
    """The table that `metadata` names or is; None for none. Raises InputError and UsageError as kg.metadata.table does."""
    if metadata is None:
        return None
    return table_of(metadata) if isinstance(metadata, Mapping) else read_table(Path(metadata))
