"""Parquet for data frames and query engines: a folder with one file a table, every column typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

ABOUT = ("Parquet：供 pandas、DuckDB、Spark，列有类型", "Parquet: for pandas, DuckDB, Spark, with typed columns")
SUFFIX, EXTRA, BINARY = "/", "parquet", True


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write each table to NAME.parquet. Figures are double-precision numbers."""
    from kg.export.carried import rounded
    from kg.export.parquet_file import write_parquet
    from kg.export.tables import TABLES

    target.mkdir()
    for table in TABLES:
        kinds = {column.name: column.kind for column in table.columns}
        write_parquet(target / f"{table.name}.parquet", kinds, table.rows(graph))
    return rounded(graph)
