"""Places told by their form: a place or a name and what is built or lies there (滨海新区, 余村, 科创走廊, 兰考普惠金融改革试验区)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg import divisions
from kg.extract.edges import stop_words
from kg.extract.scan import Scan
from kg.extract.towns import COMMON, is_known, lies_in
from kg.extract.vague import vague
from kg.lexicon import any_of, cache, lexicon
from kg.model import Mention

ZONES = frozenset(["试验区", "先导区", "合作区", "示范区", "自主创新示范区"])
ROAD = re.compile("路(?![演径线过段上由])|大道|[街巷](?![道头区])")
SAID_OF = ("示范", "文明", "振兴", "样板", "试点")  # …示范村, no name
SITES = ("遗址", "故居", "旧址", "古城", "石窟")
GOES_ON = re.compile("博物馆|博物院|公园|纪念馆|陈列馆")  # 二里头夏都遗址|博物馆
COUNTRY = ("中华人民共和国", "我国")
RANKS = frozenset(["国家", "国家级", "省级", "市级", "全国"])
SETTLED = (
    "新区",
    "高新区",
    "经开区",
    "开发区",
    "科学城",
    "科技城",
    "新城",
    "自贸区",
    "综保区",
    "国家考古遗址公园",
    "国家森林公园",
    "国家湿地公园",
)  # zones that a city calls by two characters
FORM_TOWN = frozenset(["社区", "街道", "村", "镇", "乡", "苏木", "嘎查"])
NUMERALS = frozenset("一二三四五六七八九十两")
NOT_NAMES = frozenset(
    "扶帮百千万苗侗彝藏回壮瑶傣羌侨城农乡山老新全各本该每整大小古名美穷渔牧林到进在入下出多两一二三四五六七八九十个和与同为是建驻赴镇街区县户"
)


@cache
def _form() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().words("places", "forms"), lexicon().table("places", "unless")))


def formed(scan: Scan, found: Mapping[tuple[int, int], Mention]) -> list[Mention]:
    """Places that their last word tells: <place or name> + 新区, 村, 科创走廊 …"""
    ends = {end: start for start, end in found}
    opens: dict[int, list[int]] = {}
    for first, stop in found:
        opens.setdefault(first, []).append(stop)
    made: list[Mention] = []
    for match in _form().finditer(scan.text):
        head, end = match.span()
        if ends.get(end, head) < head or (match[0] in SITES and GOES_ON.match(scan.text, end)):
            continue  # 西|湖区, 浦东|新区: the end of a name of the tables
        floor = max(scan.sentence_bounds(head)[0], head - 12)
        start = _name_before(scan, head, floor, ends, match[0])
        if start is None or (start, end) in found or (match[0] in FORM_TOWN and ROAD.match(scan.text, end)):
            continue
        name = scan.text[start:end]
        if name.startswith(COUNTRY):
            continue  # 〈中华人民共和国|湿地|保护法〉
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
    if form in SETTLED and (two := _two_signs(scan, head, floor)) is not None:
        return ends.get(two, two)
    if head in ends:
        if form not in FORM_TOWN:
            return ends[head]
        own = scan.text[ends[head] : head]  # a name that is a city's too: 普洱镇, 丽江村; but 安吉县城关镇, 友好社区
        told = form == "社区" or not divisions.ambiguous(own)  # a 鼓楼社区 is anywhere, 鼓楼 a district of four cities
        return ends[head] if own[-1] not in "省市县区州旗盟国" and told else None
    token = scan.tokens[scan.token_at[head - 1]]
    start = max(token.start, floor)
    word = scan.text[start:head]
    if scan.text[start - 1 : start] in ("—", "－", "-") and start - 1 in ends:
        return ends[start - 1]  # 广西—|东盟|经开区
    if word in RANKS:
        if form not in FORM_TOWN and (two := _two_signs(scan, start, floor)) is not None:
            return ends.get(two, two)  # 灵峰|国家级|旅游度假区
        known = start in ends and divisions.by_name(scan.text[ends[start] : start])
        return ends[start] if known and form not in FORM_TOWN else None  # 武进|国家高新区
    if form in FORM_TOWN and (word in COMMON or word.endswith(SAID_OF)):
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


def _two_signs(scan: Scan, head: int, floor: int) -> int | None:
    """Start of two signs before `head` that say nothing of it, alone between the form and a mark or a verb: 支持|五象|新区."""
    start = head - 2
    if start < floor or not scan.text[start:head].isalpha():
        return None
    one, two = scan.tokens[scan.token_at[start]], scan.tokens[scan.token_at[head - 1]]
    before = scan.tokens[scan.token_at[start - 1]] if start else None
    opens = before is None or before.tag[0] in "xvpc"
    if one is two and (one.start, one.end) == (start, head):
        return start if opens and one.tag == "n" and one.word not in vague() and one.word not in COMMON else None
    if (one.start, one.end, two.start, two.end) != (start, start + 1, start + 1, head) or one.word in NOT_NAMES - NUMERALS:
        return None
    if one.tag[0] not in "nmgajb" or two.tag[0] not in "nagjb" or two.word in "省市县区州镇乡村街各":
        return None
    return start if opens else None


def _over_nouns(scan: Scan, start: int, floor: int, ends: dict[int, int]) -> int | None:
    """The place with which a zone's name begins, over the nouns that tell what it is for: 兰考|普惠金融改革|试验区."""
    while start > floor and start not in ends:
        token = scan.tokens[scan.token_at[start - 1]]
        if token.end != start or not (token.tag[0] in "nbja" or token.tag == "vn") or token.word in stop_words():
            return None
        start = token.start
    return ends.get(start)
