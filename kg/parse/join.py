"""The view of a source: paragraphs of joined lines, every character with its place in the source text."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field

from kg.parse.lines import Line, is_closed

HEADING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}[章节部篇]|[一二三四五六七八九十][是要]|——)")
INLINE = re.compile(r"^[一二三四五六七八九十]{1,2}[是要]")  # opens a paragraph rather than stands alone
LONGEST_HEADING = 70  # code points of a heading that runs over several wrapped lines
SHORT = 3  # code points by which a line must be narrower than the column to end a paragraph
MARKDOWN = re.compile(r"\*\*|__|^#{1,6}\s+|^>\s+|^[-*]\s+")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
SPACE = re.compile(r"[ \t\u3000\xa0\u2000-\u200b\ufeff]+")
WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’·—…\U00020000-\U0003134f]")
SPACED_NAME = re.compile(r"(?:^|[、，：；。（ \u3000职长席记任])[\u4e00-\u9fff]$")
SHORTEST_COPY = 4  # code points of a piece that a doubled headline repeats


@dataclass(slots=True)
class View:
    """The text built so far with its source offsets, its paragraphs, and the source stretches left out."""

    chars: list[str] = field(default_factory=list)
    offsets: array[int] = field(default_factory=lambda: array("I"))
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    left_out: list[tuple[int, int]] = field(default_factory=list)

    def add(self, source: str, pieces: list[tuple[int, int]], *, keep_spaces: bool = False) -> None:
        """Put a paragraph of source stretches behind what there is, without the white space that only the layout put there."""
        if self.chars:
            self.chars.append("\n")
            self.offsets.append(self.offsets[-1])
        begin = len(self.chars)
        for start, end in pieces:
            self._piece(source, start, end, begin, keep_spaces)
        if len(self.chars) == begin:
            if self.chars:
                self.chars.pop()
                self.offsets.pop()
            return
        self.paragraphs.append((begin, len(self.chars)))

    def _piece(self, source: str, start: int, end: int, begin: int, keep_spaces: bool) -> None:
        if len(self.chars) > begin and _latin(self.chars[-1]) and _latin(source[start]):
            self.chars.append(" ")  # a wrapped line between two Latin words
            self.offsets.append(self.offsets[-1])
        at = start
        while at < end:
            gap = SPACE.match(source, at, end)
            if gap is None:
                self.chars.append(source[at])
                self.offsets.append(at)
                at += 1
                continue
            after = source[gap.end() : gap.end() + 1]
            if len(self.chars) > begin and _stays(self.chars, after, source, gap.end(), keep_spaces):
                self.chars.append(" ")
                self.offsets.append(at)
            at = gap.end()


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _stays(chars: list[str], after: str, source: str, at: int, keep_spaces: bool) -> bool:
    """Whether a space in the text says something: between Latin words, behind a post, in a name of two characters."""
    before = chars[-1]
    if not after or not WIDE.match(before) and not WIDE.match(after):
        return bool(after) and not (before.isdigit() and after in "%％‰") and (before.isalpha() or after.isalpha() or not before.isdigit())
    if keep_spaces:
        return True
    following = source[at + 1 : at + 2]
    return bool(SPACED_NAME.search("".join(chars[-2:]))) and following in "、，。；） \u3000等和" and bool(WIDE.match(after)) and after not in "、，。；："


def pieces(line: Line) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The stretches of a line that are text, and those that are marks of Markdown: source offsets."""
    kept: list[tuple[int, int]] = []
    cut: list[tuple[int, int]] = []
    at = 0
    marks = sorted([m.span() for m in MARKDOWN.finditer(line.text)] + [s for m in LINK.finditer(line.text) for s in ((m.start(), m.start(1)), (m.end(1), m.end()))])
    for start, end in marks:
        if start < at:
            continue
        if start > at:
            kept.append((line.start + at, line.start + start))
        cut.append((line.start + start, line.start + end))
        at = end
    if at < len(line.text):
        kept.append((line.start + at, line.start + len(line.text)))
    return kept, cut


def undoubled(text: str) -> list[tuple[int, int]] | None:
    """The stretches of a headline that each stand there twice in a row, once each; None where it is not doubled throughout.

    Of AABB the second A and the first B are kept: side by side in the source.
    """
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        size = next((n for n in range((len(text) - at) // 2, SHORTEST_COPY - 1, -1) if text[at : at + n] == text[at + n : at + 2 * n]), 0)
        if not size:
            return None
        found.append((at + size, at + 2 * size) if not found else (at, at + size))
        at += 2 * size
    return found or None


def paragraphs(found: list[Line], skipped: frozenset[int], column: int | None, head: int) -> list[list[Line]]:
    """Lines grouped to paragraphs. `column` is the wrap width (None: a line is a paragraph), `head` the first line behind the head.

    A paragraph that a column break cut goes on behind blank lines: it did not end as a sentence does.
    """
    made: list[list[Line]] = []
    blank = True
    for number, line in enumerate(found):
        if not line.text:
            blank = True
            continue
        if number in skipped:
            continue
        if not made or column is None or number <= head or _begins(made[-1], line, blank, column):
            made.append([line])
        else:
            made[-1].append(line)
        blank = False
    return made


def _begins(before: list[Line], line: Line, blank: bool, column: int) -> bool:
    """Whether `line` begins a paragraph behind the lines `before`."""
    last = before[-1].text
    written = "".join(part.text for part in before) if len(before) <= 4 else last
    heading = len(before) <= 4 and len(written) <= LONGEST_HEADING and HEADING.match(before[0].text) and "。" not in written
    standing = heading and not INLINE.match(before[0].text)
    if standing and (HEADING.match(line.text) or (blank and len(last) < column - 1)):
        return True  # a heading whose last line is full goes on behind a column break
    if is_closed(last):
        return blank or len(last) <= column - SHORT or bool(HEADING.match(line.text))
    return bool(blank and HEADING.match(line.text) and not INLINE.match(line.text))
