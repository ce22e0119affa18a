"""Traditional characters to simplified ones, one to one, so that the grammar reads both. The source is not touched; only lines of the view are.

A text is traditional where more of its characters are written only so than are written only in the simplified way. In a simplified
text single lines are (a quotation), where they have several such characters and none of the others. So 於潜镇, 乾隆 and names that keep an
old character in a simplified text stay as they are. OpenCC's words decide where one character has two simplified forms (乾, 著, 後); a
word that would change its length is converted sign by sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from kg.parse.forms import ideographs
from kg.parse.lines import Line

FEWEST = 3
"""Traditional characters of a line that is converted in a simplified text."""
STANDARDS = ("tw2s", "hk2s")
"""Conversions of OpenCC, one after the other: how Taiwan and how Hong Kong write; what both share is in each."""
SAMPLE = 60_000
"""Characters looked at to judge a text: three stretches of a third of this."""

STRETCH = 1000
"""Characters that are looked at at once for those that GB 2312 has not."""

_HAN = re.compile("[\u3400-\u9fff]+")


def simplify(lines: Sequence[Line], text: str) -> None:
    """Set the lines of a text, or those of its lines that are traditional, in simplified characters."""
    if not _has_rare(text):
        return
    chars = "".join(sorted(set(text)))
    old, new = _of_one_script("".join(sorted({*chars, *ideographs(chars)})))
    sample = _sample(text)
    whole = _outweigh(old, new, sample)
    for line in lines if old else ():
        found = _count(old, line.text) if any(map(line.text.__contains__, old)) else 0
        if found and (whole or (found >= FEWEST and not _count(new, line.text))):
            line.text = simplified(line.text)


def _has_rare(text: str) -> bool:
    """Whether one of a text's characters is an ideograph that GB 2312 has not: in nearly no simplified text one is, and it spares loading OpenCC."""
    for start in range(0, len(text), STRETCH):
        part = text[start : start + STRETCH]
        try:
            part.encode("gb2312")
        except UnicodeEncodeError:  # mostly for a sign
            chars = "".join(_HAN.findall("".join(set(part))))
            if len(chars.encode("gb2312", "ignore")) < 2 * len(chars):
                return True
    return False


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


def _of_one_script(chars: str) -> tuple[frozenset[str], frozenset[str]]:
    """Of some characters the ideographs that are written in traditional texts only, and those that are written in simplified ones and hardly in traditional ones."""
    chars = "".join(_HAN.findall(chars))
    new = _changed(chars, "s2t")
    return frozenset(char for standard in STANDARDS for char in _changed(chars, standard)) - new, new


def _changed(chars: str, form: str) -> frozenset[str]:
    """Those of some characters that a conversion changes, each by itself, to one other."""
    converted = _converter(form).convert("\n".join(chars)).split("\n")
    return frozenset(char for char, made in zip(chars, converted, strict=True) if made != char and len(made) == 1)


def _outweigh(old: frozenset[str], new: frozenset[str], text: str) -> bool:
    """Whether more characters of a text are of the old than of the new ones."""
    more = sum(map(text.count, old))
    for char in new:
        if more <= 0:
            break
        more -= text.count(char)
    return more > 0


def _count(chars: frozenset[str], text: str) -> int:
    """How many characters of a text are of these."""
    return sum(map(chars.__contains__, text))


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    third, middle = SAMPLE // 3, len(text) // 2
    return text[:third] + text[middle : middle + third] + text[-third:]
