"""Names in quotation marks: what they are is told by the noun behind them, the words before them and their own form."""

from __future__ import annotations

import re

from kg.extract.conferred import is_conferred
from kg.extract.quotes import (
    LONGEST_TAIL,
    Group,
    groups,
    head_class,
    hypernym_of,
    is_topic_group,
    own_platform,
    strong,
    tail_of,
)
from kg.extract.scan import Scan
from kg.lexicon import any_of, cache, lexicon
from kg.model import Mention

LONGEST_CORE = 60
SHORTEST_HONOR = 2  # code points: 获评“好” is a grade
ANY = ("载体", "阵地")  # what sums up platforms as well as programs
PROGRAMS = ("计划", "行动", "工程", "战略", "机制", "制度", "模式", "品牌")  # what a quoted program of its own ends with
SHORTEST_PROGRAM = 5  # code points of such a one
SYSTEMS = ("平台", "系统", "小程序", "数据库")  # what a quoted platform of its own ends with
SHORTEST_DEFINED = 2  # code points
TEAM = ("团", "队", "组", "专班", "联盟", "小分队", "联合体", "协会")
FORMED = re.compile(r"(?:组建|成立|组成|选派|派出)了?(?:\d+支)?$")
PHRASE = re.compile("[、，：的]")  # what a name does not hold
CHOSEN = re.compile(r"(?:评为|评选|授予)[一-龥\d]{0,10}$")
EVENT = re.compile(r"(?:开展|举办|启动|实施|组织|发起|推出|创设|推行)$")

PER_ITEM = re.compile(r"^[一二两三四五六七八九十\d]+个[^、，]{1,6}$")
WAY = re.compile(
    r"等?(?:方式|要求|作用|效应|目标|问题|难题|标准|口号|理念|意识|精神|优势|阶段|时期|现象|势头|态势|答卷|名片|顽疾|梗阻|瓶颈)"
)
SPIRIT = re.compile(r"(?:光荣|优良|革命|奋斗)?(?:精神|传统)(?![状面生文世上])")  # “红旗渠”精神 is what people believe in
MISSION = re.compile("(?:使命担当|目标定位|总目标|目标要求|重大要求|重要要求|总要求|历史使命|光荣使命|职责使命)")
BUILT = re.compile("(?:建设|政策|改革|行动|工作|发展|任务|举措|工程)")
ISSUING = frozenset(
    [
        "出台",
        "推出",
        "实施",
        "落实",
        "制定",
        "印发",
        "发布",
        "迭代",
        "打好",
        "用好",
        "先后",
        "接续",
        "相继",
        "制订",
        "和",
        "与",
        "及",
        "等",
    ]
)
NUMERAL = re.compile(
    r"^(?:[一二两三四五六七八九十][一-龥]{1,3}){2,}$|^(?:[一二两三四五六七八九十百千]+|\d+)(?:[个大张项条重支型类件种步点化型责]|$|[^、，]{1,5}$)[^、，]{0,12}$"
)
NO_NAME = re.compile(
    r"\d+[条项个]|[^\d+＋]{1,2}|\d{1,4}[·.]\d{1,2}(?:[·.]\d{1,2})?|[\d一二两三四五六七八九十]+连[冠优增升降涨跌丰跳]"
)  # “8·20” is a day, “五连冠” a record
SHORTEST_IDEA = 6  # code points of a saying that people hold to
FORMULA = re.compile(r"[+＋/]|^[\dA-Za-z]+$")
SLOGAN = re.compile(r"[，。；！？]")
CLASSES = ("Meeting", "Organization", "Honor", "Platform", "Program")


