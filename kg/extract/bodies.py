"""Organizations of the state, the parties, the CPPCC and the mass organizations: place or level + core + sub-body."""

from __future__ import annotations

import re

from kg.extract.edges import inner_words
from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.lexicon import any_of, cache, lexicon
from kg.model import Mention

N = "[一二三四五六七八九十百〇零\\d]+"
PLACE = r"(?P<place>[一-龥]{1,24}?(?:省|市|县|区|州|盟|旗|镇|乡))"
# 中国人民政治协商会议第九届湖州市委员会常务委员会, 政协湖州市第九届委员会
CPPCC = re.compile(
    rf"(?:中国人民政治协商会议|政协)(?:第{N}届)?(?:(?P<nation>全国)|{PLACE})(?:第{N}届)?委员会(?P<sub>常务委员会)?"
)
# 中共湖州市委(员会), 中国共产党湖州市委员会
PARTY = re.compile(rf"(?:中共|中国共产党)(?:第{N}届)?(?:{PLACE})(?:第{N}届)?(?:委员会|委)(?P<sub>常务委员会|常委会)?")
# 湖南省第十四届人民代表大会(常务委员会)
CONGRESS = Rare(rf"{PLACE}第{N}届人民代表大会(?P<sub>常务委员会)?", ("届人民代表大会",), 48)
ORDINAL = re.compile(rf"第?{N}届$")  # between the place and the body: 市十六届人大常委会
COMMITTEE = re.compile(
    "[一-龥]{2,9}?委(?:员会)?(?=主任|副主任|负责|办公室|牵头|承办|联合|组织|开展|召开|[、，。等])(?<!常委)(?<!市委)(?<!省委)(?<!县委)(?<!区委)"
)  # 政协农业农村委|主任
PARTY_PART = Rare(
    "(?<=[、，])(?P<name>组织部|宣传部|统战部|政法委|社会工作部)(?=部长|副部长|书记|副书记|常务副)",
    ("组织部", "宣传部", "统战部", "政法委", "社会工作部"),
    0,
)
LOCAL = re.compile(
    "(?<=[省市县区州盟旗])(?!市(?![场政监])|政(?!务)|[域内外级民场直委])[一-龥]{2,9}?(?:工作局|管理局|事务局|服务局|(?<!格)局|办公室|服务中心|指挥中心|管理中心|融媒体中心|中心|协会|管委会|支队|总队|工作队|调查队)"
    "(?=[、，。；：等和与及的（）“]|负责|主办|协办|共同|组织|配合|印发|发布|举办|召开|开展|会同|联系|报送|主任|局长|会长|副|牵头|联合|承办|党组|参加|出席|揭牌|成立|推出|打造|建设|启动|推动|实施|获评|荣获|介绍|$)"
)
UNIT = re.compile(
    "(?![域内外级民])[一-龥]{1,8}?(?:支队|大队|总队|中队|分局|派出所|检察部|登记中心|保障中心|服务中心|管理中心|监测中心|指挥中心|检察室|审判庭)"
)
BRANCH = re.compile("公安[一-龥]{2,4}?分局(?:[一-龥]{2,6}?(?:派出所|大队|支队))?")  # 公安长安分局交警大队
ALL_OF = re.compile("各[省市县区州旗]{1,2}(?:[（(][省市县区、旗州]{1,6}[）)])?[、和及]$")  # 各市、县人民政府: all of them
COMMITTEE_ACTS = (
    "副主任",
    "承办",
    "牵头",
    "组织",
    "主办",
    "协办",
    "负责",
    "配合",
    "会同",
    "联合",
    "召开",
    "赴",
    "被",
    "获",
    "荣获",
)  # behind a committee named without its body
IN_CHARGE = ("单位：", "部门：", "单位:", "部门:")
ITS_COMMITTEE = re.compile("及其(?P<name>常委会|常务委员会)")
LEVEL_CHARS = "省市县区州盟旗"
TOWN_CHARS = ("镇", "乡")
BEFORE_TOWN = ("，", "、", "。", "；", "\n", "由", "与", "和", "经", "在")
# what makes a common noun of a level word (城市, 园区, 沿海各县): no body's own level stands behind these
COMMON_BEFORE = {
    "市": "辖城都股上超集夜早菜花门地县闹街楼债汇",
    "区": "城社园景地山校小辖片城军特灾老新牧库林矿湖郊港街厂县农营疆",
    "省": "外邻节该反",
    "县": "郡贫百强",
}
NOT_BEFORE_LEVEL = "一三四五六七八九十几多数等全各省市县区两级兄弟以本外跨该每城都"
PARTY_TAIL = re.compile(r"(?:省|市|区|县|州|工)委(?:员会|会)?|委员会|中央|总支|支部")


