"""Measure words that a text leaves out: 人 where people are counted, and that of a figure before which fell to 0."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.extract.units import words
from kg.model import Figure, Token

PEOPLE = 16  # code points between a numeral and the noun of the people it counts
LONGEST_NOUN = 6  # words of a noun phrase of people
FALL = 10  # code points between a figure and the 0 that it fell to
FALLEN_TO = re.compile(r"(?:降|减|归|下降|减少|压减)(?:到|至|为)$")
ENDS = "，。；、：）)！!;\n"


def fallen_to_nothing(text: str, start: int, end: int, last: Figure | None) -> str | None:
    """The unit of the 0 at [start, end) where the figure before fell to it: 由12个降至0; else None."""
    if last is None or start - last.end > FALL or text[end : end + 1].isalnum():
        return None
    return last.unit if FALLEN_TO.search(text[max(0, start - FALL) : start]) is not None else None


def counts_people(text: str, start: int, end: int, tokens: Sequence[Token], starts: Sequence[int]) -> bool:
    """Whether the numeral at [start, end) counts people without a measure word: 受益群众2.3万, 10.3万贫困人口.

    `starts` are the beginnings of `tokens`, the words of the text.
    """
    bound = words().behind.match(text, end)
    at = bound.end() if bound else end
    if not text[at : at + 1] or text[at] in ENDS:
        return words().people_before.search(text[max(0, start - PEOPLE) : start]) is not None
    return _of_people(end, tokens, starts)


def _of_people(at: int, tokens: Sequence[Token], starts: Sequence[int]) -> bool:
    """Whether a noun phrase of people begins at `at` and ends with them: not 人口大市, 群众演员 or 人口以上的县."""
    number = bisect_left(starts, at)
    if number >= len(starts) or starts[number] - at >= 2:  # 51|万新|就业: the cut may be one sign off
        return False
    for place in range(number, min(number + LONGEST_NOUN, len(tokens))):
        token = tokens[place]
        if token.start - at > PEOPLE or not token.tag.startswith(("n", "j", "b", "a", "l", "v", "i")):
            return False
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.word.endswith(words().people) and (following is None or not following.tag.startswith(("n", "f", "uj", "b"))):
            return True
    return False
