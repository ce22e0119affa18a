"""What a person writes in a cell, as the graph has it: runs for 运行 or kg:runs, 2022-06 for 2022年6月, 2577 for 2,577."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache

from kg.graph.values import number_text, time_text
from kg.lexicon import lexicon
from kg.model import CLASSES, DONE, PLANNED, PROPERTIES, Period
from kg.names import plain
from kg.ontology import finer_classes, label

NONE = "none"
BOUNDS = ("exact", "approximately", "atLeast", "atMost")
KINDS = ("level", "change", "share", "rank", "multiple")
FACT_FIELDS = ("subject", "property", "object", "status", "period", "role")
FIGURE_FIELDS = ("subject", "indicator", "value", "unit", "bound", "kind", "status", "period")
MOST_DIGITS = 40
_AROUND = re.compile("“([^“”]*)”|‘([^‘’]*)’|\"([^\"]*)\"|'([^']*)'|「([^「」]*)」|『([^『』]*)』")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2}))?)?[年月日]?")
_BETWEEN = re.compile(r"\s*(?:—+|–|~|～|至|到)\s*")


def words(table: str) -> dict[str, str]:
    """What a person may write → what it means, of a table of kg/lexicon/edits.toml."""
    return {word.casefold(): name for name, found in lexicon().table("edits", table).items() for word in found}


@cache
def terms(kind: str) -> Mapping[str, str]:
    """What a person may write → the local name, of the ontology's properties, classes (finer ones too), statuses, bounds, kinds."""
    names = {
        "property": PROPERTIES,
        "class": (*CLASSES, *finer_classes()),
        "status": (DONE, PLANNED),
        "bound": BOUNDS,
        "kind": KINDS,
    }[kind]
    return {form.casefold(): name for name in names for form in (name, f"kg:{name}", label(name, "zh"), label(name, "en"))}


def meaning(column: str, text: str) -> str:
    """The cell of a column as the graph has it. Raises ValueError, with what may stand there, for what makes no sense."""
    read = _READERS.get(column)
    return read(text) if read else text


def classes(text: str) -> str:
    """One or two classes, as local names with a space between; a finer one stands for the class that it refines too."""
    named = [_term("class", word) for word in re.split(r"[、,，;；/]+\s*", text) if word.strip()]
    ten = dict.fromkeys(finer_classes().get(name, name) for name in named)
    if not 1 <= len(ten) <= 2:
        raise ValueError("one class, or two with a comma between")
    return " ".join((*ten, *(name for name in named if name not in ten)))


def name(text: str) -> str:
    """What a thing is to be called: without quotation marks around all of it, as the contract wants labels. Raises ValueError where nothing is left."""
    while match := _AROUND.fullmatch(text):
        text = (match[match.lastindex or 0]).strip()
    if not plain(text):
        raise ValueError("a name")
    return text


def number(text: str) -> int | Decimal:
    """A figure as people write it (2,577; 5.53). Raises ValueError for anything else."""
    digits = unicodedata.normalize("NFKC", text).replace(",", "")
    if not _NUMBER.fullmatch(digits) or len(digits) > MOST_DIGITS:
        raise ValueError("a number such as 2577 or 5.53, 万 and 亿 multiplied out")
    value = Decimal(digits)
    return int(value) if value == value.to_integral_value() else value


def period(text: str) -> Period | None:
    """A time as `meaning` writes it: 2022, 2022-06-30, 2022-01/2022-06; None for none."""
    if text == NONE:
        return None
    start, _, end = text.partition("/")
    return Period(start, end or start)


def _period(cell: str) -> str:
    if _is_none(cell):
        return NONE
    text = unicodedata.normalize("NFKC", cell)
    parts = [text] if _DAY.fullmatch(text) else _BETWEEN.split(text) if _BETWEEN.search(text) else text.split("/")
    times = [_time(part.strip()) for part in parts]
    if len(times) == 1:
        return times[0]
    if len(times) != 2 or len(times[0]) != len(times[1]) or times[0] >= times[1]:
        raise ValueError("a time such as 2022, 2022-06, 2022-06-30, or two with / between")
    return "/".join(times)


def _time(text: str) -> str:
    if match := _DAY.fullmatch(text):
        found = "-".join(part if len(part) == 4 else f"{int(part):02}" for part in match.groups() if part)
        try:
            if time_text(found) == found:
                return found
        except ValueError:
            pass
    raise ValueError("a time such as 2022, 2022-06, 2022-06-30, or two with / between")


def _term(kind: str, text: str) -> str:
    found = terms(kind).get(text.strip().casefold())
    if found is None:
        known = " ".join(f"{name}/{label(name, 'zh')}" for name in dict.fromkeys(terms(kind).values()))
        raise ValueError(f"one of {known}")
    return found


def _offset(text: str) -> str:
    if not text.isascii() or not text.isdecimal() or len(text) > 12:
        raise ValueError("a whole number")
    return text


def _is_none(text: str) -> bool:
    return text.casefold() in words("none")


_READERS: Mapping[str, Callable[[str], str]] = {
    "class": classes,
    "name": name,
    "property": lambda text: _term("property", text),
    "status": lambda text: _term("status", text),
    "bound": lambda text: _term("bound", text),
    "kind": lambda text: _term("kind", text),
    "period": _period,
    "value": lambda text: number_text(number(text)),
    "unit": lambda text: NONE if _is_none(text) else text,
    "role": lambda text: NONE if _is_none(text) else text,
    "start": _offset,
    "end": _offset,
}
