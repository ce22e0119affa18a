"""What the page lets a person read of each source: the whole text as its parse gives it, or only the sentences that facts quote.

The whole texts of a graph are in its page up to BUDGET bytes together; above that, every text is what is quoted from it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.model import Fact, Measure, Source, Span
from kg.parse import parse

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

BUDGET = 5_000_000  # bytes of UTF-8, all texts together
TITLE, HEAD, TEXT = "title", "head", "p"  # kinds of paragraphs, besides h1, h2, h3
HEAD_LINE = 60  # code points: a longer paragraph before the text is not one of its head
HEADINGS = 3  # levels of headings that are set apart; deeper ones are as the third
BREAK = re.compile(r"\s*[\r\n]\s*")
LATIN_BREAK = re.compile(r"(?<=[!-~])\s*[\r\n]\s*(?=[!-~])")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text to be read. All offsets are code points of `text`.

    paragraphs: start, end and kind (title, head, h1, h2, h3, p). leads: the headings that a paragraph begins with. offsets: where each
    character stands in the source (growing). whole: not only what is quoted.
    """

    text: str
    paragraphs: tuple[tuple[int, int, str], ...]
    leads: tuple[tuple[int, int], ...]
    offsets: Sequence[int]
    whole: bool

    def at(self, span: Span) -> tuple[int, int]:
        """Where a stretch of the source stands in the text; nothing (start = end) where the text does not have it."""
        return bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end, hi=len(self.text))


def readings(graph: Graph, budget: int = BUDGET) -> dict[str, Reading]:
    """What there is to read of each source of the graph, by its SHA-256."""
    whole = sum(len(source.text.encode("utf-8", "surrogatepass")) for source in graph.sources.values()) <= budget
    if whole:
        return {sha: _whole(source) for sha, source in graph.sources.items()}
    cited: dict[str, list[Span]] = {sha: [] for sha in graph.sources}
    findings: tuple[Fact | Measure, ...] = (*graph.facts, *graph.measures)
    for finding in findings:
        for span in (*finding.evidence, *([finding.context] if finding.context else [])):
            cited[span.source].append(span)
    return {sha: excerpts(source, cited[sha]) for sha, source in graph.sources.items()}


def _whole(source: Source) -> Reading:
    try:
        document = parse(source)
    except InputError:  # nothing in it that the parser takes for text: then it is shown line by line
        return lines(source)
    headings = {section.start: section for section in document.sections}
    ends = dict(document.paragraphs)
    leads = tuple(
        (section.start, min(section.start + len(section.title), section.end))
        for section in document.sections
        if section.start not in ends or _runs_on(section.title, ends[section.start] - section.start)
    )
    paragraphs = []
    before = document.title is not None
    for start, end in document.paragraphs:
        section = headings.get(start)
        if document.title and start == document.title[0]:
            kind = TITLE
        elif section and not _runs_on(section.title, end - start):
            kind, before = f"h{min(max(section.level, 1), HEADINGS)}", False
        else:
            before = before and end - start <= HEAD_LINE and document.text[end - 1 : end] not in "。！？：；"
            kind = HEAD if before else TEXT
        paragraphs.append((start, end, kind))
    return Reading(document.as_written(), tuple(paragraphs), leads, document.offsets, True)


def _runs_on(heading: str, length: int) -> bool:
    """Whether a paragraph of this length goes on behind its heading."""
    return length > len(heading) + 12


def lines(source: Source) -> Reading:
    """A text as it stands, each line that is not empty a paragraph."""
    found = [(match.start(), match.end(), TEXT) for match in re.finditer(r"[^\r\n]*\S[^\r\n]*", source.text)]
    return Reading(source.text, tuple(found), (), range(len(source.text) + 1), True)


def excerpts(source: Source, spans: Iterable[Span]) -> Reading:
    """Only what the spans cite, in the order of the source, each stretch a paragraph without its line breaks."""
    parts: list[str] = []
    offsets: list[int] = []
    paragraphs: list[tuple[int, int, str]] = []
    for start, end in _stretches(spans):
        text, places = _joined(source.text, start, end)
        if not text:
            continue
        if offsets:
            parts.append("\n")
            offsets.append(offsets[-1] + 1)
        at = len(offsets)
        parts.append(text)
        offsets += places
        paragraphs.append((at, at + len(text), TEXT))
    return Reading("".join(parts), tuple(paragraphs), (), [*offsets, offsets[-1] + 1 if offsets else 0], False)


def _stretches(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The spans joined where they overlap or touch."""
    found: list[tuple[int, int]] = []
    for start, end in sorted({(span.start, span.end) for span in spans}):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _joined(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """text[start:end] without its line breaks, and where each character of it stands in `text`."""
    kept: list[int] = []
    spaces: set[int] = set()
    at = start
    for gap in BREAK.finditer(text, start, end):
        kept += range(at, gap.start())
        if LATIN_BREAK.match(text, gap.start()) and start < gap.start() and gap.end() < end:
            kept.append(gap.start())
            spaces.add(gap.start())
        at = gap.end()
    kept += range(at, end)
    return "".join(" " if place in spaces else text[place] for place in kept), kept


def one_line(quote: str) -> str:
    """A quote without its line breaks: a space for those between two words of Latin script, nothing for those in Chinese."""
    return _joined(quote, 0, len(quote))[0].strip()
