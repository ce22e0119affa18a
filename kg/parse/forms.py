"""Canonical forms of characters: one to one, so that offsets stay. The source is not touched; only the view, in which grammar works, is.

Full-width letters and digits become ASCII, radicals that PDF extraction gives become the ideographs they stand for (both by NFKC, and
radicals.toml for those that it leaves), half-width commas and brackets beside ideographs become full-width, and straight or corner quotation marks become “ ” ‘ ’.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from kg.parse.tables import table

_IDEOGRAPHS = ((0x2E80, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
_RANGES = ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A), *_IDEOGRAPHS)
_SINGLE = {
    "％": "%",
    "．": ".",
    "＋": "+",
    "－": "-",
    "／": "/",
    "＆": "&",
    "﹪": "%",
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "﹁": "“",
    "﹂": "”",
    "﹃": "‘",
    "﹄": "’",
    "︵": "（",
    "︶": "）",
    "︽": "《",
    "︾": "》",
    "､": "、",
    "｡": "。",
    "●": "·",
    "•": "·",
    "・": "·",
}
_HALF = str.maketrans(",;:()", "，；：（）")
_BESIDE = re.compile(r"(?<=[\u3400-\u9fff”’）》%℃])[,;:()]|[,;:()](?=[\u3400-\u9fff“‘（《])")


@cache
def _table() -> dict[int, str]:
    return {ord(char): form for char, form in _SINGLE.items()} | _forms(_RANGES) | _radicals()


@cache
def _ideographs() -> dict[int, str]:
    return _forms(_IDEOGRAPHS) | _radicals()


def _forms(ranges: tuple[tuple[int, int], ...]) -> dict[int, str]:
    """The forms that NFKC gives the characters of some ranges, where they are one character."""
    found = {}
    for first, last in ranges:
        for code in range(first, last + 1):
            form = unicodedata.normalize("NFKC", chr(code))
            if len(form) == 1 and form != chr(code):
                found[code] = form
    return found


def _radicals() -> dict[int, str]:
    pairs = table("radicals")["pairs"]
    return {ord(radical): char for radical, char in zip(pairs[::2], pairs[1::2], strict=True)}


@cache
def _any() -> re.Pattern[str]:
    return _class(_table())


@cache
def _any_ideograph() -> re.Pattern[str]:
    return _class(_ideographs())


def _class(codes: Iterable[int]) -> re.Pattern[str]:
    """Any of these characters. Those beyond the basic plane stand as a range: one by one they would be compared one by one."""
    basic = "".join(chr(code) for code in sorted(codes) if code <= 0xFFFF)
    return re.compile(
        "[" + re.escape(basic) + "".join(f"{chr(first)}-{chr(last)}" for first, last in _IDEOGRAPHS if first > 0xFFFF) + "]"
    )


def ideographs(text: str) -> str:
    """`text` with radicals and compatibility ideographs as the ideographs they stand for; as many characters as before."""
    return text.translate(_ideographs()) if _any_ideograph().search(text) else text


def canonical(text: str) -> str:
    """`text` with each character in its canonical form; as many characters as before."""
    if _any().search(text):
        text = text.translate(_table())
    if _BESIDE.search(text):
        text = _BESIDE.sub(lambda match: match.group().translate(_HALF), text)
        text = _closing_brackets(text)
    if '"' in text and text.count('"') % 2 == 0:
        parts = text.split('"')
        text = parts[0] + "".join(("“" if number % 2 == 0 else "”") + part for number, part in enumerate(parts[1:]))
    return text


def _closing_brackets(text: str) -> str:
    """Brackets that the neighbours made half full-width, half ASCII, as in （GDP)."""
    return re.sub(r"（([^（）()\n]{1,60})\)", r"（\1）", re.sub(r"\(([^（）()\n]{1,60})）", r"（\1）", text))


def same(view: str, source: str) -> bool:
    """Whether a character of a view is the source's, or its canonical form (the context that decides on a form is not looked at)."""
    quotes = {"“": '"「', "”": '"」', "‘": "『﹃", "’": "』﹄", " ": "", "\n": ""}
    if view == source or _table().get(ord(source)) == view or source.translate(_HALF) == view:
        return True
    return source in quotes.get(view, "") or (view in " \n" and source.isspace())
