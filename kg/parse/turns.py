"""Parts of a report that speak of two times, and where they turn from one to the other.

一、2025年和“十四五”时期工作回顾 speaks first of 2025; from the paragraph that opens with “十四五”时期…… or 五年来…… on it speaks of 2021–2025.
"""

from __future__ import annotations

import itertools
import re

from kg.parse.headings import Heading
from kg.parse.shapes import SALUTATION, kind_of_number
from kg.parse.tables import table

NEAR = 12
"""Code points at the opening of a paragraph in which it says of what time it speaks."""
SHORT_OPENING = 30
"""A first sentence of at most this many code points says it anywhere."""

_YEAR = re.compile(r"(?<!\d)(20\d\d)年?(?!\d)")
_FIVE_PAST = re.compile(r"(?:过去|这|近)的?五年|五年来")
_FIVE_COMING = re.compile(r"(?:今后|未来)五年")
_ONE_PAST = re.compile(r"过去的?一年|一年来|去年")
_THIS = re.compile(r"今年")


def with_turns(
    text: str, paragraphs: tuple[tuple[int, int], ...], headings: list[Heading], year_of_text: int | None
) -> list[Heading]:
    """`headings` with one more of level 1 at each turn of a part to another of the times that its heading names."""
    found: list[Heading] = []
    parts = [heading for heading in headings if heading.level <= 1]
    bounds = {id(part): after.paragraph for part, after in itertools.pairwise(parts)}
    numbered = {heading.paragraph for heading in headings if heading.level <= 2}
    for heading in headings:
        found.append(heading)
        if heading.level != 1 or heading.marked or not heading.whole:
            continue
        times = _times(heading.title)
        if len(times) < 2:
            continue
        turns = _turns(
            text, paragraphs, heading.paragraph, bounds.get(id(heading), len(paragraphs)), times, numbered, year_of_text
        )
        if turns:
            heading.year = times[0]
            found.extend(turns)
    return sorted(found, key=lambda heading: (heading.start, heading.level))


def _times(title: str) -> list[str]:
    """The years and five-year plans that a heading names, in order ("2025", "2021-2025")."""
    hits = [(match.start(), match.group(1)) for match in _YEAR.finditer(title)]
    for word, first in table("structure")["plans"].items():
        hits.extend((match.start(), f"{first}-{first + 4}") for match in re.finditer(word, title))
    return list(dict.fromkeys(time for _, time in sorted(hits)))


def _turns(
    text: str,
    paragraphs: tuple[tuple[int, int], ...],
    paragraph: int,
    stop: int,
    times: list[str],
    numbered: set[int],
    year_of_text: int | None,
) -> list[Heading]:
    left = times[1:]
    found = []
    for number in range(paragraph + 2, stop):
        if not left:
            break
        start, end = paragraphs[number]
        opening = text[start : min(end, start + 80)]
        if number in numbered or kind_of_number(opening):
            continue
        salutation = SALUTATION.match(opening)
        begin = salutation.end() if salutation else 0
        sentence = re.match(r"[^。！？]*", opening[begin:])
        size = len(sentence.group()) if sentence and len(sentence.group()) <= SHORT_OPENING else NEAR
        time = _named(opening[begin : begin + size], left, year_of_text)
        if time is not None:
            clause = re.match(r"[^，。！？：；]{2,40}", opening[begin:])
            found.append(
                Heading(start + begin, 1, clause.group() if clause else opening[begin : begin + size], False, number, year=time)
            )
            left = [other for other in left if other != time]
    return found


def _named(words: str, times: list[str], year_of_text: int | None) -> str | None:
    """The first of `times` that `words` speak of."""
    for time in times:
        if "-" in time:
            plan = next(word for word, first in table("structure")["plans"].items() if time.startswith(str(first)))
            past = year_of_text is not None and int(time[:4]) < year_of_text
            if plan in words or (_FIVE_PAST if past else _FIVE_COMING).search(words):
                return time
        elif (
            re.search(rf"(?<!\d){time}(?!\d)", words)
            or (year_of_text is not None and int(time) == year_of_text and _THIS.search(words))
            or (year_of_text is not None and int(time) == year_of_text - 1 and _ONE_PAST.search(words))
        ):
            return time
    return None
