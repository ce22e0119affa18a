"""The stretch of text around each figure of a sentence that says what the figure counts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from kg.extract.figures import figures
from kg.extract.units import words
from kg.model import Figure, Link, Linked, Sentence, Token

ENDS = "，；：。！？;!?\n"
AND = ("、", "和", "及", "与", "以及", "或")
REACH = 160  # code points looked at on each side of a figure
OPENED, CLOSED = "（(", "）)"


@dataclass(slots=True)
class Site:
    """A figure with its stretch [left, right): its words stand left and right of it.

    `left` begins behind the clause mark, or behind what belongs to the figure before. `listed`: the figure goes on a list of figures
    (增长10.6%、9%) and shares what stands left of the first. `opens`: it is the first of its clause.
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
    attributive: bool = False  # part of a name or a threshold: 50万元以下拖欠账款


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
        self._token_starts = [token.start for token in self.linked.tokens]
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
        for before, site in zip(made, made[1:], strict=False):
            if before.clause == site.clause and before.inside == site.inside and before.figure.end <= site.figure.start:
                self._share(before, site)
        return made

    def _left(self, at: int, floor: int) -> tuple[int, bool]:
        """Where the clause before `at` begins, parentheses skipped, and whether `at` is inside parentheses."""
        i = at - 1
        floor = max(floor, at - REACH)
        while i >= floor:
            sign = self.text[i]
            if sign in CLOSED:
                start = max(self.text.rfind("（", floor, i), self.text.rfind("(", floor, i))
                i = start - 1 if start >= 0 else i - 1
                continue
            if sign in OPENED:
                return i + 1, True
            if (link := self.link_over(i)) is not None and link.start >= floor:
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
        i = at
        ceiling = min(ceiling, at + REACH)
        while i < ceiling:
            sign = self.text[i]
            if sign in ENDS or sign in OPENED or sign in CLOSED:
                return i
            link = self.link_over(i)
            i = link.end if link is not None and link.end <= ceiling else i + 1
        return min(i, ceiling)

    def _noun_behind(self, site: Site) -> bool:
        """Whether what is counted stands behind the figure: 提出82条对策建议, against 提出对策建议82条."""
        figure, text = site.figure, self.text
        family = words().family.get(figure.unit, "thing")
        behind = self.tokens(figure.end, min(site.right, figure.end + 12))
        if figure.end >= site.right or not behind or behind[0].start > figure.end or family in ("percent", "multiple", "rank") or figure.kind == "rank":
            return False
        if text[figure.end] in "、和及与或的，":
            return False
        before = self.tokens(site.left, figure.start)
        verb_before = not before or before[-1].tag.startswith("v") or before[-1].word in ("了", "、", "和", "与", "及", "等", "以及")
        noun = text[figure.end] in "“《" or self.link_over(figure.end) is not None or re.match(r"n|j|b|a|l|i|s|vn|eng|z", behind[0].tag) is not None
        if family in ("money", "size", "weight", "power", "time", "data"):
            return noun and verb_before
        return noun or (verb_before and behind[0].tag.startswith("v"))

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
        mark = self._mark(before.figure.end, site.figure.start)
        if mark >= 0:
            before.right, site.left = mark, mark + 1
        elif before.noun_behind and site.noun_behind:
            before.right = site.left = site.figure.start
        else:
            family = words().family.get(before.figure.unit, "")
            before.attributive = before.noun_behind and family in ("money", "size", "weight", "power", "time", "data")
            site.left = before.left if before.attributive else before.figure.end
            before.right = site.figure.start

    def _mark(self, start: int, end: int) -> int:
        """The first 、 in [start, end) outside names (-1 where none is)."""
        at = self.text.find("、", start, end)
        while at >= 0 and self.link_over(at) is not None:
            at = self.text.find("、", at + 1, end)
        return at
