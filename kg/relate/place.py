"""Where an offset of the view lies: its sentence, its section and the stretch of its clause; whether a name there begins a quotation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from kg.model import Document, Link, Linked, Section, Sentence
from kg.once import once
from kg.words import token_starts

CLAUSE_ENDS = re.compile("[，；：。！？;!?\n]")
LONGEST_QUOTE = 40  # code points behind a name within which the quotation that it begins ends
LONGEST_CLAUSE = 200  # code points looked at on each side: a bound for texts without punctuation


def sentence_at(document: Document, at: int) -> Sentence | None:
    """The sentence over view offset `at`; None between sentences."""
    number = sentence_number(document, at)
    if number < 0 or at >= document.sentences[number].end:
        return None
    return document.sentences[number]


def sentence_number(document: Document, at: int) -> int:
    """The index of the last sentence that starts at `at` or before (-1 where none does)."""
    return bisect_right(_sentence_starts(document), at) - 1


def section_of(document: Document, sentence: Sentence | None) -> Section | None:
    """The section a sentence stands in, if any."""
    if sentence is None or sentence.section < 0:
        return None
    return document.sections[sentence.section]


def clause_at(text: str, at: int, start: int, end: int) -> tuple[int, int]:
    """The clause over `at` within [start, end): the stretch between the nearest commas, semicolons, colons and stops."""
    left = max(start, at - LONGEST_CLAUSE)
    right = min(end, at + LONGEST_CLAUSE)
    marks = _marks(text)
    number = bisect_left(marks, at)
    if number and marks[number - 1] >= left:
        left = marks[number - 1] + 1
    if number < len(marks) and marks[number] < right:
        right = marks[number]
    return left, right


def token_before(linked: Linked, at: int) -> int:
    """The index of the last token that starts before `at` (-1 where none does)."""
    return bisect_left(token_starts(linked.tokens), at) - 1


@once
def _sentence_starts(document: Document) -> list[int]:
    return [sentence.start for sentence in document.sentences]


@once
def _marks(text: str) -> list[int]:
    """Where the marks stand that end clauses."""
    return [mark.start() for mark in CLAUSE_ENDS.finditer(text)]


def begins_quote(text: str, link: Link) -> bool:
    """Whether a name only begins a longer quoted one: “西宁—成都—曼谷”, “扬州样板” is not the city."""
    return (
        text[link.start - 1 : link.start] == "“"
        and text[link.end : link.end + 1] not in ("”", "")
        and "”" in text[link.end : link.end + LONGEST_QUOTE]
    )
