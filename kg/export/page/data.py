"""What the page knows of a graph: entities, relations and figures as plain lists, each sentence once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.model import CLASSES, Period

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

JSON = dict[str, Any]


class Sentences:
    """Quotes by number: a sentence that many facts cite stands in the page once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, quote: str) -> int:
        """The number of a quote, its hard line breaks taken out for reading."""
        return self.numbers.setdefault("".join(quote.split("\n")).replace("\r", ""), len(self.numbers))


def page_data(graph: Graph) -> JSON:
    """Lists for the page: `entities`, `facts` (with the numbers of their ends), `figures`, `quotes`, `classes`."""
    numbers = {entity.id: number for number, entity in enumerate(graph.entities)}
    sentences = Sentences()
    facts = [_fact(graph, fact, numbers, sentences) for fact in graph.facts]
    figures = [
        {
            "about": numbers[measure.about], "indicator": measure.indicator, "written": measure.as_written, "value": str(measure.value),
            "unit": measure.unit, "kind": measure.kind, "planned": measure.status == "planned", "period": period(measure.period),
            "quotes": [sentences.number(graph.quote(span)) for span in measure.evidence],
        }
        for measure in graph.measures
    ]  # fmt: skip
    entities = [
        {"name": e.label, "alt": list(e.alt), "class": CLASSES.index(e.classes[0]), "kind": e.kind, "code": e.division_code or "", "resolved": e.resolved, "mentions": len(e.mentions)}
        for e in graph.entities
    ]  # fmt: skip
    return {"entities": entities, "facts": facts, "figures": figures, "quotes": list(sentences.numbers), "classes": list(CLASSES)}


def _fact(graph: Graph, fact: Any, numbers: Mapping[str, int], sentences: Sentences) -> JSON:
    return {
        "s": numbers[fact.subject], "p": fact.property, "o": numbers[fact.object], "planned": fact.status == "planned", "basis": fact.basis,
        "period": period(fact.period), "role": fact.role or "", "rule": fact.rule, "quotes": [sentences.number(graph.quote(span)) for span in fact.evidence],
        "context": sentences.number(graph.quote(fact.context)) if fact.context else -1,
    }  # fmt: skip


def period(value: Period | None) -> str:
    """A period as a reader writes it: 2022, 2022-03 – 2022-05."""
    if value is None:
        return ""
    return value.start if value.start == value.end else f"{value.start} – {value.end}"
