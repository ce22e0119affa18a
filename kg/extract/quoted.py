"""Names in quotation marks: what they are is told by the noun behind them, the words before them and their own form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.edges import inner_words, stop_words
from kg.extract.scan import Scan
from kg.lexicon import lexicon
from kg.model import Mention

LONGEST_TAIL = 16  # code points between the closing mark and the end of the noun that says what it is
LONGEST_CORE = 60
TAIL_WORDS = frozenset(["多", "月", "周", "日", "为民", "新", "大", "自"])
EVENT = re.compile(r"(?:开展|举办|启动|实施|组织|发起|推出|创设|推行)$")
ONLINE = ("在线", "图谱", "客厅", "直播", "云上", "码上办", "一码通", "一网通")
PER_ITEM = re.compile(r"^[一二两三四五六七八九十\d]+个[^、，]{1,6}$")
WAY = re.compile(
    r"等?(?:方式|要求|作用|效应|目标|问题|难题|标准|口号|理念|意识|精神|优势|阶段|时期|现象|势头|态势|答卷|名片|顽疾|梗阻|瓶颈)"
)
SPIRIT = re.compile(r"(?:光荣|优良|革命|奋斗)?(?:精神|传统)(?![状面生文世上])")  # “红旗渠”精神 is what people believe in
SHORTEST_TOPIC = 8  # code points of a quoted subject, marks included, that a form of consultation follows at once
CONSULTED = re.compile(
    r"(?:专题|对口|界别|月度|季度|双月|远程|提案办理|网络|重点)(?:协商|议政|民主监督|监督|视察)(?![会座机平]|工作)"
)
TOGETHER = re.compile(
    r"^(?:等)?(?:与|同|和|联合|会同|邀请)[^，。；“”]{2,30}?(?=开展|进行|召开|举行)"
)  # 就“…”与甲局、乙局开展协商
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
    r"^(?:[一二两三四五六七八九十百千]+|\d+)(?:[个大张项条重支型类件种步点化型责]|$|[^、，]{1,5}$)[^、，]{0,12}$"
)
FORMULA = re.compile(r"[+＋/]|^[\dA-Za-z]+$")
SLOGAN = re.compile(r"[，。；！？]")
JOIN = frozenset("、和与及")
CLASSES = ("Meeting", "Organization", "Honor", "Platform", "Program")


@dataclass(frozen=True, slots=True)
class Group:
    """Quotes that stand side by side (“A”“B”、“C”) and share what stands before and behind them: view offsets of the marks."""

    members: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.members[0][0]

    @property
    def end(self) -> int:
        return self.members[-1][1] + 1


def groups(scan: Scan) -> list[Group]:
    """The quotes of the text, outermost ones, in groups."""
    text = scan.text
    spans = sorted((start, end) for start, end in scan.close.items() if text[start] == "“" and end - start > 1)
    found: list[list[tuple[int, int]]] = []
    last = -1
    for start, end in spans:
        if start < last:
            continue  # inside another
        if found and (start == last + 1 or (start == last + 2 and text[start - 1] in JOIN)):
            found[-1].append((start, end))
        else:
            found.append([(start, end)])
        last = end
    return [Group(tuple(members)) for members in found]


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
        hypernym = _hypernym(scan, group.end)
        for number, (start, end) in enumerate(group.members):
            found.extend(_one(scan, start, end, hypernym if number < len(group.members) - 1 else None, prefixes, group))
    return found


@cache
def _topic_noun() -> re.Pattern[str]:
    nouns = "|".join(sorted(lexicon().words("words", "topic_nouns"), key=len, reverse=True))
    return re.compile(rf"(?:等)?(?:(?:\d+|[一二两三四五六七八九十]+)个)?(?:方面|重点|系列)?(?:{nouns})")


@cache
def _topic_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(lexicon().words('words', 'topic_verbs'))})$")


@cache
def _consultation() -> re.Pattern[str]:
    return re.compile(
        rf"(?:等)?(?:开展|进行|深入|积极|专题|重点|分别|多次|先后|集中|精准|作|等){{0,3}}(?:{'|'.join(lexicon().words('words', 'consultation'))})"
        rf"|(?:等)?(?:召开|举行|举办|组织|开展|分别召开|组织开展|组织召开)[^，。；“”]{{0,16}}(?:会议|会|协商|监督|调研|视察|座谈|讲坛|论坛|读书|活动)"
    )


def is_topic_group(scan: Scan, group: Group) -> bool:
    """Whether the quotes are subjects of consultation: “…”“…”等6个主题, 围绕“…”协商议政."""
    behind = scan.text[group.end : group.end + 16]
    before = scan.text[max(0, group.start - 4) : group.start]
    if _topic_noun().match(behind):
        return not re.match("主题(?:实践|教育|活动|党日)", behind.lstrip("等"))
    if group.end - group.start >= SHORTEST_TOPIC and CONSULTED.match(behind):
        return True
    behind = TOGETHER.sub("", scan.text[group.end : group.end + 48])
    return bool(_topic_before().search(before) and _consultation().match(behind))


@cache
def _heads() -> tuple[tuple[str, str], ...]:
    """(head, class) for the noun behind a quote, longest first."""
    table = lexicon()
    found: dict[str, str] = {}
    for kind in ("Program", "Platform", "Meeting", "Project", "Honor"):
        for column in ("quoted", "strong", "weak"):
            for word in table.words("heads", kind, column):
                found.setdefault(word, "Program" if kind == "Project" else kind)
    for column in ("strong", "weak"):
        for word in table.words("bodies", "heads", column):
            found.setdefault(word, "Organization")
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item)))


@cache
def _strong() -> frozenset[str]:
    table = lexicon()
    return frozenset((*table.words("heads", "Platform", "strong"), *table.words("bodies", "heads", "strong")))


@cache
def _head_class() -> dict[str, str]:
    return dict(_heads())


def _tail(scan: Scan, close: int) -> tuple[int, str, str] | None:
    """End, head and class of the noun behind a closing mark at `close`: ”大学习大讨论, ”委员培训体系."""
    text, at = scan.text, close + 1
    best: tuple[int, str, str] | None = None
    while at < len(text) and at - close <= LONGEST_TAIL:
        token = scan.tokens[scan.token_at[at]]
        begin, end = at, token.end
        word = text[begin:end]
        if token.tag in ("x", "p", "c", "u", "uj", "ul", "d", "m", "q", "r", "y", "t") and word not in inner_words() | TAIL_WORDS:
            break
        if word in JOIN or (word in stop_words() and word not in inner_words() | TAIL_WORDS):
            break
        for size in range(min(8, end - close - 1), 1, -1):
            if end - size > close and (kind := _head_class().get(text[end - size : end])):
                if best is None or end > best[0]:
                    best = (end, text[end - size : end], kind)
                break
        if best is not None and best[0] == end and best[1] in _strong():
            break  # what follows a kind head is said of it: “巴陵”议政驿站|机制
        at = end
    return best


def _hypernym(scan: Scan, at: int) -> tuple[int, str, str] | None:
    """What the noun behind a group calls all its members: “A”“B”等湖州品牌, “A”“B”行动."""
    skip = 1 if scan.text.startswith("等", at) else 0
    found = _tail(scan, at + skip - 1)
    if found is None and skip:
        match = re.match(r"等(?:\d+个|一批|系列|一系列|特色)?[一-龥]{0,8}?(?=[，。；、])", scan.text[at : at + 16])
        if match:
            for head, kind in _heads():
                if match[0].endswith(head):
                    return at + len(match[0]), head, kind
    return found


def _one(
    scan: Scan, start: int, end: int, hypernym: tuple[int, str, str] | None, prefixes: dict[int, int], group: Group
) -> list[Mention]:
    text = scan.text
    core = text[start + 1 : end]
    if len(core) > LONGEST_CORE:
        return []
    tail = _tail(scan, end) if hypernym is None and not text.startswith("等", end + 1) else None
    if tail is None and hypernym is None and len(group.members) == 1 and text.startswith("等", end + 1):
        hypernym = _hypernym(scan, end + 1)
    known = _known(core)
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
    if hypernym is not None and hypernym[2] in ("Program", "Platform", "Honor"):
        return [Mention(start + 1, end, (hypernym[2],), core, "quoted-hypernym")]
    if core.endswith(ONLINE) and len(core) > 2 and not SLOGAN.search(core):
        return [Mention(start + 1, end, ("Platform",), core, "quoted-own-platform")]
    if "的" in core:
        return []
    if len(core) >= 4 and core in _strong():
        return [Mention(start + 1, end, (_head_class()[core],), core, "quoted-own-platform", of=_before(scan, start, prefixes))]
    own = next((kind for head, kind in _heads() if len(head) >= 3 and core.endswith(head) and len(core) > len(head)), None)
    if own in ("Platform", "Meeting", "Program"):
        return [Mention(start + 1, end, (own,), core, f"quoted-own-{own.lower()}", of=_before(scan, start, prefixes))]
    if before == "Honor":
        return [Mention(start + 1, end, ("Honor",), core, "quoted-conferred")]
    if EVENT.search(text[max(0, group.start - 4) : group.start]):
        return [Mention(start + 1, end, ("Program",), core, "quoted-event")]
    if SLOGAN.search(core) and not FORMULA.search(core):
        return []
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
    if re.fullmatch(r"\d+[条项个]|[^\d+＋]{1,2}|\d{1,4}[·.]\d{1,2}(?:[·.]\d{1,2})?", core):  # “8·20” is a day
        return []
    if FORMULA.search(core) or NUMERAL.match(core) or "·" in core:
        return [Mention(start + 1, end, ("Program",), core, "quoted-form")]
    if 4 <= number_of(core) <= (7 if before == "Program" else 6 if _acted_on(scan, group.start) else 0):
        return [Mention(start + 1, end, ("Program",), core, "quoted-object")]
    return []


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
    return token.tag in ("ns", "nt") and token.word not in _head_class()


def number_of(core: str) -> int:
    """Code points of a quoted core; 99 where it is a phrase rather than a name."""
    return 99 if re.search("[、，：]|的", core) else len(core)


def _acted_on(scan: Scan, at: int) -> bool:
    """Whether a verb of carrying out stands a few words before the quote: 推动委员“…”."""
    clause = re.split("[，。；：“”]", scan.text[max(0, at - 9) : at])[-1]
    return any(verb in clause for verb in _verbs("carriesOut") if len(verb) >= 2)


@cache
def _known(core: str) -> str | None:
    table = lexicon()
    for kind, class_ in (("concepts", "Concept"), ("programs", "Program"), ("meetings", "Meeting")):
        if core in table.words("concepts", kind, "names"):
            return class_
        for full, short in table.table("concepts", kind, "alias").items():
            if core == full or core in short:
                return class_
    return None


@cache
def _verbs(kind: str) -> tuple[str, ...]:
    return tuple(sorted(lexicon().words("verbs", kind, "verbs"), key=lambda word: (-len(word), word)))


def _verb_before(scan: Scan, at: int) -> str:
    """What the verb right before a quote makes of it: Concept, Honor, Program or nothing."""
    before = scan.text[max(0, at - 6) : at]
    if before.endswith(tuple(lexicon().words("concepts", "verbs", "concept"))):
        return "Concept"
    if before.endswith(_verbs("receives")) or re.search(r"(?:评为|评选|授予)[一-龥\d]{0,10}$", scan.text[max(0, at - 14) : at]):
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
