"""Paragraphs to the view: its text, and for each of its characters the offset in the source."""

from __future__ import annotations

import re
from array import array

from kg.parse.forms import canonical
from kg.parse.join import Paragraph
from kg.parse.lines import Line
from kg.parse.shapes import PROSE
from kg.value import dataclass

_SPACE = re.compile(r"\s+")
_WORDLIKE = re.compile(r"[A-Za-z0-9]")
_HAN = re.compile(r"[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af·]")


@dataclass(frozen=True, slots=True)
class View:
    """The text of the view, the source offsets of its characters (one more at the end), and its paragraphs."""

    text: str
    offsets: array[int]
    paragraphs: tuple[tuple[int, int], ...]


def build_view(paragraphs: list[Paragraph], *, wrapped: bool) -> View:
    """Join the lines of each paragraph, and the paragraphs with a line feed.

    The line feed between two paragraphs has the offset of the line end behind the first one's last line, a space that is kept that of the
    first character of the white space it stands for: so offsets grow strictly, and no character of the view is without one in the source.
    """
    offsets: array[int] = array("I")
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for number, paragraph in enumerate(paragraphs):
        parts: list[str] = []
        for index, line in enumerate(paragraph.lines):
            if index:
                before = paragraph.lines[index - 1]
                if _is_latin(before.text[-1]) and _is_latin(line.text[0]):
                    parts.append(" ")
                    offsets.append(before.stop)
            for start, end, is_space in _stretches(line, wrapped):
                if is_space:
                    parts.append(" ")
                    offsets.append(next(line.source_ranges(start, start + 1))[0])
                else:
                    parts.append(line.text[start:end])
                    for begin, stop in line.source_ranges(start, end):
                        offsets.extend(range(begin, stop))
        text = canonical("".join(parts))
        texts.append(text)
        spans.append((length, length + len(text)))
        length += len(text) + 1
        if number + 1 < len(paragraphs):
            offsets.append(paragraph.lines[-1].stop)
    offsets.append(offsets[-1] + 1 if offsets else 0)
    return View("\n".join(texts), offsets, tuple(spans))


def _stretches(line: Line, wrapped: bool) -> list[tuple[int, int, bool]]:
    """The stretches of a line's text that the view keeps, as (start, end, whether it is a space to keep one of)."""
    text = line.text
    gaps = [(match.start(), match.end()) for match in _SPACE.finditer(text)]
    if not gaps:
        return [(0, len(text), False)]
    keep = _kept_gaps(text, gaps, wrapped)
    found = []
    at = 0
    for (start, end), kept in zip(gaps, keep, strict=True):
        if at < start:
            found.append((at, start, False))
        if kept:
            found.append((start, end, True))
        at = end
    if at < len(text):
        found.append((at, len(text), False))
    return found


def _kept_gaps(text: str, gaps: list[tuple[int, int]], wrapped: bool) -> list[bool]:
    """For each white space in a line, whether it tells something (between words of Latin script, a post and a name, cells of a table).

    What setting a line to its width has put between characters (反 映 社 情, 38 名 ，) tells nothing.
    """
    ends = [0, *(end for _, end in gaps)]
    starts = [*(start for start, _ in gaps), len(text)]
    sizes = [start - end for end, start in zip(ends, starts, strict=True)]
    singles = [
        sizes[number] == sizes[number + 1] == 1
        and _HAN.match(text[start - 1]) is not None
        and text[end : end + 1] != ""
        and _HAN.match(text[end]) is not None
        for number, (start, end) in enumerate(gaps)
    ]
    wide = [_columns(text[start:end]) for start, end in gaps]
    narrow = min((size for size, single in zip(wide, singles, strict=True) if single), default=0)
    spread = sum(singles) >= 3
    prose = PROSE.search(text) is not None
    return [
        start > 0
        and end < len(text)
        and _tells(text[start - 1], text[end], wide[number], singles[number] and wide[number] <= narrow, spread, prose, wrapped)
        for number, (start, end) in enumerate(gaps)
    ]


def _tells(left: str, right: str, columns: int, single: bool, spread: bool, prose: bool, wrapped: bool) -> bool:
    if _WORDLIKE.match(left) and _WORDLIKE.match(right):
        return not (spread and left.isdigit() and right.isdigit())
    if single:
        return False
    if columns >= 4:
        return True
    if _HAN.match(left) and _HAN.match(right):
        return not (prose and wrapped) and not (spread and columns == 1)
    return columns >= 2 and not prose and not spread and (left.isalnum() or left == "%") and (right.isalnum() or right == "-")


def _columns(space: str) -> int:
    return sum(4 if char == "\t" else 2 if char == "\u3000" else 1 for char in space)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
