"""Meetings: congresses and sessions by their number, and what a head noun of the table names (推进会, 书画展, 论坛)."""

from __future__ import annotations

import re

from kg.extract.edges import left_edge
from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.lexicon import cache, lexicon
from kg.model import Mention

N = "[一二三四五六七八九十百\\d]+"
PLENUM = Rare(
    rf"(?:(?:党的|中共)?{N}届(?:[一二三四五六七八九十]+)中全会|(?:党的|中共){N}大(?=[^\d国学家会力量])|(?:党的)?{N}大(?=精神|报告|以来|胜利|闭幕))",
    ("中全会", "党的", "中共", "大精神", "大报告", "大以来", "大胜利", "大闭幕"),
    24,
)
SESSION = Rare(
    rf"(?:第?{N}届)?(?:[一-龥]{{0,3}}(?:委员会|人民代表大会|人大|政协|人民政府|政府|党组))?(?:常务委员会|常委会)?第?{N}次(?:全体|常委会|常务委员会|主席|常务)?(?:会议|会)(?!议[室场])",
    ("次全体", "次常", "次主席", "次会"),
    48,
)
HELD_SESSION = re.compile(rf"(?:举行|召开)(?P<session>第{N}次(?:全体|主席|常务|常委会)?会议)")
ORDINALS = Rare(rf"第{N}次(?:、第?{N}次)+(?:和第?{N}次)?", ("次、",), 16)
SHORT_SESSION = Rare(
    rf"第?{N}届(?:人大|人民代表大会|政协|市委|省委|区委|县委|州委)?(?:常委会|常务委员会)?第?{N}次(?:全体)?(?:会议|全会)",
    ("次全", "次会议"),
    48,
)
PARTY_PLENUM = re.compile(
    r"(?:省委|市委|区委|县委|州委|自治区党委)(?:[一二三四五六七八九十]+届)?[一二三四五六七八九十]+次(?:全会|全体会议)"
)
TWO_COUNTRIES = frozenset(f"中{other}" for other in "阿俄美日韩欧非德法英意印巴蒙哈缅越老柬泰拉")  # 中阿博览会
LEVELS = frozenset("省市县区州")

ORDINAL_BEFORE = re.compile(rf"第{N}届$")
EDITION = Rare(
    rf"(?:[A-Z]{{2,6}})?(?:第{N}|首)届[^，。；、：“”《》的]{{2,20}}?(?:大会|盛典|晚会|博览会|运动会|艺术节|论坛|峰会|大赛|会|节|赛|展)(?:开幕式|闭幕式|开幕会)?(?=[，。；、）”》上中开召闭圆在举和与及]|[一-龥]{{2,6}}赛区|$)",
    ("届",),
    24,
)
JUBILEE = Rare(
    r"[\u4e00-\u9fff]{2,12}?成立\d+周年(?:庆祝|纪念)(?:大会|活动)|(?:庆祝|纪念)[^，。；、“”]{4,30}?(?:周年|诞辰)[^，。；、“”]{0,8}?(?:大会|活动|仪式|座谈会|晚会|书画展|摄影展|展览|文艺演出|汇演|征文|论坛|研讨会|联展)",
    ("成立", "庆祝", "纪念"),
    12,
)
GAMES = Rare(
    r"[一二三四五六七八九十]{1,3}运会|残特奥会|特奥会|(?<=“)[一二三四五六七八九十]{1,3}[运冬](?=”)",
    ("运会", "特奥会", "运”", "冬”"),
    3,
)
WHOSE = re.compile("(?:全国|全省|全市|世界|亚洲|国际|中国)$")  # before the number of a meeting: 全国|首届…运动会
TAKING_PART = re.compile(
    r"(?:参加|参与|出席|亮相)(?P<event>[^，。；：、“”]{6,30}?(?:活动|仪式|大会|庆典|展会))(?<!各类履职活动)(?<!系列活动)(?<!各类活动)(?=[，。；、])"
)
EVENTS = frozenset(
    ["论坛", "峰会", "博览会", "电影节", "艺术节", "音乐节", "马拉松", "锦标赛", "交易会"]
)  # heads that name an event of their own
OF_YEAR = re.compile(r"20\d{2}年?$")
GAMES_OF_A_YEAR = frozenset(
    ["运动会", "锦标赛", "羽毛球赛", "足球赛", "篮球赛", "排球赛", "乒乓球赛", "世界杯", "公开赛"]
)  # 2025年世界运动会
ANNIVERSARY = Rare(r"\d+周年(?:纪念|庆祝|系列)(?:大会|活动|仪式|晚会|展览)", ("周年",), 8)
CONVENED = re.compile(
    "(?:召开|举行|举办)了?(?P<name>(?P<modifier>[一-龥]{2,10}?)(?:工作会议|交办会|推进会|部署会|动员会|现场会|总结会|交流会|联席会议))(?=[，。；、]|$)"
)
ENDS_OCCASION = frozenset(
    [
        "完成",
        "听取",
        "参加",
        "出席",
        "举办",
        "举行",
        "开展",
        "做好",
        "办好",
        "在",
        "于",
        "对",
        "为",
        "保障",
        "服务",
        "组织",
        "迎接",
        "承办",
        "圆满",
    ]
)
LONGEST_OCCASION = 40  # code points before the number of the anniversary
SHORTEST_MODIFIER = 4  # code points before the head of an unquoted meeting without place or body


