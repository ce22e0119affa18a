"""What a figure counts, in the words of its clause: the indicator, and the kind of figure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.units import any_of, words
from kg.lexicon.load import table
from kg.model import Token
from kg.relate.sites import Site, Sites

LONGEST = 24  # code points of an indicator's noun phrase before it is cut to its last verb and what follows
REST = 16  # code points of a clause's rest that is kept with the noun it follows
PARENTHESES = re.compile(r"[（(][^（）()]*[）)]?")
MARKS = " 、，的："
TO = ("到", "至", "为", "达")
PER_CENT = ("percent",)


@dataclass(frozen=True, slots=True)
class Said:
    """An indicator with its kind. `noun` is what a change behind it would be a change of; `bare`: the clause names nothing itself."""

    indicator: str
    kind: str
    noun: str
    bare: bool = False
    verb: str = ""
    carried: bool = False  # the noun comes from the figure before


@dataclass(frozen=True, slots=True)
class Before:
    """What the figures before in the sentence were about: their nouns, one for each member of a list, and the verb."""

    nouns: tuple[str, ...] = ()
    verb: str = ""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    measuring = table("measuring")
    change = any_of(measuring["change"]["words"])
    return {
        "change": re.compile(rf"(?<![新净])(?:{change})(?:了|幅度|率)?$"),
        "compare": re.compile(
            rf"(?:{any_of(measuring['change']['compare'])})[^，。；]{{0,24}}$|(?:比|较)[^，。；]{{1,12}}(?:{any_of(measuring['change']['over'])})$"
        ),
        "level": re.compile(rf"(?:{change})(?:{'|'.join(TO)})$"),
        "link": re.compile(rf"(?:{any_of(measuring['link']['words'])})$"),
        "opening": re.compile(rf"^(?:{any_of(measuring['opening']['words'])}|\d{{4}}年(?:度)?(?:以来)?|[一二三四五六七八九十]+[是要]|[“\"]?十[一二三四五]五[”\"]?时期)[，、：]?"),
        "manner": re.compile(r"(?:同比|比上年末?|比去年|较上年末?|比年初|比上年同期|较去年|环比|名义|实际|年均|分别|均|各|平均|同期|比\d{4}年|较\d{4}年|按可比价计算|其中|又|还|也|再|已|将|累计|合计|总计|共|预计|有望)+$"),
        "share": re.compile(rf"(?:{any_of(measuring['share']['words'])})"),
    }


def said(sites: Sites, site: Site, before: Before, number: int) -> Said:
    """The indicator of a figure. `before` tells what the sentence has counted so far; `number` is the place of the figure in its list."""
    verb_of_list = before.verb if not site.opens else ""
    if site.noun_behind:
        return _behind(sites, site, verb_of_list)
    return _ahead(sites, site, before, number)


def _behind(sites: Sites, site: Site, verb_of_list: str) -> Said:
    """提出82条对策建议 → 提出对策建议; 370件提案全部办复 → 提案全部办复."""
    text = sites.text
    noun_end = _noun_end(sites, site)
    noun = text[site.figure.end : noun_end].strip(MARKS)
    verb = _last_verb(sites, site) or verb_of_list
    rest = text[noun_end : site.right].strip(MARKS)
    indicator = f"{verb}{noun}"
    if rest and len(indicator) + len(rest) <= REST and text[noun_end] not in "的、":
        indicator += rest
    return Said(balanced(indicator), _kind(site, indicator), noun, verb=verb)


def _noun_end(sites: Sites, site: Site) -> int:
    """Where the noun phrase behind a figure ends: before the first verb, adverb or 的 behind a noun; names are not cut."""
    start, text = site.figure.end, sites.text
    link = sites.link_over(start) or sites.link_over(min(start + 1, site.right - 1))
    named = 0
    if link is not None and link.end <= site.right:
        named = link.end + (text[link.end : link.end + 1] in ("”", "’", "》") and link.end < site.right)
    tokens = sites.tokens(named or start, site.right)
    nouns = int(named > 0)
    for number, token in enumerate(tokens):
        following = tokens[number + 1].word if number + 1 < len(tokens) else ""
        ends = token.tag in ("v", "vd", "d", "p", "c", "uj", "f", "m", "r") or token.word == "等" or (named and token.word == "、")
        if nouns and ends and following != "的" and (named or not _modifies(tokens, number)):
            return token.start
        nouns += token.tag.startswith(("n", "l", "j", "vn", "i", "eng", "x"))
    return site.right


def _modifies(tokens: list[Token], number: int) -> bool:
    """Whether the verb at `number` is the middle of a noun (养老服务设施) or of a coordination (国家和地区)."""
    token = tokens[number]
    following = tokens[number + 1] if number + 1 < len(tokens) else None
    if token.word in ("和", "及", "与"):
        return following is not None and following.tag.startswith(("n", "j", "b", "a"))
    return token.tag == "v" and len(token.word) == 2 and following is not None and following.tag == "n" and number + 2 == len(tokens)


def _last_verb(sites: Sites, site: Site) -> str:
    """The verb that governs the noun behind the figure: the last one left of it, outside names."""
    quoted = 0
    for token in reversed(sites.tokens(site.left, site.figure.start)):
        quoted += (token.word in ("”", "》")) - (token.word in ("“", "《"))
        if quoted > 0:
            continue
        if token.tag in ("v", "vn", "vd") and sites.link_over(token.start) is None and token.word not in table("measuring")["link"]["words"]:
            return token.word
        if token.word in ("等", "，", "；"):
            break
    return ""


def _ahead(sites: Sites, site: Site, before: Before, number: int) -> Said:
    """What stands left of the figure: 开展协商829场次, 地区生产总值达到5.53万亿元, 增长4.8%."""
    patterns = _patterns()
    phrase = _without_subject(sites, site, _phrase(sites, site))
    if site.figure.kind == "rank":
        return _ranked(phrase, before)
    level = phrase
    phrase = patterns["link"].sub("", level) if not patterns["level"].search(level) else level
    while phrase != level:
        level = phrase
        phrase = patterns["link"].sub("", level) if not patterns["level"].search(level) else level
    if (compared := patterns["compare"].search(phrase)) is not None and _is_rate(site):
        return _compared(phrase, compared.start(), before)
    change = patterns["change"].search(phrase)
    if change is not None and not patterns["level"].search(phrase):
        return _changed(site, phrase, change, before, number)
    if (share := patterns["share"].search(phrase)) is not None and site.figure.unit in ("%", "％"):
        return _shared(phrase, share, before)
    noun = _cut(sites, site, _stripped(patterns["level"].sub("", phrase)))
    members = _members(noun, site, phrase)
    if len(members) > number:
        noun = members[number]
    if not noun:
        base = before.nouns[min(number, len(before.nouns) - 1)] if before.nouns else ""
        return Said(balanced(base) or site.figure.unit, _kind(site, base), base, bare=True, carried=bool(base))
    bare = len(noun) <= 3 and all(token.tag.startswith("v") for token in sites.tokens(site.left, site.figure.start) if token.word in noun)
    return Said(balanced(noun), _kind(site, noun), noun, bare=bare)


def _ranked(phrase: str, before: Before) -> Said:
    """货邮吞吐量达到117万吨、居全国第5位: the rank is of what was counted before, unless its own clause names something."""
    own = _stripped(phrase)
    carried = bool(before.nouns) and re.match(any_of(table("units")["rank"]["verbs"]), own) is not None
    noun = before.nouns[0] if carried else own
    return Said(balanced(noun + own if carried else own or "排名"), "rank", noun, carried=carried)


def _without_subject(sites: Sites, site: Site, phrase: str) -> str:
    """The phrase without the name it opens with, where that is who or what the clause is about: 张家界入境游客 → 入境游客."""
    opened = _stripped(phrase)
    at = sites.text.find(opened[:4], site.left, site.figure.start) if opened else -1
    link = sites.link_over(at + opened.startswith(("“", "《"))) if at >= 0 else None
    if link is None or link.end > site.figure.start or link.start > at + 1:
        return phrase
    name = sites.text[at : link.end]
    rest = opened[len(name) :].lstrip("”》’") if opened.startswith(name) else opened
    if re.match("[、和与及]", rest):
        led = re.match(r"[^在向对]{2,40}?(?=(?:在|向|对)[^，]{2,}$)", rest)
        return rest[led.end() :] if led else phrase
    return rest if len(_stripped(rest)) >= 2 else phrase


def balanced(phrase: str) -> str:
    """The phrase without white space, and without quotation marks and brackets that lost their partner: 新格局” → 新格局."""
    phrase = "".join(phrase.split())
    for opener, closer in ("“”", "‘’", "《》", "（）"):
        if phrase.count(opener) != phrase.count(closer):
            phrase = phrase.replace(opener, "").replace(closer, "")
    return phrase


def _phrase(sites: Sites, site: Site) -> str:
    return PARENTHESES.sub("", sites.text[site.left : site.figure.start if not site.listed else _list_start(sites, site)]).strip(MARKS)


def _list_start(sites: Sites, site: Site) -> int:
    """Where the first figure of the list that `site` goes on starts."""
    start = site.figure.start
    pattern = words().unit
    for token in sites.tokens(site.left, site.figure.start):
        if token.tag == "m" and sites.link_over(token.start) is None and re.match(r"\d", token.word) and pattern.search(sites.text[token.start : token.end + 6]):
            return token.start
    return start


def _compared(phrase: str, at: int, before: Before) -> Said:
    """高于全国平均0.3个百分点: of what was said before, or of what stands left of it."""
    noun = _stripped(phrase[:at])
    compared = phrase[at:].strip(MARKS)
    base = noun or (before.nouns[0] if before.nouns else "")
    return Said(balanced(f"{base}{compared}"), "change", base, carried=not noun and bool(base), bare=not noun)


def _changed(site: Site, phrase: str, change: re.Match[str], before: Before, number: int) -> Said:
    """增长4.8% of the noun before it, or of the noun of the figure before (地区生产总值 … 增长4.8%)."""
    manner = _patterns()["manner"]
    noun = phrase[: change.start()]
    noun = manner.sub("", noun.strip(MARKS)).strip(MARKS)
    noun = re.sub(r"(?:比|较)(?:上年|去年|年初|\d{4}年|上年同期|同期|上月|全国|全省)[^，]{0,8}$", "", noun)
    noun = _stripped(manner.sub("", noun))
    how = change.group()
    members = _members(noun, site, phrase)
    if len(members) > number:
        return Said(balanced(members[number] + how), _changed_kind(site), members[number])
    if noun in ("", "同口径", "可比口径", "可比价"):
        base = before.nouns[min(number, len(before.nouns) - 1)] if before.nouns else ""
        return Said(balanced(f"{base}{noun}{how}"), _changed_kind(site), base, carried=bool(base), bare=not base)
    return Said(balanced(noun + how), _changed_kind(site), noun)


def _shared(phrase: str, share: re.Match[str], before: Before) -> Said:
    """占规模以上工业增加值的比重27.4%, 民间投资占比65.2%, 占76.0%."""
    noun = _stripped(phrase[: share.start()])
    rest = phrase[share.start() :].strip(MARKS)
    base = noun or (before.nouns[0] if before.nouns else "")
    rest = "占比" if rest == "占" else rest
    return Said(balanced(f"{base}{rest}"), "share", base, carried=not noun and bool(base), bare=not noun)


def _members(noun: str, site: Site, phrase: str) -> list[str]:
    """The members of a coordination before 分别 or before a list of figures: 游客人数和总花费 → two."""
    if "分别" not in phrase and not site.listed:
        return []
    parts = [part for part in re.split("[、和及与]|以及", noun) if part]
    if len(parts) < 2:
        return []
    lead = re.match(r"(?:带动|推动|实现|完成|拉动|促进)(?=.{2})", parts[0])
    if lead is not None:
        parts[0] = parts[0][lead.end() :]
    return parts


def _stripped(phrase: str) -> str:
    """The phrase without the adverbials that open it and the little words around it."""
    patterns = _patterns()
    phrase = phrase.strip(MARKS)
    while (shorter := patterns["manner"].sub("", patterns["opening"].sub("", phrase)).strip(MARKS)) != phrase:
        phrase = shorter
    return phrase


def _cut(sites: Sites, site: Site, noun: str) -> str:
    """A long phrase from its last verb on: 在各级媒体刊发报道 → 刊发报道."""
    if len(noun) <= LONGEST:
        return noun
    for token in reversed(sites.tokens(site.left, site.figure.start)):
        if token.tag in ("v", "vn") and sites.link_over(token.start) is None and token.word in noun:
            tail = noun[noun.rindex(token.word) :]
            if 3 <= len(tail) <= LONGEST:
                return tail
    return noun[-LONGEST:].lstrip(MARKS)


def _is_rate(site: Site) -> bool:
    return words().family.get(site.figure.unit) in ("percent", "multiple") or site.figure.unit.endswith(("元", "年", "岁"))


def _changed_kind(site: Site) -> str:
    return "multiple" if site.figure.kind == "multiple" else "change"


def _kind(site: Site, indicator: str) -> str:
    if site.figure.kind in ("rank", "multiple"):
        return site.figure.kind
    if site.figure.unit in ("%", "％") and _patterns()["share"].search(indicator):
        return "share"
    return "level"


def with_nouns(found: Before, *nouns: str) -> Before:
    """`found` with other nouns."""
    return replace(found, nouns=tuple(noun for noun in nouns if noun))
