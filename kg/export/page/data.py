"""What the page knows of a graph: entities, relations and figures as plain lists, each sentence once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.model import CLASSES, PLANNED, Fact, Period, Span

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

JSON = dict[str, Any]


class Sentences:
    """Quotes by number: a sentence that many facts cite stands in the page once for each source that says it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.sources = {sha: number for number, sha in enumerate(graph.sources)}
        self.numbers: dict[tuple[str, int], int] = {}

    def number(self, span: Span) -> int:
        """The number of the quote at `span`, hard line breaks taken out for reading."""
        return self.numbers.setdefault((one_line(self.graph.quote(span)), self.sources[span.source]), len(self.numbers))


def one_line(quote: str) -> str:
    """A quote without its line breaks: a space for those between two words of Latin script, nothing for those in Chinese."""
    words = re.sub(r"(?<=[!-~])\s*[\r\n]\s*(?=[!-~])", " ", quote)
    return re.sub(r"\s*[\r\n]\s*", "", words).strip()


def page_data(graph: Graph) -> JSON:
    """Lists for the page. Entities, quotes and sources are spoken of by their number in `entities`, `quotes` and `sources`.

    `facts` have s, p, o (subject, property, object); `quotes` are pairs of a text and its source.
    """
    numbers = {entity.id: number for number, entity in enumerate(graph.entities)}
    sentences = Sentences(graph)
    facts = [_fact(fact, numbers, sentences) for fact in graph.facts]
    figures = [
        {
            "about": numbers[measure.about], "indicator": measure.indicator, "written": measure.as_written,
            "planned": measure.status == PLANNED, "basis": measure.basis, "period": period(measure.period),
            **_said(measure.evidence, measure.context, sentences),
        }
        for measure in graph.measures
    ]  # fmt: skip
    entities = [
        {
            "id": e.id, "name": e.label, "alt": list(e.alt), "class": CLASSES.index(e.classes[0]),
            "also": [CLASSES.index(name) for name in e.classes[1:]], "kind": e.kind, "code": e.division_code or "",
            "resolved": e.resolved, "mentions": len(e.mentions),
        }
        for e in graph.entities
    ]  # fmt: skip
    sources = [
        {"title": graph.documents[sha].title or source.name, "date": graph.documents[sha].date or ""}
        for sha, source in graph.sources.items()
    ]
    return {
        "entities": entities, "facts": facts, "figures": figures, "quotes": list(sentences.numbers),
        "sources": sources, "classes": list(CLASSES),
    }  # fmt: skip


def _fact(fact: Fact, numbers: Mapping[str, int], sentences: Sentences) -> JSON:
    return {
        "s": numbers[fact.subject], "p": fact.property, "o": numbers[fact.object], "planned": fact.status == PLANNED,
        "basis": fact.basis, "period": period(fact.period), "role": fact.role or "",
        **_said(fact.evidence, fact.context, sentences),
    }  # fmt: skip


def _said(evidence: tuple[Span, ...], context: Span | None, sentences: Sentences) -> JSON:
    quotes = list(dict.fromkeys(sentences.number(span) for span in evidence))
    return {"quotes": quotes, "context": -1 if context is None else sentences.number(context)}


def period(value: Period | None) -> str:
    """A period as a reader writes it: 2022, 2022-03 – 2022-05."""
    if value is None:
        return ""
    return value.start if value.start == value.end else f"{value.start} – {value.end}"