@cache
def _words(*path: str) -> tuple[str, ...]:
    return tuple(sorted(lexicon().words(*path), key=lambda word: (-len(word), word)))


def bodies(scan: Scan, places: dict[int, int]) -> list[Mention]:
    """Mentions of bodies. `places` maps the end of every place mention to its start."""
    found: dict[tuple[int, int], Mention] = {}

    def add(start: int, end: int, rule: str, place: str = "", of: str = "") -> None:
        found.setdefault((start, end), Mention(start, end, ("Organization",), scan.text[start:end], rule, place=place, of=of))

    for pattern, rule in ((CPPCC, "cppcc-full"), (PARTY, "party-full"), (CONGRESS, "congress-full")):
        for match in pattern.finditer(scan.text):
            if pattern is CPPCC and match["nation"]:
                whole = match.start("sub") if match["sub"] else match.end()
                add(match.start(), whole, "body-table")
                if match["sub"]:
                    add(match.start(), match.end(), "sub-body", of=scan.text[match.start() : whole])
                continue
            place = match["place"]
            if match.end("place") in places or place in LEVEL_CHARS or len(place) == 1:
                # the place may begin later than the pattern let it: keep what the tables know
                first = _chain_start(places, match.end("place"), match.start("place"))
                start = match.start() if pattern is not CONGRESS else first
                where = scan.text[first : match.end("place")]
                if pattern is not CONGRESS and match.start("place") not in (match.start(), first):
                    continue
                if match["sub"]:
                    add(start, match.end("sub"), rule, where, of=scan.text[start : match.start("sub")])
                    add(start, match.start("sub"), rule, where)
                else:
                    add(start, match.end(), rule, where)
                    _subs(scan, start, match.end(), where, add)
    for core in lexicon().table("bodies", "core"):
        for start, end in scan.longest(f"core:{core}"):
            if core == "congress" and scan.starts["core:congress_standing"].get(start, 0) > end:
                continue
            _core(scan, core, start, end, places, add)
    for sub in ("机关党组", "机关党委"):
        # in a list behind the body whose they are: 市政协党组、机关党组
        for match in re.finditer(rf"(?<=[、和，；。]){sub}", scan.text):
            found.setdefault(match.span(), Mention(*match.span(), ("Organization",), sub, "sub-body-bare"))
    for match in _committee().finditer(scan.text):
        told = scan.text.endswith(IN_CHARGE, 0, match.start())
        if told or match.end() in scan.starts["post"] or scan.text.startswith(COMMITTEE_ACTS, match.end()):
            found.setdefault(match.span(), Mention(*match.span(), ("Organization",), match[0], "sub-body-bare"))
    for match in PARTY_PART.finditer(scan.text):
        found.setdefault(match.span("name"), Mention(*match.span("name"), ("Organization",), match["name"], "sub-body-party"))
    ends = {end for _, end in found}
    for match in ITS_COMMITTEE.finditer(scan.text):
        if match.start() in ends:
            found.setdefault(match.span("name"), Mention(*match.span("name"), ("Organization",), match["name"], "sub-body-its"))
    for match in BRANCH.finditer(scan.text):
        add(*match.span(), "department-local")
    _local(scan, places, add)
    _departments(scan, places, add)
    _mass(scan, places, add)
    for start, end in scan.longest("known", "national"):
        if scan.is_edge(start) or scan.text[start - 1] in "在由被与和及、":
            name = scan.text[start:end]
            behind = scan.text[end : end + 1]
            if name == "中央" and behind and behind in lexicon().text("bodies", "known", "goes_on_center"):
                continue
            add(start, end, "body-table")
            _subs(scan, start, end, "", add)
    return list(found.values())


@cache
def _committee() -> re.Pattern[str]:
    """A committee of the body spoken of, named without it: 、提案委主任."""
    words = any_of(
        word for word in _words("bodies", "sub", "words") if word.endswith(("委", "委员会", "研究室")) and len(word) > 2
    )
    return re.compile(rf"(?<=[、，。；：（“和由及])(?:{words})")


