"""The physical lines of a source, with marks of Markdown, comments and invisible characters cut out of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_INVISIBLE = r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc]"
_LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_SUSPECT = re.compile(rf"\*\*|^#|\]\(|{_INVISIBLE}")
_CUT = re.compile(
    rf"(?P<invisible>{_INVISIBLE}+)"
    r"|(?P<image>!\[[^\[\]]{0,200}\]\([^()\s]{1,1000}\))"
    r"|\[(?P<words>[^\[\]]{1,200})(?P<address>\]\([^()\s]{1,1000}\))"
    r"|(?P<bold>\*\*)"
)
_HEADING = re.compile(r"(#{1,6})\s+")


@dataclass(slots=True)
class Line:
    """One physical line, offsets in the source. `text` is what is left of it, put together from `pieces` (None: all of it).

    `start` and `end` leave out the white space around it, `stop` is the offset of its line end. `gap`: a blank line stands before it;
    `indent`: the width of the white space it begins with, in half-width columns; `bold`: it is bold from end to end (Markdown);
    `level`: the level of the Markdown heading it is, or 0; `links`: addresses of the links it holds with their words.
    """

    start: int
    end: int
    stop: int
    text: str
    pieces: tuple[tuple[int, int], ...] | None = None
    gap: bool = False
    indent: int = 0
    bold: bool = False
    level: int = 0
    links: tuple[tuple[str, str], ...] = ()

    def source_ranges(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The source offsets of text[start:end], as ranges."""
        at = 0
        for begin, stop in self.pieces or ((self.start, self.end),):
            size = stop - begin
            if at + size > start:
                yield begin + max(0, start - at), begin + min(size, end - at)
            at += size
            if at >= end:
                return


def split_lines(text: str) -> tuple[list[Line], list[tuple[int, int]]]:
    """The lines of `text` that hold anything, and the ranges cut out of it (comments, marks of Markdown, invisible characters)."""
    lines: list[Line] = []
    cut: list[tuple[int, int]] = []
    comments = _comments(text)
    number = 0
    offset, gap = 0, False
    for raw in text.splitlines(keepends=True):
        body = raw.strip()
        begin = offset
        offset += len(raw)
        if not body:
            gap = True
            continue
        lead = len(raw) - len(raw.lstrip())
        start = begin + lead
        end = start + len(body)
        line = Line(start, end, _stop(raw, begin), body, None, gap, _width(raw[:lead]))
        while number < len(comments) and comments[number][1] <= start:
            number += 1
        hidden = []
        while number < len(comments) and comments[number][0] < end:
            hidden.append((max(start, comments[number][0]), min(end, comments[number][1])))
            if comments[number][1] > end:
                break
            number += 1
        taken = _clean(line, hidden)
        cut.extend(taken)
        if line.text and not line.text.isspace():
            lines.append(line)
            gap = False
        else:
            gap = True
    return lines, cut


def _clean(line: Line, hidden: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take comments, marks and invisible characters out of a line; gives what was taken out."""
    text, start = line.text, line.start
    if not hidden and not _SUSPECT.search(text):
        return []
    taken = list(hidden)
    heading = _HEADING.match(text)
    if heading:
        line.level = len(heading.group(1))
        taken.append((start, start + heading.end(1)))
    bold_marks = text.count("**")
    links = []
    for match in _CUT.finditer(text):
        if match.group("bold"):
            if bold_marks % 2 == 0:
                taken.append((start + match.start(), start + match.end()))
        elif match.group("address"):
            links.append((match.group("words"), match.group("address")[2:-1]))
            taken.append((start + match.start(), start + match.start() + 1))
            taken.append((start + match.start("address"), start + match.end("address")))
        else:
            taken.append((start + match.start(), start + match.end()))
    line.bold = bold_marks == 2 and text.startswith("**") and text.endswith("**")
    line.links = tuple(links)
    line.pieces = tuple(_without((line.start, line.end), merge(taken)))
    line.text = "".join(text[a - start : b - start] for a, b in line.pieces)
    return taken


def _comments(text: str) -> list[tuple[int, int]]:
    """The HTML comments of a text; one that is never closed is none."""
    found = []
    at = text.find("<!--")
    while at >= 0:
        close = text.find("-->", at + 4)
        if close < 0:
            break
        found.append((at, close + 3))
        at = text.find("<!--", close + 3)
    return found


def merge(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges sorted, with those that touch or overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _without(whole: tuple[int, int], holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    left = []
    at, end = whole
    for start, stop in holes:
        if at < start:
            left.append((at, start))
        at = max(at, stop)
    if at < end:
        left.append((at, end))
    return left


def _stop(raw: str, begin: int) -> int:
    """The offset of the line's end: of the first character of \\r\\n, of any other line end itself."""
    if raw.endswith("\r\n"):
        return begin + len(raw) - 2
    return begin + len(raw) - (raw[-1] in _LINE_ENDS)


def _width(space: str) -> int:
    return sum(4 if char == "\t" else 2 if char == "\u3000" else 1 for char in space)
