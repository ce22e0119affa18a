"""Columns that line up on a terminal, where a Chinese character is two cells wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import zip_longest


def width(text: str) -> int:
    """The cells that a text takes."""
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def columns(rows: Iterable[Sequence[object]], align: str, *, gap: str = "  ", indent: str = "  ") -> list[str]:
    """Lines in which the cells of each column line up: `align` has l or r for each column."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip_longest(*cells, fillvalue="")]
    lines = []
    for row in cells:
        parts = []
        for cell, wide, side in zip(row, widths, align, strict=False):
            space = " " * (wide - width(cell))
            parts.append(space + cell if side == "r" else cell + space)
        lines.append((indent + gap.join(parts)).rstrip())
    return lines


def shorten(text: str, cells: int) -> str:
    """The text on one line, cut to so many cells with … at the end where it is longer."""
    line = " ".join(text.split())
    if width(line) <= cells:
        return line
    kept, used = [], 1
    for char in line:
        used += width(char)
        if used > cells:
            break
        kept.append(char)
    return "".join(kept) + "…"
