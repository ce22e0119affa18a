"""An Excel workbook: a sheet for each table, the panel of figures first, headings and terms in the reader's language.

Texts are text whatever they begin with, never formulas. What XML cannot hold stands as Excel itself writes it (_x000D_).
"""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.export.tables import Cell, Column, Table
    from kg.graph.knowledge import Graph

ABOUT = ("Excel：一表一页，首页为数据面板", "Excel: a sheet for each table, a panel of figures first")
SUFFIX, EXTRA, BINARY = ".xlsx", "xlsx", True

LONGEST, MOST = 32_767, 1_048_575  # what a cell and (below its heading) a sheet can hold
_NOT_PLAIN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WIDTHS = {"sentence": 60, "quote": 60, "entity": 24, "subject": 24, "object": 24, "name": 24, "indicator": 24, "title": 40}
_ABOUT: dict[str, tuple[str, str]] = {
    "sheet": ("说明", "about"),
    "tool": ("由 yishi 生成", "made by yishi"),
    "base": ("标识的开头", "what IRIs begin with"),
    "several": ("一格多个值时", "several values in a cell"),
    "how": (r"以 | 隔开；值内的 | 写作 \|", r"have | between them; a | in a value is written \|"),
    "rows": ("行数", "rows"),
}


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write the workbook."""
    from openpyxl import Workbook

    from kg.export.carried import rounded
    from kg.export.tables import TABLES
    from kg.export.timeless import take_out_clock
    from kg.ontology import knowing

    book = Workbook(write_only=True)
    cut, counts = 0, []
    for table in TABLES:
        with knowing(graph.terms):
            rows, short = _sheets(book, table, graph, lang)
        cut += short
        counts.append((table.zh if lang == "zh" else table.en, rows))
    _about(book, graph, counts, lang)
    _save(book, target)
    take_out_clock(target)
    return (*_cut(cut), *rounded(graph))


def _save(book: Any, target: Path) -> None:
    """Save the workbook. Raises OSError where it cannot be written."""
    try:
        book.save(target)
        return
    except OSError as error:
        failed = error.errno, error.strerror
    # Sheets that were not finished complain on standard error when they are let go: here, where nobody listens.
    listens, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        book._sheets.clear()
        gc.collect()
    finally:
        sys.unraisablehook = listens
    raise OSError(*failed)


def _sheets(book: Any, table: Table, graph: Graph, lang: str) -> tuple[int, int]:
    """The table on as many sheets as it needs. Returns its rows and how many of its cells were cut."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    rows, count, cut, number = table.rows(graph), 0, 0, 0
    first = next(rows, None)
    left: Iterator[tuple[Cell, ...]] = rows if first is None else chain((first,), rows)
    title = table.zh if lang == "zh" else table.en
    while number == 0 or first is not None:
        number += 1
        sheet = book.create_sheet(title if number == 1 else f"{title} {number}")
        sheet.freeze_panes = "A2"
        for place, column in enumerate(table.columns, 1):
            sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(column.name, 14)
        heads = [WriteOnlyCell(sheet, column.zh if lang == "zh" else column.en) for column in table.columns]
        for head in heads:
            head.font = Font(bold=True)
        sheet.append(heads)
        for row in islice(left, MOST):
            cells = [_value(cell, column, lang) for cell, column in zip(row, table.columns, strict=True)]
            cells = [_NOT_PLAIN.sub(_spelled, cell) if isinstance(cell, str) else cell for cell in cells]
            cut += sum(isinstance(cell, str) and len(cell) > LONGEST for cell in cells)
            sheet.append([_text(sheet, cell) if isinstance(cell, str) else cell for cell in cells])
            count += 1
        first = next(left, None)
        left = rows if first is None else chain((first,), rows)
    return count, cut


def _value(cell: Cell, column: Column, lang: str) -> Any:
    from kg.export.joined import join
    from kg.ontology import label

    if isinstance(cell, list):
        return join(label(term, lang) for term in cell) if column.kind == "terms" else join(cell)
    return label(cell, lang) if column.kind == "term" and isinstance(cell, str) else cell


def _spelled(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def _text(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text[:LONGEST])
    cell.data_type = "s"  # not a formula, whatever it begins with
    return cell


def _about(book: Any, graph: Graph, counts: list[tuple[str, int]], lang: str) -> None:
    from kg import __version__

    words = {key: pair[lang == "en"] for key, pair in _ABOUT.items()}
    sheet = book.create_sheet(words["sheet"])
    for row in (
        (words["tool"], __version__), (words["base"], graph.base), (words["several"], words["how"]),
        *((f"{name}: {words['rows']}", rows) for name, rows in counts),
    ):  # fmt: skip
        sheet.append([_text(sheet, cell) if isinstance(cell, str) else cell for cell in row])


def _cut(cells: int) -> Sequence[Note]:
    if not cells:
        return ()
    english = f"{cells} cell(s) are cut: Excel holds {LONGEST:,} characters in one"
    return (Note(f"{cells} 格超过 Excel 的 {LONGEST:,} 字，已截断", english),)
