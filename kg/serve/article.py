"""A source's text as an article to read: lines joined, headings told from paragraphs, one quoted place marked."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from kg.model import Document

LONGEST = 400_000  # characters; a longer text is shown as it was read, a window at a time


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in three pieces: before the marked place, the place, after it. `heading` is its level, 0 for none."""

    heading: int
    before: str
    place: str
    after: str


def article(document: Document, start: int, end: int) -> list[Paragraph]:
    """The paragraphs of a parsed text, with the place marked that begins and ends at these offsets of the source (equal: none)."""
    marked = (bisect_left(document.offsets, start), bisect_left(document.offsets, end)) if end > start else (0, 0)
    levels = {section.start: section.level + 1 for section in document.sections}
    title = document.title[0] if document.title else -1
    written = document.as_written()
    found = []
    for first, last in document.paragraphs:
        text = written[first:last]
        level = 1 if first == title else levels.get(first, 0)
        if level and level > 1 and not _is_heading(document, first, last):
            level = 0  # its first words are the heading: 一是……
        at, to = max(first, min(marked[0], last)), max(first, min(marked[1], last))
        found.append(Paragraph(level, text[: at - first], text[at - first : to - first], text[to - first :]))
    return found


def _is_heading(document: Document, first: int, last: int) -> bool:
    """Whether a paragraph is nothing but a heading: no sentence that ends in a full stop."""
    return last - first <= 60 and not document.text[first:last].rstrip().endswith(("。", "！", "？", "；"))
