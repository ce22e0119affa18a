"""Unquoted names that a head noun carries: 民营经济促进会, 民生议政厅, 长赣高铁. The name is looked for leftwards from its head."""

from __future__ import annotations

import re
from itertools import chain

from kg.extract.conferred import is_conferred
from kg.extract.edges import LEVELS, inner_words, left_edge, stop_words
from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.extract.towns import lies_in
from kg.extract.vague import vague
from kg.lexicon import lexicon
from kg.model import Mention, Token

CLASS_OF = {
    "Project": ("Program", "Project"),
    "Platform": ("Platform", ""),
    "Organization": ("Organization", ""),
    "Program": ("Program", ""),
}
GOVERNED = re.compile(
    r"(?:实施|开展|启动|推进|推动|部署|打响|参与|组织)(?:了|好)?(?P<name>[\u4e00-\u9fff]{4,22}?(?:行动|工程|计划|攻坚战|督察))(?=[，。；、）和与及的“\d]|[超达近约覆惠]|$)"
)
INSTITUTED = re.compile(
    r"(?:实施|开展|推进|推动|落实|健全|建立|完善|推行|探索|做好|深化|实行|构建|创新|优化)(?:了|好)?(?P<name>[\u4e00-\u9fff]{5,22}?(?:试点|攻坚|清单制度|协调机制))(?=[，。；、）和与及的工]|$)"
)
# what is done about a policy, an institution or a reform, and its name
REFORMED = Rare(
    r"(?:实施|落实|健全|建立|完善|推行|深化|实行|推进|推动|探索|开展|巩固|做好){1,2}(?:了|好)?(?P<name>[\u4e00-\u9fff]{4,18}?(?:改革|制度|长效机制|补偿机制|新机制|签约服务|免缴政策|教育政策|补贴政策))(?=[，。；、）和与及]|$)",
    re.compile("(?:改革|制度|长效机制|补偿机制|新机制|签约服务|免缴政策|教育政策|补贴政策)(?:[，。；、）和与及]|$)"),
    23,
)
SWEEPING = (
    "领域",
    "各项",
    "国家",
    "深层次",
    "中央",
    "体制机制",
    "事业",
    "相关",
    "配套",
    "联系制度",
    "要靠",
)  # words of any reform
SHORTEST_POLICY = 6  # code points: 深化公立医院改革, but 深化|国企改革 says too little
TO_DO = frozenset(["推进", "落实", "支持"])  # words of the table of inner ones that open no name here
BREAKING = frozenset(["的", "了", "并", "或", "被", "把", "将", "对", "向", "在", "等", "是", "为"])
SUBJECTED = Rare(
    r"(?<=[，。；、\n])(?P<name>(?:[\u4e00-\u9fff]|“[\u4e00-\u9fff]{2,8}”){4,20}?(?:行动|计划|工程|攻坚战|试点))(?=(?:全面|深入|持续|稳步|扎实|有序|加快|顺利|成功|整省|整市)?(?:惠及|覆盖|启动|实施|推进|见效|完成|收官|提前|提质|扩面|扩围|开展))",
    re.compile(
        "(?:行动|计划|工程|攻坚战|试点)(?:全面|深入|持续|稳步|扎实|有序|加快|顺利|成功|整省|整市)?"
        "(?:惠及|覆盖|启动|实施|推进|见效|完成|收官|提前|提质|扩面|扩围|开展)"
    ),
    200,
)
INSPECTION = Rare(
    r"(?P<name>(?:第[一二三四五六七八九十]+轮)?(?:中央|国务院)[\u4e00-\u9fff]{0,8}?(?:督察|督查))(?![组员办])",
    ("中央", "国务院"),
    16,
)
ACRONYM = re.compile("[A-Z]{2,}")
QUANTITY = re.compile(r"[\d一二三四五六七八九十两]+[个家所座条项]$")
FURTHER = re.compile("行动|工程|计划")  # 提升战略|行动: the name goes on
COMPANY = re.compile(
    "(?:控股|投资)?(?:集团)?(?:股份|控股)?(?:有限)?(?:责任)?公司(?![法制化])|附属[一-龥]{0,4}医院|(?<=会)[一-龥]{2,4}分会"
)  # 投资集团|有限公司
DONE_THERE = frozenset(["申建", "创建", "争创", "共建", "建设", "打造", "推进", "开展", "加快", "支持", "建成", "推动", "发展"])
BUILDING = ("建设", "打造", "建成")
BRANCHES = ("分公司", "分行", "支行", "供电公司", "分局", "分院")
FIRM = ("有限公司", "有限责任公司")
WORKS = re.compile(
    "(?:综合管廊|地下管廊|改造|改扩建|扩建|提升|快速化改造|配套|综合整治|[一二三四]期){0,3}(?:工程|项目)(?![部组长队款资总量个建])"
)
CITY = re.compile("城市(?![更规建管群])")  # 全球研发中心|城市
MORE = {"Program": FURTHER, "Organization": COMPANY, "Project": WORKS, "Platform": CITY}  # what a head of the kind may go on with
NOTHING = re.compile("(?!)")
FOLLOWING = frozenset(["行动", "建设", "工程", "方案", "计划"])  # nouns behind a program's head that leave it a name
CAMPAIGN = re.compile("(?:主题|系列|专项)?(?:活动|行动)")  # 大学生直通车活动 is a campaign as well
FEWEST_WORDS = 4  # words of a name that a vague one may open (现代服务消费提质行动)
SHORTEST_MODIFIER = 2  # code points before the head: one character says too little (新平台)