def quoted(scan: Scan, prefixes: dict[int, int]) -> list[Mention]:
    """Mentions of topics, platforms, programs, meetings, honors, concepts and working groups that stand in quotation marks."""
    found: list[Mention] = []
    for group in groups(scan):
        if is_topic_group(scan, group):
            found.extend(
                Mention(start + 1, end, ("Topic",), scan.text[start + 1 : end], "topic-quoted")
                for start, end in group.members
                if end - start > 3
            )
            continue
        hypernym = hypernym_of(scan, group.end)
        for number, (start, end) in enumerate(group.members):
            found.extend(
                _one(
                    scan,
                    start,
                    end,
                    hypernym if number < len(group.members) - 1 or scan.text.startswith("等", group.end) else None,
                    prefixes,
                    group,
                )
            )
    return found


def _one(
    scan: Scan, start: int, end: int, hypernym: tuple[int, str, str] | None, prefixes: dict[int, int], group: Group
) -> list[Mention]:
    text = scan.text
    core = text[start + 1 : end]
    if len(core) > LONGEST_CORE or "。" in core:
        return []  # what somebody says
    tail = tail_of(scan, end) if hypernym is None and not text.startswith("等", end + 1) else None
    if tail is None and hypernym is None and len(group.members) == 1 and text.startswith("等", end + 1):
        hypernym = hypernym_of(scan, end + 1)
    known = _known().get(core)
    before = _verb_before(scan, group.start)
    if tail is not None:
        stop, _, kind = tail
        if kind == "Meeting" and _other_name(scan, end + 1):
            tail = None  # “…协商议事月”湖州市政协…协商会 are two names
        elif kind == "Meeting":
            return _meeting(scan, start, end, stop, core, prefixes)
    if tail is not None:
        stop, _, kind = tail
        if kind == "Honor":
            return [Mention(start + 1, end, ("Honor",), core, "quoted-honor")]
        if is_conferred(scan, start, end + 1, stop):
            return [Mention(start, stop, ("Honor",), text[start:stop], "quoted-honor")]
        if kind == "Organization":
            return [Mention(start, stop, ("Organization",), text[start:stop], "quoted-body")]
        if known and known != kind and kind == "Program" and not NUMERAL.match(core):
            return [Mention(start + 1, end, (known,), core, "quoted-known")]
        if len(group.members) > 1 and kind == "Program":
            return [Mention(start + 1, end, (kind,), core, f"quoted-group-{kind.lower()}")]
        if text[start:stop].endswith(("成果应用", "推广应用")):
            return []
        return [Mention(start, stop, (kind,), text[start:stop], f"quoted-{kind.lower()}", of=_before(scan, start, prefixes))]
    if known:
        return [Mention(start + 1, end, (known,), core, "quoted-known")]
    said = _defined().match(text, end + 1) if text.startswith("是", end + 1) else None
    if said is not None and len(core) >= SHORTEST_DEFINED and "，" not in core:
        return [Mention(start + 1, end, (said.lastgroup or "",), core, "quoted-defined")]
    if hypernym is not None and hypernym[1] in ANY and core.endswith(own_platform()) and len(core) > 2:
        return [Mention(start + 1, end, ("Platform",), core, "quoted-own-platform", of=_before(scan, start, prefixes))]
    if hypernym is not None and hypernym[2] in ("Program", "Platform", "Honor"):
        return [Mention(start + 1, end, (hypernym[2],), core, "quoted-hypernym")]
    if core.endswith(own_platform()) and len(core) > 3 and not SLOGAN.search(core):
        return [Mention(start + 1, end, ("Platform",), core, "quoted-own-platform")]
    if (
        core.endswith(SYSTEMS)
        and len(core) >= SHORTEST_PROGRAM
        and "的" not in core
        and not (NUMERAL.match(core) or _is_phrase(scan, start, core))
    ):
        return [Mention(start + 1, end, ("Platform",), core, "quoted-own-platform")]
    if core.endswith(TEAM) and FORMED.search(text[max(0, group.start - 6) : group.start]):
        return [Mention(start + 1, end, ("Organization",), core, "quoted-body")]
    if "的" in core:
        return []
    if len(core) >= 4 and core in strong():
        return [Mention(start + 1, end, (head_class()[core],), core, "quoted-own-platform", of=_before(scan, start, prefixes))]
    own = next((named for size in range(len(core) - 1, 2, -1) if (named := head_class().get(core[-size:]))), None)
    if own in ("Platform", "Meeting", "Program"):
        return [Mention(start + 1, end, (own,), core, f"quoted-own-{own.lower()}", of=_before(scan, start, prefixes))]
    if (
        core.endswith((*PROGRAMS, "通办"))
        and (len(core) >= SHORTEST_PROGRAM or core.endswith("通办"))
        and not _is_phrase(scan, start, core)
    ):
        return [Mention(start + 1, end, ("Program",), core, "quoted-own-program", of=_before(scan, start, prefixes))]
    if before == "Honor" and len(core) >= SHORTEST_HONOR:
        return [Mention(start + 1, end, ("Honor",), core, "quoted-conferred")]
    if EVENT.search(text[max(0, group.start - 4) : group.start]):
        return [Mention(start + 1, end, ("Program",), core, "quoted-event")]
    if SLOGAN.search(core) and not FORMULA.search(core):
        idea = text.startswith("理念", end + 1)
        return [Mention(start + 1, end, ("Concept",), core, "quoted-saying")] if idea else []
    if text.startswith("理念", end + 1) and len(core) >= SHORTEST_IDEA:
        return [Mention(start + 1, end, ("Concept",), core, "quoted-spirit")]
    if SPIRIT.match(text, end + 1) and len(core) >= 2:
        return [Mention(start + 1, end, ("Concept",), core, "quoted-spirit")]
    if WAY.match(text, end + 1):
        return []
    if (
        3 <= number_of(core) <= 8
        and not PER_ITEM.match(core)
        and text.startswith(_evidence(), group.end)
        and _acted_on(scan, group.start)
    ):
        return [Mention(start + 1, end, ("Program",), core, "quoted-evidence")]
    if PER_ITEM.match(core):
        return [Mention(start + 1, end, ("Concept",), core, "quoted-formulation")]
    if before == "Concept" and NUMERAL.match(core):
        return [Mention(start + 1, end, ("Concept",), core, "quoted-formulation")]
    if MISSION.match(text, end + 1):
        return [Mention(start + 1, end, ("Concept",), core, "quoted-mission")]
    if re.fullmatch("[一二两三四五六七八九十]\\w", core) and BUILT.match(text, end + 1):
        return [Mention(start + 1, end, ("Program",), core, "quoted-numeral")]  # “两区”建设
    if re.fullmatch(r"\d+条", core) and scan.text[start - 1 : start] not in "，。；、的了":
        begin = _phrase_start(scan, start)
        if start - begin >= 2:
            return [Mention(begin, end + 1, ("Document",), text[begin : end + 1], "quoted-measures")]
    if NO_NAME.fullmatch(core):
        return []
    if FORMULA.search(core) or NUMERAL.match(core) or "·" in core:
        return [Mention(start + 1, end, ("Program",), core, "quoted-form")]
    if 4 <= number_of(core) <= (7 if before == "Program" else 6 if _acted_on(scan, group.start) else 0):
        return [Mention(start + 1, end, ("Program",), core, "quoted-object")]
    return []


