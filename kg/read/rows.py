"""Rows of a table to lines that can be read: a line of figures says of each what it is of, as a sentence would.

    指标            单位   2022年   增长（%）
    地区生产总值    亿元   3850.0   3.3          →  2022年地区生产总值3850.0亿元，增长3.3%。

A sentence for each year: the year, the line's name, then each column's name with its figure. Only words of the table are used. A table without figures, or without a head, gives its cells, a tab between them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

MOST_HEAD_ROWS = 3
LONGEST_HEAD = 30
"""Characters of a cell that can be a head or a label; what is longer is text."""
LONG_CELL = 60
"""Characters of cells at which, on average, a table is there for the layout only."""

_FIGURE = re.compile(r"[-+−－]?\s?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?\s?(?P<unit>[%％‰]|[万亿]?[^\W\d_]{0,4})")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年(?:\d{1,2}(?:[-—~～至]\d{1,2})?月)?)?")
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d年(?:\d{1,2}(?:[-—~～至]\d{1,2})?月)?")
_BRACKETS = re.compile(r"[（(\[]([^（）()\[\]]{1,12})[)）\]]$")
_UNIT = re.compile(r"[%％‰]|[^\W\d_]{1,8}(?:/[^\W\d_]{1,4})?|个百分点")
_NOTHING = re.compile(r"[-—–―/…·\s]*")


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(tomllib.loads((Path(__file__).parent / "tables.toml").read_text("utf-8"))[key])


def table_lines(rows: Sequence[Sequence[str]], before: str = "") -> list[str]:
    """The lines that a table's rows give. A cell that spans several places stands in each; `before` is the line over the table, which
    may tell the unit of its figures (单位：亿元).
    """
    cells = [[_clean(cell) for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    if not cells:
        return []
    width = max(map(len, cells))
    cells = [row + [""] * (width - len(row)) for row in cells]
    used = [column for column in range(width) if any(row[column] for row in cells)]
    cells = [[row[column] for column in used] for row in cells]
    caption = unit_of(before)
    lines: list[str] = []
    while (
        len(cells) > 1 and len(set(cells[0])) == 1 and len(cells[0]) > 1
    ):  # a line across the whole table: its title, or its unit
        caption = unit_of(cells[0][0]) or caption
        lines += cells[0][0].split("\n")
        cells = cells[1:]
    if len(cells[0]) == 1 or is_layout(cells):
        return [*lines, *(part for row in cells for cell in _once(row) for part in cell.split("\n"))]
    head = _head_rows(cells)
    if not head:
        return [*lines, *(_plain(row) for row in cells)]
    return [*lines, *_sentences(cells, head, caption)]


def unit_of(line: str) -> str:
    """The unit that a line over a table names (单位：亿元), or ""."""
    for word in _words("caption"):
        if match := re.search(rf"{word}\s?[:：]\s?(\S{{1,10}}?)[)）】\s]*$", line.strip()):
            return match.group(1) if _UNIT.fullmatch(match.group(1)) else ""
    return ""


def is_layout(cells: Sequence[Sequence[str]]) -> bool:
    """Whether a table only sets its text side by side: its cells hold paragraphs."""
    filled = [cell for row in cells for cell in _once(row) if cell]
    long = sum(len(cell) for cell in filled)
    return bool(filled) and long / len(filled) > LONG_CELL and sum(1 for cell in filled if _is_figure(cell)) < len(filled) / 4


def _head_rows(cells: list[list[str]]) -> int:
    """How many rows are heads: rows of labels over rows that have figures. 0 where the table has no figures or no heads."""
    for number in range(min(MOST_HEAD_ROWS + 1, len(cells))):
        row = cells[number]
        if any(_is_figure(cell) for cell in row):
            return number
        if any(len(cell) > LONGEST_HEAD for cell in row):
            return 0
    return 0


def _sentences(cells: list[list[str]], head: int, caption: str) -> list[str]:
    heads = [_head([cells[number][column] for number in range(head)]) for column in range(len(cells[0]))]
    units = -1
    labels: list[int] = []
    numbers: list[int] = []
    values: list[int] = []
    body = cells[head:]
    for column, (name, _) in enumerate(heads):
        if name in _words("unit"):
            units = column
        elif name in _words("number"):
            numbers.append(column)
        elif values or any(_is_figure(row[column]) for row in body):
            values.append(column)
        else:
            labels.append(column)
    if not labels:  # a table of years down the side: its first column names the lines
        labels, values = values[:1], values[1:]
    found = []
    for row in body:
        label, own = _label([row[column] for column in labels])
        if units >= 0 and _UNIT.fullmatch(row[units]):
            own = row[units]
        parts = []
        for column in values:
            name, unit = heads[column]
            if not _NOTHING.fullmatch(row[column]):
                parts.append((name, _value(row[column], unit or own or caption)))
        if parts:
            found.append(_sentence(label, parts))
        else:
            found.append(_plain([cell for column, cell in enumerate(row) if column not in numbers]))
    return found


def _sentence(label: str, parts: list[tuple[str, str]]) -> str:
    """What a line of figures says, `parts` being the names and figures of its columns."""
    said = ""
    for name, value in parts:
        year = _YEAR_FIRST.match(name)
        begins = not said or year is not None
        said += ("。" if said and begins else "，" if said else "") + (year.group() if year else "")
        said += (label if begins else "") + name[year.end() if year else 0 :] + value
    return said + "。"


def _value(cell: str, unit: str) -> str:
    cell = cell.replace("\n", " ")
    match = _FIGURE.fullmatch(cell)
    if match is None or not unit:
        return cell
    return cell if match.group("unit") else cell.rstrip() + unit


def _split_unit(name: str) -> tuple[str, str]:
    """A head or label without the unit in brackets at its end, and that unit (增长（%） → 增长, %)."""
    match = _BRACKETS.search(name)
    if match is None or not _UNIT.fullmatch(match.group(1)):
        return name, ""
    return name[: match.start()].rstrip(), match.group(1)


def _is_figure(cell: str) -> bool:
    return _FIGURE.fullmatch(cell) is not None and _YEAR.fullmatch(cell) is None


def _head(parts: Sequence[str]) -> tuple[str, str]:
    """The heads over a column as one name, a year first (2021 as 2021年), and the unit that one of them has in brackets."""
    names: list[str] = []
    unit = ""
    for part in parts:
        name, own = _split_unit(part.replace("\n", ""))
        name = f"{name}年" if re.fullmatch(r"(?:19|20)\d\d", name) else name
        unit = own or unit
        if name and name not in names:
            names.append(name)
    return "".join(sorted(names, key=lambda name: _YEAR.fullmatch(name) is None)), unit


def _label(parts: Sequence[str]) -> tuple[str, str]:
    """What a line of figures is of, and the unit that it has in brackets; without the signs of a list."""
    return _head([re.sub(r"^[#＃*·•\s]+", "", part) for part in parts])


def _plain(row: Sequence[str]) -> str:
    """The cells of a row that is no line of figures, a tab between them; closed, where it is long, so that the next does not go on it."""
    line = "\t".join(cell.replace("\n", " ") for cell in _once(row) if cell)
    return line + "。" if len(line) >= LONG_CELL // 2 and not re.search(r"[。！？；：]$", line) else line


def _once(row: Sequence[str]) -> list[str]:
    """The cells of a row, one that spans several places once."""
    return [cell for column, cell in enumerate(row) if not column or cell != row[column - 1]]


def _clean(cell: str) -> str:
    """A cell with its white space made one space, spaces between ideographs gone (指 标), and no empty lines."""
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in cell.split("\n"))
    return "\n".join(re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", line) for line in lines if line)
