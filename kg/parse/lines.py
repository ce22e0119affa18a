"""The physical lines of a source, and whether they are hard-wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
CLOSED = re.compile(r"[。！？：；…!?:;][”’」』）)】》]*$")
FEWEST_LINES = 12  # fewer lines than that tell no width
WIDEST_COLUMN = 60  # code points; one paragraph a line has longer lines than a printed column
OPEN_SHARE = 0.5  # in wrapped text most full lines end within a sentence: 85 % of the seed page, under 10 % of one-line paragraphs


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source text: [start, end) without white space at its ends and without the line end; empty where start == end."""

    start: int
    end: int
    text: str


def lines(text: str) -> list[Line]:
    """All lines of `text`, in order, in source offsets."""
    found: list[Line] = []
    at = 0
    for match in LINE_END.finditer(text):
        found.append(_line(text, at, match.start()))
        at = match.end()
    found.append(_line(text, at, len(text)))
    return found


def _line(text: str, start: int, end: int) -> Line:
    raw = text[start:end]
    body = raw.strip()
    if not body:
        return Line(end, end, "")
    lead = len(raw) - len(raw.lstrip())
    return Line(start + lead, start + lead + len(body), body)


def is_closed(text: str) -> bool:
    """Whether a line ends as a sentence or a salutation does."""
    return bool(CLOSED.search(text[-8:]))


def width(found: list[Line]) -> int | None:
    """The width in code points at which the text is hard-wrapped, or None where each line is a paragraph of its own."""
    sizes = sorted(len(line.text) for line in found if line.text)
    if len(sizes) < FEWEST_LINES:
        return None
    full = sizes[len(sizes) * 3 // 4]
    if full > WIDEST_COLUMN or full < 8:
        return None
    long = [line for line in found if len(line.text) >= full - 3]
    still_open = sum(not is_closed(line.text) for line in long)
    return full if long and still_open / len(long) >= OPEN_SHARE and len(long) >= len(sizes) // 3 else None
