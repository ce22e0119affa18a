"""The headings of a text: where each begins, on which level, whether it speaks of what is to come, and of which year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.parse import dates
from kg.parse.shapes import is_heading, kind_of_number
from kg.parse.tables import table

LEVELS = {"part": 0, "annex": 0, "one": 1, "two": 2, "series": 3, "dash": 3, "figure": 4}
SHORT_LEAD = 14
"""Code points of a first sentence that leads a paragraph whatever it holds."""
LONG_LEAD = 28
"""Code points of one that does so where it has no comma."""
LONGEST_TITLE = 100

_LEAD = re.compile(rf"[^。！？\n]{{2,{LONG_LEAD}}}。(?=.)")
_RANGE = re.compile(r"(20\d\d)年?[—–~～至-]{1,2}(20\d\d)年")
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}(?=[是要])")


@dataclass(slots=True)
class Heading:
    """A heading at view offset `start` with its title; `whole`: it is a paragraph of its own (else text follows in the same paragraph)."""

    start: int
    level: int
    title: str
    whole: bool
    paragraph: int


def find_headings(text: str, paragraphs: tuple[tuple[int, int], ...], first: int, marked: dict[int, int]) -> list[Heading]:
    """The headings of the running text, which begins with paragraph number `first`; `marked` has the levels of headings that markup gives."""
    found: list[Heading] = []
    under = -1  # the level of the section that the paragraph stands under
    for number in range(first, len(paragraphs)):
        start, end = paragraphs[number]
        opening = text[start : min(end, start + LONGEST_TITLE + 20)]
        heading = _numbered(opening, start, end, number)
        if heading is None and number in marked:
            heading = Heading(start, marked[number], opening[:LONGEST_TITLE], True, number)
        if heading is None and opening.rstrip("：:") in table("structure")["headings"]["apart"] and end - start <= 10:
            heading = Heading(start, 0, opening.rstrip("：:"), True, number)
        if heading is None and under >= 1:
            heading = _lead(text, start, end, number, opening, under)
        if heading is not None:
            found.append(heading)
            under = heading.level if heading.level < 3 else max(under, 1)
        found.extend(_inline(text, start, end, number))
    return found


def _numbered(opening: str, start: int, end: int, number: int) -> Heading | None:
    kind = kind_of_number(opening)
    if kind is None or kind == "inner":
        return None
    if end - start <= LONGEST_TITLE and (is_heading(opening[: end - start]) or _is_one_sentence(opening[: end - start])):
        return Heading(start, LEVELS[kind], opening[: end - start].rstrip("。：:"), True, number)
    first = re.match(r"[^。！？；\n]{2,90}[。！？]", opening)
    if kind == "figure":
        first = re.match(r"[^。！？；：\n]{2,40}[：。]", opening)
    if first is None or (kind in ("series", "dash") and len(first.group()) > 60):
        return None
    return Heading(start, LEVELS[kind], first.group().rstrip("。：！？"), False, number)


def _is_one_sentence(text: str) -> bool:
    return len(text) <= 60 and not re.search(r"[。！？；].", text)


def _lead(text: str, start: int, end: int, number: int, opening: str, under: int) -> Heading | None:
    """The short first sentence that leads a paragraph (站稳政治立场。)."""
    match = _LEAD.match(opening)
    if match is None or end - start < 2 * len(match.group()):
        return None
    lead = match.group()[:-1]
    if len(lead) > SHORT_LEAD - 1 and (under < 2 or re.search(r"[，、；：\d]", re.sub(r"“[^”]*”", "", lead))):
        return None
    if re.search(r"[\d：；]|年.*是|各位", lead):
        return None
    return Heading(start, 3, lead, False, number)


def _inline(text: str, start: int, end: int, number: int) -> list[Heading]:
    """Members of a series (一是……。二是……。) within a paragraph, where at least two of them begin a sentence."""
    hits = [match for match in _series().finditer(text, start, end)]
    hits = [match for match in hits if match.start() > start]
    begun = sum(1 for match in hits if text[match.start() - 1] in "。！？”")
    if begun < 2:
        return []
    found = []
    for match in hits:
        title = re.match(r"[^。！？；\n]{2,60}", text[match.start() : min(end, match.start() + 61)])
        if title and text[match.start() - 1] in "。！？：":
            found.append(Heading(match.start(), 3, title.group(), False, number))
    return found


@cache
def _series() -> re.Pattern[str]:
    return re.compile(r"(?<=[。！？：；，])[一二三四五六七八九十]{1,3}(?:是|要)(?!.{0,2}[个项])")


def years_of(title: str, year_of_text: int | None) -> str | None:
    """The year that a heading names ("2022"), or the years ("2021-2025"); by itself, else from the year of the text (去年, 过去五年)."""
    if match := _RANGE.search(title):
        return f"{match.group(1)}-{match.group(2)}"
    if (found := dates.iso_date(title)) is not None:
        return found[:4]
    if year_of_text is not None:
        for word, away in table("structure")["years"].items():
            if word in title:
                return str(year_of_text + away)
    for word, first in table("structure")["plans"].items():
        if word in title:
            return f"{first}-{first + 4}"
    if year_of_text is not None and re.search(r"(?:过去|近|这)五年|五年来|五年工作|本届", title):
        return f"{year_of_text - 5}-{year_of_text - 1}"
    return None


def tense(title: str) -> str | None:
    """planned, review, both (A回顾和B安排) or None, by the words of a heading: what stands last counts."""
    words = table("structure")["headings"]
    plan = max((title.rfind(word) + len(word) for word in words["planned"] if word in title), default=-1)
    review = max((title.rfind(word) + len(word) for word in words["review"] if word in title), default=-1)
    if plan < 0 and review < 0:
        return None
    if plan >= 0 and review >= 0 and re.search(r"[和与及暨]", title[min(plan, review) : max(plan, review)]):
        return "both"
    return "planned" if plan > review else "review"
