"""Parquet files of typed columns, written a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

BATCH = 50_000  # rows that are in memory at once


def write_parquet(target: Path, kinds: Mapping[str, str], rows: Iterable[Iterable[Any]]) -> None:
    """Write rows to `target`. `kinds` are name → kind of the columns (see kg.export.tables.Column), cells in that order.

    Raises ModuleNotFoundError where pyarrow is not installed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "text": pa.string(), "term": pa.string(), "texts": pa.list_(pa.string()), "terms": pa.list_(pa.string()),
        "whole": pa.int64(), "number": pa.float64(), "truth": pa.bool_(),
    }  # fmt: skip
    schema = pa.schema([(name, types[kind]) for name, kind in kinds.items()])
    left = iter(rows)
    with pq.ParquetWriter(target, schema) as writer:
        while batch := list(islice(left, BATCH)):
            columns = [
                pa.array([None if cell is None else float(cell) for cell in cells] if kind == "number" else cells, types[kind])
                for cells, kind in zip(zip(*batch, strict=True), kinds.values(), strict=True)
            ]
            writer.write_table(pa.table(columns, schema=schema))
