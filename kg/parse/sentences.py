"""Sentences of a paragraph and clauses of a sentence. Quotation marks and brackets hold together what stands in them.

A pair of marks protects at most LONGEST_PAIR code points: a quotation mark that is never closed, or closed much later, protects
nothing, so that one slip of the pen does not swallow the text behind it. All is one pass: time grows as the text does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque

PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "「": "」", "『": "』", "(": ")", "［": "］"}
CLOSERS = {closer: opener for opener, closer in PAIRS.items()}
LONGEST_PAIR = 200
"""Code points between two marks that still belong together."""
LONGEST_SENTENCE = 2000
"""Code points after which a text without closing marks is cut at a comma, or anywhere."""

_MARKS = re.compile("[" + re.escape("".join(PAIRS) + "".join(CLOSERS)) + "]")
_END = re.compile(r"[。！？…?!](?:(?<=[?!])[?!]*(?=\s|$)|(?<=[。！？…])[。！？…”’）》】」』)]*)")
_CLAUSE_END = re.compile(r"[，；：。！？…]+[”’）》】」』)]*")
_NOT_AFTER_QUOTE = frozenset("，、；：。的和与及等之而是")
_STOPS = frozenset("。！？…")
_QUOTES = frozenset("“‘「『")


def protected(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The outermost pairs of marks in text[start:end]: (offset of the opening mark, offset of the closing one), in order."""
    if _MARKS.search(text, start, end) is None:
        return []
    pairs: list[tuple[int, int]] = []
    open_marks: deque[tuple[str, int]] = deque()
    waiting = dict.fromkeys(PAIRS, 0)
    for match in _MARKS.finditer(text, start, end):
        mark, at = match.group(), match.start()
        while open_marks and at - open_marks[0][1] > LONGEST_PAIR:
            waiting[open_marks.popleft()[0]] -= 1
        if mark in PAIRS:
            open_marks.append((mark, at))
            waiting[mark] += 1
            continue
        opener = CLOSERS[mark]
        if not waiting[opener]:
            continue
        while True:
            other, begin = open_marks.pop()
            waiting[other] -= 1
            if other == opener:
                break
        while pairs and pairs[-1][0] > begin:
            pairs.pop()
        pairs.append((begin, at))
    return pairs


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of the paragraph text[start:end], as (start, end) with the closing mark and closing quotes included.

    They end at 。！？…… outside quotation marks and brackets, and where a quotation that ends in one of these ends (他说：“……。”), and
    at the paragraph's end. White space at their edges is left out. A stretch of more than LONGEST_SENTENCE code points without
    such a mark is cut at its last comma or semicolon.
    """
    found: list[tuple[int, int]] = []
    at = start
    for stop in _stops(text, start, end):
        _add(text, at, stop, found)
        at = stop
    _add(text, at, end, found)
    return found


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of text[start:end], as (start, end) that together cover it, each with its closing mark.

    They end at ，；：。！？ outside quotation marks and brackets; 、 does not end one.
    """
    pairs = protected(text, start, end)
    begins = [begin for begin, _ in pairs]
    found: list[tuple[int, int]] = []
    at = start
    for match in _CLAUSE_END.finditer(text, start, end):
        if pairs and _inside(match.start(), pairs, begins):
            continue
        stop = match.end()
        found.append((at, stop))
        at = stop
    if at < end:
        found.append((at, end))
    return found


def _stops(text: str, start: int, end: int) -> list[int]:
    pairs = protected(text, start, end)
    begins = [begin for begin, _ in pairs]
    stops = []
    last = start
    for match in _END.finditer(text, start, end):
        pair = _inside(match.start(), pairs, begins)
        if pair is None:
            last = match.end()
            stops.append(last)
        elif _ends_quotation(text, pair, last, end):
            if pair[1] + 1 > last:
                last = pair[1] + 1
                stops.append(last)
    return stops


def _ends_quotation(text: str, pair: tuple[int, int], last: int, end: int) -> bool:
    """Whether the sentence ends with the quotation `pair`: it closes after a full stop, and stands after a colon or alone."""
    begin, close = pair
    if text[begin] not in _QUOTES or text[close - 1] not in _STOPS:
        return False
    alone = begin == last or (begin > 0 and text[begin - 1] in "：:")
    return alone and (close + 1 >= end or text[close + 1] not in _NOT_AFTER_QUOTE)


def _inside(at: int, pairs: list[tuple[int, int]], begins: list[int]) -> tuple[int, int] | None:
    number = bisect_right(begins, at) - 1
    return pairs[number] if number >= 0 and pairs[number][0] < at < pairs[number][1] else None


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = max(text.rfind(mark, start, start + LONGEST_SENTENCE) for mark in "；，、") + 1
        if cut <= start:
            cut = start + LONGEST_SENTENCE
        found.append((start, cut))
        start = cut
    if start < end:
        found.append((start, end))
