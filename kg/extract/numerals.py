"""Numerals as Chinese texts write them, and their values: Arabic with 万 and 亿, Chinese, ranges of two neighbours (三四十)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
POWERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
WHOLE_DIGITS = 15  # of a numeral that is read, without a comma
LONGEST = 30  # code points of a numeral: a bound for texts that are all digits

ARABIC = r"\d{1,3}(?:[,，]\d{3}){1,5}(?!\d)(?:[.．]\d{1,8})?|\d{1,15}(?:[.．]\d{1,8})?"
MULTIPLIER = r"[十百千]?万亿|[十百千]?[万亿]|[十百]|千(?![瓦伏克卡米])"  # 千 of 千瓦 is the unit's
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"

_ARABIC = re.compile(rf"({ARABIC})\s?({MULTIPLIER})?")
_CHINESE = re.compile(CHINESE)
_COMPOSED = re.compile(rf"({ARABIC})([亿万])({ARABIC})([万千])")
_NEIGHBOURS = re.compile(r"([一二两三四五六七八])([二三四五六七八九])([十百千万亿]*)")


def value_of(text: str) -> int | Decimal | None:
    """The number a numeral stands for, 万 and 亿 multiplied out: 2.7万 → 27000, 1,215 → 1215, 一百零五 → 105; else None.

    Full-width digits count as digits. An integer is given as int, anything else as Decimal.
    """
    if len(text) > LONGEST:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= WHOLE_DIGITS:  # nearly all
        return int(text)
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if hit := _COMPOSED.fullmatch(plain):
        return whole(_mantissa(hit.group(1)) * POWERS[hit.group(2)] + _mantissa(hit.group(3)) * POWERS[hit.group(4)])
    if hit := _ARABIC.fullmatch(plain):
        return whole(_mantissa(hit.group(1)) * multiplier_of(hit.group(2) or ""))
    if plain and _CHINESE.fullmatch(plain):
        return _chinese(plain)
    return None


def multiplier_of(text: str) -> int:
    """The factor of a run of 十, 百, 千, 万, 亿: 千万 → 10 000 000, "" → 1."""
    product = 1
    for sign in text:
        product *= POWERS[sign]
    return product


def whole(value: Decimal) -> int | Decimal:
    """An int where the value is one."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def fraction(whole_: str, part: str) -> tuple[int | Decimal | None, str]:
    """五分之一 as a percentage, with its bound: 20, exact; 三分之一 is approximately 33.33. None where it is no part of one."""
    of, parts = value_of(whole_), value_of(part)
    if of is None or parts is None or not 0 < parts < of:
        return None, "exact"
    value = Decimal(parts) * 100 / Decimal(of)
    rounded = round(value, 2)
    return whole(rounded), "exact" if rounded == value else "approximately"


def neighbours(text: str) -> tuple[int, int] | None:
    """The ends of a range of two neighbouring digits: 三四十 → (30, 40), 七八 → (7, 8), 两三百 → (200, 300); else None."""
    hit = _NEIGHBOURS.fullmatch(text)
    if hit is None or DIGITS[hit.group(1)] + 1 != DIGITS[hit.group(2)]:
        return None
    power = multiplier_of(hit.group(3))
    return DIGITS[hit.group(1)] * power, DIGITS[hit.group(2)] * power


def in_chinese(value: int) -> str:
    """The Chinese numeral of 0 <= value < 10**8, as texts write it: 105 → 一百零五. Raises ValueError outside."""
    if not 0 <= value < 10**8:
        raise ValueError(value)
    high, low = divmod(value, 10_000)
    if high == 0:
        return _below_ten_thousand(low) or "零"
    gap = "零" if 0 < low < 1_000 else ""
    return _below_ten_thousand(high) + "万" + gap + _below_ten_thousand(low)


def _below_ten_thousand(value: int) -> str:
    signs = "零一二三四五六七八九"
    parts, pending = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit == 0:
            pending = bool(parts)
            continue
        parts += ("零" if pending and parts else "") + ("" if digit == 1 and power == 10 and not parts else signs[digit]) + sign
        pending = False
    return parts


def _mantissa(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", "").replace("．", "."))


def _chinese(text: str) -> int | Decimal | None:
    """Chinese numerals by sections of 万 and 亿; a run of bare digits (二〇二二) is read digit by digit."""
    head, _, fraction = text.partition("点")
    if all(sign in DIGITS for sign in head):
        number = int("".join(str(DIGITS[sign]) for sign in head)) if head else 0
        if len(head) > 1 and "两" in head:
            return None
    else:
        read = _sections(head)
        if read is None:
            return None
        number = read
    if not fraction:
        return number
    return whole(Decimal(f"{number}.{''.join(str(DIGITS[sign]) for sign in fraction)}"))


def _sections(text: str) -> int | None:
    """The value of a numeral with powers; None where two digits meet (三四十) or the powers are out of order."""
    total = section = digit = 0
    seen_digit = False
    last_power = 10**9
    for sign in text:
        if sign in DIGITS:
            if seen_digit and digit != 0:
                return None
            digit, seen_digit = DIGITS[sign], True
        elif POWERS[sign] >= 10_000:
            section = (section + digit) or (1 if total == 0 else 0)
            if POWERS[sign] == POWERS["亿"]:
                total = (total + section) * POWERS[sign]
            else:
                total += section * POWERS[sign]
            section = digit = 0
            seen_digit, last_power = False, 10**9
        else:
            if POWERS[sign] >= last_power:
                return None
            section += (digit if seen_digit and digit else 1) * POWERS[sign]
            last_power, digit, seen_digit = POWERS[sign], 0, False
    if len(text) > 1 and digit and text[-2] in "百千万亿":
        digit *= POWERS[text[-2]] // 10  # 一万二 is 12000
    return total + section + digit
