"""The numbers that a word processor counts for paragraphs (一、 （二） 3. 第四章), which stand nowhere in the document's text."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from kg.read.package import attribute, child, children

LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class Numbers:
    """Counts along the document: `label` is asked once for each numbered paragraph, in order."""

    def __init__(self, root: Any) -> None:
        self._abstract: dict[str, dict[int, Any]] = {}
        self._lists: dict[str, tuple[str, dict[int, Any]]] = {}
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * LEVELS)
        self._started: set[tuple[str, int]] = set()
        if root is None:
            return
        for one in children(root, "abstractNum"):
            self._abstract[attribute(one, "abstractNumId") or ""] = _levels(one)
        for one in children(root, "num"):
            based = child(one, "abstractNumId")
            over = {
                _number(attribute(change, "ilvl"), 0): change
                for change in children(one, "lvlOverride")
                if attribute(change, "ilvl")
            }
            self._lists[attribute(one, "numId") or ""] = ((attribute(based, "val") or "") if based is not None else "", over)

    def label(self, key: str | None, level: int | None) -> str:
        """The number of the next paragraph of this list and level, with what follows it; "" where it has none or a bullet."""
        if key not in self._lists or key is None:
            return ""
        abstract, over = self._lists[key]
        levels = self._abstract.get(abstract, {})
        at = min(max(level or 0, 0), LEVELS - 1)
        counts = self._counts[abstract]
        self._restart(key, at, over, counts)
        definition = _definition(levels, over, at)
        if definition is None:
            return ""
        for above in range(at):  # a level that was skipped counts from its start
            if not counts[above]:
                counts[above] = _start(_definition(levels, over, above))
        counts[at] = counts[at] + 1 if counts[at] else _start(definition)
        counts[at + 1 :] = [0] * (LEVELS - at - 1)
        return _written(definition, levels, over, counts)

    def _restart(self, key: str, at: int, over: dict[int, Any], counts: list[int]) -> None:
        """Lists that share their counting begin anew where one of them says so, once."""
        change = over.get(at)
        start = child(change, "startOverride") if change is not None else None
        if start is not None and (key, at) not in self._started:
            self._started.add((key, at))
            counts[at] = _number(attribute(start, "val"), 1) - 1
            if counts[at] == 0:
                counts[at:] = [0] * (LEVELS - at)


def _levels(abstract: Any) -> dict[int, Any]:
    return {_number(attribute(level, "ilvl"), 0): level for level in children(abstract, "lvl")}


def _definition(levels: dict[int, Any], over: dict[int, Any], at: int) -> Any:
    changed = child(over[at], "lvl") if at in over else None
    return changed if changed is not None else levels.get(at)


def _start(definition: Any) -> int:
    start = child(definition, "start") if definition is not None else None
    return max(1, _number(attribute(start, "val"), 1)) if start is not None else 1


def _format(definition: Any) -> str:
    mark = child(definition, "numFmt") if definition is not None else None
    return (attribute(mark, "val") or "decimal") if mark is not None else "decimal"


def _written(definition: Any, levels: dict[int, Any], over: dict[int, Any], counts: list[int]) -> str:
    text = child(definition, "lvlText")
    pattern = (attribute(text, "val") or "") if text is not None else ""
    if _format(definition) in ("bullet", "none") and "%" not in pattern:
        return ""
    legal = child(definition, "isLgl") is not None

    def figure(match: re.Match[str]) -> str:
        level = int(match.group(1)) - 1
        form = "decimal" if legal else _format(_definition(levels, over, level))
        return spell(max(1, counts[level]), form)

    label = re.sub(r"%([1-9])", figure, pattern)
    suffix = child(definition, "suff")
    follows = (attribute(suffix, "val") or "tab") if suffix is not None else "tab"
    return label if follows == "nothing" or re.search(r"[、）】．]$", label) else f"{label} "


def spell(number: int, form: str) -> str:
    """A number in one of the forms that word processors count in; in digits for forms that are not known."""
    match form:
        case (
            "chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting" | "taiwaneseCountingThousand" | "japaneseCounting"
        ):
            return _counted(number, _DIGITS)
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return _counted(number, _FORMAL, "拾", "佰")
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(number))
        case "ideographTraditional":
            return _STEMS[(number - 1) % 10]
        case "ideographZodiac":
            return _BRANCHES[(number - 1) % 12]
        case "upperLetter" | "lowerLetter":
            letters = chr(ord("A") + (number - 1) % 26) * min(20, (number - 1) // 26 + 1)
            return letters if form == "upperLetter" else letters.lower()
        case "upperRoman" | "lowerRoman":
            roman = _roman(number)
            return roman.upper() if form == "upperRoman" else roman
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if number <= 20:
            return chr(0x2460 + number - 1)
        case "decimalZero":
            return f"{number:02}"
    return str(number)


def _counted(number: int, digits: str, ten: str = "十", hundred: str = "百") -> str:
    if number >= 1000:
        return "".join(digits[int(digit)] for digit in str(number))
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = digits[hundreds] + hundred if hundreds else ""
    if tens:
        text += (digits[tens] if tens > 1 or hundreds else "") + ten
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * min(count, 10)
    return text


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) < 6 else otherwise
