"""Whether a text is in Chinese at all: the share of ideographs among its letters."""

from __future__ import annotations

import re

from kg.errors import InputError

LEAST_HAN = 0.25
"""Least share of ideographs among the letters. The sample texts (reports, bulletins, news with links) have 0.86 to 1.00, English
reports on Chinese affairs that quote names below 0.05; a page half of whose words are Latin names still passes. Figures, signs and
white space do not count, so a table of figures with Chinese heads passes."""
MOST_OTHER = 0.2
"""Most kana and hangul among the letters: Japanese prose has 0.4 to 0.6, Korean 0.9, a Chinese text that quotes some nearly none."""
SAMPLE = 600_000
"""Letters are counted in three stretches of a third of this."""

_HAN = re.compile(r"[^\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af\u2e80-\u2fd5]+")
_OTHER = re.compile(r"[^\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\u1100-\u11ff\uac00-\ud7af]+")
_NO_LETTER = re.compile(r"[\W\d_]+")


def share_of_han(text: str) -> tuple[float, float]:
    """The shares of ideographs, and of kana and hangul, among the letters of `text` (0, 0 where it has none)."""
    if len(text) > SAMPLE:
        third, middle = SAMPLE // 3, len(text) // 2
        text = text[:third] + text[middle : middle + third] + text[-third:]
    letters = _NO_LETTER.sub("", text)
    if not letters:
        return 0.0, 0.0
    return len(_HAN.sub("", letters)) / len(letters), len(_OTHER.sub("", letters)) / len(letters)


def require_chinese(text: str, where: str) -> None:
    """Raises InputError where `text` is not in Chinese."""
    han, other = share_of_han(text)
    if han < LEAST_HAN:
        raise InputError(
            f"not Chinese: {han:.0%} of its letters are Chinese characters",
            where,
            f"a text with at least {LEAST_HAN:.0%} is read",
        )
    if other > MOST_OTHER:
        raise InputError(f"not Chinese: {other:.0%} of its letters are kana or hangul", where, "give a Chinese text")
