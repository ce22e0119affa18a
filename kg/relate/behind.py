"""Indicators of figures whose noun stands behind them: 提出82条对策建议, 370件提案全部办复."""

from __future__ import annotations

from kg.extract.units import words
from kg.lexicon import table
from kg.model import Token
from kg.relate.phrases import MARKS, balanced
from kg.relate.said import Said, kind_of
from kg.relate.sites import Site, Sites

REST = 16  # code points of an indicator with the rest of its clause


def behind(sites: Sites, site: Site, verb_of_list: str) -> Said:
    """提出82条对策建议 → 提出对策建议; 370件提案全部办复 → 提案全部办复."""
    text = sites.text
    noun_end = _noun_end(sites, site)
    noun = text[site.figure.end : noun_end].strip(MARKS).removesuffix("中")
    verb = _last_verb(sites, site) or verb_of_list
    rest = text[noun_end : site.right].strip(MARKS)
    indicator = f"{verb}{noun}"
    if rest and not site.followed and len(indicator) + len(rest) <= REST and text[noun_end] not in "的、":
        indicator += rest
    return Said(balanced(indicator), kind_of(site, indicator), noun, verb=verb)


def _noun_end(sites: Sites, site: Site) -> int:
    """Where the noun phrase behind a figure ends: before the first verb, adverb or 的 behind a noun; names are not cut."""
    start, text = site.figure.end, sites.text
    if sites.head(site) is not None:
        return site.right
    link = sites.link_over(start) or sites.link_over(min(start + 1, site.right - 1))
    named = 0
    if link is not None and link.end <= site.right:
        named = link.end + (text[link.end : link.end + 1] in ("”", "’", "》") and link.end < site.right)
    tokens = sites.behind(named or start, site.right)
    nouns = int(named > 0)
    for number, token in enumerate(tokens):
        following = tokens[number + 1].word if number + 1 < len(tokens) else ""
        ends = (
            token.tag in ("v", "vd", "d", "p", "c", "uj", "f", "m", "r") or token.word == "等" or (named and token.word == "、")
        )
        if nouns and token.word == "“" and _honor_or_place(sites, token.end):
            return token.start
        if nouns and ends and following != "的" and (named or not _modifies(tokens, number)):
            return token.start
        nouns += token.tag.startswith(("n", "l", "j", "vn", "i", "eng", "x"))
    return site.right


def _honor_or_place(sites: Sites, at: int) -> bool:
    """Whether an honor or a place begins at `at`: 授予30个单位“安庆市先进集体”称号."""
    link = sites.link_over(at) or sites.link_over(at - 1)
    return link is not None and link.mention.classes[0] in ("Honor", "District")


def _modifies(tokens: list[Token], number: int) -> bool:
    """Whether the verb at `number` is the middle of a noun (养老服务设施) or of a coordination (国家和地区)."""
    token = tokens[number]
    following = tokens[number + 1] if number + 1 < len(tokens) else None
    if token.word in ("和", "及", "与"):
        return following is not None and following.tag.startswith(("n", "j", "b", "a"))
    noun = token.tag == "v" and len(token.word) == 2 and following is not None and following.tag == "n"
    return noun and (number + 2 == len(tokens) or tokens[number + 1].word in words().people)


def _last_verb(sites: Sites, site: Site) -> str:
    """The verb that governs the noun behind the figure: the last one left of it, outside names and quotation marks."""
    quoted = 0
    for token in reversed(sites.tokens(site.left, site.figure.start)):
        quoted += (token.word in ("”", "》")) - (token.word in ("“", "《"))
        if quoted > 0:
            continue
        linking = token.word in table("measuring")["link"]["words"]
        if token.tag in ("v", "vn", "vd") and sites.link_over(token.start) is None and not linking:
            return token.word
        if token.word in ("等", "，", "；"):
            break
    return ""
