"""Where an offset of the view lies: its sentence, its section and the stretch of its clause."""

from __future__ import annotations

from bisect import bisect_right

from kg.model import Document, Linked, Section, Sentence

CLAUSE_ENDS = "，；：。！？;!?\n"
LONGEST_CLAUSE = 200  # code points looked at on each side: a bound for texts without punctuation


def sentence_at(document: Document, at: int) -> Sentence | None:
    """The sentence over view offset `at`; None between sentences."""
    number = bisect_right(document.sentences, at, key=lambda sentence: sentence.start) - 1
    if number < 0 or at >= document.sentences[number].end:
        return None
    return document.sentences[number]


def section_of(document: Document, sentence: Sentence | None) -> Section | None:
    """The section a sentence stands in, if any."""
    if sentence is None or sentence.section < 0:
        return None
    return document.sections[sentence.section]


def clause_at(text: str, at: int, start: int, end: int) -> tuple[int, int]:
    """The clause over `at` within [start, end): the stretch between the nearest commas, semicolons, colons and stops."""
    left = max(start, at - LONGEST_CLAUSE)
    right = min(end, at + LONGEST_CLAUSE)
    for i in range(at - 1, left - 1, -1):
        if text[i] in CLAUSE_ENDS:
            left = i + 1
            break
    for i in range(at, right):
        if text[i] in CLAUSE_ENDS:
            right = i
            break
    return left, right


def token_before(linked: Linked, at: int) -> int:
    """The index of the last token that starts before `at` (-1 where none does)."""
    return bisect_right(linked.tokens, at - 1, key=lambda token: token.start) - 1
