"""`kg export parquet`: typed columns that hold the whole graph."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from export_cases import CASES, graph
from hostile_cases import NUL, hostile
from rebuild import rebuilt, without_build

from kg.export.exporter import export
from kg.export.tables import TABLES

pq = pytest.importorskip("pyarrow.parquet", reason="no pyarrow: pip install 'yishi[parquet]'")


def read(folder):
    return {table.name: pq.read_table(folder / f"{table.name}.parquet").to_pylist() for table in TABLES}


@pytest.mark.parametrize("case", CASES)
def test_the_tables_hold_the_whole_graph(case, tmp_path):
    assert not export(graph(case), "parquet", tmp_path / "out")
    assert rebuilt(read(tmp_path / "out")) == without_build(graph(case))


def test_hostile_words_even_nul_come_back(tmp_path):
    assert not export(hostile(NUL), "parquet", tmp_path / "out")
    assert rebuilt(read(tmp_path / "out")) == without_build(hostile(NUL))


def test_columns_have_types(tmp_path):
    export(graph("small"), "parquet", tmp_path / "out")
    types = {field.name: str(field.type) for field in pq.read_schema(tmp_path / "out" / "figures.parquet")}
    assert (types["value"], types["entity"]) == ("double", "string") and types["evidence"].startswith("list<")
    entities = {field.name: str(field.type) for field in pq.read_schema(tmp_path / "out" / "entities.parquet")}
    assert (entities["resolved"], entities["mentions"]) == ("bool", "int64")


def test_a_figure_of_more_digits_than_a_double_keeps_is_said(tmp_path):
    small = graph("small")
    long = replace(small, measures=tuple(replace(m, value=Decimal("1234567890123456.789")) for m in small.measures))
    (note,) = export(long, "parquet", tmp_path / "out")
    assert note.lost and note.en.startswith("1 figure(s)")
