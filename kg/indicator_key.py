"""The normal form of an indicator: the same for what is counted, over years, places and wordings.

去年全市地区生产总值达到, GDP增长, 生产总值增速高于全国      地区生产总值
全年完成规上工业增加值, 规模以上工业增加值同比增长           规模以上工业增加值
老旧小区改造, 改造城镇老旧小区                               改造城镇老旧小区
民营经济增加值占全省GDP的比重                                民营经济增加值占地区生产总值
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.lexicon import any_of, lexicon
from kg.names import plain

LEAST = 2  # code points that stay at least
LONGEST = 12  # code points of a word that is taken off the end
REMEMBERED = 65536  # keys
ROUNDS = 4  # at most, until a share's key stays as it is
PARENTHESES = re.compile(r"[(（][^()（）]*[)）]")
PARTICLE = re.compile("(?<!目)的(?![士确])")
SHARE = re.compile(r"(?P<noun>.{2,}?)占(?![地比用有])(?P<whole>.{2,})")
EDGES = "、,，:："


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The tables as patterns, and as words with what each stands for."""

    inside: re.Pattern[str]
    head: re.Pattern[str]
    ends: frozenset[str]  # words between an indicator and its figure
    tail: re.Pattern[str]  # and phrases
    words: tuple[str, ...]  # that only end like such a tail: 专列, 统计
    counted: re.Pattern[str]
    whole: re.Pattern[str]  # behind the whole of a share
    parts: Mapping[str, str]
    verbs: Mapping[str, str]
    short: re.Pattern[str]
    led: re.Pattern[str]  # by a verb that another stands for
    turned: re.Pattern[str]  # a verb behind what it is done to; what begins with one is turned already
    leading: re.Pattern[str]


@lru_cache(maxsize=REMEMBERED)
def indicator_key(indicator: str) -> str:
    """The key of an indicator given in a text's words (the indicator itself where nothing of it would be left).

    Its form: NFKC, lower case, simplified characters, without white space, quotation marks and what stands in parentheses; without
    the words that tell when (去年, 2023年), whose level (全省, 我市), how (累计, 同比), that it is so (完成, 达到, 开展), how it
    changed or stands (增长, 高于全国, 居全国) and that it is counted (数量, 比重), as long as two characters are left; short forms
    in full (规上); a verb that may stand on either side first (改造老旧小区); and of the names of one indicator (GDP, 经济总量) the
    one that kg/lexicon/indicators.toml gives. A share of something keeps what it is a share of. The key of a key is that key.
    """
    text = _simplified(plain(indicator))
    text = PARENTHESES.sub("", text) or text or indicator
    for _ in range(ROUNDS):
        share = SHARE.fullmatch(_outer(_inner(text)))
        if share is None:
            return _named(text)
        before, text = text, f"{_named(share['noun'])}占{_named(_less(_grammar().whole, share['whole']))}"
        if text == before:
            break
    return text


def _named(text: str) -> str:
    """The name of an indicator in any words."""
    text = _outer(_inner(text))
    while text not in _same():
        shorter = _outer(_verb_first(_less(_grammar().counted, text)))
        if shorter == text:
            return _led(text)
        text = shorter
    return _same()[text]


def _led(text: str) -> str:
    """The same for a verb and the name of an indicator: 新增国家级专精特新小巨人企业."""
    led = _grammar().leading.match(text)
    return led[0] + _same().get(text[led.end() :], text[led.end() :]) if led is not None else text


def _inner(text: str) -> str:
    """Without adverbs and particles inside, short forms in full."""
    grammar = _grammar()
    for pattern in (PARTICLE, grammar.inside):
        shorter = pattern.sub("", text)
        text = shorter if len(shorter) >= LEAST else text
    return grammar.short.sub(lambda found: grammar.parts[found[0]], text)


def _outer(text: str) -> str:
    """Without what opens an indicator and what stands between it and its figure."""
    grammar = _grammar()
    before = ""
    while text != before:
        before = text
        text = _less(grammar.head, text)
        if not text.endswith(grammar.words):
            text = _less(grammar.tail, _less_of(grammar.ends, text))
    return text


