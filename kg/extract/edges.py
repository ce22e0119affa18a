"""Where an unquoted name begins: from its head noun leftwards over the words of the text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.extract.scan import Scan
from kg.lexicon import cache, lexicon

LONGEST_NAME = 30  # code points before the head; the longest unquoted names of the reports read have 24
SPEECH = re.compile("[。！？；]|，[^”]{8,}")  # what somebody says, no part of a name
BEYOND = 6  # code points of the nouns between a place and 与 in the name of a body
PASSING = "·—＋+"
ORDINAL = "第"
YOUNG = ("青年", "少年", "青少年")  # of people, though the dictionary takes them for a time of life
VERBAL = frozenset(
    [
        "提升",
        "打击",
        "整治",
        "优化",
        "保障",
        "促进",
        "培育",
        "治理",
        "改善",
        "推广",
        "振兴",
        "传承",
        "修复",
        "防范",
        "规范",
        "提振",
    ]
)
LISTED = "”》会赛展节坛动"  # what stands before 和 where it joins two names of meetings
ATTENDING = ("参加", "出席", "列席", "应邀", "受邀", "召开", "举行", "举办")  # what is done with a meeting
JOINING = ("和", "与", "及")
LEVELS = "省市县区州"
# parts of speech that a name is made of; 'v' only from the table of inner words
NAMING = ("n", "vn", "an", "b", "j", "z", "l", "s", "g", "eng", "i", "nr", "vg", "ng", "vd", "ad", "k", "h")


@cache
def stop_words() -> frozenset[str]:
    """Words that never stand inside a name."""
    return frozenset(lexicon().words("words", "stop"))


@cache
def inner_words() -> frozenset[str]:
    """Verbs that may stand inside a name behind another of its words."""
    return frozenset(lexicon().words("words", "inner"))


def left_edge(
    scan: Scan,
    head: int,
    floor: int,
    prefixes: Mapping[int, int],
    *,
    loose: bool = False,
    verbal: bool = False,
    firm: bool = False,
) -> int:
    """The view offset at which the name whose head noun begins at `head` begins.

    `floor` is the offset before which it cannot (the sentence, a name before). `prefixes` maps the end of a place or body
    found before to its start: a name takes in one that stands before it and ends there. `loose` lets verbs and 的 stand inside
    (names of meetings: 党的建设工作推进会). `verbal` lets one begin with a verb that governs the rest (提升行政执法质量三年行动). `firm` lets all words stand inside that a company may call
    itself by.
    """
    start = at = head
    last_solid = head  # start of the leftmost word that may begin a name
    stop, inner = stop_words(), inner_words()
    while at > floor and head - at <= LONGEST_NAME:
        if at in prefixes and prefixes[at] >= floor:
            at = prefixes[at]
            last_solid = at
            while True:
                before = at - 1 if scan.text[at - 1 : at] in ("—", "-", "－") else at  # 中国—东盟…论坛
                if before not in prefixes or not floor <= prefixes[before] < before:
                    return last_solid
                at = last_solid = prefixes[before]
        char = scan.text[at - 1]
        if char in "”》":
            opened = scan.open.get(at - 1)
            if opened is None or opened < floor or SPEECH.search(scan.text, opened, at):
                break
            at = last_solid = opened
            if at in prefixes and prefixes[at] >= floor:
                return prefixes[at]
            break
        if char in PASSING:
            at -= 1
            continue
        token = scan.tokens[scan.token_at[at - 1]]
        begin = max(token.start, floor)
        if char in LEVELS and begin == at - 1 and scan.text[at - 2 : at - 1] not in ("区", "全", "各", "级"):
            return begin
        word = scan.text[begin:at]
        if loose and word.endswith(ATTENDING) and not scan.text.startswith("单位", at):
            return last_solid
        if word in JOINING and (not loose or scan.text[begin - 1] in LISTED):
            far = _place_beyond(scan, begin, floor, prefixes) if head - at >= 2 and not loose else None
            return far if far is not None else last_solid  # 重庆信息与智慧医学研究院 is one
        tag = "n" if loose and token.tag == "t" and head - at < LONGEST_NAME and len(word) == 2 else token.tag
        if not (_in_firm(token.word, token.tag, stop) if firm else _may_stand(word, tag, inner, stop, loose)):
            break
        at = begin
        if (verbal and word in VERBAL) or (word not in inner and not (loose and word in stop)):
            last_solid = at
        start = at
    del start
    return last_solid


def _in_firm(word: str, tag: str, stop: frozenset[str]) -> bool:
    """Whether a word may stand in a company's name, which is made of any: only marks, particles and what ends every name end it."""
    return tag[0] not in "xpcurdmt" and word not in stop


def _place_beyond(scan: Scan, joint: int, floor: int, prefixes: Mapping[int, int]) -> int | None:
    """The start of the place with which a name begins that goes on over 与, with nouns of its own between; None where there is none."""
    at = joint
    while at > floor and joint - at <= BEYOND:
        token = scan.tokens[scan.token_at[at - 1]]
        if token.end != at or token.tag[0] != "n" or token.word in stop_words():
            return None
        if at != joint and at in prefixes:
            return prefixes[at]
        at = token.start
        if at in prefixes:
            return prefixes[at]
    return None


def _may_stand(word: str, tag: str, inner: frozenset[str], stop: frozenset[str], loose: bool) -> bool:
    if word in inner:
        return True
    if word in stop:
        return loose and word in ("的", "建设", "发展")
    if tag == "m":
        return word.startswith(ORDINAL) or (word.isascii() and not word[0].isdigit())
    if len(word) >= 4 and (word[:2] in stop or word[2:] in stop) and word[:2] not in inner and word[2:] not in inner:
        return False  # two words that the dictionary keeps as one: 大力支持, 认真落实
    if tag in ("ns", "nt", "nz", "nrt", "nrfg"):
        return True
    if tag == "a":
        return len(word) <= 2
    if tag == "v":
        return len(word) == 2
    if tag == "t":
        return word in YOUNG
    if tag in ("x", "p", "c", "u", "uj", "ul", "uz", "ug", "ud", "uv", "r", "d", "y", "e", "o", "t", "q", "f"):
        return False
    return tag in NAMING or tag.startswith("n")
