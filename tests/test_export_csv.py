"""`kg export csv`: tables that Excel opens, that compute nothing, and that hold the whole graph."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from export_cases import CASES, graph
from hostile_cases import NUL, hostile
from hypothesis import given
from hypothesis import strategies as st
from rebuild import rebuilt, without_build

from kg.export.exporter import export
from kg.export.joined import as_it_was, harmless, join, split
from kg.export.tables import TABLES, Column


def read(folder):
    """The tables as somebody reads them who knows the two rules: | between several values, ' before what looks like a formula."""
    return {table.name: list(_rows(folder / f"{table.name}.csv", table.columns)) for table in TABLES}


def _rows(path, columns: tuple[Column, ...]):
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {column.name: _cell(row[column.name], column.kind) for column in columns}


def _cell(cell: str, kind: str):
    if kind in ("texts", "terms"):
        return split(as_it_was(cell))
    if cell == "":
        return None
    convert = {"whole": int, "number": Decimal, "truth": lambda text: text == "true"}
    return convert.get(kind, as_it_was)(cell)


@pytest.mark.parametrize("case", CASES)
def test_the_tables_hold_the_whole_graph(case, tmp_path):
    assert not export(graph(case), "csv", tmp_path / "out")
    assert rebuilt(read(tmp_path / "out")) == without_build(graph(case))


def test_every_file_begins_with_a_byte_order_mark_so_that_excel_shows_chinese(tmp_path):
    export(graph("small"), "csv", tmp_path / "out")
    files = sorted((tmp_path / "out").glob("*.csv"))
    assert len(files) == len(TABLES)
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in files)


def test_the_figures_are_a_panel(tmp_path):
    export(graph("seed"), "csv", tmp_path / "out")
    with (tmp_path / "out" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:6] == ["entity", "indicator", "period", "value", "unit", "sentence"]
    found = [row for row in rows if row["entity"] == "民生议事堂" and row["value"] == "829"]
    assert [(row["period"], row["unit"]) for row in found] == [("2022", "场次")]
    assert "组织开展“民生议事堂”协商829场次" in found[0]["sentence"] and "\n" not in found[0]["sentence"]


def test_no_cell_is_a_formula(tmp_path):
    export(hostile(NUL), "csv", tmp_path / "out")
    for path in (tmp_path / "out").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                numbers = {"value", "min", "max", "start", "end", "mentions"}
                assert not any(
                    cell[:1] in tuple("=+-@＝＋－＠\t\r\n") for key, cell in row.items() if cell and key not in numbers
                )
    assert rebuilt(read(tmp_path / "out")) == without_build(hostile(NUL))


@given(st.text())
def test_what_is_made_harmless_can_be_got_back(text):
    assert as_it_was(harmless(text)) == text
    assert harmless(text)[:1] not in tuple("=+-@＝＋－＠\t\r\n") or text == ""


@given(st.lists(st.text(st.sampled_from("a |\\'=\n政")).filter(bool)))
def test_several_values_in_a_cell_can_be_got_back(values):
    assert split(join(values)) == values
