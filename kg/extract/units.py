"""Measure words and the words about a numeral that bound it, ready to be matched at a place of the view."""

from __future__ import annotations

import re

from kg.lexicon import any_of, cache, table
from kg.value import dataclass

WORD_GOES_ON = "(?<=[A-Za-z])[A-Za-z]"  # P is no unit in 4800PFlops
DOUBLED = r"(?:[（(][\u4e00-\u9fff、]{1,3}[）)])?"  # 台（套）, 套（间）, 个（次）
PER = r"(?:[/／每](?:平方公里|立方米|平方米|万人|亩|人|吨|户|年|天|日|小时|千瓦时|公里|升|年))?"
# 百亿级, 8小时制, but 22个代表, 3个制造业基地
NO_UNIT_BEHIND = r"级|型(?!号)|制(?![造度定约药])|代(?![表理码际价])|版(?![权块图])"


@dataclass(frozen=True, slots=True)
class Words:
    """The tables as patterns: `unit` after a numeral, `before` and `behind` it, and the bound each modifier makes."""

    unit: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    inner: re.Pattern[str]
    bounds: dict[str, str]
    family: dict[str, str]
    sure: frozenset[str]
    large: frozenset[str]
    rank: re.Pattern[str]
    idioms: tuple[str, ...]
    people: tuple[str, ...]  # nouns of people, counted without a measure word
    people_before: re.Pattern[str]  # one of them with what may stand between it and its numeral


@cache
def words() -> Words:
    """The patterns of kg/lexicon/units.toml, made once."""
    units = table("units")
    family: dict[str, str] = {}
    for name, members in units["families"].items():
        for member in members:
            family.setdefault(member, name)
    bounds: dict[str, str] = {}
    for side in ("before", "behind"):
        for bound, members in units[side].items():
            for member in members:
                bounds[member] = bound
    before = [word for members in units["before"].values() for word in members]
    behind = [word for members in units["behind"].values() for word in members if word not in ("来", "余", "多")]
    return Words(
        unit=re.compile(f"(?:{any_of(family)}){DOUBLED}{PER}(?!{NO_UNIT_BEHIND})(?!{WORD_GOES_ON})"),
        before=re.compile(rf"(?:{any_of(before)})\Z"),  # not $, which looks over a line feed
        behind=re.compile(any_of(behind)),
        inner=re.compile("[余多来几]"),
        bounds=bounds,
        family=family,
        sure=frozenset(units["chinese"]["sure"]),
        large=frozenset(units["chinese"]["large"]),
        rank=re.compile(f"(?:{any_of(units['rank']['verbs'])})"),
        idioms=tuple(units["chinese"]["idioms"]),
        people=tuple(units["people"]["nouns"]),
        people_before=re.compile(
            rf"(?:{any_of(units['people']['nouns'])}|人数)(?:总数|总量|规模)?(?:{any_of(units['people']['links'])})*$"
        ),
    )
