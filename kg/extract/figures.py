"""Figures: numbers with a measure word, percentages, ranks and multiples in the view of a text.

No figures: years and dates, ordinals (第二十七次), articles, telephone numbers, identifiers (G60, 2358+N), what stands inside
a quoted name or a title in 《》, clock times, list numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.implied import counts_people, fallen_to_nothing
from kg.extract.numerals import ARABIC, CHINESE, LONGEST, MULTIPLIER, POWERS, fraction, neighbours, value_of
from kg.extract.units import Words, words
from kg.model import Figure, Token
from kg.words import token_starts

LONGEST_QUOTED_NAME = 40  # code points between “ and ”: longer, or with a stop in it, is speech and may hold figures
BEFORE = 6  # code points in which the modifier before a numeral stands
TO = r" ?(?:[—–－\-~～]{1,2}|至|到) ?"  # the line feed of a view ends a paragraph: no figure goes over it
RANGE = re.compile(
    rf"(?P<first>{ARABIC}) ?(?P<m1>{MULTIPLIER})?(?:%|％|个百分点|个|元|吨|家|项|次|场|名|人)?{TO}(?P<last>{ARABIC}) ?(?P<m2>{MULTIPLIER})?"
)
NUMBER = re.compile(
    r"(?=[\d零〇一二两三四五六七八九十百千万亿])(?:"  # no need to try elsewhere
    rf"(?P<composed>(?:{ARABIC})亿(?:{ARABIC})万|(?:{ARABIC})万(?:{ARABIC})千)"
    rf"|(?P<whole>[二三四五六七八九十]{{1,2}}|[2-9]|10)分之(?P<part>[一二两三四五六七八九]|[1-9])(?![\d一二三四五六七八九十])"
    rf"|(?P<sole>{ARABIC}) ?(?:(?P<mid>[余多来几])?(?P<mult>{MULTIPLIER}))?"
    rf"|百分之(?P<share>{ARABIC}|{CHINESE})"
    rf"|(?P<chinese>{CHINESE}))"
)
TIED = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ+＋×·./／:#＃_]$")  # what ties a digit behind it to an identifier
NAMED_BY_LETTERS = re.compile(r"(?:GDP|CPI|PPI|FDI)$")
TIED_BEHIND = re.compile(r"[A-Za-z+＋×:：_]|[.．]\d")
DATED = re.compile(r"年|月|日|时\d|号")
OF_ONE = ("人", "体", "性", "案", "税", "别", "股", "旧")  # 个体, 个税, 个案: words; behind any other sign 个 counts
OF_A_CLASS = re.compile(r"[级高初年]$")  # 高三5班
FEWEST_TRAINS = 10  # 班 counts trains and flights from here on, below classes of a school
MINUS = re.compile(r"[\u4e00-\u9fff][-−－]\Z")
DOUBLING = re.compile(r"翻了?([一两二三四])番")
CLOCK = re.compile(r"[时点]$")
OF_A_SESSION = re.compile(r"届$")  # 十四届十次全会
ORDINAL_MEMBER = re.compile(r"第[一二三四五六七八九十百\d]+[届次期批条章号]?[、和至]$")
GROUPS = re.compile(r"[“‘《]|[”’》]")
STOP = re.compile("[。；！？]")


def figures(text: str, tokens: Sequence[Token] = ()) -> list[Figure]:
    """All figures of `text`, in order, without overlap. `tokens` are its words, as evidence of where a measure word ends."""
    reader = _Reader(text, words(), token_starts(tokens), tokens, _names(text))
    return list(reader.read())


@dataclass(slots=True)
class _Numeral:
    """A numeral at [start, end) of the view with its value, or its two ends."""

    start: int
    end: int
    value: int | Decimal
    last: int | Decimal | None = None
    bound: str = "exact"
    chinese: bool = False
    unit: str = ""


def _names(text: str) -> list[tuple[int, int]]:
    """The stretches in quotation marks or 《》 that are names, not speech. Outermost ones, in order."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for hit in GROUPS.finditer(text):
        if hit.group() in "“‘《":
            if len(opened) < 8:
                opened.append(hit.start())
        elif opened:
            start = opened.pop()
            inside = hit.start() - start
            speech = text[start] != "《" and (inside > LONGEST_QUOTED_NAME or STOP.search(text, start, hit.start()))
            if not speech:
                while found and found[-1][0] > start:
                    found.pop()
                found.append((start, hit.end()))
    return found


