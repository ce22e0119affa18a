"""Dates as Chinese texts write them, to ISO 8601: 2023年2月25日, 2023年2月, 2023年, 二〇二三年二月, 2026-02-24, 2026/2/24."""

from __future__ import annotations

import re
from datetime import date

_DIGITS = {"〇": 0, "○": 0, "零": 0, "O": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_CN = "〇○零一二三四五六七八九"
BODY = (
    r"(?:"
    r"(?P<y>(?:19|20)\d{2})\s?年\s?(?:(?P<m>\d{1,2})\s?月\s?(?:(?P<d>\d{1,2})\s?[日号])?)?"
    r"|(?P<y2>(?:19|20)\d{2})(?P<sep>[-/.])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?!\d)"
    rf"|(?P<cy>[一二][{_CN}]{{3}})年(?:(?P<cm>十?[一二三四五六七八九十])月(?:(?P<cd>[一二三]?十?[一二三四五六七八九十])日)?)?"
    r")"
)
"""One date, wherever it stands; its groups are read by `iso_of`."""
PATTERN = r"(?<![\d.])" + BODY
"""One date that is not the end of a longer number."""
DATE = re.compile(PATTERN)
IN_ADDRESS = re.compile(r"(?<!\d)(20[0-3]\d)(?:(0[1-9]|1[0-2])([0-2]\d|3[01])|[-/]([01]?\d)[-/]?([0-3]?\d))(?=[/_.]|$)")


def iso_date(text: str) -> str | None:
    """The first date in `text` that exists, as precise as it is written (2023-02-25, 2023-02 or 2023); None where there is none."""
    for match in DATE.finditer(text):
        if (found := iso_of(match)) is not None:
            return found
    return None


def iso_of(match: re.Match[str]) -> str | None:
    """The ISO date of a match of BODY (or of a pattern it is part of); None for a day or month that does not exist."""
    part = match.group
    if part("cy"):
        year = int("".join(str(_DIGITS[char]) for char in part("cy")))
        numbers = [year, *(chinese_number(part(key)) for key in ("cm", "cd") if part(key))]
    elif part("y"):
        numbers = [int(part(key)) for key in ("y", "m", "d") if part(key)]
    else:
        numbers = [int(part(key)) for key in ("y2", "m2", "d2")]
    return _iso(*numbers)


def iso_in_address(address: str) -> str | None:
    """The day that a web address carries (…/2022/03/25/…, …/t20230306_1.html); None where it carries none."""
    for match in IN_ADDRESS.finditer(address):
        year, month, day, other_month, other_day = match.groups()
        if (found := _iso(int(year), int(month or other_month), int(day or other_day))) is not None:
            return found
    return None


def chinese_number(text: str) -> int:
    """The number from 1 to 99 that Chinese numerals with or without 十 write (二十五: 25). Raises KeyError for other characters."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_DIGITS[char]) for char in text))
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"
