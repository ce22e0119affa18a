"""Townships and villages as the state's tables name them, whatever words the text is cut into: 怀宁县月山镇、洪铺镇, 马良镇张家岭村.

A township is looked for by its full name among those of the text's own city or county and of the counties that it names; a
village where its township or county stands before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kg import divisions
from kg.extract.edges import stop_words
from kg.extract.scan import Scan
from kg.model import Mention

Spans = dict[tuple[int, int], Mention]

TOWN = re.compile(r"街道|镇(?![村街江海区域化])|乡(?![村镇愁贤亲土音情])|苏木")
VILLAGE = re.compile(
    r"(?:村|社区|嘎查)(?![民庄级社委干支务集镇两寨落居容貌规企医])|村(?=(?:村|社区)|村民委员会|委会|党|支部|两委)"
)
LONGEST_TOWN = 14  # code points of a township's name (the longest of the tables, those of two peoples, have fewer)
LONGEST_STEM = 5  # code points before 镇 or 村 where only the form tells it
SUMMED = re.compile("等[^，。；、]{0,12}?(?:村|社区)(?![民庄级])")
BARE = re.compile("[\u4e00-\u9fff]{2,6}$")
SHORTEST_AGAIN = 2  # code points that a name found again has more than
OFTEN = 3  # times that a city is named in a text that is taken for its own
BORDERS = "、，。；：！？（）()“”《》\n　 在赴到至往从与和及向由为对是经自如即驻"
JOINTS = ("、", "和", "与", "及", "以及")
NO_VILLAGE = frozenset("城农乡镇全各本该每整个到进在入下出多两同为是建驻赴的某数几这那我其等")
NOT_IN_NAME = frozenset("pcurdmqyeofx")  # parts of speech that stand in no village's name of one or two words
COMMON = frozenset(  # what is said of a village and is no name
    [
        "示范",
        "友好",
        "城市",
        "农村",
        "城乡",
        "中心",
        "文明",
        "新农",
        "行政",
        "自然",
        "建制",
        "样板",
        "美丽",
        "贫困",
        "重点",
        "空心",
        "城中",
        "特色",
        "试点",
        "脱贫",
        "先进",
    ]
)


def towns(scan: Scan, found: Spans, home: str | None) -> list[Mention]:
    """Mentions of townships and villages. `found` are the places known so far; `home` is what the user says of whose text it is."""
    counties = _counties(scan, found, home)
    ends = {end: start for start, end in found}
    names = frozenset().union(*(divisions.town_names(code) for code in counties))
    made = _named_towns(scan, names, ends)
    ends.update({mention.end: mention.start for mention in made})
    made += _by_place(scan, ends, _low(found), {mention.end for mention in made})
    made += _summed(scan, ends, _low(found))
    return made + _again(scan, made)


def _counties(scan: Scan, found: Spans, home: str | None) -> frozenset[str]:
    """Codes of the counties whose townships the text may name: those it names itself, and all of the city it is of."""
    document = scan.document
    counted: Counter[str] = Counter()
    told = [home or document.source.home or "", document.publisher or "", document.speaker_post or ""]
    codes: set[str] = set()
    for mention in found.values():
        if mention.rule != "district-table" or (mention.optional and mention.name[-1] not in "市县区旗"):
            continue
        counted[mention.name] += 1
        if document.title and document.title[0] <= mention.start < document.title[1]:
            told.append(mention.name)
    for words in (*told, *counted):
        own = words not in counted or words in told or counted[words] >= OFTEN
        for division in _leading(words) if words not in counted else divisions.by_name(words):
            codes.update(_below(division.code, division.level, own))
    return frozenset(codes)


def _leading(words: str) -> Iterable[divisions.Division]:
    """The divisions that `words` begin with: 湖州市 of 湖州市政协主席."""
    return next((found for size in range(min(12, len(words)), 1, -1) if (found := divisions.by_name(words[:size]))), ())


def _below(code: str, level: str, own: bool) -> list[str]:
    if level == "county":
        return [code]
    if level != "prefecture":
        return []
    return [code, *(county.code for county in divisions.counties_of(code))] if own else [code]


def _named_towns(scan: Scan, names: frozenset[str], ends: dict[int, int]) -> list[Mention]:
    made: list[Mention] = []
    text = scan.text
    for match in TOWN.finditer(text):
        end = match.end()
        floor = max(scan.sentence_bounds(match.start())[0], end - LONGEST_TOWN)
        for start in range(floor, match.start()):
            name = text[start:end]
            if name in names and _begins(scan, start, end, ends):
                made.append(Mention(start, end, ("District",), name, "district-town"))
                break
    return made


def _begins(scan: Scan, start: int, end: int, ends: dict[int, int]) -> bool:
    """Whether a place's name may begin at `start`: behind a place, a mark or a preposition, or with a word of the text."""
    before = scan.text[start - 1 : start]
    if start in ends or not before or before in "、，。；：（“\n":
        return True
    return scan.is_edge(start) or (before in BORDERS and end - start > 2)


