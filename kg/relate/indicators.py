"""What a figure counts, in the words of its clause: the indicator, and the kind of figure it is."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.units import words
from kg.lexicon import any_of, cache, table
from kg.relate.behind import behind
from kg.relate.phrases import (
    LEVEL,
    MARKS,
    PARENTHESES,
    RECOVERED,
    STANDS,
    TIMES_OF,
    WHEN_IT_STANDS,
    WHERE_IT_STOOD,
    balanced,
    members,
    patterns,
    stripped,
    unlinked,
)
from kg.relate.said import Before, Said, kind_of
from kg.relate.sites import Site, Sites, goes_on

LONGEST = 24  # code points of an indicator's noun phrase before it is cut to its last verb and what follows
TIMES, IN_TURN = ("次", "轮", "批次"), ("先后", "前后", "相继", "陆续")
ALSO = re.compile(r"\d[\d.]*[万亿]?余?[一-龥]{1,2}(?=[一-龥])")  # 1236户|4210人
LONGEST_ACT = 16  # code points of what befell them
TOWARDS = ("向", "对", "为", "给", "让", "使", "帮助", "带动")
SHORTEST_RESULT = 4  # code points of 实现 with what was achieved behind it
BARE = 3  # code points of a verb that stands without a noun (新增3家)
OF_A_CHANGE = ("", "同口径", "可比口径", "可比价")  # before 增长, these are no noun
EACH = re.compile(r"(?<![平人年月日亩户地])均(?=[^，、]{0,8}$)")  # 办复率、满意率均达100%
SINCE = re.compile(r"(?:比|较)(?:上年|去年|年初|\d{4}年|上年同期|同期|上月|全国|全省)[^，]{0,8}$")


def said(sites: Sites, site: Site, before: Before, place: int) -> Said:
    """The indicator of a figure. `before` tells what the sentence has counted so far, `place` is the figure's in its list."""
    if (done := _done(sites, site)) is not None:
        return done
    if site.noun_behind:
        return behind(sites, site, "" if site.opens else before.verb)
    return _ahead(sites, site, before, place)


def _done(sites: Sites, site: Site) -> Said | None:
    """What was done so many times, where it stands behind: 主要领导先后6次|作出批示."""
    if site.figure.unit not in TIMES or not sites.text.endswith(IN_TURN, site.left, site.figure.start):
        return None
    tokens = sites.behind(site.figure.end, site.right)
    if not tokens or tokens[0].start != site.figure.end or not tokens[0].tag.startswith("v"):
        return None
    act = sites.text[site.figure.end : site.right].strip(MARKS)
    return Said(balanced(act), kind_of(site, act), act, verb=tokens[0].word) if len(act) <= LONGEST else None


def _befell(sites: Sites, site: Site) -> Said | None:
    """What befell those whom a figure counts with which its clause begins: 1236户4210人|实现脱贫."""
    if site.left != site.list_start or words().family.get(site.figure.unit) != "people":
        return None
    end = site.figure.end + (also.end() if (also := ALSO.match(sites.text[site.figure.end : site.right])) is not None else 0)
    tokens = sites.behind(end, site.right)
    act = sites.text[end : site.right].strip(MARKS)
    if not tokens or tokens[0].start != end or tokens[0].tag not in ("v", "vd") or len(act) > LONGEST_ACT:
        return None
    return Said(balanced(act), kind_of(site, act), act, verb=tokens[0].word)


def _ahead(sites: Sites, site: Site, before: Before, place: int) -> Said:
    """What stands left of the figure: 开展协商829场次, 地区生产总值达到5.53万亿元, 增长4.8%."""
    phrase = _without_subject(sites, site, _phrase(sites, site), before)
    phrase = _anaphor().sub("", phrase)
    if site.figure.kind == "rank":
        if (each := STANDS.match(stripped(phrase))) is not None and len(members(each["noun"])) > 1:
            return Said(balanced(each["noun"] + each["behind"]), "rank", each["noun"], both=True)
        return _ranked(phrase, before)
    if (again := RECOVERED.match(f"{phrase}{_of(sites, site)}")) is not None and before.noun():
        noun = before.noun(place)
        if site.members > 1 and len(before.earlier) >= site.members:
            noun = before.earlier[place - site.members]
        return Said(balanced(noun + again.group(1)), "level", noun, carried=True)
    stood = WHERE_IT_STOOD.search(f"{phrase}{_of(sites, site)}") is not None
    phrase = WHEN_IT_STANDS.sub("", WHERE_IT_STOOD.sub("", f"{phrase}{_of(sites, site)}")).strip(MARKS)
    if site.figure.unit == "倍" and (times := TIMES_OF.search(f"{phrase}{_of(sites, site)}")) is not None:
        return _of_before(stripped(phrase[: times.start()]), phrase[times.start() :], "multiple", before)
    if before.share and not site.opens and _of(sites, site) and site.figure.unit == "%":
        of = stripped(_phrase(sites, site))
        return Said(balanced(f"{before.noun()}占{of}"), "share", before.noun(), carried=True, share=True)
    one_by_one = site.listed or "分别" in phrase
    both = not one_by_one and site.members == 1 and EACH.search(phrase) is not None
    told = _told(sites, site, before, place, unlinked(phrase), one_by_one)
    named = any(link.mention.classes[0] in ("District", "Organization") for link in sites.links(site.left, site.figure.start))
    both = both and not named and not told.carried and len(members(told.noun)) > 1
    return replace(told, both=both, stood=told.indicator if stood else "") if both or stood else told