@cache
def _defined() -> re.Pattern[str]:
    """What a sentence says a quoted name is (“宜商量”是某市政协2022年推出的|协商议事品牌); the group that matched is the class."""
    making = any_of(lexicon().words("heads", "defined", "making"))
    kinds = "|".join(f"(?P<{class_}>{any_of(lexicon().words('heads', 'defined', class_))})" for class_ in ("Platform", "Program"))
    return re.compile(rf"是(?:[^，。；“”]{{0,30}}?(?:{making})的|一[个种项])[^，。；“”]{{0,14}}?(?:{kinds})(?=[，。；])")


def _is_phrase(scan: Scan, start: int, core: str) -> bool:
    """Whether a quoted core tells what to do rather than names something: “健全…机制”, “…、做强品牌”."""
    first = scan.tokens[scan.token_at[start + 1]]
    return (
        (first.tag.startswith("v") and not core.endswith(("系列行动", "计划")))
        or first.word in _verbs("runs") + _verbs("carriesOut")
        or "、" in core
        or SLOGAN.search(core) is not None
        or scan.text.startswith("专业", start + len(core) + 2)
    )


def _phrase_start(scan: Scan, at: int) -> int:
    """Where the words begin that say what a list of measures is for: 出台|稳住经济增长“20条”."""
    begin = at
    while begin and at - begin < LONGEST_TAIL:
        token = scan.tokens[scan.token_at[begin - 1]]
        if token.end != begin or token.tag[0] in "xpcur" or token.word in ISSUING:
            break
        begin = token.start
    return begin


