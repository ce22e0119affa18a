"""Whose text this is: the division that 我市, 市政协 and 全省 mean here."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from kg import divisions
from kg.divisions import Division
from kg.divisions.file_name import file_place
from kg.errors import UsageError
from kg.model import Document, Mention
from kg.parse.foot import above_date
from kg.resolve.chained import chained
from kg.resolve.most_named import NATIONAL, RELATIVE, is_most_named, most_named, said_level, said_levels
from kg.value import dataclass

HEAD = 400  # code points at the beginning of a text in which a body with a place tells whose text it is
SPEAKS_FOR_STATE = re.compile(r"代表国务院|代表(?:第[^，]{1,4}届)?全国(?:人大|人民代表大会|政协)|代表最高人民")
OFFICES = (
    "-core",
    "-full",
    "department",
    "department-local",
)  # how mentions of bodies of state, party, congress and CPPCC are made
PAPERS = ("日报", "晚报", "晨报", "早报", "都市报", "时报", "商报", "快报", "报")
LEVELS = ("province", "prefecture", "county", "township")


@dataclass(frozen=True, slots=True)
class Home:
    """The division a text is of, and how it was told. `division` None: unknown."""

    division: Division | None
    how: str
    national: bool = False
    year: int | None = None  # the text's own, for names that were abolished since

    def level(self, word: str) -> Division | None:
        """The division that a level word (市, 省, 区, 县 …) means to a reader here, or None where it means none."""
        here = self.division
        if here is None:
            return None
        for division in (here, *divisions.ancestors(here.code)):
            if division.name.endswith(word) and division.level != "country":
                return division
            if word in ("省", "自治区") and division.level == "province" and not division.name.endswith("市"):
                return division
            if word == "市" and division.level == "prefecture":
                return division
        return None


def told_home(name: str) -> Home:
    """The home that the user names (湖州市, 全国). Raises UsageError where no table knows it."""
    if name in ("中国", "全国"):
        return Home(None, "told", national=True)
    found = divisions.by_name(name)
    if not found:
        raise UsageError(f"no division is called {name}", "--home", "give a name such as 湖州市 or 浙江省")
    return Home(found[0], "told")


def find_home(document: Document, mentions: tuple[Mention, ...], told: str | None) -> Home:
    """The home of a document with the year of its date; see `_find`. Raises UsageError where the user names a place no table knows."""
    year = int(document.date[:4]) if document.date else None
    return replace(_find(document, mentions, told), year=year)


def _find(document: Document, mentions: tuple[Mention, ...], told: str | None) -> Home:
    """The home of a document: what the user said, else its title, the speaker's post, the meeting, the publisher, its first bodies,
    the file's name, the places it names.

    Raises UsageError where the user names a place that no table knows.
    """
    if told:
        return told_home(told)
    text = document.text
    called, own = document.called(), text[slice(*document.title)] if document.title else ""
    if "".join(called.split()) != "".join(own.split()) and (home := _leading(called)):
        return Home(home, "title")
    if document.title and (home := _of_range(document, mentions, *document.title)):
        return Home(_paper_of(document, mentions, home) or home, "title")
    if NATIONAL.search(called):
        return Home(None, "title", national=True)
    if document.speaker_post and (home := _leading(document.speaker_post)):
        return Home(home, "speaker")
    if document.meeting and (home := _of_range(document, mentions, *document.meeting)):
        return Home(home, "meeting")
    if SPEAKS_FOR_STATE.search(text[:HEAD]):
        return Home(None, "speaker", national=True)
    if document.publisher and (home := _leading(document.publisher)):
        return Home(home, "publisher")
    if (signer := _signer(document, mentions)) is not None:
        return Home(signer, "signer")
    placed = [m for m in mentions if m.classes[0] == "Organization" and m.start < HEAD and len(m.place) > 1 and not m.kind]
    # a place's own offices tell whose text it is, its universities and firms only where no office is named
    offices = [m for m in placed if m.rule.endswith(OFFICES)]
    chains = chained(mentions)
    if (most := _of_bodies(offices, chains)) is not None:
        return Home(most, "bodies")
    if (
        not offices
        and (most := _of_bodies(placed, chains)) is not None
        and _is_spoken_of(text, most)
        and is_most_named(text, mentions, most)
    ):
        return Home(most, "bodies")
    if (named := file_place(document.source.name)) is not None and _may_be_of(text, named):
        return Home(named, "file")
    if (most := most_named(document, mentions)) is not None:
        return Home(most, "most-named")
    return Home(None, "unknown")


def _signer(document: Document, mentions: tuple[Mention, ...]) -> Division | None:
    """The place of the office that stands alone on the line right above the date with which the text ends."""
    for start, end in above_date(document)[:1]:
        line = document.text[start:end].strip()
        alone = [m for m in mentions if start <= m.start and m.end <= end and m.classes[0] == "Organization" and m.name == line]
        return next((place for m in alone if len(m.place) > 1 and (place := _leading(m.place)) is not None), None)
    return None


def _of_bodies(bodies: list[Mention], chains: dict[str, Division]) -> Division | None:
    """The division that most of the bodies have in their names, where one place alone is called so, or the text says which (`chains`)."""
    for place, _ in Counter(body.place for body in bodies).most_common(1):
        if place in chains:
            return chains[place]
        found = divisions.by_name(place)
        if found and not divisions.ambiguous(place):
            return found[0]
        return _of_chain(place)
    return None


def _is_spoken_of(text: str, division: Division) -> bool:
    """Whether a text that says 我市 and 市委 may be of `division`: a province's it is not."""
    said, level = said_levels(text), said_level(division)
    return not said or said[0] == level or level not in dict(RELATIVE)


