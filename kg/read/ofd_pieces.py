"""The characters of an OFD page with their places, in millimetres from the page's top left corner."""

from __future__ import annotations

import math
import posixpath
import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from kg.errors import InputError
from kg.read.layout import DESCENT, UPRIGHT, Piece
from kg.read.limits import MAX_GLYPHS
from kg.read.package import Package, child, children, local, resolve


class Resources:
    """The pictures of a document, by their number."""

    def __init__(self, package: Package, document: str, common: Any) -> None:
        self._pictures: dict[str, str] = {}
        for one in children(common, "PublicRes", "DocumentRes") if common is not None else ():
            part = resolve(document, (one.text or "").strip())
            if part not in package:
                continue
            root = package.xml(part)
            base = posixpath.join(posixpath.dirname(part), root.get("BaseLoc") or "")
            for media in root.iter():
                file = child(media, "MediaFile") if local(media) == "MultiMedia" and media.get("Type") == "Image" else None
                if file is not None and (found := posixpath.normpath(posixpath.join(base, (file.text or "").strip()))) in package:
                    self._pictures[media.get("ID")] = found

    def picture(self, number: str | None) -> str | None:
        """The part with the picture of that number."""
        return self._pictures.get(number or "")


def letters_of(page: Any) -> Iterator[Piece]:
    """The characters of a page or a template, each a piece."""
    return (letter for one in page.iter() if local(one) == "TextObject" and is_shown(one) for letter in _letters(one))


def is_shown(element: Any) -> bool:
    return bool(element.get("Visible") != "false" and element.get("Alpha") != "0")


def _letters(element: Any) -> Iterator[Piece]:
    boundary = numbers(element.get("Boundary"), 4) or [0.0, 0.0, 0.0, 0.0]
    a, b, c, d, e, f = numbers(element.get("CTM"), 6) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    if abs(math.atan2(b, a)) > UPRIGHT:
        return
    size = (numbers(element.get("Size"), 1) or [0.0])[0]
    scale = numbers(element.get("HScale"), 1) or [1.0]
    high, wide = size * math.hypot(c, d), size * math.hypot(a, b) * scale[0]
    if high <= 0:
        return
    x = y = 0.0
    for code in children(element, "TextCode"):
        text = code.text or ""
        x = (numbers(code.get("X"), 1) or [x])[0]
        y = (numbers(code.get("Y"), 1) or [y])[0]
        across = _steps(code.get("DeltaX"), len(text))
        down = _steps(code.get("DeltaY"), len(text))
        for char, right, below, step in zip(text, accumulate([0.0, *across]), accumulate([0.0, *down]), across, strict=False):
            if char.isspace() or unicodedata.category(char) == "Cc":
                continue
            left = boundary[0] + e + a * (x + right) + c * (y + below)
            base = boundary[1] + f + b * (x + right) + d * (y + below)
            width = wide if unicodedata.east_asian_width(char) in "WF" else wide / 2
            if 0 < step * math.hypot(a, b) < 1.5 * wide:  # the next one of the same object goes on without a gap
                width = step * math.hypot(a, b)
            yield Piece(left, base - (1 - DESCENT) * high, left + width, base + DESCENT * high, char, high)


def numbers(value: str | None, count: int) -> list[float] | None:
    try:
        found = [float(word) for word in (value or "").split()]
    except ValueError:
        return None
    return found if len(found) == count and all(map(math.isfinite, found)) else None


def _steps(value: str | None, count: int) -> list[float]:
    """The distances from each character to the next: numbers, or `g 10 3.5` for ten times 3.5. Zeros where they are not said."""
    words = re.split(r"\s+", (value or "").strip())
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < count:
        try:
            if words[at] == "g":
                times, step = int(words[at + 1]), float(words[at + 2])
                if times > MAX_GLYPHS:
                    raise InputError("a broken document: a line of more characters than a page can hold", mend="save it anew")
                found += [step] * times
                at += 3
            else:
                found.append(float(words[at]))
                at += 1
        except (ValueError, IndexError):
            break
    return (found + [0.0] * count)[:count]
