"""Whose text one without a head is: of the places it names, the one that its 全省, 市委 or 在粤 must mean."""

from __future__ import annotations

import re
from collections import Counter

from kg import divisions
from kg.divisions import Division
from kg.lexicon import lexicon
from kg.model import Document, Mention

NATIONAL = re.compile(r"国务院|中华人民共和国|全国人民代表大会|全国政协|全国人大|全国委员会")
RELATIVE = (
    ("province", ("全省", "我省", "省委", "省政府", "省人民政府", "全区各族", "自治区党委", "自治区人民政府")),
    ("prefecture", ("全市", "我市", "市委", "市政府", "市政协")),
)
FEWEST = 3  # places in it that a text without a head must name for the place it is of
FEWEST_RELATIVE = 1  # the same where it says 全省 or 市委
DATELINE = ("社", "网", "本报")  # 新华社北京1月3日电: where the news was written
DATED = re.compile(r"\d{1,2}月\d")
CLEAR = "冀皖闽赣鲁豫鄂湘粤桂琼川黔滇陕浙"  # signs of provinces that, right behind 在, begin no other word (在新时代, 在青年)
IN_PLACE = re.compile(f"(?<=[^现存潜内外实所正旨志意贵])在([{CLEAR}])(?![{CLEAR}港澳台京津沪渝苏])")  # none of 在粤港澳大湾区


def said_levels(text: str) -> list[str]:
    """The levels that 我省, 市委 and the like say the text is of, the most said first: a city's text speaks of its province's bodies too."""
    counted = {level: sum(text.count(word) for word in words) for level, words in RELATIVE}
    return sorted((level for level in counted if counted[level]), key=lambda level: -counted[level])


def said_level(division: Division) -> str:
    """The level whose words a text of `division` says: 重庆, a province by the tables, is 全市 to its own."""
    return "prefecture" if division.level == "province" and division.name.endswith("市") else division.level


def most_named(document: Document, mentions: tuple[Mention, ...]) -> Division | None:
    """The place of a text without a head: the one that its 全省 or 市委 must mean, else the province of a report's numbered sections.

    Each place named speaks for itself and for what it lies in; the most spoken for is taken where no other comes near.
    """
    text = document.text
    found = _named(text, mentions)
    levels = said_levels(text)
    for level in levels:
        if (most := _spoken_for(found, level, FEWEST_RELATIVE)) is not None:
            return most
    if not levels and (here := _abbreviated(text)):
        return _spoken_for([*found, *here], "province", FEWEST)
    numbered = any(section.level in (1, 2) for section in document.sections)
    return _spoken_for(found, "province", FEWEST) if numbered and not NATIONAL.search(text) else None


def is_most_named(text: str, mentions: tuple[Mention, ...], division: Division) -> bool:
    """Whether no more is said of the rest of its province than of `division` and what lies in it: a university's city need not be the text's."""
    around = [place for place in _named(text, mentions) if place.code[:2] == division.code[:2]]
    inside = [place for place in around if division in (place, *divisions.ancestors(place.code))]
    return 2 * len(inside) >= len(around)


def _named(text: str, mentions: tuple[Mention, ...]) -> list[Division]:
    """The divisions that the text names, once for each mention; for a region within one province, one of it."""
    named = [m.name for m in mentions if m.rule == "district-table" and _tells(text, m)]
    return [division for name in named for division in divisions.by_name(name)[:1] or _of_region(name)]


def _tells(text: str, mention: Mention) -> bool:
    """Whether a mention of a place may be of the text's own: none that is a word as well, none that only dates the news."""
    if mention.optional or divisions.ambiguous(mention.name):
        return False
    return DATED.match(text, mention.end) is None or not text.endswith(DATELINE, 0, mention.start)


def _abbreviated(text: str) -> list[Division]:
    """The provinces that the text says one is in by their one sign: 异地务工人员在粤就业."""
    return [divisions.by_name(lexicon().text("words", "abbreviations", sign))[0] for sign in IN_PLACE.findall(text)]


def _of_region(name: str) -> list[Division]:
    """The first of the divisions that a region lies in, where they are all of one province (长株潭)."""
    region = divisions.regions().get(name)
    inside = [division for code in region.within if (division := divisions.by_code(code)) is not None] if region else []
    return inside[:1] if len({division.code[:2] for division in inside}) == 1 else []


def _spoken_for(found: list[Division], level: str, fewest: int) -> Division | None:
    """The division of `level`, by the tables or by its own words, that most of `found` are or lie in; None where it is fewer than `fewest` or than twice the next."""
    counted: Counter[str] = Counter()
    for division in found:
        line = (division, *divisions.ancestors(division.code))
        counted.update(above.code for above in line if level in (above.level, said_level(above)))
    ranked = counted.most_common(2)
    if not ranked or ranked[0][1] < fewest or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return divisions.by_code(ranked[0][0])
