"""Dates as Chinese texts write them."""

from __future__ import annotations

import re

DIGITS = {char: str(number) for number, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "Ｏ": "0"}
ARABIC = re.compile(r"((?:19|20)\d{2})\s*[年\-/.]\s*(?:(\d{1,2})\s*[月\-/.]\s*(?:(\d{1,2})\s*日?)?)?")
HAN = re.compile(r"([一二][〇零○九][〇零○一二三四五六七八九]{2})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?)?")


def iso_date(text: str) -> str | None:
    """The first date in `text` as YYYY-MM-DD, YYYY-MM or YYYY; None where there is none or it is not of the calendar."""
    for match in ARABIC.finditer(text):
        return _iso(match[1], match[2], match[3])
    for match in HAN.finditer(text):
        return _iso("".join(DIGITS[c] for c in match[1]), _small(match[2]), _small(match[3]))
    return None


def _small(words: str | None) -> str | None:
    """A Han number from 1 to 31 in digits."""
    if not words:
        return None
    tens, _, ones = words.rpartition("十")
    if "十" not in words:
        return DIGITS[words[-1]]
    return str((int(DIGITS[tens]) if tens else 1) * 10 + (int(DIGITS[ones]) if ones else 0))


def _iso(year: str, month: str | None, day: str | None) -> str:
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"