def _less_of(ends: frozenset[str], text: str) -> str:
    """The text without the longest of the words at its end, where enough is left."""
    for size in range(min(LONGEST, len(text) - LEAST), 0, -1):
        if text[-size:] in ends:
            return text[:-size].rstrip(EDGES)
    return text


def _less(pattern: re.Pattern[str], text: str) -> str:
    """The text without what the pattern finds, where enough is left."""
    shorter = pattern.sub("", text, count=1).strip(EDGES)
    return shorter if len(shorter) >= LEAST else text


def _verb_first(text: str) -> str:
    """The verb before what it is done to, one verb for all that mean the same."""
    grammar = _grammar()
    if (led := grammar.led.match(text)) is not None and led.end() < len(text):
        return grammar.verbs[led[0]] + text[led.end() :]
    if (turned := grammar.turned.fullmatch(text)) is not None:
        return grammar.verbs[turned["verb"]] + turned["noun"]
    return text


def _simplified(text: str) -> str:
    """Traditional characters to simplified ones. What GB 2312 has is simplified; that spares loading the conversion for nearly every text."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        from kg.parse.script import simplified

        return simplified(text)
    return text


@cache
def _same() -> Mapping[str, str]:
    """Every name of an indicator in plain form → the one that stands for all."""
    table = lexicon().table("indicators", "same")
    return {name: key for key, names in table.items() for name in (key, *names)}


@cache
def _grammar() -> _Grammar:
    def words(*path: str) -> list[str]:
        return list(lexicon().words(*path))

    time = "|".join(words("indicators", "time", "forms"))
    change = any_of(word for word in words("measuring", "change", "words") if len(word) == 1)
    compare = any_of(words("measuring", "change", "compare"))
    between = [
        *words("measuring", "link", "words"), *words("measuring", "manner", "words"), *words("indicators", "light", "tail"),
        *words("indicators", "light", "head"), *(word for word in words("measuring", "change", "words") if len(word) > 1),
    ]  # fmt: skip
    manner = "|".join(words("measuring", "manner", "forms"))
    rank, among = any_of(words("indicators", "rank", "verbs")), any_of(words("indicators", "rank", "among"))
    heads = [
        any_of([*words("indicators", "adverb", "words"), *words("indicators", "light", "head")]),
        *words("indicators", "adverb", "forms"), *words("indicators", "light", "forms"), *words("indicators", "place", "forms"), time,
    ]  # fmt: skip
    tails = [
        rf"(?<![新净倍激压升沉])(?:{change})$", rf"不?(?:{compare})[^占]{{0,24}}$", lexicon().text("indicators", "time", "compared"),
        rf"(?:{rank})(?:{among}).*$", *words("indicators", "light", "figures"),
        rf"(?:{manner}|{time})$",
    ]  # fmt: skip
    parts = {short: full for full, shorts in lexicon().table("indicators", "parts").items() for short in shorts}
    turned = words("indicators", "verb", "turned")
    same = {one: verb for verb, others in lexicon().table("indicators", "verb", "same").items() for one in others}
    ends = [*turned, *(one for one, verb in same.items() if verb in turned)]
    return _Grammar(
        inside=re.compile(any_of(words("indicators", "adverb", "inside"))),
        head=re.compile(f"^(?:{'|'.join(heads)})"),
        ends=frozenset(between),
        tail=re.compile("|".join(tails)),
        words=tuple(words("measuring", "link", "whole")),
        counted=re.compile(
            f"(?:{'|'.join([any_of(words('indicators', 'counted', 'tail')), *words('indicators', 'counted', 'forms')])})$"
        ),
        whole=re.compile(f"(?:{any_of(words('indicators', 'counted', 'of'))})$"),
        parts=parts,
        verbs={**{verb: verb for verb in turned}, **same},
        short=re.compile(any_of(parts)),
        led=re.compile(any_of(same)),
        turned=re.compile(f"(?!{any_of(ends)})(?P<noun>[^占]{{{LEAST},}}?(?<![化术]))(?P<verb>{any_of(ends)})"),
        leading=re.compile(any_of(words("indicators", "verb", "leading"))),
    )
