"""The year that a text without a date of its own looks back on, where its sentences or the name of its plan tell it.

A text cut from a report, or printed without its head, still says 刚刚过去的2025年 or 2025年是“十四五”收官之年。五年来…. What it calls 今年 is not
told by that: such words are said in the December of that year and in the January behind it.
"""

from __future__ import annotations

import re
from functools import partial

from kg.lexicon import cache, table
from kg.relate.times import PLANS
from kg.value import dataclass

PLAN_NAMED = re.compile(r"第?(十[一二三四五六])(?:个五年|五[”\"]?)(?:发展)?(?:规划|计划)")
ON_PLAN = re.compile(
    "评估|总结|监测|(?:实施|执行|完成|落实)情况|(?<!编制)报告"
)  # what a plan came to, told while it runs or after it
LOOKS_BACK_WITHIN = 60  # code points behind 2025年是…收官之年 in which the text looks back, else it speaks of a year to come
FIVE_YEARS_WITHIN = 200  # and behind “十四五”时期是…的五年

_YEAR = r"(?<!\d)((?:19|20)\d{2})"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The year under review, and the view offsets [start, end) of the words that tell it.

    What follows the words is of that year, unless only the five years of a plan told it (`behind` is False). Where the text goes on to five
    years (2025年是“十四五”收官之年。五年来…), it has told of the year itself `before`; where it goes on to the year (一年来…), of something else.
    """

    year: int
    start: int
    end: int
    behind: bool
    before: bool


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What names the year itself; what does where the text then looks back; and the five years of a plan, told as gone by."""
    either = partial("|".join)
    words = table("modality")["review"]
    back, closing, since = (either(map(re.escape, words[key])) for key in ("back", "closing", "since"))
    named = re.compile(
        rf"(?:刚刚?)?过去的{_YEAR}年|(?:{back})(?:(?:刚刚?)?过去的)?{_YEAR}年|(?<!站在){_YEAR}年?，?(?:我们)?(?:{back})"
    )
    closed = re.compile(rf"{_YEAR}年，?是[^。！？\n]{{0,40}}(?:{closing})(?=[^\n]{{0,{LOOKS_BACK_WITHIN}}}?(?:{since}))")
    plan = re.compile(
        rf"[“\"]?(十[一二三四五六])五[”\"]?(?:规划)?(?:时期|期间|这五年)，?[^。！？\n]{{0,40}}五年(?=[。，；！][^\n]{{0,{FIVE_YEARS_WITHIN}}}?(?:{since}))"
    )
    return named, closed, plan


def reviewed(text: str) -> Reviewed | None:
    """The year that `text` says it looks back on; None where it tells none or several."""
    named, closed, plan = _patterns()
    found = [
        Reviewed(int(next(filter(None, hit.groups()))), *hit.span(), True, _on_five_years(text, hit.end()))
        for pattern in (named, closed)
        for hit in pattern.finditer(text)
    ]
    if not found:
        found = [Reviewed(PLANS[hit.group(1) + "五"] + 4, *hit.span(), False, False) for hit in plan.finditer(text)]
    return min(found, key=lambda told: told.start) if len({told.year for told in found}) == 1 else None


def _on_five_years(text: str, end: int) -> bool:
    """Whether what stands right behind `end` goes on to five years rather than to the one."""
    since = table("modality")["review"]["since"]
    told = [(at, word) for word in since if (at := text.find(word, end, end + LOOKS_BACK_WITHIN)) >= 0]
    return bool(told) and "五年" in min(told)[1]


def plan_starts(title: str) -> int | None:
    """The first year of the five-year plan that a title names (第十五个五年规划纲要, “十五五”规划: 2026); None for another title, also one on
    what the plan came to (…规划实施中期评估报告)."""
    named = PLAN_NAMED.search(title)
    if named is None or ON_PLAN.search(title, named.end()):
        return None
    return PLANS[named.group(1) + "五"]
