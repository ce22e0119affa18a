"""Pieces of text with their places on a page to lines in the order in which the page is read: titles over columns, columns from left to right.

The page is cut in turn at wide white strips across it, at white strips down it that part columns of text, and, where a title lies over
some columns, into bands of lines that have such a strip in common (a recursive XY-cut). Side by side stand columns only where their lines
are as wide as the column; else (a form, a table without rules) the page is read line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

GUTTER = 0.8
"""Width of the white between two columns, at least, in ems of the page's running text."""
STRIP = 2.0
"""Height of a white strip across a page that parts what stands above from what stands below, in ems."""
TOUCHING = 0.12
"""White between two characters that stand side by side, at most, in ems."""
WORD_GAP = 0.18
"""White that stands for a space, in ems, where most characters of its line touch; elsewhere the line is set to its width by it."""
PIECE_GAP = 0.6
"""White that parts two pieces of one line, in ems: more than setting a line to its width puts between characters."""
FULL_LINE = 0.8
"""Share of its column's width that a line of running text has."""
FULL_LINES = 0.4
"""Share of the lines of a column of running text that are full: the rest begin or end its paragraphs."""
NARROWEST = 6
"""Ems of a column of running text."""
LEAST_LINES = 3
BIGGER = 1.2
"""A title is set in letters this much bigger, at least, than running text."""
DEEPEST = 40
"""Cuts inside each other."""
DESCENT = 0.12
"""Share of a letter's size that lies below its line."""
UPRIGHT = 0.2
"""Radians by which a line of text may slope; what slopes more is a watermark or a stamp."""

_LATIN = re.compile(r"[A-Za-z0-9]")
_HAN = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U000323af]")


@dataclass(slots=True)
class Piece:
    """Text without a gap in it. The place is in points (or pixels) from the page's top left corner; `size` is that of its letters."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    size: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Line(Piece):
    """One line as it is read. `column` tells columns apart in the order of reading; `cells`: it is made of pieces that stand wide apart."""

    column: int = 0
    cells: bool = False


def assembled(letters: Iterable[Piece]) -> list[Piece]:
    """The pieces that characters make: first those that follow each other as the file has them, then those that stand side by side."""
    found: list[Piece] = []
    for letter in letters:
        last = found[-1] if found else None
        size = letter.size
        if (
            last is not None
            and abs(last.middle - letter.middle) < 0.15 * size
            and abs(letter.x0 - last.x1) < TOUCHING * size
            and abs(last.size - size) < 0.15 * size
        ):
            last.text += letter.text
            last.x1, last.top, last.bottom = max(last.x1, letter.x1), min(last.top, letter.top), max(last.bottom, letter.bottom)
        else:
            found.append(replace(letter))
    return joined(found)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with those joined that stand next to each other on one line."""
    found: list[Piece] = []
    for row in _baselines(list(pieces)):
        row.sort(key=lambda piece: piece.x0)
        gaps = sum(1 for one, other in pairwise(row) if WORD_GAP * one.size < other.x0 - one.x1 < PIECE_GAP * one.size)
        spaces = gaps <= max(2, 0.15 * sum(len(piece.text) for piece in row))
        last: Piece | None = None
        for piece in row:
            size = max(piece.size, last.size) if last else piece.size
            if last is not None and -size < piece.x0 - last.x1 < PIECE_GAP * size and _alike(last.size, piece.size):
                apart = spaces and piece.x0 - last.x1 > WORD_GAP * size
                last.text += (" " if apart and _may_part(last.text[-1:], piece.text[:1]) else "") + piece.text
                last.x1, last.top, last.bottom = max(last.x1, piece.x1), min(last.top, piece.top), max(last.bottom, piece.bottom)
            else:
                last = Piece(piece.x0, piece.top, piece.x1, piece.bottom, piece.text, piece.size)
                found.append(last)
    return [piece for piece in found if piece.text.strip()]


def _may_part(left: str, right: str) -> bool:
    """Whether white between two characters is a space: between letters of one script, not beside a bracket, a comma or a change of script."""
    return any(script.match(left) and script.match(right) for script in (_LATIN, _HAN))


def lines_in_order(pieces: Sequence[Piece]) -> list[Line]:
    """The lines of a page. Takes time n log n in the pieces for each cut inside another."""
    pieces = [piece for piece in pieces if piece.text.strip()]
    if not pieces:
        return []
    cutter = _Cutter(em_of(pieces))
    cutter.region(list(pieces), 0)
    return cutter.lines


def em_of(pieces: Sequence[Piece]) -> float:
    """The size of the letters of the running text: the middle one of all characters'."""
    sizes = sorted((piece.size, len(piece.text)) for piece in pieces)
    half = sum(count for _, count in sizes) / 2
    for size, count in sizes:
        half -= count
        if half <= 0:
            return max(size, 0.1)
    return 10.0