def _level_start(scan: Scan, at: int) -> int | None:
    """Start of a level word that ends at `at` and stands for the reader's own place: 市 in 市政协, 我市 in 我市政协."""
    if scan.text.endswith("自治区", 0, at) and scan.is_edge(at - 3):
        return at - 3  # with its place before it, it is found as a place
    char = scan.text[at - 1 : at]
    if char in TOWN_CHARS and scan.text[at - 2 : at - 1] in BEFORE_TOWN:
        return at - 1
    if not char or char not in LEVEL_CHARS:
        return None
    before = scan.text[at - 2 : at - 1] if at >= 2 else ""
    if before == "我" or before == "本":
        return at - 2
    if before and (before in NOT_BEFORE_LEVEL or ALL_OF.search(scan.text, max(0, at - 9), at - 1)):
        return None
    token = scan.tokens[scan.token_at[at - 1]]
    if token.start == at - 1 or before in "、，。；：和与向由被对在从为及经受受驻到把将是当的\n（“":
        return at - 1
    # 获省|人大常委会: two words that the text's words see as one; a common noun (城市, 园区) is none
    return at - 1 if token.end == at and before not in COMMON_BEFORE.get(char, "") else None


def _chain_start(places: dict[int, int], end: int, floor: int) -> int:
    """Start of the places side by side of which the last ends at `end` (浙江省湖州市), none of them before `floor`."""
    start = places.get(end, floor)
    while floor <= places.get(start, -1) < start:
        start = places[start]
    return start


def _prefix(scan: Scan, at: int, places: dict[int, int]) -> tuple[int, str] | None:
    """Start and words of the place or level that ends at `at`."""
    if at in places:
        start = _chain_start(places, at, 0)
        return start, scan.text[start:at]
    level = _level_start(scan, at)
    if level is not None:
        return level, scan.text[level:at]
    return None


def _core(scan: Scan, core: str, start: int, end: int, places: dict[int, int], add) -> None:  # type: ignore[no-untyped-def]
    text = scan.text
    if core == "party":
        word = text[start:end]
        if word == "委" and text[end : end + 1] in ("员", "托", "派", "会") and text[end : end + 2] != "会同":
            return
        if word == "党委" and not _prefix(scan, start, places):
            return
    middle = ORDINAL.search(text, max(0, start - 8), start) if core in ("cppcc", "congress", "congress_standing") else None
    found = _prefix(scan, middle.start() if middle else start, places)
    if found is None:
        return
    begin, place = found
    if text[begin:start] == "中国" and core != "party":
        return  # 中国政协杂志, 中国法院网 are papers' names
    if text[begin:start] in ("全国", "我国", "全省", "全市", "全县", "全区", "全州") and core != "party":
        return  # all bodies of that kind, none by name
    ordinal = re.search(rf"第?{N}届$", text[max(0, begin - 6) : begin])
    if ordinal and core in ("cppcc", "congress"):
        begin -= len(ordinal[0])
    for lead in ("中国共产党", "中共"):
        if core == "party" and text.endswith(lead, 0, begin):
            begin -= len(lead)
            break
    add(begin, end, f"{core}-core", place)
    _subs(scan, begin, end, place, add)
    if core in ("court", "procuratorate"):
        _unit(scan, begin, end, place, add)


def _subs(scan: Scan, start: int, end: int, place: str, add) -> None:  # type: ignore[no-untyped-def]
    """Sub-bodies behind a body at [start, end): 市政协 + 党组 (+ 理论学习中心组)."""
    at, subs = end, _words("bodies", "sub", "words")
    for _ in range(2):
        sub = next((word for word in subs if scan.text.startswith(word, at)), None) if scan.text.startswith(subs, at) else None
        if (
            sub is None
            and scan.text.endswith(("政协", "人大常委会", "人大"), start, at)
            and (form := COMMITTEE.match(scan.text, at))
        ):
            sub = form[0]
        if sub is None or (sub == "机关" and scan.text[at + 2 : at + 3] in ("干", "事", "作", "工", "大")):
            return
        if sub == "主席会议" and scan.text.startswith("主席会议成员", at):
            return
        if sub.endswith(("常委会", "主席会议", "党组")) and scan.text.startswith("会议", at + len(sub)):
            return  # a meeting of it, not the body
        add(start, at + len(sub), "sub-body", place, of=scan.text[start:at])
        at += len(sub)


