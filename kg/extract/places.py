"""Places: divisions of the state's tables, named regions and countries, places told by their form, and 我市, 全省."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kg import divisions
from kg.extract.edges import stop_words
from kg.extract.scan import Scan
from kg.extract.towns import COMMON, is_known, lies_in, towns
from kg.lexicon import lexicon
from kg.model import Mention

RELATIVE = re.compile(r"(?:我|全|本)(?:省|市|县|区|州|盟|旗|镇|乡|国|自治区)(?!域|际|立|级|民|直)")
# what is built behind a name and makes it another place (滨海新区, 高新区, 成渝地区双城经济圈)
FORM = re.compile(
    r"(?:经济技术开发区|高新技术产业开发区|高新技术开发区|自由贸易试验区|自由贸易港|自贸试验区|自贸区|高新区|经开区|开发区|新区|国家森林公园|国家湿地公园|国家地质公园|国家矿山公园|国家考古遗址公园|森林公园|湿地公园|地质公园|综合保税区|保税区|综保区|国家公园|自然保护区|旅游度假区"
    r"|风景名胜区|风景区|景区|自主创新示范区|试验区|合作区|先导区|协作区|经济合作带|先行启动区|科创走廊|科技走廊|产业走廊|经济走廊|生态走廊|文旅走廊|旅游走廊|创新走廊|开放走廊|大走廊|生态示范区|生态功能区|经济合作区|发展轴|经济带|经济区|经济圈|都市圈|城市群|生态区|核心区|未来城|科学城|科技城|新城|湖区|库区|滩区|林区|矿区|牧区"
    r"|遗址|古道|古城|古镇|石窟|城楼|故居|旧址|历史文化街区|社区|街道|村(?![民庄级社委干支务集镇两寨落居])|镇(?![村街江海])|乡(?![村镇愁贤亲土音情])|苏木|嘎查|流域|半岛|平原|高原|盆地|沙漠|山脉|草原|湿地|群岛|水道|三角洲)"
)
ABBREVIATED = re.compile(
    r"(?<=[在来赴抵离驻])([\u4e00-\u9fff])(?=召开|举行|举办|开幕|闭幕|会见|成立|发布|启动|揭|签|调研|考察|视察|出席|落地|布局|设立|两院|央企|高校|国家|工作|开工|投产|正式)"
)
ZONES = frozenset(["试验区", "先导区", "合作区", "示范区", "自主创新示范区"])
ROAD = re.compile("路(?![演径线过段上由])|大道|[街巷](?![道头区])")
BODY = re.compile("委|党委|政府|人民政府|政协|人大|[一-龥]{2,8}局|纪委|监委|法院|检察院")
SAID_OF = ("示范", "文明", "振兴", "样板", "试点")  # …示范村, no name
SIBLING = re.compile(r"(?<=[市县区旗]、)(?P<name>[一-龥]{2,3}[市县区旗])(?=[、，。；）]|人民政府|政府|政协|人大|委)")
NUMBERED = re.compile("[一二三四五六七八九十]+号")  # 吉林一号 is a satellite
FEATURES = frozenset("湖江河山岛湾峡溪寺岭")
GENERIC = frozenset(
    ["市", "县", "市区", "郊区", "城区", "矿区", "新区", "特区", "林区", "湖区"]
)  # of the tables, but what every town has
BEFORE_FULL = ("中共", "政协", "共产党", "民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟", "驻", "团")
FORM_TOWN = frozenset(["社区", "街道", "村", "镇", "乡", "苏木", "嘎查"])
NOT_NAMES = frozenset(
    "百千万苗侗彝藏回壮瑶傣羌侨城农乡山老新全各本该每整大小古名美穷渔牧林到进在入下出多两一二三四五六七八九十个和与同为是建驻赴"
)


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
    for mention in _by_form(scan, found):
        found[mention.start, mention.end] = mention
    return _whole(sorted(found.values(), key=lambda m: (m.start, -m.end)))


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


def _by_form(scan: Scan, found: dict[tuple[int, int], Mention]) -> list[Mention]:
    """Places that their last word tells: <place or name> + 新区, 村, 科创走廊 …"""
    ends = {end: start for start, end in found}
    opens: dict[int, list[int]] = {}
    for start, end in found:
        opens.setdefault(start, []).append(end)
    made: list[Mention] = []
    for match in FORM.finditer(scan.text):
        head, end = match.span()
        if ends.get(end, head) < head:
            continue  # 西|湖区, 浦东|新区: the end of a name of the tables
        floor = max(scan.sentence_bounds(head)[0], head - 12)
        start = _name_before(scan, head, floor, ends, match[0])
        if start is None or (start, end) in found or (match[0] in FORM_TOWN and ROAD.match(scan.text, end)):
            continue
        name = scan.text[start:end]
        place = scan.text[start : _place_end(opens, start, head)] if match[0] not in FORM_TOWN else ""
        if place and start in ends and lies_in(place, scan.text[ends[start] : start]):
            place, start = scan.text[ends[start] : start] + place, ends[start]  # 安徽|肥西经济开发区
            name = scan.text[start:end]
        made.append(Mention(start, end, ("District",), name, "district-form", place=place))
        ends[end] = start
    return made


def _place_end(opens: dict[int, list[int]], start: int, head: int) -> int:
    """The end of the longest place that begins a name at `start`, before its form at `head`; `start` where there is none."""
    return max((end for end in opens.get(start, ()) if end <= head), default=start)


def _name_before(scan: Scan, head: int, floor: int, ends: dict[int, int], form: str) -> int | None:
    """Start of the name that `form` at `head` ends: a place, a place and a word, or a proper noun; None where there is none."""
    if head <= floor:
        return None
    if head in ends:
        if form not in FORM_TOWN:
            return ends[head]
        own = scan.text[ends[head] : head]  # a name that is a city's too: 普洱镇, 丽江村; but 安吉县城关镇, 友好社区
        return ends[head] if own[-1] not in "省市县区州旗盟国" and not divisions.ambiguous(own) else None
    token = scan.tokens[scan.token_at[head - 1]]
    start = max(token.start, floor)
    word = scan.text[start:head]
    if word in ("国家", "国家级", "省级", "市级", "全国") or (form in FORM_TOWN and (word in COMMON or word.endswith(SAID_OF))):
        return None
    if token.end > head:  # the form is the tail of a longer word: 余村, 未来城
        word, full = scan.text[start:head], token.word
        if token.tag not in ("ns", "nr", "nz", "nt") or word[0] in NOT_NAMES or len(full) < 2:
            return ends.get(start) if start in ends and word and word not in NOT_NAMES else None
    elif token.tag not in ("ns", "nr", "nz", "nt", "nrt") and not word.isascii():
        if start not in ends and form in ZONES:
            return _over_nouns(scan, start, floor, ends)
        # a common word is a name here only with a place before it (南太湖未来城, 长三角G60科创走廊), a village's where the tables know it there
        if start in ends and form not in FORM_TOWN and token.tag.startswith("n"):
            return ends[start]
        return start if start in ends and is_known(scan.text[ends[start] : start], scan.text[start : head + len(form)]) else None
    elif word.isascii() and start not in ends:
        return None
    if word and word[0] in NOT_NAMES and len(word) == 1:
        return None
    if len(word) == 1 and start > floor and start not in ends:
        before = scan.tokens[scan.token_at[start - 1]]
        if before.start >= floor and (
            before.tag in ("ns", "nr", "nz") or (before.word in "新大小上下东西南北" and form not in FORM_TOWN)
        ):
            start = before.start  # 大山|坪街道, 新安|渡镇, 新|蒲新区
            stem = scan.text[start:head]
            if stem in COMMON or stem[0] in NOT_NAMES - {"新"} or before.word in COMMON:
                return None
    if start not in ends and start > floor and form not in FORM_TOWN:
        one = scan.tokens[scan.token_at[start - 1]]
        if len(one.word) == 1 and one.tag[0] in "anbgz" and one.word not in NOT_NAMES and one.word not in "省市县区镇乡村州旗":
            start = one.start  # 紫|蓬山国家森林公园
    return ends.get(start, start) if form not in FORM_TOWN or start not in ends else start


def _over_nouns(scan: Scan, start: int, floor: int, ends: dict[int, int]) -> int | None:
    """The place with which a zone's name begins, over the nouns that tell what it is for: 兰考|普惠金融改革|试验区."""
    while start > floor and start not in ends:
        token = scan.tokens[scan.token_at[start - 1]]
        if token.end != start or not (token.tag[0] in "nbja" or token.tag == "vn") or token.word in stop_words():
            return None
        start = token.start
    return ends.get(start)