def _told(sites: Sites, site: Site, before: Before, place: int, phrase: str, one_by_one: bool) -> Said:
    """A share, a change or a level by the words right before the figure, 达到 and the like taken off."""
    found = patterns()
    if (compared := found.compare.search(phrase)) is not None and _is_rate(site):
        return _of_before(stripped(phrase[: compared.start()]), phrase[compared.start() :], "change", before)
    reached = found.level.search(phrase)
    if (change := found.change.search(phrase)) is not None and reached is None:
        return _changed(site, phrase, change, before, place, one_by_one)
    if (share := found.share.search(phrase)) is not None and site.figure.unit in ("%", "％"):
        rest = (phrase[share.start() : reached.start()] if reached else phrase[share.start() :]).strip(MARKS)
        told = _of_before(stripped(phrase[: share.start()]), "占比" if rest == "占" else rest, "share", before)
        return replace(told, share=rest.startswith("占"))
    if phrase in table("measuring")["total"]["words"] and before.noun():
        return Said(balanced(f"{_added(before.noun())}{phrase}"), kind_of(site, phrase), before.noun(), carried=True)
    noun = stripped(found.level.sub("", phrase))
    if not (one_by_one and site.members > 1 and len(members(noun)) > 1):
        noun = _cut(sites, site, noun)
    if noun.startswith("实现") and len(noun) >= SHORTEST_RESULT:
        noun = noun[2:]
    if one_by_one and len(members(noun)) > max(1, place):
        noun = members(noun)[place]
    if LEVEL.fullmatch(noun) and before.noun():
        return Said(balanced(noun + _below_level(before.noun())), kind_of(site, noun), before.noun(), carried=True)
    if not noun and before.stood:
        return Said(before.stood, kind_of(site, before.stood), before.noun(), carried=True)
    if not noun and (befell := _befell(sites, site)) is not None:
        return befell
    if not noun:
        base = before.noun(place)
        return Said(balanced(base) or site.figure.unit, kind_of(site, base), base, bare=True, carried=bool(base))
    if noun in TOWARDS:  # 向665万户次|参保企业发放资金…: what was done to so many stands behind
        noun += re.split(r"[\d，。；]", sites.text[site.figure.end : site.right])[0][:LONGEST]
    verbs = [token.word for token in sites.tokens(site.left, site.figure.start) if token.tag.startswith("v")]
    return Said(balanced(noun), kind_of(site, noun), noun, bare=len(noun) <= BARE and noun in "".join(verbs))


def _phrase(sites: Sites, site: Site) -> str:
    """The words left of the figure, or of the list it goes on, without parentheses."""
    return PARENTHESES.sub("", sites.text[site.left : site.list_start]).strip(MARKS)


@cache
def _anaphor() -> re.Pattern[str]:
    """公司去年 and the like at the beginning of a phrase: whom it is about, and when."""
    nouns = any_of([noun for noun in table("measuring")["anaphor"] if len(noun) > 1])
    return re.compile(f"^该?(?:{nouns})(?=(?:去年|今年|现有|已|共|目前|累计|先后|年均|每年|新增).)")


def _added(noun: str) -> str:
    """The noun without what says that it came anew, and without examples: 新增高新技术企业 → 高新技术企业."""
    noun = noun.rpartition("等")[2] or noun
    return re.sub(f"^(?:{any_of(table('measuring')['total']['added'])})(?=..)", "", noun)


def _below_level(noun: str) -> str:
    """What a noun says behind its level: 拥有市级以上龙头企业 → 龙头企业."""
    level = LEVEL.search(noun)
    return noun[level.end() :] if level is not None else _added(noun)


def _of(sites: Sites, site: Site) -> str:
    """的 where it stands right before the figure (全国的五分之一), else nothing."""
    return "的" if sites.text[site.figure.start - 1] == "的" else ""


