"""CSV for spreadsheets and data frames: a folder with one file a table, as RFC 4180 has it, in UTF-8.

Each file begins with a byte order mark, without which Excel takes Chinese for something else. A text that a spreadsheet would take
for a formula has a ' before it (and one that begins with a ' another): take one off to get the text as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.export.tables import Cell
    from kg.graph.knowledge import Graph

ABOUT = ("CSV：一表一文件，Excel 可直接打开", "CSV: a file for each table, opens in Excel")
SUFFIX, EXTRA, BINARY = "/", "", True


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write each table to NAME.csv. Column names and terms are the same in every language."""
    import csv

    from kg.export.tables import TABLES

    target.mkdir()
    for table in TABLES:
        with (target / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.name for column in table.columns])
            writer.writerows([_cell(cell) for cell in row] for row in table.rows(graph))
    return ()


def _cell(cell: Cell) -> str:
    from kg.export.joined import harmless, join
    from kg.graph.values import number_text

    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return harmless(cell)
    return harmless(join(cell)) if isinstance(cell, list) else number_text(cell)
