"""The stretch of text around each figure of a sentence that says what the figure counts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.extract.figures import figures
from kg.extract.units import words
from kg.lexicon import any_of, cache, table
from kg.model import Figure, Link, Linked, Sentence, Token
from kg.words import token_starts

ENDS = "，；：。！？;!?\n"
AND = ("、", "和", "及", "与", "以及", "或")
WRITTEN = ("提案", "建议", "报告", "议案", "发言", "决定")  # the dictionary takes them for verbs
NOUN_FOLLOWS = ("了", "、", "和", "与", "及", "等", "以及", "的", "各")  # behind these a figure counts the noun behind it
AMOUNTS = (
    "money",
    "size",
    "weight",
    "power",
    "time",
    "data",
)  # families of units whose figure may stand before a noun as an attribute
NOUN = re.compile("n|j|b|a|l|i|s|vn|eng|z")  # parts of speech that begin a noun phrase
BY_THE_YEAR = ("年产", "日产", "月产", "年产量", "实现年产", "总投资", "单笔", "每")
HOLDERS = ("District", "Organization")  # what, once said, the later clauses of its sentence go on about
DIVISION_SIGNS = "市县区旗州盟镇乡村道"
REACH = 160  # code points looked at on each side of a figure
OPENED, CLOSED = "（(", "）)"
BOUND = re.compile(f"[{ENDS}{OPENED}{CLOSED}]")


@dataclass(slots=True)
class Site:
    """A figure with its stretch [left, right): its words stand left and right of it.

    `left` begins behind the clause mark, or behind what belongs to the figure before. `listed`: the figure goes on a list of
    figures (增长10.6%、9%) and shares what stands left of the first. `opens`: it is the first of its clause.
    """

    figure: Figure
    sentence: Sentence
    left: int
    right: int
    clause: int  # where the clause starts
    noun_behind: bool = False
    listed: bool = False
    opens: bool = True
    inside: bool = False  # in parentheses
    list_start: int = 0  # where the first figure of its list starts
    members: int = 1  # how many figures the list has that it belongs to
    followed: bool = False  # its clause goes on to another figure
    attributive: bool = False  # says what kind of thing, not how much: 50万元以下账款, 3.5微米铜箔, 移动、电信、联通三家


@dataclass
class Sites:
    """All figures of a document with their stretches, sentence by sentence."""

    linked: Linked
    outer: list[Link] = field(default_factory=list)

    def __post_init__(self) -> None:
        end = -1
        for link in sorted(self.linked.links, key=lambda link: (link.start, -link.end)):
            if link.start >= end:
                self.outer.append(link)
                end = link.end
        self._link_starts = [link.start for link in self.outer]
        self._link_ends = [link.end for link in self.outer]
        self._token_starts = token_starts(self.linked.tokens)
        self.text = self.linked.document.text

    def by_sentence(self) -> list[list[Site]]:
        """The sites of each sentence that has figures, in the order of the text. Figures inside names are left out."""
        found = [figure for figure in figures(self.text, self.linked.tokens) if not self._in_name(figure)]
        made: list[list[Site]] = []
        at = 0
        for sentence in self.linked.document.sentences:
            while at < len(found) and found[at].start < sentence.start:
                at += 1
            mine = []
            while at < len(found) and found[at].start < sentence.end:
                mine.append(found[at])
                at += 1
            if mine:
                made.append(self._sites(sentence, mine))
        return made

    def links(self, start: int, end: int) -> list[Link]:
        """The outermost links that begin in [start, end) and end in it."""
        number = bisect_left(self._link_starts, start)
        found = []
        while number < len(self.outer) and self.outer[number].start < end:
            if self.outer[number].end <= end:
                found.append(self.outer[number])
            number += 1
        return found

    def link_over(self, at: int) -> Link | None:
        """The outermost link whose stretch holds `at`."""
        number = bisect_right(self._link_starts, at) - 1
        return self.outer[number] if number >= 0 and at < self.outer[number].end else None

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that begin in [start, end)."""
        return list(self.linked.tokens[bisect_left(self._token_starts, start) : bisect_left(self._token_starts, end)])

    def behind(self, at: int, end: int) -> list[Token]:
        """The tokens from `at` on, the first one cut where the words' cut has tied it to the measure word (12|个村 → 村)."""
        number = bisect_left(self._token_starts, at)
        found = self.tokens(at, end)
        if number > 0 and (over := self.linked.tokens[number - 1]).end > at:
            found.insert(0, over._replace(word=self.text[at : over.end], start=at))
        return found

    def head(self, site: Site) -> Link | None:
        """The name that ends the noun phrase behind the figure (4次省市县三级远程协商会), with no verb before it."""
        found = self.links(site.figure.end, site.right) if site.noun_behind else []
        if not found or found[-1].end < site.right - 1:
            return None
        modifiers = self.tokens(site.figure.end, found[-1].start)
        return (
            None if any(token.tag in ("v", "vd", "d", "p", "m") and token.word not in AND for token in modifiers) else found[-1]
        )

    def _in_name(self, figure: Figure) -> bool:
        """Whether a name goes on over the figure's number from before it or holds more than it (“40项重点工作清单”)."""
        link = self.link_over(figure.number)
        return link is not None and (link.start < figure.start or link.end > figure.end)

    def _sites(self, sentence: Sentence, found: list[Figure]) -> list[Site]:
        made: list[Site] = []
        for figure in found:
            left, inside = self._left(figure.start, sentence.start)
            right = self._right(figure.end, sentence.end)
            made.append(Site(figure, sentence, left, right, left, inside=inside))
        for site in made:
            site.noun_behind = self._noun_behind(site)
            site.attributive = self._is_attributive(site)
        for before, site in pairwise(made):
            if before.clause == site.clause and before.inside == site.inside and before.figure.end <= site.figure.start:
                self._share(before, site)
        _count_lists(made)
        return made

    def _left(self, at: int, floor: int) -> tuple[int, bool]:
        """Where the clause before `at` begins, parentheses skipped, and whether `at` is inside parentheses."""
        i = at - 1
        floor = max(floor, at - REACH)
        number = bisect_right(self._link_starts, i) - 1
        while i >= floor:
            sign = self.text[i]
            if sign in CLOSED:
                start = max(self.text.rfind("（", floor, i), self.text.rfind("(", floor, i))
                i = start - 1 if start >= 0 else i - 1
                continue
            if sign in OPENED:
                return i + 1, True
            while number >= 0 and self._link_starts[number] > i:
                number -= 1
            if number >= 0 and i < (link := self.outer[number]).end and link.start >= floor:
                i = link.start - 1
                continue
            if sign in "”’》":
                start = self.text.rfind({"”": "“", "’": "‘", "》": "《"}[sign], max(floor, i - 80), i)
                i = start - 1 if start >= 0 else i - 1
                continue
            if sign in ENDS:
                return i + 1, False
            i -= 1
        return i + 1, False

    def _right(self, at: int, ceiling: int) -> int:
        """Where the clause behind `at` ends, names passed over."""
        ceiling = min(ceiling, at + REACH)
        number = bisect_right(self._link_ends, at)  # the first name that ends behind it
        while at < ceiling:
            hit = BOUND.search(self.text, at, ceiling)
            stop = hit.start() if hit else ceiling
            link = self.outer[number] if number < len(self.outer) else None
            if link is None or link.start >= stop or link.end > ceiling:
                return stop
            at = link.end
            number += 1
        return ceiling

    def _noun_behind(self, site: Site) -> bool:
        """Whether what is counted stands behind the figure: 提出82条对策建议, against 提出对策建议82条."""
        figure, text = site.figure, self.text
        family = words().family.get(figure.unit, "thing")
        behind = self.behind(figure.end, min(site.right, figure.end + 12))
        if not behind or family in ("percent", "multiple") or figure.kind == "rank":
            return False
        if text[figure.end] in "、的，" or text.startswith(_stages(), figure.end) or _onwards().match(text, figure.end):
            return False
        before = self.tokens(site.left, figure.start)
        verb = bool(before) and before[-1].tag.startswith("v")
        verb_before = not before or verb or before[-1].word in NOUN_FOLLOWS
        if text[figure.end] in "和及与或":  # 建设12个和美乡村: a word that begins with it
            return verb and re.match(r"和(?![\d近约超])", text[figure.end : figure.end + 2]) is not None
        if before and before[-1].word == "等":
            return behind[0].tag not in ("v", "p", "c") or behind[0].word in WRITTEN
        named = text[figure.end] in "“《" or self.link_over(figure.end) is not None
        noun = named or NOUN.match(behind[0].tag) is not None
        if family in AMOUNTS:
            return noun and verb and before[-1].word not in BY_THE_YEAR
        return noun or (verb_before and behind[0].tag.startswith(("v", "m")))

    def _is_attributive(self, site: Site) -> bool:
        """Whether an amount says what kind of thing the noun behind it is, or a numeral sums up the names before it."""
        figure, text = site.figure, self.text
        family = words().family.get(figure.unit, "thing")
        behind = text[figure.end : figure.end + 1] if figure.end < site.right else ""
        if behind and _onwards().match(text, figure.end):
            return False
        if not behind or (not site.noun_behind and family in ("thing", "people")):
            return not text[figure.number : figure.number + 1].isdigit() and self._listed_before(site) == figure.value
        if family not in AMOUNTS and family != "percent":
            return False
        if figure.as_written.endswith(("以上", "以下", "以内")) and behind.isalnum():
            return not site.noun_behind
        if family not in AMOUNTS or site.noun_behind:
            return False
        following = self.tokens(figure.end, site.right)
        return text[figure.start - 1] == "的" or (bool(following) and re.match("n|b|a|l|z", following[0].tag) is not None)

    def _listed_before(self, site: Site) -> int:
        """How many members the list has that ends right before the figure (0: no list)."""
        left = self.text[site.left : site.figure.start]
        return len(re.split("[、和及与]", left)) if "、" in left or "和" in left else 0

    def _share(self, before: Site, site: Site) -> None:
        """Divide the words between two figures of one clause."""
        between = self.text[before.figure.end : site.figure.start]
        site.opens = False
        bare = between.strip(" ")
        if bare in AND:
            if before.noun_behind == site.noun_behind or not site.noun_behind:
                site.listed, site.left = True, before.left
                return
            site.left = site.figure.start
            before.right = before.figure.end
            return
        if not bare and site.attributive:
            before.noun_behind, before.right, site.left = True, site.right, before.left
            return
        if not bare and words().family.get(before.figure.unit) == "time":  # 连续7年|超过1100亿斤
            site.left, site.opens, before.attributive = before.left, before.opens, True
            return
        if not bare:
            site.listed, site.left, before.right = True, before.left, before.figure.end
            return
        if bare[0] in "、和及与" and not before.noun_behind:
            before.right, site.left = before.figure.end, before.figure.end + between.index(bare[0]) + 1
            return
        tail = next((mark for mark in ("以及", "、", "和", "及", "与") if bare.endswith(mark)), None)
        if tail is not None:
            before.right, site.left = site.figure.start - len(tail), site.figure.start
            return
        if words().family.get(before.figure.unit) == "time" and not before.noun_behind:
            site.left, site.opens, before.attributive = before.left, before.opens, True
            return
        mark = self._mark(before.figure.end, site.figure.start)
        if mark >= 0:
            before.right, site.left = mark, mark + 1
        elif before.noun_behind and site.noun_behind:
            before.right = site.left = site.figure.start
        else:
            family = words().family.get(before.figure.unit, "")
            before.followed = True
            thing = before.noun_behind and family in AMOUNTS
            before.attributive = before.attributive or thing
            site.left = before.left if before.attributive else before.figure.end
            before.right = site.figure.start

    def _mark(self, start: int, end: int) -> int:
        """The first 、 in [start, end) outside names (-1 where none is)."""
        at = self.text.find("、", start, end)
        while at >= 0 and self.link_over(at) is not None:
            at = self.text.find("、", at + 1, end)
        return at


