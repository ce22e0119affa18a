"""Honors that need no verb of conferring: those of the whole country that share a head, and those that are counted (新增…示范县26个)."""

from __future__ import annotations

import re

from kg.extract.edges import inner_words, stop_words
from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.lexicon import any_of, cache, lexicon
from kg.model import Mention

CIVIL = Rare(
    r"(?P<lead>(?:全国|全省)文明)(?P<list>(?:城市|城区|县城|村镇|单位|家庭|校园)(?:[、和](?:城区|县城|村镇|单位|家庭|校园))*)",
    ("全国文明", "全省文明"),
    0,
)
MODEL_CITY = Rare(r"(?:全国)?双拥模范(?:城（县）|城|县)", ("双拥模范",), 2)
RANKED = re.compile("国家级?|全国")
GAINED = re.compile("新?(?:培育|获批|创建|获评|建成|增|认定)")  # 新培育|国家制造业单项冠军企业
SHORTEST, LONGEST = 5, 24  # code points of a counted honor


def ranked(scan: Scan) -> list[Mention]:
    """Mentions of class Honor. The members of 全国文明城市、村镇、单位 are three, each with the whole name."""
    found: list[Mention] = []
    for match in CIVIL.finditer(scan.text):
        at = match.start("list")
        for number, kind in enumerate(re.split("[、和]", match["list"])):
            start = match.start() if number == 0 else at
            found.append(Mention(start, at + len(kind), ("Honor",), match["lead"] + kind, "honor-civil"))
            at += len(kind) + 1
    found += [Mention(*match.span(), ("Honor",), match[0], "honor-civil") for match in MODEL_CITY.finditer(scan.text)]
    return found + _counted(scan)


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What counted honors end with, before their number, and behind it."""
    ends = any_of(lexicon().words("honors", "counted"))
    return (
        re.compile(rf"(?P<end>{ends})(?=(?:总数)?(?:达到|达|增至|增加到|已有|共)?\d+[个家条处])"),
        re.compile(rf"(?P<end>{ends})(?=[，。；、])"),
    )


def _counted(scan: Scan) -> list[Mention]:
    """新增国家美丽海湾5个: the number behind, or, where the country ranks them, before: 5个国家先进制造业集群."""
    found: list[Mention] = []
    before, behind = _ends()
    for pattern in (before, behind):
        for match in pattern.finditer(scan.text):
            start = _name_start(scan, match.start())
            name = scan.text[start : match.end()]
            own_number = re.search(r"\d[个家条处]$", scan.text[max(0, start - 2) : start])
            if not SHORTEST - (name in _short()) <= len(name) <= LONGEST or "的" in name:
                continue
            if pattern is behind and not (own_number and RANKED.match(name)):
                continue
            if pattern is before and (own_number or start == match.start()) and name not in _short():
                continue
            found.append(Mention(start, match.end(), ("Honor",), name, "honor-counted"))
    return found


@cache
def _short() -> frozenset[str]:
    return frozenset(word for word in lexicon().words("honors", "counted") if len(word) == 4)


def _name_start(scan: Scan, end: int) -> int:
    """Where the nouns begin that stand before the end of an honor's name, a quote among them: 国家级专精特新“小巨人”企业."""
    at = end
    while at and end - at < LONGEST:
        if scan.text[at - 1] == "”" and at - 1 in scan.open:
            at = scan.open[at - 1]
            continue
        token = scan.tokens[scan.token_at[at - 1]]
        word = token.word
        if token.end != at or token.tag[0] in "xpcurmq" or (word in stop_words() and word not in inner_words()):
            break
        at = token.start
    while at < end and (first := scan.tokens[scan.token_at[at]]).word in inner_words() and first.tag.startswith("v"):
        at = first.end  # 培育|国家…集群
    return at + (len(lead[0]) if (lead := GAINED.match(scan.text, at, end)) else 0)