@cache
def _evidence() -> tuple[str, ...]:
    """Words behind a quote that tell a program but are no part of its name (“保交楼”任务)."""
    return tuple(lexicon().words("heads", "Program", "evidence"))


def _other_name(scan: Scan, at: int) -> bool:
    """Whether a proper noun begins behind a quote, so that what follows is a name of its own."""
    token = scan.tokens[scan.token_at[at]]
    return token.tag in ("ns", "nt") and token.word not in head_class()


def number_of(core: str) -> int:
    """Code points of a quoted core; 99 where it is a phrase rather than a name."""
    return 99 if PHRASE.search(core) else len(core)


def _acted_on(scan: Scan, at: int) -> bool:
    """Whether a verb of carrying out stands a few words before the quote: 推动委员“…”."""
    clause = re.split("[，。；：“”]", scan.text[max(0, at - 9) : at])[-1]
    return any(verb in clause for verb in _verbs("carriesOut") if len(verb) >= 2)


@cache
def _known() -> dict[str, str]:
    """The classes of the names that the tables know, and of what else these are called."""
    table = lexicon()
    found: dict[str, str] = {}
    for kind, class_ in (("concepts", "Concept"), ("programs", "Program"), ("meetings", "Meeting")):
        other = (name for full, short in table.table("concepts", kind, "alias").items() for name in (full, *short))
        for name in (*table.words("concepts", kind, "names"), *other):
            found.setdefault(name, class_)
    return found


@cache
def _verbs(kind: str) -> tuple[str, ...]:
    return tuple(sorted(lexicon().words("verbs", kind, "verbs"), key=lambda word: (-len(word), word)))


def _verb_before(scan: Scan, at: int) -> str:
    """What the verb right before a quote makes of it: Concept, Honor, Program or nothing."""
    before = scan.text[max(0, at - 6) : at]
    if before.endswith(tuple(lexicon().words("concepts", "verbs", "concept"))):
        return "Concept"
    if before.endswith(_verbs("receives")) or CHOSEN.search(scan.text[max(0, at - 14) : at]):
        return "Honor"
    if before.endswith(_verbs("carriesOut")):
        return "Program"
    return ""


def _meeting(scan: Scan, start: int, end: int, stop: int, core: str, prefixes: dict[int, int]) -> list[Mention]:
    """全国政协“校园食品安全”协商会: the meeting, and the topic that its name holds."""
    begin = start
    while begin in prefixes and prefixes[begin] < begin:
        begin = prefixes[begin]
    made = [Mention(begin, stop, ("Meeting",), scan.text[begin:stop], "quoted-meeting", of=scan.text[begin:start])]
    consult = re.search("协商会|座谈会|议政|研讨会|论坛|听证会|恳谈会", scan.text[end + 1 : stop])
    if consult and len(core) >= 6:
        made.append(Mention(start + 1, end, ("Topic",), core, "topic-in-meeting"))
    return made


def _before(scan: Scan, start: int, prefixes: dict[int, int]) -> str:
    """The place or body right before a quote: whose it is."""
    return scan.text[prefixes[start] : start] if start in prefixes else ""
