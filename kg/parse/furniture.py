"""Furniture: what a web page or a newspaper page puts around its text. It is left out of the view, but what it tells is used.

Words such as 下载 or 大 count only at the head and the foot of a text, where no running text stands; page heads, page numbers and
addresses alone on a line count anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from kg.parse import dates
from kg.parse.headings import names_a_time
from kg.parse.lines import Line
from kg.parse.pieces import LONGEST_LINE, LONGEST_VALUE, Pieces, read_pieces
from kg.parse.shapes import DATELINE, OCCASION, PROSE, SALUTATION, kind_of_number, width
from kg.parse.tables import table

HEAD_LINES = 60
"""Lines that may stand before the running text."""
FOOT_LINES = 60
"""Lines that may stand behind it."""
LONGEST_REPEAT = 300
"""Code points of a line of the foot that may repeat a line of the text."""

_TRAIL = re.compile(r"[^。！？>＞]{1,12}(?:\s?[>＞»›]\s?[^。>＞»›]{1,20}){1,8}")
_RULE = re.compile(r"[-—–_=*·•~＊\s]{3,}")
_TITLE_END = re.compile(r"(?:报告|公报|通知|意见|方案|规划|公告|决定|办法|条例|讲话|决议|纲要|总结|要点)$")


@dataclass(slots=True)
class Layout:
    """The lines of a text sorted: `head` stands before its running text, `body` is the rest; `dropped` is furniture, and what it tells."""

    head: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    dropped: list[Line] = field(default_factory=list)
    publisher: str | None = None
    issued: str | None = None

    def drop(self, line: Line, pieces: Pieces | None = None) -> None:
        self.dropped.append(line)
        if pieces is not None:
            self.publisher = self.publisher or pieces.publisher
            self.issued = self.issued or pieces.issued


def sort_lines(lines: list[Line]) -> Layout:
    """Tell running text from furniture. The lines behind a dropped one are marked as standing behind a gap."""
    layout = Layout()
    kept = _without_page_marks(lines, layout)
    first = _first_prose(kept)
    last = _last_prose(kept, first)
    layout.head = _sort_head(kept[:first], layout)
    layout.body = kept[first:last] + _sort_foot(kept[last:], layout)
    dropped = {line.start for line in layout.dropped}
    for before, line in pairwise(lines):
        line.gap = line.gap or before.start in dropped
    return layout


def _without_page_marks(lines: list[Line], layout: Layout) -> list[Line]:
    """The lines without those that are furniture anywhere: page heads and numbers, addresses, links to the original."""
    numbers = _running_numbers(lines)
    kept = []
    for number, line in enumerate(lines):
        origin = [address for words, address in line.links if words.strip() in _words("origin")]
        if origin:
            layout.drop(line, Pieces(issued=dates.iso_in_address(origin[0])))
            continue
        pieces = read_pieces(line.text, words=False)
        if number in numbers or _RULE.fullmatch(line.text) or (pieces is not None and pieces.anywhere):
            layout.drop(line, pieces)
        else:
            kept.append(line)
    return kept


def _running_numbers(lines: list[Line]) -> set[int]:
    """Indexes of bare numbers that count up by one from page to page (three at least), and of the lines beside them that recur as often."""
    bare = [
        (number, int(line.text))
        for number, line in enumerate(lines)
        if len(line.text) <= 4 and line.text.isascii() and line.text.isdigit()
    ]
    found: set[int] = set()
    run: list[int] = []
    for before, (number, value) in zip([(-1, -9), *bare], bare, strict=False):
        run = [*run, number] if value == before[1] + 1 else [number]
        if len(run) >= 3:
            found.update(run[-3:])
    beside = [index for number in sorted(found) for index in (number - 1, number + 1) if 0 <= index < len(lines)]
    count = Counter(lines[index].text for index in beside)
    found.update(
        index
        for index in beside
        if count[lines[index].text] >= 3 and len(lines[index].text) <= 30 and not PROSE.search(lines[index].text)
    )
    return found


def _first_prose(lines: list[Line]) -> int:
    """The index of the first line of running text: a salutation, a numbered heading or a sentence."""
    titled = False
    for number, line in enumerate(lines[:HEAD_LINES]):
        text = line.text
        if SALUTATION.match(text) or kind_of_number(text) in ("part", "one", "two") or DATELINE.match(text):
            return number
        if titled and (line.bold or line.level or names_a_time(text)):
            return number
        if _is_page_word(text):
            continue
        if re.search(r"[。；]", text) and len(text) >= 10:
            return number
        if re.search(r"[，！？]", text) and len(text) >= 60:
            return number
        if _is_wrapped_prose(lines[number : number + 3]):
            return number
        titled = titled or len(text) >= 4
    return min(len(lines), HEAD_LINES)


def _is_wrapped_prose(lines: list[Line]) -> bool:
    """Whether three lines without a gap are the beginning of a wrapped paragraph: about as wide as each other, with commas."""
    if len(lines) < 3 or lines[1].gap or lines[2].gap or any(line.bold or line.level for line in lines):
        return False
    one, two = width(lines[0].text), width(lines[1].text)
    commas = sum(bool(PROSE.search(line.text)) for line in lines)
    return one >= 12 and abs(one - two) <= 0.2 * max(one, two) and commas >= 2 and read_pieces(lines[0].text, words=True) is None


def _last_prose(lines: list[Line], first: int) -> int:
    """The index behind the last line of running text."""
    whole: str | None = None
    for number in range(len(lines) - 1, max(first, len(lines) - FOOT_LINES) - 1, -1):
        text = lines[number].text
        if _is_page_word(text) or not (re.search(r"[。；！？]", text) or len(text) >= 60):
            continue
        if len(text) <= LONGEST_REPEAT:
            whole = whole or "".join(line.text for line in lines)
            if whole.count(text) > 1:
                continue
        return number + 1
    return max(first, len(lines) - FOOT_LINES) if len(lines) > FOOT_LINES else first


def _is_page_word(text: str) -> bool:
    """Whether a line is furniture by what it begins with or holds, whatever else stands in it."""
    if len(text) > 2 * LONGEST_LINE:
        return False
    return (
        text.startswith(_words("openings"))
        or any(word in text for word in _words("holding"))
        or read_pieces(text, words=True) is not None
    )


def _sort_head(lines: list[Line], layout: Layout) -> list[Line]:
    """The lines of the head that belong to the text."""
    trail = max((number for number, line in enumerate(lines) if _is_trail(line.text)), default=-1)
    later = Counter(_bare(line.text) for line in lines)
    kept: list[Line] = []
    waiting: str | None = None
    for number, line in enumerate(lines):
        key, waiting = waiting, None
        later[_bare(line.text)] -= 1
        pieces = read_pieces(line.text, words=True)
        if pieces is not None and pieces.kinds != {"date"}:
            waiting = pieces.open_key
            layout.drop(line, pieces)
        elif key and _is_value(line, later[_bare(line.text)]):
            value = Pieces()
            value.learn(key, line.text)
            layout.drop(line, value)
        elif number <= trail or line.text in _words("pages") or (_is_page_word(line.text) and pieces is None):
            layout.drop(line)
        elif later[_bare(line.text)] and len(line.text) > 5:
            layout.drop(line)  # the title again: the last one stands over the text
        else:
            kept.append(line)
    return kept


def _sort_foot(lines: list[Line], layout: Layout) -> list[Line]:
    """The lines of the foot that belong to the text: those before the first word of the page."""
    kept: list[Line] = []
    over = False
    waiting: str | None = None
    for line in lines:
        pieces = read_pieces(line.text, words=True)
        if pieces is not None and pieces.kinds != {"date"}:
            soft = not pieces.kinds or (pieces.kinds == {"word"} and pieces.words <= set(_words("soft")))
            over = over or not soft
            waiting = pieces.open_key
            layout.drop(line, pieces)
        elif pieces is not None and not over:
            kept.append(line)  # a date alone signs a text; an annex may follow it
        elif over or _is_page_word(line.text):
            over = True
            value = Pieces()
            if waiting and len(line.text) <= LONGEST_VALUE:
                value.learn(waiting, line.text)
            waiting = None
            layout.drop(line, value)
        else:
            kept.append(line)
    return kept


def _is_value(line: Line, again: int) -> bool:
    """Whether a line can be what the key on the line before asks for: no title, unless the title comes again."""
    text = line.text
    if len(text) > LONGEST_VALUE or PROSE.search(text) or OCCASION.match(text):
        return False
    return again > 0 or len(text) < 8 or not _TITLE_END.search(text)


def _is_trail(text: str) -> bool:
    return text.startswith(_words("trail")) or _TRAIL.fullmatch(text) is not None


def _bare(text: str) -> str:
    """A title without the signs a page puts around it."""
    return re.sub(r"[\s|｜_-]+", "", text)


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(table("furniture")[name])