def _without_subject(sites: Sites, site: Site, phrase: str, before: Before) -> str:
    """The phrase without the name it opens with, where that is who or what the clause is about: 张家界入境游客 → 入境游客."""
    opened = stripped(phrase)
    at = sites.text.find(opened[:4], site.left, site.figure.start) if opened else -1
    link = sites.link_over(at + opened.startswith(("“", "《"))) if at >= 0 else None
    if link is None or link.end > site.figure.start or link.start > at + 1:
        return phrase
    following = sites.text[link.end : link.end + 40]
    if "“" in sites.text[max(at, link.start - 1) : link.start] and not following.startswith("”") and "”" in following:
        return phrase  # “岳西翠兰”品牌价值: the place is a part of the name
    while (
        (inner := sites.link_over(link.end)) is not None
        and inner.start == link.end
        and inner.end <= site.figure.start
        and goes_on(inner, inner.mention.classes[0], sites.text)
    ):
        link = inner
    name = sites.text[at : link.end]
    rest = opened[len(name) :].lstrip("”》’") if opened.startswith(name) else opened
    if rest.startswith(("-", "—", "·")):
        return phrase
    if re.match("[、和与及]", rest) and (partners := _behind_partners(sites, at, site.figure.start)) is not None:
        return partners
    if re.match("[、和与及]", rest):
        led = re.match(r"[^在向对“]{2,40}?(?=(?:在|向|对)[^，]{2,}$)", rest)
        return rest[led.end() :] if led else phrase
    if not stripped(rest) and before.noun() and link.mention.classes[0] in ("District", "Organization"):
        return ""  # 其中，甲镇5.2万人: of what was counted before
    return rest if len(stripped(rest)) >= 2 else phrase


def _behind_partners(sites: Sites, at: int, end: int) -> str | None:
    """What stands behind a list of bodies that begins at `at` behind 与 or 联合: 与市妇联、市总工会|共建…."""
    if not sites.text.endswith(("与", "同", "联合", "会同"), 0, at):
        return None
    last = at
    for link in sites.links(at, end):
        if link.mention.classes[0] != "Organization" or link.start - last > 1:
            break
        last = link.end
    following = sites.tokens(last, end)
    return sites.text[last:end] if following and following[0].tag.startswith("v") else None


def _ranked(phrase: str, before: Before) -> Said:
    """货邮吞吐量达到117万吨、居全国第5位: the rank is of what was counted before, unless its own clause names something."""
    own = stripped(phrase)
    carried = bool(before.nouns) and patterns().standing.match(own) is not None
    noun = before.noun() if carried else own
    return Said(balanced(noun + own if carried else own or "排名"), "rank", noun, carried=carried)


def _of_before(noun: str, rest: str, kind: str, before: Before) -> Said:
    """高于全国平均0.3个百分点, 占76.0%: of the noun that stands before these words, else of the one said before."""
    base = noun or before.noun()
    return Said(balanced(f"{base}{rest.strip(MARKS)}"), kind, base, carried=not noun and bool(base), bare=not noun)


def _changed(site: Site, phrase: str, change: re.Match[str], before: Before, place: int, one_by_one: bool) -> Said:
    """增长4.8% of the noun before it, or of the noun of the figure before (地区生产总值 … 增长4.8%)."""
    kind = "multiple" if site.figure.kind == "multiple" else "change"
    how = change.group()[-2:] if change.group().startswith(("比", "较")) else change.group()
    noun = stripped(SINCE.sub("", stripped(phrase[: change.start()])))
    if one_by_one and len(listed := members(noun)) > max(1, place):
        return Said(balanced(listed[place] + how), kind, listed[place])
    if noun not in OF_A_CHANGE:
        return Said(balanced(noun + how), kind, noun)
    base = before.noun(place)
    if not noun and site.members > max(1, len(before.nouns)) and len(before.earlier) >= site.members:
        base = before.earlier[place - site.members]
    return Said(balanced(f"{base}{noun}{how}"), kind, base, carried=bool(base), bare=not base)


def _cut(sites: Sites, site: Site, noun: str) -> str:
    """A long phrase from its last verb on: 在各级各类媒体刊发报道 → 刊发报道."""
    if len(noun) <= LONGEST:
        return noun
    summed = re.search(r"等(?=[^、，]{2,12}$)", noun)
    noun = noun[summed.end() :] if summed is not None else noun  # A、B、C等重点项目
    tokens = sites.tokens(site.left, site.figure.start)
    names = sites.links(site.left, site.figure.start)
    rest = sites.text[names[-1].end : site.figure.start].strip(MARKS) if names else ""
    if summed is None and len(names) > 1 and tokens and tokens[0].tag == "v" and BARE <= len(rest) <= LONGEST - BARE:
        return tokens[0].word + rest  # 建成 A村、B村 标准化养殖小区
    for token in reversed(sites.tokens(site.left, site.figure.start)):
        if token.tag in ("v", "vn") and sites.link_over(token.start) is None and token.word in noun:
            tail = noun[noun.rindex(token.word) :]
            if BARE <= len(tail) <= LONGEST:
                return tail
    if summed is not None:
        return noun
    end = sites.text.rfind(noun[-2:], site.left, site.list_start) + 2
    edges = sites.tokens(end - LONGEST, end)
    return noun[edges[0].start - end if edges else -LONGEST :].lstrip(MARKS)


def _is_rate(site: Site) -> bool:
    return words().family.get(site.figure.unit) in ("percent", "multiple") or site.figure.unit.endswith(("元", "年", "岁"))