def named(scan: Scan, kind: str, prefixes: dict[int, int], places: dict[int, int]) -> list[Mention]:
    """Mentions of `kind` (Organization, Platform, Project or Program) by the strong heads of its table and, with a proper noun, the weak ones.

    `prefixes` maps the end of places and bodies to their start: a name takes in the one before it; `places` those of places alone.
    """
    class_, finer = CLASS_OF[kind]
    found: list[Mention] = []
    starts = frozenset(prefixes.values())
    generic = frozenset(lexicon().words("bodies", "heads", "generic"))
    never = tuple(lexicon().words("bodies", "heads", "never"))
    for weak, tag in ((False, f"head:{kind}"), (True, f"weak:{kind}")):
        for start, end in scan.longest(tag):
            if not _head_stands(scan, start, end, prefixes if kind == "Organization" else {}) or (
                kind == "Organization" and scan.ends["head:Meeting"].get(end, start) < start
            ):
                continue
            if end - start == 1 and start not in places and not _one_word(scan, start, end):
                continue  # a head of one character (港) needs a place right before it
            begin = _begin(
                scan, start, scan.sentence_bounds(start)[0], prefixes, kind == "Program", scan.text.endswith(FIRM, start, end)
            )
            if begin is None:
                continue
            if QUANTITY.search(scan.text, max(0, begin - 4), begin) and weak:
                continue  # 3个重庆实验室: some, not one
            where = ""
            if begin in starts and (verb := _verb_follows(scan, begin, start, prefixes)) is not None:
                if kind == "Organization" or verb.end >= start:
                    continue
                where, begin = (
                    _last_place(scan, verb.start, places),
                    verb.end,
                )  # 荆州申建|保税物流中心: the place is where it will be
            if more := MORE.get(kind, NOTHING).match(scan.text, end):
                end = more.end()
            own = _behind_owner(scan, begin, start, prefixes, places) if kind == "Platform" else None
            if own is not None:
                begin = own  # 甲县政协|“…”议事室: the body is whose it is
            if kind == "Project" and (built := _behind_building(scan, begin, start)) is not None:
                begin = built  # 天津港建设|世界一流智慧港口
            if kind in ("Program", "Project") and (joint := _joint(scan, begin, start, kind)) is not None:
                first, begin = (begin, joint), joint + 1  # 自贸试验区提升战略|和|综保区提质升级行动 are two
                found.append(Mention(*first, ("Program",), scan.text[slice(*first)], f"head-{kind.lower()}", kind=finer))
            if kind == "Organization" and scan.text.endswith(BRANCHES, start, end):
                where = where or _last_place(scan, start, places)  # 中国移动|遵义|分公司 lies there
            name = scan.text[begin:end]
            proper = bool(where) or _is_proper(scan, begin, start, prefixes)
            if (
                name.endswith(never)
                or name in generic
                or name.lstrip(LEVELS) in generic
                or (kind == "Program" and _goes_on(scan, end))
                or ((weak or kind == "Project") and not proper)
                or (not proper and not _is_distinctive(scan.text[begin:start]))
            ):
                continue
            if is_conferred(scan, begin, begin, end):
                class_ = "Honor"
            classes = (class_, "Program") if kind == "Platform" and CAMPAIGN.match(scan.text, end) else (class_,)
            found.append(
                Mention(
                    begin,
                    end,
                    classes,
                    name,
                    f"head-{kind.lower()}",
                    kind=finer,
                    place=where or _place(scan, begin, start, places),
                    of=_place(scan, begin, start, prefixes) or (scan.text[prefixes[begin] : begin] if own else ""),
                )
            )
    return found


