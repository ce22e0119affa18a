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
LEAST_LED = 80
"""Code points of a paragraph that a first sentence leads."""
LONGEST_TITLE = 100
LONGEST_TIMED = 40
"""Code points of a heading without a number that names a time (2023年主要工作)."""

_NO_LEAD = re.compile(r"[\d：；]|年.*是|各位")
_LEAD = re.compile(rf"[^。！？\n]{{2,{LONG_LEAD}}}。(?=.)")
_TIMED = re.compile(
    r"(?:关于)?(?:“?十[一二三四五六]五”?(?:时期|期间)?|(?:19|20)\d\d年|过去|去年|今年|明年|一年来|五年来|[近这]五年|本届|下一步|今后|未来)"
)
_RANGE = re.compile(r"(20\d\d)年?[—–~～至-]{1,2}(20\d\d)年")


@dataclass(slots=True)
class Heading:
    """A heading at view offset `start` with its title; `whole`: it is a paragraph of its own (else text follows in the same paragraph)."""

    start: int
    level: int
    title: str
    whole: bool
    paragraph: int
    marked: bool = False  # by markup, not by a number
    year: str | None = None  # given, where the heading is the turn of a part from one time to another


def find_headings(text: str, paragraphs: tuple[tuple[int, int], ...], first: int, marked: dict[int, int]) -> list[Heading]:
    """The headings of the running text, which begins with paragraph number `first`; `marked` has the levels of headings that markup gives."""
    found: list[Heading] = []
    under = -1  # the level of the section that the paragraph stands under
    apart = table("structure")["headings"]["apart"]
    for number in range(first, len(paragraphs)):
        start, end = paragraphs[number]
        opening = text[start : min(end, start + LONGEST_TITLE + 20)]
        heading = _numbered(opening, start, end, number)
        if heading is None and number in marked:
            heading = Heading(start, marked[number], opening[:LONGEST_TITLE], True, number, marked=True)
        if heading is None and end - start <= 10 and opening.rstrip("：:") in apart:
            heading = Heading(start, 0, opening.rstrip("：:"), True, number)
        if heading is None and names_a_time(text[start:end]):
            heading = Heading(start, 0, opening[: end - start].rstrip("：:"), True, number)
        if heading is None and found and _is_bare_annex(found[-1], number) and not re.search(r"[。；：]", opening):
            heading = Heading(start, 0, opening[:LONGEST_TITLE], True, number)
        if heading is None and 1 <= under <= 2:
            following = paragraphs[number + 1] if number + 1 < len(paragraphs) else (0, 0)
            heading = _lead(start, end, number, opening, under) or _lead_alone(start, end, number, opening, following)
        if heading is not None:
            found.append(heading)
            if heading.level < 3 or (heading.whole and kind_of_number(opening) == "series"):
                under = heading.level
        found.extend(_inline(text, start, end, number))
    return found


def names_a_time(paragraph: str) -> bool:
    """Whether a paragraph is a heading without a number that says of what time it speaks: 2023年主要工作, 今后五年的目标任务."""
    line = paragraph.strip().rstrip("：:")
    if len(line) > LONGEST_TIMED or not _TIMED.match(line) or re.search(r"[。；，！？]", line):
        return False
    return line.endswith(("工作", "工作情况")) or tense(line) is not None


def _is_bare_annex(heading: Heading, number: int) -> bool:
    """Whether the paragraph before this one is 附件1 and no more, so that this one is its title."""
    return heading.paragraph == number - 1 and re.fullmatch(r"附件\S{0,3}", heading.title) is not None


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


def _lead(start: int, end: int, number: int, opening: str, under: int) -> Heading | None:
    """The short first sentence that leads a paragraph (站稳政治立场。)."""
    match = _LEAD.match(opening)
    if match is None or end - start < max(LEAST_LED, 2 * len(match.group())):
        return None
    lead = match.group()[:-1]
    plain = re.sub(r"“[^”]*”", "", lead)
    if len(lead) >= SHORT_LEAD and (under < 2 or re.search(r"[，、]", plain)):
        return None
    return None if _NO_LEAD.search(plain) else Heading(start, 3, lead, False, number)


def _lead_alone(start: int, end: int, number: int, opening: str, following: tuple[int, int]) -> Heading | None:
    """A short sentence that is a paragraph of its own and leads the long one behind it (生态底色更加亮丽。)."""
    size = end - start
    if not 6 <= size <= LONG_LEAD or opening[size - 1] != "。" or following[1] - following[0] < LEAST_LED:
        return None
    lead = opening[: size - 1]
    if re.search(r"[。！？，：；\d]", lead) or "各位" in lead:
        return None
    return Heading(start, 3, lead, True, number)


def _inline(text: str, start: int, end: int, number: int) -> list[Heading]:
    """Members of a series (一是……。二是……。) within a paragraph, where at least two of them begin a sentence."""
    hits = [match.start() for match in _series().finditer(text, start + 1, end)]
    if sum(1 for at in hits if text[at - 1] in "。！？”") < 2:
        return []
    found = []
    for at in hits:
        title = re.match(r"[^。！？；\n]{2,60}", text[at : min(end, at + 61)])
        if title and text[at - 1] in "。！？：":
            words = title.group()
            found.append(Heading(at, 3, words.split("，")[0] if len(words) > 40 else words, False, number))
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


def is_plan(title: str) -> bool:
    """Whether a text of this title tells what is to be done: a plan, a program of work, a list of tasks."""
    bare = re.sub(r"[（(][^（）()]*[）)]$|的通知$", "", "".join(title.split())).rstrip("》")
    if tense(bare) == "both":
        return False  # 2023年工作总结和2024年工作要点: its parts say which is which
    return bare.endswith(
        (
            "计划",
            "行动方案",
            "实施方案",
            "工作方案",
            "方案",
            "规划",
            "规划纲要",
            "工作要点",
            "要点",
            "任务清单",
            "任务分解",
            "责任分解",
            "分工方案",
            "工作安排",
            "任务书",
        )
    )


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