@cache
def vague_meetings() -> frozenset[str]:
    """Words before a head noun that say too little to name a meeting (有关会议, 专题学习会)."""
    return frozenset(lexicon().words("words", "vague_meetings"))


def meetings(scan: Scan, prefixes: dict[int, int]) -> list[Mention]:
    """Mentions of class Meeting. `prefixes` maps the end of places and bodies to their start."""
    found: list[Mention] = []
    starts = frozenset(prefixes.values())
    for start, end in scan.longest("meetings"):
        if scan.is_edge(start) or scan.text[start - 1] in "在为加按照入彻":
            found.append(_mention(scan, start, end, "meeting-table"))
    for match in PLENUM.finditer(scan.text):
        found.append(_mention(scan, *match.span(), "plenum"))
    taken: set[int] = set()
    for match in ORDINALS.finditer(scan.text):
        found.extend(_coordinated(scan, match, prefixes))
        taken.update(range(*match.span()))
    for pattern in (SESSION, SHORT_SESSION):
        for match in pattern.finditer(scan.text):
            if match.start() not in taken and match.end() - 1 not in taken:
                start = _grown(scan, match.start(), prefixes)
                if "届" in scan.text[start : match.end()] or start in starts:
                    found.append(_mention(scan, start, match.end(), "session"))
    for match in HELD_SESSION.finditer(scan.text):
        if match.start() in prefixes:  # 市十五届人大常委会|举行|第二十次会议
            begin = prefixes[match.start()]
            name = scan.text[begin : match.start()] + match["session"]
            found.append(Mention(*match.span("session"), ("Meeting",), name, "session"))
    for match in PARTY_PLENUM.finditer(scan.text):
        found.append(_mention(scan, *match.span(), "session"))
    for pattern, rule in ((EDITION, "edition"), (JUBILEE, "jubilee"), (GAMES, "games")):
        for match in pattern.finditer(scan.text):
            if not re.search("人大|人民代表大会|政协|委员会|中央", match[0]):
                whose = WHOSE.search(scan.text, max(0, match.start() - 2), match.start()) if rule == "edition" else None
                found.append(_mention(scan, whose.start() if whose else match.start(), match.end(), rule))
    for match in ANNIVERSARY.finditer(scan.text):
        begin = match.start()
        floor = scan.sentence_bounds(begin)[0]
        while begin > floor and match.start() - begin < LONGEST_OCCASION:
            token = scan.tokens[scan.token_at[begin - 1]]
            if token.end != begin or token.word in ENDS_OCCASION or token.tag in ("x", "p", "u", "uj", "ul", "r"):
                break
            begin = token.start
        if match.start() - begin >= 4:
            found.append(_mention(scan, begin, match.end(), "jubilee"))
    for match in CONVENED.finditer(scan.text):
        span = match.span("name")
        if (
            scan.is_edge(span[0])
            and match["modifier"] not in vague_meetings()
            and not re.search("[的了各次多]", match["modifier"])
        ):
            found.append(_mention(scan, *span, "convened"))
    for match in TAKING_PART.finditer(scan.text):
        if any(
            match.start("event") < at <= match.end("event")
            for at in range(match.start("event") + 1, match.end("event"))
            if at in prefixes
        ):
            found.append(_mention(scan, *match.span("event"), "taking-part"))
    for start, end in scan.longest("head:Meeting"):
        token = scan.tokens[scan.token_at[end - 1]]
        if token.end > end and scan.text[end] not in "上中前后期间召举" and token.tag not in ("t", "f"):
            continue
        begin = left_edge(scan, start, scan.sentence_bounds(start)[0], prefixes, loose=True)
        if scan.text[begin - 1 : begin + 1] in TWO_COUNTRIES:
            begin -= 1
        while begin < start and scan.text[begin] in "的等暨":
            begin += 1
        modifier = scan.text[begin:start]
        if "的" in modifier and scan.text.endswith(("关于", "一场", "一次", "这场", "这次"), 0, begin):
            continue  # 一场关于加装电梯的|协商会 has no name
        if modifier.endswith(("和", "与", "及")):
            continue  # 市政协党组和|主席会议: two bodies
        if scan.text.endswith("人民代表大会", begin, end) and "届" not in modifier:
            continue  # the body, not a session of it
        year = OF_YEAR.search(scan.text, max(0, begin - 6), begin)
        if (
            year is not None
            and scan.text[start:end] in GAMES_OF_A_YEAR
            and modifier not in vague_meetings()
            and len(modifier) >= 2
        ):
            found.append(_mention(scan, year.start(), end, "head-meeting"))
            continue
        if (
            begin in starts
            or "”" in modifier
            or (
                len(modifier) >= (3 if scan.text[start:end] in EVENTS else SHORTEST_MODIFIER) and modifier not in vague_meetings()
            )
        ):
            if modifier in ("全国", "全省", "全市", "全县", "全区", "我市", "我省") or (
                begin + len(modifier) in prefixes and prefixes[begin + len(modifier)] == begin and modifier[0] in "市省县区全"
            ):
                continue
            if ordinal := ORDINAL_BEFORE.search(scan.text, max(0, begin - 8), begin):
                begin = ordinal.start()
            found.append(_mention(scan, begin, end, "head-meeting"))
    return found