def _may_be_of(text: str, division: Division) -> bool:
    """Whether a text may be of the place that its file is named by: one that says 我市 and 市委 alone is none of a province's."""
    said, level = said_levels(text), said_level(division)
    return not said or level in said or level not in dict(RELATIVE)


def _paper_of(document: Document, mentions: tuple[Mention, ...], titled: Division) -> Division | None:
    """The place of the newspaper, where the first headline names one in it: the page is the city's, unless a body there speaks."""
    if not document.publisher or not document.publisher.endswith(PAPERS) or document.speaker_post or not document.title:
        return None
    paper = _leading(document.publisher)
    if paper is None or paper.code not in {above.code for above in divisions.ancestors(titled.code)}:
        return None
    start, end = document.title
    acts = any(m.classes[0] == "Organization" and start <= m.start and m.end <= end and m.place for m in mentions)
    return None if acts else paper


def _of_range(document: Document, mentions: tuple[Mention, ...], start: int, end: int) -> Division | None:
    """The division named first in [start, end), of several side by side (长沙市岳麓区) the last."""
    named = [m for m in mentions if m.rule == "district-table" and not m.optional and start <= m.start and m.end <= end]
    for mention in named:
        found = [d for d in divisions.by_name(mention.name) if d.level in LEVELS]
        if found:
            return _innermost(found[0], mention.end, [m for m in mentions if m.rule == "district-table" and m.end <= end])
    for name in [m.place for m in mentions if m.place and start <= m.start and m.end <= end]:
        found = [d for d in divisions.by_name(name) if d.level in LEVELS]
        if found:
            return found[0]
    return _leading(document.text[start:end])


def _innermost(division: Division, at: int, mentions: list[Mention]) -> Division:
    """The last of the divisions that follow one another right behind `division`, which ends at `at`, each in the one before."""
    for mention in mentions:
        if mention.start != at:
            continue
        inner = [d for d in divisions.by_name(mention.name) if division.code in {a.code for a in divisions.ancestors(d.code)}]
        if inner:
            division, at = inner[0], mention.end
    return division


def _of_chain(words: str) -> Division | None:
    """The last of the places side by side that `words` are (岳阳市平江县)."""
    outer = _leading(words)
    for name in (words[size:] for size in range(2, len(words) - 1)):
        inner = [d for d in divisions.by_name(name) if outer and outer.code in {a.code for a in divisions.ancestors(d.code)}]
        if inner:
            return inner[0]
    return None


def _leading(words: str) -> Division | None:
    """The longest division name that `words` begin with (湖州市政协主席, 四川日报)."""
    for size in range(min(12, len(words)), 1, -1):
        found = [d for d in divisions.by_name(words[:size]) if d.level in LEVELS and not d.abolished]
        if found and not divisions.ambiguous(words[:size]):
            return found[0]
    return None