def _low(found: Spans) -> set[int]:
    """Ends of the counties named, which a village may follow."""
    return {end for (_, end), mention in found.items() if mention.rule == "district-table" and mention.name[-1] in "县区市旗"}


def _by_place(scan: Scan, ends: dict[int, int], low: set[int], towns: set[int]) -> list[Mention]:
    """Townships right behind a county and villages behind either, told by their form, and those listed behind such a one."""
    made: list[Mention] = []
    text = scan.text
    listed = -1  # where a list of such places may go on
    for match in sorted((*TOWN.finditer(text), *VILLAGE.finditer(text)), key=lambda match: match.start()):
        end = match.end()
        if end in towns:
            continue
        is_town = TOWN.match(text, match.start()) is not None
        above = low if is_town else low | towns
        floor = max(scan.sentence_bounds(match.start())[0], match.start() - LONGEST_STEM)
        start = next((at for at in range(match.start() - 1, floor - 1, -1) if at in above), None)
        if start is None and listed >= 0:
            start = next((listed + len(j) for j in JOINTS if text.startswith(j, listed)), None)
            start = start if start is not None and floor <= start < match.start() else None
        if start is None or not (
            _may_be_name(scan, start, match.start()) or (start in ends and is_known(text[ends[start] : start], text[start:end]))
        ):
            continue
        made.append(Mention(start, end, ("District",), text[start:end], "district-town" if is_town else "district-village"))
        listed = end
        ends[end] = start
        if is_town:
            towns.add(end)
    return made


def _summed(scan: Scan, ends: dict[int, int], low: set[int]) -> list[Mention]:
    """Villages that a list names without 村, which its sum says: 沂南县朱家林、费县崔家沟等样板村."""
    made: list[Mention] = []
    text = scan.text
    for match in SUMMED.finditer(text):
        at = match.start()
        while (stem := BARE.search(text, max(0, at - LONGEST_STEM - 1), at)) is not None and stem.end() == at:
            start = next((s for s in range(stem.start(), at - 1) if s in low), None)
            if start is None:
                break
            name = text[start:at]
            known = is_known(text[ends[start] : start], name + "村")
            if at - start >= 2 and name[-1] not in "村镇乡" and known:
                made.append(Mention(start, at, ("District",), name + "村", "district-village"))
            at = ends[start] - 1
            if text[at : at + 1] != "、":
                break
    return made


def _again(scan: Scan, made: list[Mention]) -> list[Mention]:
    """A name found once is the same place wherever it stands, whatever words it is cut into."""
    names = sorted({m.name for m in made if len(m.name) > SHORTEST_AGAIN}, key=lambda name: (-len(name), name))
    taken = {mention.start for mention in made}
    pattern = re.compile("|".join(map(re.escape, names)) or "(?!)")
    return [
        Mention(
            match.start(),
            match.end(),
            ("District",),
            match[0],
            "district-village" if VILLAGE.search(match[0]) else "district-town",
        )
        for match in pattern.finditer(scan.text)
        if match.start() not in taken and not scan.text.startswith(("镇", "庄", "落", "民"), match.end())
    ]


def lies_in(inner: str, outer: str) -> bool:
    """Whether a division that goes by `inner` lies in one that goes by `outer`."""
    codes = {division.code for division in divisions.by_name(outer)}
    found = (*divisions.by_name(inner), *(divisions.townships(inner) if inner[-1] in "镇乡道" else ()))
    return bool(codes) and any(codes & {above.code for above in divisions.ancestors(d.code)} for d in found)


def is_known(place: str, name: str) -> bool:
    """Whether the tables know a township, village or community of this name in the place."""
    found = divisions.village if name.endswith(("村", "社区")) else divisions.townships
    return any(
        found(name, division.code)
        for division in (*divisions.by_name(place), *divisions.townships(place))
        if division.level in ("prefecture", "county", "township")
    )


def _may_be_name(scan: Scan, start: int, end: int) -> bool:
    """Whether what stands before 镇 or 村 can be a name: no verb phrase, no word that every village may have before it."""
    stem = scan.text[start:end]
    if (
        stem[0] in NO_VILLAGE
        or any(char in stem for char in "镇乡村驻")
        or stem in COMMON
        or not all("\u4e00" <= char <= "\u9fff" for char in stem)
    ):
        return False
    words = [scan.tokens[number] for number in range(scan.token_at[start], scan.token_at[end - 1] + 1)]
    if any(word.word in stop_words() for word in words if word.start >= start):
        return False
    return not any(word.tag[0] in NOT_IN_NAME and len(word.word) > 1 for word in words if word.start >= start and word.end <= end)