@dataclass(slots=True)
class _Reader:
    text: str
    words: Words
    starts: Sequence[int]
    tokens: Sequence[Token]
    names: list[tuple[int, int]]
    last: Figure | None = None

    def read(self) -> Iterator[Figure]:
        """Go through the text once; every look to the left or right is bounded."""
        name = 0
        end = 0
        at = 0
        while hit := NUMBER.search(self.text, at):
            at = hit.end()
            while name < len(self.names) and self.names[name][1] <= hit.start():
                name += 1
            if name < len(self.names) and self.names[name][0] < hit.start():
                at = max(at, self.names[name][1])
                continue
            if hit.start() < end:
                continue
            made = self._read(hit, end)
            if made is not None:
                yield made
                self.last = made
                end = at = made.end

    def _read(self, hit: re.Match[str], floor: int) -> Figure | None:
        """The figure at a numeral, if it is one: a rank, a range, else a number."""
        if hit.end() - hit.start() > LONGEST:
            return None
        if self.text[hit.start() - 1 : hit.start()] in ("第", "前") and hit.start() > floor:
            return self._rank(hit, floor)
        if self._is_plain_date(hit):
            return None
        for start in range(hit.start() - 1, max(floor, hit.start() - 2) - 1, -1):
            if self.text[start] == "翻" and (doubled := DOUBLING.match(self.text, start)) is not None:
                value = value_of(doubled.group(1)) or 1
                return Figure(start, doubled.end(), hit.start(), value, "番", doubled.group(), kind="multiple")
        if (between := RANGE.match(self.text, hit.start())) is not None and not self._tied(*between.span()):
            numeral = self._range(between)
            if numeral is not None and (made := self._figure(numeral, floor)) is not None:
                return made
        numeral = self._numeral(hit)
        return self._figure(numeral, floor) if numeral is not None else None

    def _is_plain_date(self, hit: re.Match[str]) -> bool:
        """2022年, 3月, 25日: near half of all numerals, told before anything is worked out."""
        start, end = hit.span()
        sign = self.text[end : end + 1]
        if sign == "年":
            return end - start == 4 and hit.group().isdecimal() and "1000" <= hit.group() <= "2200"
        return sign in ("月", "日") and hit.group("share") is None and hit.group("whole") is None

    def _numeral(self, hit: re.Match[str]) -> _Numeral | None:
        start, end = hit.span()
        if self._tied(start, end):
            return None
        if hit.group("composed"):
            value = value_of(hit.group("composed"))
            return None if value is None else _Numeral(start, end, value)
        if hit.group("sole"):
            value = value_of(hit.group("sole") + (hit.group("mult") or ""))
            bound = self.words.bounds.get(hit.group("mid") or "", "exact")
            return None if value is None else _Numeral(start, end, value, bound=bound)
        if hit.group("share"):
            value = value_of(hit.group("share"))
            return None if value is None else _Numeral(start, end, value, unit="%")
        if hit.group("whole"):
            share, bound = fraction(hit.group("whole"), hit.group("part"))
            cut = bool(self.starts) and not self._starts_word(start)
            return None if share is None or cut else _Numeral(start, end, share, bound=bound, unit="%")
        return self._chinese(hit)

    def _range(self, hit: re.Match[str]) -> _Numeral | None:
        """10—15个, 3%—5%, 5到8万元: a lower end without a multiplier shares the upper one's where it is the smaller numeral."""
        first, last = value_of(hit.group("first")), value_of(hit.group("last"))
        if first is None or last is None or self.text[hit.end() : hit.end() + 1] in ("月", "日"):
            return None
        shared = hit.group("m1") or (hit.group("m2") if first < last else None) or ""
        low, high = value_of(hit.group("first") + shared), value_of(hit.group("last") + (hit.group("m2") or ""))
        if low is None or high is None or not low < high:
            return None
        return _Numeral(hit.start(), hit.end(), low, high, bound="approximately")

    def _chinese(self, hit: re.Match[str]) -> _Numeral | None:
        start, end, written = hit.start(), hit.end(), hit.group()
        if self.starts and not self._starts_word(start):
            return None
        if (ends := neighbours(written)) is not None:
            return _Numeral(start, end, ends[0], ends[1], bound="approximately", chinese=True)
        value = value_of(written)
        before = self.text[max(0, start - 10) : start]
        if value is None or value < 2 or ORDINAL_MEMBER.search(before) or OF_A_SESSION.search(before):
            return None
        return _Numeral(start, end, value, chinese=True)

    def _starts_word(self, at: int) -> bool:
        number = bisect_left(self.starts, at)
        return number < len(self.starts) and self.starts[number] == at

    def _tied(self, start: int, end: int) -> bool:
        """Whether the numeral is part of an identifier (G60, 2358+N), a decimal of a list (1.2.3) or a time (07:41)."""
        before = self.text[max(0, start - 3) : start]
        if TIED.search(before) and not NAMED_BY_LETTERS.search(before):
            return True
        return bool(TIED_BEHIND.match(self.text, end)) and not self.words.unit.match(self.text, end)

    def _figure(self, numeral: _Numeral, floor: int) -> Figure | None:
        """The figure around a numeral with a measure word behind it; None where none stands there."""
        text, at, bound = self.text, numeral.end, numeral.bound
        unit = numeral.unit
        if not unit:
            if self._is_date(numeral):
                return None
            if (inner := self.words.inner.match(text, at)) and inner.group() != "几":
                bound, at = self.words.bounds[inner.group()], at + 1
                if numeral.chinese and text[at : at + 1] in ("万", "亿"):
                    numeral.value, at = numeral.value * POWERS[text[at]], at + 1
            at += text[at : at + 1] == " "
            found = self._unit(at) or self._implied(numeral, at)
            if found is None:
                return None
            unit, at = found
            if unit == "班" and (
                numeral.value < FEWEST_TRAINS or OF_A_CLASS.search(text[max(0, numeral.start - 1) : numeral.start])
            ):
                return None
            if unit in ("分", "秒") and CLOCK.search(text[max(0, numeral.start - 1) : numeral.start]):
                return None
            if numeral.chinese and not self._counts(numeral, unit, bound):
                return None
        if behind := self.words.behind.match(text, at):
            bound, at = self.words.bounds[behind.group()], behind.end()
        elif text[at : at + 1] in ("余", "多") and self.words.family.get(unit) not in ("thing", "people") and not bound_in(bound):
            bound, at = "atLeast", at + 1
        start, value = numeral.start, numeral.value
        if MINUS.search(text[max(floor, start - 2) : start]) and numeral.last is None:
            start, value = start - 1, -value
        if (before := self.words.before.search(text[max(floor, start - BEFORE) : start])) is not None:
            start -= len(before.group())
            if numeral.last is None and bound in ("exact", "approximately"):
                bound = self.words.bounds[before.group()]
        if numeral.last is not None:
            bound = "approximately"
        family = self.words.family.get(unit, "")
        kind = family if family in ("multiple", "time") else "level"
        written = text[start:at].strip()
        low, high = (numeral.value, numeral.last) if numeral.last is not None else (None, None)
        return Figure(start, at, numeral.start, value, unit, written, bound, kind, low, high)

    def _is_date(self, numeral: _Numeral) -> bool:
        """2022年, 3月, 25日, 90年代 and the year of a range."""
        behind = self.text[numeral.end : numeral.end + 2]
        if behind[:1] == "年":
            return behind[1:2] in ("代", "度") or (isinstance(numeral.value, int) and 1000 <= numeral.value <= 2200)
        return bool(DATED.match(behind)) or behind[:1] in ("届", "章")

    def _unit(self, at: int) -> tuple[str, int] | None:
        """The longest measure word at `at` that does not cut a word in two (家 of 家庭 is none)."""
        hit = self.words.unit.match(self.text, at)
        if hit is None:
            return None
        end = hit.end()
        while end > at:
            unit = self.text[at:end]
            if (unit in self.words.family or end == hit.end()) and not self._cuts(at, end):
                return unit, end
            end -= 1
        return None

    def _implied(self, numeral: _Numeral, at: int) -> tuple[str, int] | None:
        """The measure word that a numeral does without, if it does: that of what fell to 0, or 人."""
        if numeral.value == 0:
            unit = fallen_to_nothing(self.text, numeral.start, at, self.last)
        elif numeral.chinese or self.text[numeral.end - 1] not in "万亿":
            unit = None
        else:
            unit = "人" if counts_people(self.text, numeral.start, at, self.tokens, self.starts) else None
        return (unit, at) if unit is not None else None

    def _cuts(self, start: int, end: int) -> bool:
        """Whether a word that begins at or behind `start` goes on over `end`."""
        if self.text[start:end] == "个" and self.text[start - 1 : start].isdigit() and self.text[end : end + 1] not in OF_ONE:
            return False
        number = bisect_left(self.starts, end) - 1
        return number >= 0 and self.tokens[number].start >= start and self.tokens[number].end > end

    def _counts(self, numeral: _Numeral, unit: str, bound: str) -> bool:
        """Whether a Chinese numeral before this measure word is a count: 两次, 三百余家, but not 三个方面 or 万人."""
        written = self.text[numeral.start : numeral.start + 1]
        if (
            written in "百千万亿"
            and bound == "exact"
            and not self.words.before.search(self.text[max(0, numeral.start - BEFORE) : numeral.start])
        ):
            return False
        if self.text.startswith(self.words.idioms, numeral.start):
            return False
        if unit in self.words.sure:
            return True
        return unit in self.words.large and (numeral.value >= 20 or bound != "exact")

    def _rank(self, hit: re.Match[str], floor: int) -> Figure | None:
        """居全国第9位, 位列第一, 前十: behind 第 or 前, behind a verb of standing and at the end of a phrase."""
        text = self.text
        value = value_of(hit.group())
        if not isinstance(value, int) or value < 1 or hit.group("share"):
            return None
        left = re.split("[，。；、：]", text[max(floor, hit.start() - 20) : hit.start() - 1])[-1]
        end = hit.end()
        unit = text[end : end + 1]
        unit = unit if unit in ("位", "名") else ""
        end += len(unit) or (text[hit.start() - 1] == "前" and text[end : end + 1] == "强")
        goes_on = text[end : end + 1] not in ("和", "的") and re.match(r"[\w“《]", text[end : end + 1])
        if goes_on or self.words.rank.search(left) is None:
            return None
        bound = "atMost" if text[hit.start() - 1] == "前" else "exact"
        return Figure(hit.start() - 1, end, hit.start(), value, unit, text[hit.start() - 1 : end], bound, "rank")


def bound_in(bound: str) -> bool:
    """Whether a bound says more than that the figure is exact."""
    return bound != "exact"