def governed(scan: Scan) -> list[Mention]:
    """Programs right behind a verb of carrying out, whatever they are about: 实施|城市更新行动, 开展|…专项整治行动."""
    found: list[Mention] = []
    for match in chain(
        GOVERNED.finditer(scan.text),
        INSTITUTED.finditer(scan.text),
        REFORMED.finditer(scan.text),
        SUBJECTED.finditer(scan.text),
        INSPECTION.finditer(scan.text),
    ):
        start, end = match.span("name")
        while match.re is SUBJECTED.pattern and scan.is_edge(start) and (first := scan.tokens[scan.token_at[start]]).end < end:
            if first.word not in stop_words() or first.word in inner_words() - TO_DO:
                break
            start = first.end  # 推进|职业伤害保障试点|扩围
        name = scan.text[start:end]
        if (
            not scan.is_edge(start)
            or not scan.is_edge(end)
            or (match.re is SUBJECTED.pattern and len(name) < SHORTEST_POLICY)
            or name.endswith(tuple(lexicon().words("bodies", "heads", "never")))
        ):
            continue
        if match.re is REFORMED.pattern and (
            any(word in match["name"] for word in SWEEPING) or len(match["name"]) < SHORTEST_POLICY
        ):
            continue
        inside = [scan.tokens[n].word for n in range(scan.token_at[start], scan.token_at[end - 1] + 1)]
        if match["name"].endswith(("行动", "战略", "工程")) and (joint := _joint(scan, start, end)) is not None:
            found.append(Mention(start, joint, ("Program",), scan.text[start:joint], "governed-program"))
            found.append(Mention(joint + 1, end, ("Program",), scan.text[joint + 1 : end], "governed-program"))
            continue
        if (inside[0] in vague() and len(inside) < FEWEST_WORDS) or any(word in BREAKING for word in inside):
            continue
        found.append(Mention(start, end, ("Program",), name, "governed-program"))
    return found


def _joint(scan: Scan, begin: int, head: int, kind: str = "Program") -> int | None:
    """The offset of 和 between two programs of which each has a head noun of its own."""
    for at in range(begin + 4, head - 2):
        if scan.text[at] in "和与及" and scan.is_edge(at) and at in scan.ends[f"head:{kind}"]:
            return at
    return None


def _head_stands(scan: Scan, start: int, end: int, prefixes: dict[int, int]) -> bool:
    """Whether the head noun is a word of its own (or the tail of one, with a place before that) and not the beginning of a longer one."""
    token = scan.tokens[scan.token_at[end - 1]]
    first = scan.tokens[scan.token_at[start]]
    if first.start < start and first.end == end and first.tag in ("n", "b", "a", "d", "v"):
        return first.start in prefixes  # else a common word that only ends like the head: 超高速; but 河南|科技大学
    return token.end == end or scan.text[end] in "上中前后内里" or end in scan.starts["post"]  # 科技大学|教授


