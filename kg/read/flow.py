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
from kg.read.rows import table_lines
from kg.read.ruled import Table

MARGIN = 0.12
"""Share of a page's height at its head and its foot in which page heads and numbers stand."""
SHORT_BY = 2.1
"""Ems that a line may fall short of its column's edge though the paragraph goes on: a bracket that cannot end a line, and one more."""
INDENT = 1.2
"""Ems by which a paragraph's first line is set in, at least."""
SAME_SIZE = 1.12
WIDE_LEADING = 1.45
"""Times the usual distance of lines at which a paragraph ends."""

ALIKE = 0.02
"""Share of a table's width by which the columns of its part on the next page may stand elsewhere."""

_TABLE = 0x100000
"""The first of the private characters that stand for tables while a page is put in order."""
_PAGE_NUMBER = re.compile(
    r"[-—–―·•|｜\s]*(?:第\s?)?\d{1,4}(?:\s?页)?(?:\s?[/／]\s?\d{1,4}|[，,\s]*共\s?\d{1,4}\s?页)?[-—–―·•|｜\s]*"
)

_CLOSED = re.compile(r"[。！？：；][”’）》]*$")
_DATED = re.compile(r"(?:19|20)\d\d\s?[年./-]\s?\d{1,2}")


@dataclass(slots=True)
class Sheet:
    """One page: its pieces of text, its height, the tables on it, and lines that are ready (read from a picture)."""

    pieces: list[Piece]
    height: float
    tables: list[Table] = field(default_factory=list)
    ready: list[str] = field(default_factory=list)


def text_of(sheets: Sequence[Sheet], *, loose: float = 1.0) -> str:
    """The text of pages, a paragraph to a line. `loose` widens what counts as the same size (for places that were guessed, as by OCR)."""
    sheets = without_furniture(sheets)
    _join_tables(sheets)
    parts: list[str] = []
    last: Line | None = None
    before = _Edges(0.0, 0.0, False)
    for sheet in sheets:
        parts += sheet.ready
        lines = lines_in_order(_with_tables(sheet))
        pitch = usual_pitch(lines)
        edges = _edges(lines)
        for line in lines:
            held = [sheet.tables[ord(char) - _TABLE] for char in line.text if ord(char) >= _TABLE]
            text = "".join(char for char in line.text if ord(char) < _TABLE).strip()
            if text and last is not None and not held and _goes_on(last, line, edges, before, pitch, loose):
                parts[-1] = _append(parts[-1], text)
            elif text:
                parts.append(text)
            for table in held:
                parts += table_lines(table.cells, table.before)
            last, before = None if held else line, edges[line.column]
    return "\n".join(part for part in parts if part) + "\n" if parts else ""


def _with_tables(sheet: Sheet) -> list[Piece]:
    """The pieces of a page with each table as one piece, which is a character that no text has."""
    pieces = [piece for piece in sheet.pieces if all(ord(char) < _TABLE for char in piece.text)]
    size = em_of(pieces) if pieces else 10.0
    places = enumerate(sheet.tables)
    return [*pieces, *(Piece(one.x0, one.top, one.x1, one.bottom, chr(_TABLE + number), size) for number, one in places)]


def _join_tables(sheets: Sequence[Sheet]) -> None:
    """Put the rows of a table that goes on over a page's end to those before it, without the heads that the next page repeats."""
    last: Table | None = None
    for sheet in sheets:
        first = min(sheet.tables, key=lambda table: table.top, default=None)
        if first is not None and last is not None and not any(piece.middle < first.top for piece in sheet.pieces):
            if len(first.edges) == len(last.edges) and all(
                abs(one - other) <= ALIKE * (last.x1 - last.x0) for one, other in zip(first.edges, last.edges, strict=True)
            ):
                heads = next((n for n, row in enumerate(first.cells) if n >= len(last.cells) or row != last.cells[n]), 0)
                last.cells += first.cells[heads:]
                sheet.tables.remove(first)
                if not sheet.tables and not sheet.pieces:
                    continue  # nothing but the table is on this page: it may go on over the next one too
        lowest = max(sheet.tables, key=lambda table: table.bottom, default=None)
        last = lowest if lowest and not any(piece.middle > lowest.bottom for piece in sheet.pieces) else None


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
        kept.append(
            Sheet([piece for piece in sheet.pieces if id(piece) not in gone], sheet.height, list(sheet.tables), sheet.ready)
        )
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
        em = em_of(own)
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
