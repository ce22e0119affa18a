"""Traditional characters to simplified ones, one to one, so that the grammar reads both. The source is not touched; only lines of the view are.

A text is traditional where more of its characters are written only so than are written only in the simplified way. In a simplified
text single lines are (a quotation), where they have several such characters and none of the others. So 於潜镇, 乾隆 and names that keep an
old character in a simplified text stay as they are. OpenCC's words decide where one character has two simplified forms (乾, 著, 後); a
word that would change its length is converted sign by sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from kg.parse.lines import Line

FEWEST = 3
"""Traditional characters of a line that is converted in a simplified text."""
STANDARDS = ("tw2s", "hk2s")
"""Conversions of OpenCC, one after the other: how Taiwan and how Hong Kong write; what both share is in each."""
SAMPLE = 60_000
"""Characters looked at to judge a text: three stretches of a third of this."""


def simplify(lines: Sequence[Line], text: str) -> None:
    """Set the lines of a text, or those of its lines that are traditional, in simplified characters."""
    if not _has_rare(text):
        return
    only_old, only_new = _only_old(), _only_new()
    sample = _sample(text)
    whole = len(only_old.findall(sample)) > len(only_new.findall(sample))
    for line in lines:
        old = len(only_old.findall(line.text))
        if old and (whole or (old >= FEWEST and not only_new.search(line.text))):
            line.text = simplified(line.text)


def _has_rare(text: str) -> bool:
    """Whether a text has an ideograph that GB 2312 has not: nearly no simplified text does, and it spares loading OpenCC."""
    chars = "".join(char for char in set(text) if "\u3400" <= char <= "\u9fff")
    return chars.encode("gb2312", "ignore").decode("gb2312") != chars


def simplified(text: str) -> str:
    """`text` in simplified characters, as many as before."""
    for standard in STANDARDS:
        converted: str = _converter(standard).convert(text)
        text = converted if len(converted) == len(text) else text.translate(_one_to_one(standard))
    return text


@cache
def _converter(form: str) -> Any:
    from opencc import OpenCC

    return OpenCC(form)


@cache
def _one_to_one(form: str) -> dict[int, str]:
    """The characters that a conversion changes by themselves."""
    chars = [chr(code) for code in range(0x3400, 0xA000)]
    changed = _converter(form).convert("\n".join(chars)).split("\n")
    return {ord(char): form for char, form in zip(chars, changed, strict=True) if form != char and len(form) == 1}


@cache
def _only_old() -> re.Pattern[str]:
    """Characters that are written in traditional texts only."""
    return _any(code for standard in STANDARDS for code in _one_to_one(standard) if code not in _one_to_one("s2t"))


@cache
def _only_new() -> re.Pattern[str]:
    """Characters that are written in simplified texts, and hardly in traditional ones."""
    return _any(_one_to_one("s2t"))


def _any(codes: Iterable[int]) -> re.Pattern[str]:
    return re.compile("[" + "".join(map(chr, sorted(set(codes)))) + "]")


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    third, middle = SAMPLE // 3, len(text) // 2
    return text[:third] + text[middle : middle + third] + text[-third:]
