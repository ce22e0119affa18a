"""Places: divisions of the state's tables, named regions and countries, places told by their form, and 我市, 全省."""

from __future__ import annotations

import re
from dataclasses import replace

from kg import divisions
from kg.extract.formed import FORM_TOWN, NOT_NAMES, ROAD, formed
from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.extract.stretches import stretches
from kg.extract.towns import towns
from kg.lexicon import cache, lexicon
from kg.model import Mention

RELATIVE = re.compile(r"(?:我|全|本)(?:省|市|县|区|州|盟|旗|镇|乡|国|自治区)(?!域|际|立|级|民|直)")
ABBREVIATED = Rare(
    r"(?<=[在来赴抵离驻])([\u4e00-\u9fff])(?=召开|举行|举办|开幕|闭幕|会见|成立|发布|启动|揭|签|调研|考察|视察|出席|落地|布局|设立|两院|央企|高校|国家|工作|开工|投产|正式)",
    re.compile("[在来赴抵离驻]"),
    -1,
)
BODY = re.compile("委|党委|政府|人民政府|政协|人大|[一-龥]{2,8}局|纪委|监委|法院|检察院")
SIBLING = Rare(
    r"(?<=[市县区旗]、)(?P<name>[一-龥]{2,3}[市县区旗])(?=[、，。；）]|人民政府|政府|政协|人大|委)",
    re.compile("[市县区旗]、"),
    -2,
)
NUMBERED = re.compile("[一二三四五六七八九十]+号")  # 吉林一号 is a satellite
FEATURES = frozenset("湖江河山岛湾峡溪寺岭")
GENERIC = frozenset(
    ["市", "县", "市区", "郊区", "城区", "矿区", "新区", "特区", "林区", "湖区"]
)  # of the tables, but what every town has
AUXILIARY = frozenset("要将应须拟以把为对还也已可能")
BEFORE_FULL = ("中共", "政协", "共产党", "民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟", "驻", "团")


def places(scan: Scan, home: str | None = None) -> list[Mention]:
    """Mentions of class District. A short form that is a common word as well comes with optional=True: the resolver decides.

    `home` is whose text it is, where the user says so: its townships are known by name.
    """
    found: dict[tuple[int, int], Mention] = {}
    stops: set[int] = set()  # where a place ends: 上海市|浦东新区 is one word of the text's
    for start, end in scan.longest("division", "region", "country"):
        name = scan.text[start:end]
        if (
            name in GENERIC
            or (name == "港澳" and scan.text[start - 1 : start] in ("京", "深", "珠"))
            or NUMBERED.match(scan.text, end)
            or not (
                _stands_alone(scan, start, end, name)
                or (start in stops and divisions.by_name(name)[:1] and name[-1] in "市县区旗")
            )
        ):
            continue
        risky = len(divisions.by_name(name)) > 0 and divisions.ambiguous(name) and name not in divisions.regions()
        found[start, end] = Mention(start, end, ("District",), name, "district-table", optional=risky)
        stops.add(end)
    _in_lists(scan, found)
    ends = {end for _, end in found}
    for match in _generic().finditer(scan.text):
        # 老城区 is a county only where its city stands before it or its body behind it
        if match.start() in ends or match["body"]:
            found[match.span("name")] = Mention(
                *match.span("name"), ("District",), match["name"], "district-table", optional=True
            )
    for match in RELATIVE.finditer(scan.text):
        if _relative_stands(scan, match.start(), match.end()):
            found[match.span()] = Mention(*match.span(), ("District",), match[0], "district-relative")
    for match in ABBREVIATED.finditer(scan.text):
        full = lexicon().text("words", "abbreviations", match[1])
        if full:
            found[match.span(1)] = Mention(*match.span(1), ("District",), full, "district-abbreviated")
    for start, end in _siblings(scan, found):
        found[start, end] = Mention(start, end, ("District",), scan.text[start:end], "district-form")
    for mention in towns(scan, found, home):
        found[mention.start, mention.end] = mention
    for mention in formed(scan, found):
        found[mention.start, mention.end] = mention
    for span, mention in stretches(scan, found):
        found.pop(span, None)
        found[mention.start, mention.end] = mention
    longest = {m.start: m.end for m in sorted(found.values(), key=lambda m: m.end) if m.rule == "district-table"}
    told = [m for m in found.values() if not (m.rule == "district-form" and longest.get(m.start, 0) > m.end)]  # 萍乡|市
    return _whole(sorted(told, key=lambda m: (m.start, -m.end)))


def _whole(found: list[Mention]) -> list[Mention]:
    """Those that do not begin or end within a township or village that the tables name (普洱 in 普洱镇, 丽江 in 丽江村)."""
    kept: list[Mention] = []
    low: Mention | None = None
    for mention in found:
        if low is not None and mention.start < low.end and mention.end <= low.end + 1:
            continue
        kept.append(mention)
        if mention.rule in ("district-town", "district-village") or (
            mention.rule == "district-form" and mention.name.endswith(tuple(FORM_TOWN))
        ):
            while (
                len(kept) > 1 and kept[-2].end > mention.start and kept[-2].start < mention.start and kept[-2].end < mention.end
            ):
                del kept[-2]  # 长寿 would have the end of 平江县长|寿镇
            low = mention
    return kept