def _mention(scan: Scan, start: int, end: int, rule: str) -> Mention:
    return Mention(start, end, ("Meeting",), scan.text[start:end], rule)


def _grown(scan: Scan, start: int, prefixes: dict[int, int]) -> int:
    """`start` moved left over the bodies and places that stand before it (政协第九届湖州市委员会 + 第二次会议)."""
    while start in prefixes and prefixes[start] < start:
        start = prefixes[start]
    for lead in ("中国人民政治协商会议", "政协"):
        if scan.text.endswith(lead, 0, start):
            return start - len(lead)
    if scan.text[start - 1 : start] in LEVELS and scan.text[start - 2 : start - 1] not in ("各", "区", "县", "市", "省"):
        return start - 1  # 市十六届人大三次会议
    return start


def _coordinated(scan: Scan, match: re.Match[str], prefixes: dict[int, int]) -> list[Mention]:
    """省政协第五次、六次常委会会议 is two meetings: the body goes to each, and so does what they are."""
    text = scan.text
    start = _grown(scan, match.start(), prefixes)
    body = text[start : match.start()]
    tail = re.match(r"(?:常委会|常务委员会|主席会议|全体|常务)?会议", text[match.end() : match.end() + 10])
    if tail is None or not body:
        return []
    made: list[Mention] = []
    at = match.start()
    parts = re.split("[、和]", match[0])
    for number, part in enumerate(parts):
        begin, end = (start if number == 0 else at), at + len(part)
        end = end + len(tail[0]) if number == len(parts) - 1 else end
        ordinal = part if part.startswith("第") else "第" + part
        made.append(Mention(begin, end, ("Meeting",), f"{body}{ordinal}{tail[0]}", "session-coordinated", of=body))
        at += len(part) + 1
    return made
