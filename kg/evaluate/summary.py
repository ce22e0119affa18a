"""What a build gave, in figures: for the person who ran it and for scripts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from kg.graph.knowledge import Graph
from kg.graph.terms import in_order
from kg.model import CLASSES, DONE, PLANNED, Entity


@dataclass(frozen=True, slots=True)
class Summary:
    """`classes` and `properties` in the contract's order, those that occur; `connected`: the best-connected, facts each."""

    documents: int
    characters: int
    classes: dict[str, int]
    properties: dict[str, dict[str, int]]
    measures: int
    connected: tuple[tuple[Entity, int], ...]
    unresolved: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]

    @property
    def entities(self) -> int:
        """How many entities."""
        return sum(self.classes.values())

    def facts(self, status: str | None = None) -> int:
        """How many facts, of one status or of both."""
        return sum(n for counts in self.properties.values() for kind, n in counts.items() if status in (None, kind))

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {
            "documents": self.documents,
            "characters": self.characters,
            "entities": {"all": self.entities, **self.classes},
            "facts": {"all": {DONE: self.facts(DONE), PLANNED: self.facts(PLANNED)}, **self.properties},
            "measures": self.measures,
            "connected": [{"id": e.id, "label": e.label, "class": e.classes[0], "facts": n} for e, n in self.connected],
            "unresolved": list(self.unresolved),
            "skipped": [{"name": name, "reason": reason} for name, reason in self.skipped],
        }


def summarize(graph: Graph, *, most: int = 10) -> Summary:
    """Count what is in a graph. An entity is counted in its first class; `most` says how many of the best-connected are named."""
    classes = Counter(entity.classes[0] for entity in graph.entities)
    facts = Counter((fact.property, fact.status) for fact in graph.facts)
    ends = Counter(end for fact in graph.facts for end in {fact.subject, fact.object})
    ranked = sorted((entity for entity in graph.entities if ends[entity.id]), key=lambda entity: (-ends[entity.id], entity.id))
    unresolved = {entity.label for entity in graph.entities if not entity.resolved} | set(graph.notes)
    return Summary(
        documents=len(graph.sources),
        characters=sum(len(source.text) for source in graph.sources.values()),
        classes={name: classes[name] for name in CLASSES if classes[name]},
        properties={
            name: {DONE: facts[name, DONE], PLANNED: facts[name, PLANNED]} for name in in_order(name for name, _ in facts)
        },
        measures=len(graph.measures),
        connected=tuple((entity, ends[entity.id]) for entity in ranked[:most]),
        unresolved=tuple(sorted(unresolved)),
        skipped=tuple((skipped.name, skipped.reason) for skipped in graph.skipped),
    )
