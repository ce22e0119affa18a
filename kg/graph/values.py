"""Figures and times as typed literals, in the one canonical spelling that every store gives back unchanged."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal

from kg.graph.vocabulary import xsd

_TIME = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def number_text(value: int | Decimal) -> str:
    """The canonical spelling of a figure: 27000, 76 (also for 76.0), 5.53. Raises ValueError for what is not finite."""
    if isinstance(value, int):
        return str(value)
    if not value.is_finite():
        raise ValueError(f"{value} is not a figure")
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def number(value: int | Decimal) -> Literal:
    """A figure as xsd:integer where it is whole, else as xsd:decimal."""
    text = number_text(value)
    return Literal(text, datatype=xsd("decimal" if "." in text else "integer"))


def time_text(value: str) -> str:
    """An ISO time (2022, 2022-06, 2022-06-30) without the parts that no calendar has: 2022-02-30 → 2022-02.

    Raises ValueError where it is not of this form.
    """
    match = _TIME.fullmatch(value)
    if not match or match[1] == "0000":
        raise ValueError(f"not an ISO year, month or day: {value!r}")
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return year
    if day is None or not _is_day(int(year), int(month), int(day)):
        return f"{year}-{month}"
    return value


def time(value: str) -> Literal:
    """An ISO time as xsd:gYear, xsd:gYearMonth or xsd:date, by its length. Raises ValueError as time_text does."""
    text = time_text(value)
    return Literal(text, datatype=xsd({4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)]))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