def _departments(scan: Scan, places: dict[int, int], add) -> None:  # type: ignore[no-untyped-def]
    endings = _words("bodies", "department", "endings")
    for start, end in scan.longest("department"):
        if not scan.text.startswith(endings, end):
            continue
        ending = next(word for word in endings if scan.text.startswith(word, end))
        if (ending == "委" and scan.text[end + 1 : end + 2] in ("员", "托")) or (
            ending in ("部", "办")
            and scan.text[end + 1 : end + 2] in ("门", "队", "署", "分", "学", "公", "理", "好", "法", "结", "复", "案")
        ):
            continue
        stop = end + len(ending)
        found = _prefix(scan, start, places)
        if found is None:
            nation = next((lead for lead in ("国家", "中央", "国务院") if scan.text.endswith(lead, 0, start)), None)
            if nation is None:
                continue
            found = (start - len(nation), "")
        add(found[0], stop, "department", found[1])
        _unit(scan, found[0], stop, found[1], add)


def _unit(scan: Scan, start: int, end: int, place: str, add) -> None:  # type: ignore[no-untyped-def]
    """A unit of the office at [start, end) by its form: 市公安局|交警支队, 市检察院|第一检察部. Nouns alone stand between."""
    match = UNIT.match(scan.text, end)
    if match is None or not scan.is_edge(match.end()):
        return
    words = [scan.tokens[number] for number in range(scan.token_at[end], scan.token_at[match.end() - 1] + 1)]
    if all(word.tag[0] in "nbjlzsgm" or word.tag == "vn" or word.word in inner_words() for word in words):
        add(start, match.end(), "sub-body", place, of=scan.text[start:end])


def _local(scan: Scan, places: dict[int, int], add) -> None:  # type: ignore[no-untyped-def]
    """Offices of a place by their form: 光山县扶贫开发办公室, 市律师协会, 市人才工作局. What stands between is nouns, what follows ends the name."""
    for match in LOCAL.finditer(scan.text):
        at, end = match.start(), match.end()
        found = _prefix(scan, at, places)
        if found is None or found[1][-1:] not in "省市县区州盟旗" or found[1][0] in "全各" or not scan.is_edge(end):
            continue
        if not scan.is_edge(at) and scan.tokens[scan.token_at[at]].start != found[0]:
            continue
        words = [scan.tokens[number] for number in range(scan.token_at[at], scan.token_at[end - 1] + 1)]
        if all(word.tag[0] in "nbjlizags" or word.tag == "vn" or word.word in inner_words() for word in words):
            add(found[0], end, "department-local", found[1])


def _mass(scan: Scan, places: dict[int, int], add) -> None:  # type: ignore[no-untyped-def]
    for start, end in scan.longest("mass"):
        found = _prefix(scan, start, places)
        if found is not None:
            add(found[0], end, "mass-organization", found[1])
        elif scan.text.startswith(("工商联", "妇联", "科协", "文联", "侨联", "残联"), start) and scan.is_edge(start):
            add(start, end, "mass-organization-short")
    for start, end in scan.longest("youth"):
        if scan.text[start:end].startswith("团") and scan.is_edge(start):
            add(start, end, "youth-league", scan.text[start + 1])
        elif (tail := re.match(r"(?:[一-龥]{1,6}?)(?:省|市|县|区|州)委(?:员会)?|中央", scan.text[end : end + 12])) and tail[0]:
            add(start, end + len(tail[0]), "youth-league")
    for start, end in scan.longest("party"):
        stop, place = end, ""
        nearest = next((e for e in range(end + 1, min(end + 9, len(scan.text))) if places.get(e) == end), None)
        if nearest is not None:
            stop, place = nearest, scan.text[end:nearest]
        if scan.text.startswith("中央", stop):
            add(start, stop + 2, "democratic-party")
        elif tail := PARTY_TAIL.match(scan.text, stop):
            add(start, tail.end(), "democratic-party", place or tail[0][0])
        elif nearest is not None and scan.text[stop : stop + 1] == "委":
            add(start, stop + 1 + (scan.text[stop + 1 : stop + 2] == "会"), "democratic-party", place)
        elif scan.is_edge(start):
            add(start, end, "democratic-party")
