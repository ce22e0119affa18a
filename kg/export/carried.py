"""What a format cannot carry, counted, so that it can be said in one line instead of being lost in silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph


class Note(NamedTuple):
    """One line about what a file does not hold of the graph. `lost`: it is part of this graph that another format would hold."""

    zh: str
    en: str
    lost: bool = True


# What no XML 1.0 document may hold, escaped or not: most control characters, half of a surrogate pair, two noncharacters.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NUL = re.compile("\x00")
INSTEAD = "\ufffd"


class Carrier:
    """Hands texts on, with U+FFFD for each character that `cannot` matches, and counts these characters."""

    def __init__(self, cannot: re.Pattern[str] = NOT_XML) -> None:
        self.lost = 0
        self._cannot = cannot

    def text(self, value: str) -> str:
        """The text as the format can hold it."""
        if not self._cannot.search(value):
            return value
        new, count = self._cannot.subn(INSTEAD, value)
        self.lost += count
        return new

    def notes(self, zh: str, en: str) -> tuple[Note, ...]:
        """The line that says how many characters were not carried by the thing of this name, if any."""
        if not self.lost:
            return ()
        chinese = f"{zh} 容不下 {self.lost} 个控制字符，已换成 {INSTEAD}"
        return (Note(chinese, f"{en} cannot carry {self.lost} control character(s): {INSTEAD} stands for each"),)


def rounded(graph: Graph) -> tuple[Note, ...]:
    """The line that says how many figures have more digits than a double-precision number keeps, if any."""
    figures = (figure for m in graph.measures for figure in (m.value, m.min, m.max) if figure is not None)
    count = sum(len(f"{abs(figure):f}".replace(".", "").strip("0")) > 15 for figure in figures)
    if not count:
        return ()
    english = f"{count} figure(s) have more than the 15 digits that a double-precision number keeps"
    return (Note(f"{count} 个数超过双精度数的 15 位有效数字", english),)