class _Cutter:
    def __init__(self, em: float) -> None:
        self.em = em
        self.lines: list[Line] = []
        self._columns = 0

    def region(self, pieces: list[Piece], depth: int) -> None:
        """Read a part of the page."""
        parts = _cut_across(pieces, STRIP * self.em) if depth < DEEPEST else [pieces]
        columns = self._columns_of(pieces) if depth < DEEPEST else []
        if len(parts) > 1 and (not columns or self._is_row(parts[0]) or self._is_row(parts[-1])):
            for part in parts:
                self.region(part, depth + 1)
        elif columns:
            over, columns = self._over(pieces, columns)
            if over:
                self._bands(over, depth + 1)
            for column in columns:
                self.region(column, depth + 1)
        else:
            self._bands(pieces, depth)

    def _is_row(self, part: list[Piece]) -> bool:
        """Whether a part is a page's head or foot: one row in small letters, not the titles of columns side by side."""
        return len(_baselines(part)) == 1 and all(piece.size < BIGGER * self.em for piece in part)

    def _columns_of(self, pieces: list[Piece]) -> list[list[Piece]]:
        """The columns of running text that white strips part, or nothing where there are none."""
        groups = _cut_down(pieces, GUTTER * self.em)
        if len(groups) < 2:
            return []
        text = other = 0
        top = min(piece.top for piece in pieces)
        for group in groups:
            rows = _baselines(group)
            width = max(piece.x1 for piece in group) - min(piece.x0 for piece in group)
            wide = [max(piece.x1 for piece in row) - min(piece.x0 for piece in row) for row in rows]
            full = sum(1 for one in wide if one >= FULL_LINE * width and one >= NARROWEST * self.em)
            if full >= FULL_LINES * len(rows) and len(rows) >= LEAST_LINES:
                text += 1
            elif len(rows) >= LEAST_LINES or not full or min(piece.top for piece in group) > top + self.em:
                other += 1  # a line or two that begin further down: white in the middle of a line, above a short one
        return groups if text > other else []

    def _over(self, pieces: list[Piece], columns: list[list[Piece]]) -> tuple[list[Piece], list[list[Piece]]]:
        """The lines that stand alone, in the middle, over all columns (a title too short to reach across a gutter), and the columns without."""
        left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
        over: list[Piece] = []
        for row in _cut_across(pieces, 0.0):
            first, last = min(piece.x0 for piece in row), max(piece.x1 for piece in row)
            if abs(first + last - left - right) > 2 * self.em or last - first > 0.7 * (right - left) or len(row) > 1:
                break
            over += row
        gone = {id(piece) for piece in over}
        return over, [kept for column in columns if (kept := [piece for piece in column if id(piece) not in gone])]

    def _bands(self, pieces: list[Piece], depth: int) -> None:
        """Read rows from the top; rows in a row that leave the same white strip free are columns."""
        rows = _cut_across(pieces, 0.0)
        self._columns += 1
        at = 0
        while at < len(rows):
            end = self._band_end(rows, at)
            band = [piece for row in rows[at:end] for piece in row]
            if end - at > 1 and end - at < len(rows) and self._columns_of(band):
                self.region(band, depth + 1)
                self._columns += 1
                at = end
            else:  # the rows further down may be columns: half of them are tried again, so that all takes n log n
                half = max(1, (end - at) // 2)
                for row in rows[at : at + half]:
                    self._emit(row)
                at += half

    def _band_end(self, rows: list[list[Piece]], at: int) -> int:
        """The index behind the last row that shares a white strip with rows[at]. A title alone on its row begins no columns."""
        if len(rows[at]) == 1 and rows[at][0].size >= BIGGER * self.em:
            return at + 1
        taken = _merged((piece.x0, piece.x1) for piece in rows[at])
        end = at + 1
        while end < len(rows):
            together = _merged([*taken, *((piece.x0, piece.x1) for piece in rows[end])])
            if not any(right[0] - left[1] >= GUTTER * self.em for left, right in pairwise(together)):
                break
            taken = together
            end += 1
        return end

    def _emit(self, row: list[Piece]) -> None:
        for line in _baselines(row):
            line.sort(key=lambda piece: piece.x0)
            text = line[0].text
            cells = False
            for before, piece in pairwise(line):
                gap = piece.x0 - before.x1
                cells = cells or gap > 3 * piece.size
                text = text + ("    " if gap > 3 * piece.size else " ") + piece.text
            self.lines.append(
                Line(
                    line[0].x0,
                    min(piece.top for piece in line),
                    line[-1].x1,
                    max(piece.bottom for piece in line),
                    text,
                    max(piece.size for piece in line),
                    self._columns,
                    cells,
                )
            )


def _cut_across(pieces: list[Piece], least: float) -> list[list[Piece]]:
    """The pieces parted at white strips across of more than `least`, from the top."""
    parts: list[list[Piece]] = []
    reach = 0.0
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.x0)):
        # lines set close overlap a little: a tenth of a letter does not make them one
        top, bottom = piece.top + 0.1 * piece.size, piece.bottom - 0.1 * piece.size
        if not parts or top - reach > least:
            parts.append([piece])
            reach = bottom
        else:
            parts[-1].append(piece)
            reach = max(reach, bottom)
    return parts


def _cut_down(pieces: list[Piece], least: float) -> list[list[Piece]]:
    """The pieces parted at white strips from top to bottom of at least `least`, from the left."""
    parts: list[list[Piece]] = []
    reach = 0.0
    for piece in sorted(pieces, key=lambda piece: (piece.x0, piece.top)):
        if not parts or piece.x0 - reach >= least:
            parts.append([piece])
            reach = piece.x1
        else:
            parts[-1].append(piece)
            reach = max(reach, piece.x1)
    return parts


def _baselines(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces by lines: those whose middles lie within a third of a letter's size of each other."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.middle, piece.x0)):
        if rows and abs(piece.middle - rows[-1][0].middle) <= 0.35 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _merged(intervals: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _alike(one: float, other: float) -> bool:
    return max(one, other) <= 1.6 * min(one, other)
