"""`kg export xlsx`: a workbook in the reader's language, the panel of figures first, without formulas."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace

import pytest
from export_cases import CASES, graph
from hostile_cases import NUL, hostile
from rebuild import rebuilt, without_build

from kg.export.exporter import export
from kg.export.formats import xlsx
from kg.export.joined import split
from kg.export.tables import TABLES, Table
from kg.model import Span
from kg.ontology import label, load_ontology

openpyxl = pytest.importorskip("openpyxl", reason="no openpyxl: pip install 'yishi[xlsx]'")


def read(path, lang):
    """The tables as Excel shows them, terms by their labels' names."""
    book = openpyxl.load_workbook(path, read_only=True)
    names = {
        label(str(term).partition("#")[2], lang): str(term).partition("#")[2]
        for term in load_ontology().subjects()
        if "#" in str(term)
    }
    return {table.name: list(_rows(book, table, lang, names)) for table in TABLES}


def _rows(book, table: Table, lang, names):
    title = table.zh if lang == "zh" else table.en
    sheets = [book[name] for name in book.sheetnames if re.fullmatch(rf"{title}( \d+)?", name)]
    for sheet in sheets:
        rows = sheet.iter_rows(values_only=True)
        assert list(next(rows)) == [column.zh if lang == "zh" else column.en for column in table.columns]
        for row in rows:
            yield {c.name: _cell(cell, c.kind, names) for cell, c in zip((*row, *[None] * 30), table.columns, strict=False)}


def _cell(cell, kind, names):
    if isinstance(cell, str):
        cell = re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), cell)  # as Excel reads it
    if kind in ("texts", "terms"):
        values = split(cell or "")
        return [names[value] for value in values] if kind == "terms" else values
    return names[cell] if kind == "term" and cell else cell


@pytest.mark.parametrize(("case", "lang"), [*((case, "zh") for case in CASES), ("small", "en")])
def test_the_sheets_hold_the_whole_graph(case, lang, tmp_path):
    assert not export(graph(case), "xlsx", tmp_path / "g.xlsx", lang=lang)
    assert rebuilt(read(tmp_path / "g.xlsx", lang)) == without_build(graph(case))


def test_the_first_sheet_is_the_panel_of_figures_and_numbers_are_numbers(tmp_path):
    export(graph("seed"), "xlsx", tmp_path / "g.xlsx")
    book = openpyxl.load_workbook(tmp_path / "g.xlsx")
    assert book.sheetnames == ["数据", "关系", "实体", "提及", "原句", "文本", "说明"]
    head, *rows = book["数据"].iter_rows(values_only=True)
    assert head[:6] == ("实体", "指标", "时间", "数值", "单位", "原句")
    assert [row[3:5] for row in rows if row[0] == "民生议事堂" and row[3] == 829] == [(829, "场次")]
    assert book["数据"].freeze_panes == "A2"


def test_nothing_is_a_formula_and_control_characters_are_kept_as_excel_keeps_them(tmp_path):
    assert not export(hostile(NUL), "xlsx", tmp_path / "g.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "g.xlsx"):
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b", "inlineStr"}
    assert rebuilt(read(tmp_path / "g.xlsx", "zh")) == without_build(hostile(NUL))


def test_a_cell_that_is_too_long_is_cut_and_that_is_said(tmp_path):
    small = graph("small")
    (sha,) = small.sources
    text = small.sources[sha].text + "长" * 40_000
    facts = (replace(small.facts[0], evidence=(Span(sha, 0, len(text)),)),)
    long = replace(small, sources={sha: replace(small.sources[sha], text=text)}, facts=facts)
    (note,) = export(long, "xlsx", tmp_path / "g.xlsx")
    assert note.lost and "2 cell(s) are cut" in note.en


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST", 4)
    export(graph("small"), "xlsx", tmp_path / "g.xlsx")
    assert "实体 3" in openpyxl.load_workbook(tmp_path / "g.xlsx").sheetnames
    assert rebuilt(read(tmp_path / "g.xlsx", "zh")) == without_build(graph("small"))


def test_the_file_does_not_tell_when_it_was_made(tmp_path):
    export(graph("small"), "xlsx", tmp_path / "g.xlsx")
    with zipfile.ZipFile(tmp_path / "g.xlsx") as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in parts.read("docProps/core.xml")
