"""The spans that the facts and figures of a graph stand on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.model import Fact, Measure, Span

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph


def findings(graph: Graph) -> Iterator[Fact | Measure]:
    """Every fact, then every figure."""
    yield from graph.facts
    yield from graph.measures


def cited(graph: Graph) -> Iterator[Span]:
    """Every span that is evidence or context of a fact or figure, once, in the order of the texts."""
    spans: dict[str, set[Span]] = {sha: set() for sha in graph.sources}
    for finding in findings(graph):
        for span in (*finding.evidence, *([finding.context] if finding.context else [])):
            spans[span.source].add(span)
    for there in spans.values():
        yield from sorted(there, key=lambda span: (span.start, span.end))