def _verb_follows(scan: Scan, begin: int, head: int, prefixes: dict[int, int]) -> Token | None:
    """The verb behind the place with which a name begins, where it tells what is done there and not more of the name."""
    end = begin
    for at, start in _within(prefixes, begin, head):
        end = at if start <= end + 1 else end  # places side by side, or joined by a hyphen
    token = scan.tokens[scan.token_at[end]]
    return token if token.start == end < head and token.word in DONE_THERE else None


def _behind_building(scan: Scan, begin: int, head: int) -> int | None:
    """Where a name begins behind a verb of building in its midst; None where there is none."""
    ends = [
        token.end
        for number in range(scan.token_at[begin], scan.token_at[head - 1] + 1)
        if (token := scan.tokens[number]).word in BUILDING
    ]
    return ends[-1] if ends and begin < ends[-1] < head else None


def _one_word(scan: Scan, start: int, end: int) -> bool:
    """Whether the words of the text have the head and a division's short name before it as one place: 衢江港."""
    token = scan.tokens[scan.token_at[start]]
    return token.tag == "ns" and token.end == end and scan.ends["division"].get(start) == token.start


def _behind_owner(scan: Scan, begin: int, head: int, prefixes: dict[int, int], places: dict[int, int]) -> int | None:
    """Where the quote begins with which a name goes on behind the body that it begins with; None where it is not built so."""
    for end, start in _within(prefixes, begin, head):
        if start == begin and scan.text[end] == "“" and places.get(end) != start:
            return end
    return None


def _last_place(scan: Scan, end: int, places: dict[int, int]) -> str:
    return scan.text[places[end] : end] if end in places else ""


def _goes_on(scan: Scan, end: int) -> bool:
    """Whether a noun follows the head, so that it is no head: 战略|定力, 战略|性."""
    token = scan.tokens[scan.token_at[end]] if end < len(scan.text) else None
    return (
        token is not None
        and token.start == end
        and token.tag[0] in "nk" + ("v" if token.tag == "vn" or token.word in ("合作", "布局") else "")
        and token.word not in FOLLOWING
    )


def _begin(scan: Scan, head: int, floor: int, prefixes: dict[int, int], verbal: bool, firm: bool) -> int | None:
    begin = left_edge(scan, head, floor, prefixes, verbal=verbal, firm=firm)
    if begin == head:
        return None
    # what the words of the text take for one, but the grammar knows as two: 区|县政协
    while begin < head and scan.text[begin] in "的等新大小全老原好·" and scan.is_edge(begin + 1):
        begin += 1
    return begin if begin < head else None


def _is_proper(scan: Scan, begin: int, head: int, prefixes: dict[int, int]) -> bool:
    """Whether the words before the head hold a place, a body, Latin letters, a quoted core or a proper noun of the dictionary."""
    if any(
        begin <= start and at <= head and scan.text[start:at] not in ("全国", "我国", "全省", "全市")
        for at, start in _within(prefixes, begin, head)
    ):
        return True
    body = scan.text[begin:head]
    if body[:1] in LEVELS and scan.is_edge(begin + 1):
        return True
    if "”" in body or ACRONYM.search(body):
        return True
    token = scan.tokens[scan.token_at[begin]]
    return token.tag in ("ns", "nz", "nt") and token.end <= head + 4 and token.word not in vague() and len(token.word) >= 2


def _within(prefixes: dict[int, int], begin: int, head: int) -> list[tuple[int, int]]:
    return [(at, prefixes[at]) for at in range(begin + 1, head + 1) if at in prefixes]


def _is_distinctive(modifier: str) -> bool:
    words = [modifier] if len(modifier) <= 3 else [modifier[i : i + 2] for i in range(0, len(modifier), 2)]
    return (
        len(modifier) >= SHORTEST_MODIFIER
        and not all(word in vague() for word in words)
        and modifier not in inner_words() | stop_words()
    )


def _place(scan: Scan, begin: int, head: int, prefixes: dict[int, int]) -> str:
    """The places side by side with which the name begins."""
    nexts = {start: at for at, start in _within(prefixes, begin, head)}
    end = begin
    while end in nexts and (end == begin or lies_in(scan.text[end : nexts[end]], scan.text[begin:end])):
        end = nexts[end]
    return scan.text[begin:end]
