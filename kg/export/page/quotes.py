"""The sentences that facts stand on, each once, as stretches of what the page lets a person read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.export.page.texts import Reading
from kg.model import Span

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph


class Units:
    """Offsets of a text in code points to those that a browser counts in (UTF-16)."""

    def __init__(self, text: str) -> None:
        self._places: list[int] | None = None
        if text and max(text) > "\uffff":
            self._places = [0]
            for char in text:
                self._places.append(self._places[-1] + (2 if char > "\uffff" else 1))

    def __call__(self, place: int) -> int:
        """The offset in UTF-16 units of the code point offset `place`."""
        return place if self._places is None else self._places[place]


class Quotes:
    """Spans by number, in the order in which they are first asked for."""

    def __init__(self, graph: Graph, readings: Mapping[str, Reading]) -> None:
        self._graph = graph
        self._readings = readings
        self._sources = {sha: number for number, sha in enumerate(graph.sources)}
        self._numbers: dict[Span, int] = {}
        self._units = {sha: Units(reading.text) for sha, reading in readings.items()}

    def number(self, span: Span) -> int:
        """The number of the quote at `span`."""
        return self._numbers.setdefault(span, len(self._numbers))

    def column(self) -> dict[str, list[Any]]:
        """All quotes as columns.

        source: number of the source; from, to: where it stands in the page's text of it (UTF-16); start, end: where in the source (code
        points); exact: what the source says there, where the page's text is not the same: the text itself, or a list of what is to be
        put in and the places (code points of the quote) before which it is, [“\\n”, 18, 37].
        """
        table: dict[str, list[Any]] = {name: [] for name in ("source", "from", "to", "start", "end", "exact")}
        for span in self._numbers:
            reading, units = self._readings[span.source], self._units[span.source]
            start, end = reading.at(span)
            row = (
                self._sources[span.source],
                units(start),
                units(end),
                span.start,
                span.end,
                self._exact(span, reading, start, end),
            )
            for name, value in zip(table, row, strict=True):
                table[name].append(value)
        return table

    def _exact(self, span: Span, reading: Reading, start: int, end: int) -> str | list[Any] | int:
        quote = self._graph.quote(span)
        if quote == reading.text[start:end]:
            return 0
        source = self._graph.sources[span.source].text
        places = reading.offsets[start:end]
        if not places or any(source[place] != char for place, char in zip(places, reading.text[start:end], strict=True)):
            return quote
        puts: list[tuple[int, str]] = []
        before = span.start - 1
        for number, place in enumerate((*places, span.end)):
            if place > before + 1:
                puts.append((number, source[before + 1 : place]))
            before = place
        if len({put for _, put in puts}) != 1:
            return quote
        return [puts[0][1], *(number for number, _ in puts)]
