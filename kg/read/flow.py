"""Lines of pages in the order of reading to the text as read: page heads and numbers out, lines joined to paragraphs.

A line goes on the one before where that one reaches the edge of its column and this one is not indented. What is not sure to go on
stays a line of its own: the parser joins by grammar what the setting leaves open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.read.layout import Line, Piece, em_of, lines_in_order

MARGIN = 0.12
"""Share of a page's height at its head and its foot in which page heads and numbers stand."""
SHORT_BY = 2.1
"""Ems that a line may fall short of its column's edge though the paragraph goes on: a bracket that cannot end a line, and one more."""
INDENT = 1.2
"""Ems by which a paragraph's first line is set in, at least."""
SAME_SIZE = 1.12
WIDE_LEADING = 1.45
"""Times the usual distance of lines at which a paragraph ends."""

_PAGE_NUMBER = re.compile(
    r"[-—–―·•|｜\s]*(?:第\s?)?\d{1,4}(?:\s?页)?(?:\s?[/／]\s?\d{1,4}|[，,\s]*共\s?\d{1,4}\s?页)?[-—–―·•|｜\s]*"
)

_CLOSED = re.compile(r"[。！？：；][”’）》]*$")
_DATED = re.compile(r"(?:19|20)\d\d\s?[年./-]\s?\d{1,2}")


@dataclass(slots=True)
class Sheet:
    """One page: its pieces of text, its height, and tables that were found on it (place from the top, lines of text)."""

    pieces: list[Piece]
    height: float
    tables: list[tuple[float, list[str]]] = field(default_factory=list)


def text_of(sheets: Sequence[Sheet], *, loose: float = 1.0) -> str:
    """The text of pages, a paragraph to a line. `loose` widens what counts as the same size (for places that were guessed, as by OCR)."""
    sheets = without_furniture(sheets)
    parts: list[str] = []
    last: Line | None = None
    before = _Edges(0.0, 0.0, False)
    for sheet in sheets:
        lines = lines_in_order(sheet.pieces)
        pitch = usual_pitch(lines)
        edges = _edges(lines)
        tables = sorted(sheet.tables, key=lambda table: table[0])
        for line in lines:
            while tables and tables[0][0] <= line.top:
                parts.extend(tables.pop(0)[1])
                last = None
            if last is not None and _goes_on(last, line, edges, before, pitch, loose):
                parts[-1] = _append(parts[-1], line.text.strip())
            else:
                parts.append(line.text.strip())
            last, before = line, edges[line.column]
        for _, rows in tables:
            parts.extend(rows)
            last = None
    return "\n".join(part for part in parts if part) + "\n" if parts else ""


def without_furniture(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages without page numbers at their edges and without heads and feet that recur; the first of these stays where it has a date."""
    rows = [_edge_rows(sheet) for sheet in sheets]
    recurring = Counter(key for page in rows for key in {_key(row) for row in page})
    seen: set[str] = set()
    kept = []
    for sheet, page in zip(sheets, rows, strict=True):
        gone: set[int] = set()
        for row in page:
            key = _key(row)
            number = _PAGE_NUMBER.fullmatch(_text(row)) is not None
            often = recurring[key] >= max(2, len(sheets) // 2)
            if number or (often and (key in seen or not _DATED.search(_text(row)))):
                gone.update(id(piece) for piece in row)
            seen.add(key)
        kept.append(Sheet([piece for piece in sheet.pieces if id(piece) not in gone], sheet.height, sheet.tables))
    return kept


def _edge_rows(sheet: Sheet) -> list[list[Piece]]:
    """The two outermost rows at the head and at the foot of a page."""
    found: list[list[Piece]] = []
    for edge in (
        sorted((piece for piece in sheet.pieces if piece.bottom <= MARGIN * sheet.height), key=lambda piece: piece.middle),
        sorted((piece for piece in sheet.pieces if piece.top >= (1 - MARGIN) * sheet.height), key=lambda piece: -piece.middle),
    ):
        rows: list[list[Piece]] = []
        for piece in edge:
            if rows and abs(rows[-1][0].middle - piece.middle) < 0.5 * piece.size:
                rows[-1].append(piece)
            elif len(rows) < 2:
                rows.append([piece])
            else:
                break
        found.extend(rows)
    return found


def _text(row: list[Piece]) -> str:
    return " ".join(piece.text.strip() for piece in sorted(row, key=lambda piece: piece.x0))


def _key(row: list[Piece]) -> str:
    """What is the same on each page: the words, whatever the numbers."""
    return re.sub(r"\d+", "#", _text(row))


def usual_pitch(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next below it in its column."""
    steps = sorted(
        line.top - before.top
        for before, line in pairwise(lines)
        if before.column == line.column and 0 < line.top - before.top < 4 * line.size
    )
    return steps[len(steps) // 2] if steps else 0.0


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where a column's running text begins and ends; `sure`: several lines reach its end, so that it is one."""

    left: float
    right: float
    sure: bool


def _edges(lines: Sequence[Line]) -> dict[int, _Edges]:
    """The edges of each column's running text: those of its lines in the usual size, outliers left aside."""
    found = {}
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    for column, own in columns.items():
        em = em_of([Piece(line.x0, line.top, line.x1, line.bottom, line.text, line.size) for line in own])
        usual = [line for line in own if line.size <= SAME_SIZE * em and em <= SAME_SIZE * line.size] or own
        right = max(line.x1 for line in usual)
        sure = sum(1 for line in usual if right - line.x1 < 1.5 * em) >= 2
        found[column] = _Edges(min(line.x0 for line in usual), right, sure)
    return found


def _goes_on(last: Line, line: Line, edges: dict[int, _Edges], before: _Edges, pitch: float, loose: float) -> bool:
    """Whether `line` goes on the paragraph of `last`, which stands between the edges `before`."""
    here = edges[line.column]
    size = max(last.size, line.size)
    if last.cells or line.cells:
        return False
    if size > SAME_SIZE * loose * min(last.size, line.size):
        return False
    if before.right - last.x1 > SHORT_BY * size * loose or line.x0 - here.left > INDENT * size:
        return False
    if min(last.x0 - before.left, before.right - last.x1) > size:  # set to the middle
        return False
    if not before.sure and _CLOSED.search(last.text):
        return False
    step = line.top - last.top
    below = line.column == last.column and step > 0
    if below and pitch and step > WIDE_LEADING * loose * max(pitch, size):
        return False
    return line.x0 >= here.left - size


def _append(text: str, more: str) -> str:
    if re.search(r"[A-Za-z]-$", text) and re.match(r"[a-z]", more):
        return text[:-1] + more
    return text + (" " if re.search(r"[A-Za-z0-9,.;]$", text) and re.match(r"[A-Za-z]", more) else "") + more
