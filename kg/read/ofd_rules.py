"""The rules of an OFD page: the straight lines of its path objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kg.read.ofd_pieces import is_shown, numbers
from kg.read.package import child, local
from kg.read.ruled import MOST_RULES, THIN, Rule, sides

POINT = 25.4 / 72
"""Millimetres of a point."""
MOST_WORDS = 64
"""Words of the description of a path that can be a rule or a box."""


def rules_of(contents: Iterable[Any]) -> tuple[list[Rule], list[Rule]]:
    """The rules across and down of a page and the templates under it; none where they hold more than a table has."""
    across: list[Rule] = []
    down: list[Rule] = []
    for content in contents:
        for one in content.iter():
            if local(one) != "PathObject" or not is_shown(one):
                continue
            for box in _boxes(one):
                found = sides(*box, THIN * POINT)
                across += found[0]
                down += found[1]
            if len(across) + len(down) > MOST_RULES:
                return [], []
    return across, down


def _boxes(element: Any) -> Iterator[tuple[float, float, float, float]]:
    """The boxes (left, top, right, bottom) of a path's straight segments; that of the object where it says no more."""
    boundary = numbers(element.get("Boundary"), 4)
    if boundary is None:
        return
    left, top, width, height = boundary
    data = child(element, "AbbreviatedData")
    words = ((data.text or "") if data is not None else "").split()
    if not words or len(words) > MOST_WORDS:
        yield from [(left, top, left + width, top + height)] if not words else []
        return
    a, b, c, d, e, f = numbers(element.get("CTM"), 6) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    at: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    number = 0
    while number < len(words):
        word = words[number]
        point = numbers(" ".join(words[number + 1 : number + 3]), 2) if word in ("S", "M", "L") else None
        if point is not None:
            to = (left + a * point[0] + c * point[1] + e, top + b * point[0] + d * point[1] + f)
            if word == "L" and at is not None:
                yield _box(at, to)
            else:
                start = to
            at = to
            number += 3
        else:
            if word == "C" and at is not None and start is not None:
                yield _box(at, start)
            number += 1


def _box(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