def _stages() -> tuple[str, ...]:
    return tuple(table("measuring")["stage"]["words"])


@cache
def _onwards() -> re.Pattern[str]:
    """What a figure went on to: 从4633万人次|增长到2019年的1.36亿人次."""
    return re.compile(f"(?:{any_of(table('measuring')['change']['words'])})[到至]")


def _count_lists(sites: list[Site]) -> None:
    """Tell every member of a list of figures where the list starts and how many it has."""
    start = 0
    for i in range(1, len(sites) + 1):
        if i == len(sites) or not sites[i].listed:
            for site in sites[start:i]:
                site.members, site.list_start = i - start, sites[start].figure.start
            start = i


def goes_on(link: Link, class_: str, text: str) -> bool:
    """Whether a name right behind a place is within it, so that the two are one name: a body, or a division by its last sign."""
    return class_ == "Organization" or (class_ == "District" and text[link.end - 1] in DIVISION_SIGNS)


def innermost(links: list[Link], class_of: Callable[[Link], str], text: str) -> list[Link]:
    """The links without those places that another place or a body follows at once: of 上海市|闵行区 the second, from where the first begins."""
    kept: list[Link] = []
    for link in links:
        if kept and kept[-1].end == link.start and class_of(kept[-1]) == "District" and goes_on(link, class_of(link), text):
            link = replace(link, start=kept.pop().start)
        kept.append(link)
    return kept
