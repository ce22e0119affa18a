"""What the report is told of how a document was read: which sentences gave nothing, what was left out, by which names things are called."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

from kg.model import Account, Document, Fact, Linked, Measure, Span

SAID, NAMED, SILENT, HEADING = range(4)
"""States of a sentence: a fact or figure rests on it; it only names something; it does not even name anything; it is a heading or title."""
HEAD_LINE = 60  # code points: a longer paragraph above the text is not one of its head
OFFSETS = "i"


def account(linked: Linked, facts: Iterable[Fact], measures: Iterable[Measure]) -> Account:
    """The account of a document with what was found in it."""
    document = linked.document
    cited = [span for fact in facts for span in fact.evidence] + [span for measure in measures for span in measure.evidence]
    return Account(
        home_by=linked.home_by,
        names=linked.names,
        sentences=_sentences(linked, cited),
        sections=_spans(document, ((part.start, min(part.start + len(part.title), part.end)) for part in document.sections)),
        furniture=array(OFFSETS, (offset for stretch in document.furniture for offset in stretch)),
        unplaced=_spans(document, linked.unplaced),
    )


def _sentences(linked: Linked, cited: list[Span]) -> array[int]:
    """Start, end, section and state of each sentence."""
    document = linked.document
    starts, ends = _covered(cited)
    names = [link.start for link in linked.links]  # sorted
    headings = {part.start: part.start + len(part.title) + 1 for part in document.sections}  # its closing mark included
    head = _head(document)
    found = array(OFFSETS)
    for sentence in document.sentences:
        span = document.span(sentence.start, sentence.end)
        cited_before = bisect_left(starts, span.end) - 1
        name = bisect_left(names, sentence.start)
        if sentence.start < head or sentence.end <= headings.get(sentence.start, 0):
            state = HEADING
        elif cited_before >= 0 and ends[cited_before] > span.start:
            state = SAID
        else:
            state = NAMED if name < len(names) and names[name] < sentence.end else SILENT
        found.extend((span.start, span.end, sentence.section, state))
    return found


def _covered(spans: Iterable[Span]) -> tuple[list[int], list[int]]:
    """The starts and the ends of what the spans cover together, in order."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted({(span.start, span.end) for span in spans}):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _head(document: Document) -> int:
    """Where the text begins below its title, date and speaker: all short lines without a closing mark."""
    for start, end in document.paragraphs:
        if end - start > HEAD_LINE or document.text[end - 1] in "。！？：；":
            return start
    return 0  # nothing but short lines: then they are the text


def _spans(document: Document, stretches: Iterable[tuple[int, int]]) -> array[int]:
    """Start and end in the source of each stretch of the view."""
    found = array(OFFSETS)
    for start, end in stretches:
        span = document.span(start, end)
        found.extend((span.start, span.end))
    return found