def _in_lists(scan: Scan, found: dict[tuple[int, int], Mention]) -> None:
    """A full name that could be two words (新县, 古县) is one where it stands in a list of places or before its own township."""
    firm = {span for span, mention in found.items() if not mention.optional}
    starts, ends = {start for start, _ in firm}, {end for _, end in firm}
    for span, mention in sorted(found.items()):
        start, end = span
        if (
            not mention.optional
            or mention.name[-1] not in "市县区旗"
            or mention.name not in {d.name for d in divisions.by_name(mention.name)}
        ):
            continue
        joined = (scan.text[start - 1 : start] in ("、", "和") and start - 1 in ends) or (
            scan.text[end : end + 1] in ("、", "和") and end + 1 in starts
        )
        if joined or any(_town_follows(scan, end, division.code) for division in divisions.by_name(mention.name)):
            found[span] = replace(mention, optional=False)
            ends.add(end)


def _siblings(scan: Scan, found: dict[tuple[int, int], Mention]) -> list[tuple[int, int]]:
    """Districts that no table has, last of a list of those that they have: 涧西区、洛龙区、|伊滨区|人民政府."""
    ends = {end for (_, end), mention in found.items() if mention.rule == "district-table"}
    starts = {start for start, _ in found}
    return [
        match.span("name")
        for match in SIBLING.finditer(scan.text)
        if match.start("name") - 1 in ends
        and match.start("name") not in starts
        and scan.text[match.start("name") - 2] == match["name"][-1]
        and match["name"][0] not in NOT_NAMES
    ]


def _town_follows(scan: Scan, at: int, code: str) -> bool:
    names = divisions.town_names(code)
    return any(scan.text[at:end] in names for end in range(at + 2, at + 10))


@cache
def _generic() -> re.Pattern[str]:
    names = "|".join(sorted(divisions.generic() - GENERIC, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?P<name>{names})(?P<body>政协|人大|人民政府|政府|人民法院|法院|人民检察院|检察院|委(?!员))?")


def _stands_alone(scan: Scan, start: int, end: int, name: str) -> bool:
    """Whether the words of the text do not cut through the name (海南 in 上海南部): a full form may stand in any word."""
    if ROAD.match(scan.text, end) and name[-1] not in "省市县旗":
        return False  # 山南路, 郑州大道
    if name in ("和县", "和政县", "和静县", "和顺县") or name[0] in "与及":
        return _no_joint(scan, start, end)
    if name == "新建县" and scan.text[end : end + 1] in ("城", "域"):
        return False  # 新建|县城
    if len(name) >= 4 or name[-1] in "省市县旗":
        return scan.is_edge(start) or scan.text[start - 1] in "在赴到与和及、届" or scan.text.endswith(BEFORE_FULL, 0, start)
    if scan.text[end : end + 1] in FEATURES and not any(place.level != "county" for place in divisions.by_name(name)):
        return name in divisions.regions()  # 东平|湖, 奉化|江: a lake and a river, not the county
    first, last = scan.tokens[scan.token_at[start]], scan.tokens[scan.token_at[end - 1]]
    if (
        name[-1] == "区"
        and len(name) >= 3
        and first.start == start
        and last.start == end - 1
        and (last.word[1:] in AUXILIARY or BODY.match(last.word, 1))
    ):
        return True  # 海门|区要, 偃师|区法院
    if first.start < start and first.end == end:
        return False  # the end of a longer name: 瘦|西湖
    if first.start != start and not (first.tag.startswith("n") and first.end >= end and first.tag in ("nt", "ns")):
        return False
    if last.end == end:
        return True
    # 湖南省政府, 安吉余村: a word that begins with the place and goes on
    return first is last and (last.tag in ("nt", "ns", "nz", "j", "n") or last.word[len(name) :] in ("人", "省", "市"))


def _no_joint(scan: Scan, start: int, end: int) -> bool:
    """Whether 和 in front of 县 is the first character of the name and does not join two bodies (市委和县委)."""
    before = scan.text[start - 1 : start]
    if (
        not before
        or before in "、；。：！？\n（“在赴到从向对由驻"
        or scan.text.endswith(("安徽", "安徽省", "马鞍山", "马鞍山市"), 0, start)
    ):
        return True
    return before == "，" and not BODY.match(scan.text, end)


def _relative_stands(scan: Scan, start: int, end: int) -> bool:
    token = scan.tokens[scan.token_at[start]]
    return token.start == start and (token.end == end or scan.is_edge(end) or token.word[:2] == scan.text[start:end])
