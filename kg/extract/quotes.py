"""Quotation marks in groups, what the words around a group say of it, and the noun behind a quote."""

from __future__ import annotations

import re

from kg.extract.edges import inner_words, stop_words
from kg.extract.scan import Scan
from kg.lexicon import any_of, cache, lexicon
from kg.value import dataclass

LONGEST_TAIL = 16  # code points between the closing mark and the end of the noun that says what it is
TAIL_WORDS = frozenset(["多", "月", "周", "日", "为民", "新", "大", "自"])
SHORTEST_TOPIC = 8  # code points of a quoted subject, marks included, that a form of consultation follows at once
CONSULTED = re.compile(
    r"(?:专题|专项|对口|界别|月度|季度|双月|远程|提案办理|网络|重点)(?:协商|议政|民主监督|监督|视察)(?![会座机平]|工作)"
    r"|(?:专题|重点|集中|联合)?(?:调研|视察|民主监督|课题)(?=[，。；、]|活动)|的(?:建议|提案)"
)
COUNTED = re.compile("^等(?:\\d+|[一二两三四五六七八九十]+)[个项场次]")  # “…”等4项|专项监督
TOGETHER = re.compile(
    r"^(?:等)?(?:与|同|和|联合|会同|邀请|赴|到|前往|深入)[^，。；“”]{2,30}?(?=开展|进行|召开|举行)"
)  # 就“…”与甲局、乙局开展协商
JOIN = frozenset("、和与及")
OWNER = re.compile(
    r"[、和与及以]{1,2}[一-龥]{1,14}[省市县区旗州镇乡村道协委府局办会院]"
)  # “A”、乙县政协“B”等平台: whose the next one is


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
    return [Group(tuple(members)) for members in _owned_one_by_one(scan, found)]


def _owned_one_by_one(scan: Scan, found: list[list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """Groups that a noun sums up take in those before them whose members each have an owner of their own: 甲县“A”、乙县“B”等平台."""
    kept: list[list[tuple[int, int]]] = []
    for members in reversed(found):
        behind = kept[-1] if kept else None
        if (
            behind is not None
            and OWNER.fullmatch(scan.text, members[-1][1] + 1, behind[0][0])
            and scan.text.startswith("等", behind[-1][1] + 1)
            and hypernym_of(scan, behind[-1][1] + 1) is not None
        ):
            kept[-1] = members + behind
        else:
            kept.append(members)
    return kept[::-1]


@cache
def _topic_noun() -> re.Pattern[str]:
    nouns = any_of(lexicon().words("words", "topic_nouns"))
    return re.compile(rf"(?:等)?(?:(?:\d+|[一二两三四五六七八九十]+)个)?(?:方面|重点|系列)?(?:{nouns})")


@cache
def _topic_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(lexicon().words('words', 'topic_verbs'))})$")


@cache
def _consultation() -> re.Pattern[str]:
    return re.compile(
        rf"(?:等)?(?:开展|进行|深入|积极|专题|重点|分别|多次|先后|集中|精准|作|等){{0,3}}(?:{any_of(lexicon().words('words', 'consultation'))})"
        rf"|(?:等)?(?:召开|举行|举办|组织|开展|分别召开|组织开展|组织召开)[^，。；“”]{{0,16}}(?:会议|会|协商|监督|调研|视察|座谈|讲坛|论坛|读书|活动)"
    )


@cache
def own_platform() -> tuple[str, ...]:
    """What ends a quoted name that alone is a platform's (“湖区夜话”)."""
    return tuple(lexicon().words("heads", "Platform", "own"))


def is_topic_group(scan: Scan, group: Group) -> bool:
    """Whether the quotes are subjects of consultation: “…”“…”等6个主题, 围绕“…”协商议政."""
    if all(scan.text.endswith(own_platform(), start + 1, end) for start, end in group.members):
        return False  # “有事来协商”专题协商会
    behind = scan.text[group.end : group.end + 16]
    before = scan.text[max(0, group.start - 4) : group.start]
    if _topic_noun().match(behind):
        return not re.match("主题(?:实践|教育|活动|党日)", behind.lstrip("等"))
    if group.end - group.start >= SHORTEST_TOPIC and CONSULTED.match(COUNTED.sub("", behind)):
        return True
    behind = TOGETHER.sub("", scan.text[group.end : group.end + 48])
    return bool(_topic_before().search(before) and _consultation().match(behind))


@cache
def heads() -> tuple[tuple[str, str], ...]:
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
def strong() -> frozenset[str]:
    """Heads that are a name of their own with a quote before them, so that what follows is said of it."""
    table = lexicon()
    return frozenset((*table.words("heads", "Platform", "strong"), *table.words("bodies", "heads", "strong")))


@cache
def head_class() -> dict[str, str]:
    """The class that each head noun behind a quote tells."""
    return dict(heads())


def tail_of(scan: Scan, close: int) -> tuple[int, str, str] | None:
    """End, head and class of the noun behind a closing mark at `close`: ”大学习大讨论, ”委员培训体系."""
    text, at = scan.text, close + 1
    best: tuple[int, str, str] | None = None
    inner, stop, classes = inner_words(), stop_words(), head_class()
    while at < len(text) and at - close <= LONGEST_TAIL:
        token = scan.tokens[scan.token_at[at]]
        begin, end = at, token.end
        word = text[begin:end]
        stands = word in inner or word in TAIL_WORDS
        if token.tag in ("x", "p", "c", "u", "uj", "ul", "d", "m", "q", "r", "y", "t") and not stands:
            break
        if best is not None and token.tag == "v" and not stands:
            break  # “…”计划|吸引项目
        if word in JOIN or (word in stop and not stands) or text.startswith("中心城", at):
            break  # “…生活圈”|中心城区
        for size in range(min(8, end - close - 1), 1, -1):
            if end - size > close and (kind := classes.get(text[end - size : end])):
                if best is None or end > best[0]:
                    best = (end, text[end - size : end], kind)
                break
        if best is not None and best[0] == end and best[1] in strong():
            break  # what follows a kind head is said of it: “巴陵”议政驿站|机制
        at = end
    return best


def hypernym_of(scan: Scan, at: int) -> tuple[int, str, str] | None:
    """What the noun behind a group calls all its members: “A”“B”等湖州品牌, “A”“B”行动."""
    skip = 1 if scan.text.startswith("等", at) else 0
    found = tail_of(scan, at + skip - 1)
    if found is None and skip:
        match = re.match(r"等(?:\d+个|一批|系列|一系列|特色)?[一-龥]{0,8}?(?=[，。；、])", scan.text[at : at + 16])
        if match:
            for head, kind in heads():
                if match[0].endswith(head):
                    return at + len(match[0]), head, kind
    return found
