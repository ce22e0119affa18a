"""What is in a store, in figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Store

from kg.graph.query import rows, run
from kg.graph.store import ONTOLOGY
from kg.graph.terms import in_order
from kg.graph.vocabulary import KG, PREF_LABEL, TYPE
from kg.model import CLASSES, DONE, PLANNED


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts: `facts` by property and status; `years`: facts and figures that are dated, by the year they begin in."""

    triples: int
    documents: tuple[dict[str, Any], ...]
    classes: dict[str, int]
    unresolved: int
    facts: dict[str, dict[str, int]]
    bases: dict[str, int]
    figures: dict[str, int]
    years: dict[str, int]
    connected: tuple[tuple[str, str, int], ...]  # IRI, label, facts

    @property
    def entities(self) -> int:
        """How many entities."""
        return sum(self.classes.values())

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {
            "triples": self.triples,
            "documents": list(self.documents),
            "entities": {"all": self.entities, **self.classes},
            "unresolved": self.unresolved,
            "facts": {"all": {status: sum(f[status] for f in self.facts.values()) for status in (DONE, PLANNED)}, **self.facts},
            "basis": self.bases,
            "figures": {"all": sum(self.figures.values()), **self.figures},
            "years": self.years,
            "connected": [{"iri": iri, "label": label, "facts": n} for iri, label, n in self.connected],
        }


def stats(store: Store, leads: dict[str, str] | None = None, *, most: int = 10) -> Stats:
    """Count what is in a store. An entity of two classes is counted in the one that leads: `leads` (IRI → class) where it is not
    the first in the contract's order. `most` says how many of the best-connected are named."""
    facts: defaultdict[str, dict[str, int]] = defaultdict(lambda: {DONE: 0, PLANNED: 0})
    for row in _rows(
        store, "SELECT ?p ?s (COUNT(?st) AS ?n) { ?st a rdf:Statement ; rdf:predicate ?p ; kg:status ?s } GROUP BY ?p ?s"
    ):
        facts[_local(row["p"])][_local(row["s"])] = row["n"]
    bases = _counts(store, "SELECT ?k (COUNT(?st) AS ?n) { ?st a rdf:Statement ; kg:basis ?k } GROUP BY ?k")
    figures = _counts(store, "SELECT ?k (COUNT(?m) AS ?n) { ?m a kg:Measure ; kg:kind ?k } GROUP BY ?k")
    years = _counts(
        store, "SELECT ?k (COUNT(?x) AS ?n) { ?x kg:period|kg:from ?t BIND (SUBSTR(STR(?t), 1, 4) AS ?k) } GROUP BY ?k"
    )
    best = f"""SELECT ?x (COUNT(?st) AS ?n) (SAMPLE(?l) AS ?label) {{ ?st rdf:subject|rdf:object ?x . ?x skos:prefLabel ?l }}
               GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT {most}"""
    unresolved = _rows(store, "SELECT (COUNT(?x) AS ?n) { ?x kg:resolution kg:unresolved }")[0]["n"]
    return Stats(
        triples=sum(1 for quad in store if quad.graph_name != ONTOLOGY),
        documents=tuple(_documents(store)),
        classes=_classes(store, leads or {}),
        unresolved=unresolved,
        facts={name: facts[name] for name in in_order(facts)},
        bases=dict(sorted(bases.items(), key=lambda item: (-item[1], item[0]))),
        figures=dict(sorted(figures.items(), key=lambda item: (-item[1], item[0]))),
        years=dict(sorted(years.items())),
        connected=tuple((row["x"], row["label"], row["n"]) for row in _rows(store, best)),
    )


def _documents(store: Store) -> list[dict[str, Any]]:
    from kg.queries import named

    return _rows(store, named("sources").sparql)


def _classes(store: Store, leads: dict[str, str]) -> dict[str, int]:
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    entities = {quad.subject.value for quad in store.quads_for_pattern(None, PREF_LABEL, None, None)}  # type: ignore[union-attr]
    for quad in store.quads_for_pattern(None, TYPE, None, None):
        name = _local(quad.object.value)  # type: ignore[union-attr]
        if name in CLASSES and quad.subject.value in entities:  # type: ignore[union-attr]
            kinds[quad.subject.value].append(name)  # type: ignore[union-attr]
    counts = Counter(leads.get(iri) or min(names, key=CLASSES.index) for iri, names in kinds.items())
    return {name: counts[name] for name in CLASSES if counts[name]}


def _counts(store: Store, sparql: str) -> dict[str, int]:
    return {_local(row["k"]): row["n"] for row in _rows(store, sparql) if row["n"]}


def _rows(store: Store, sparql: str) -> list[dict[str, Any]]:
    return rows(run(store, sparql))


def _local(iri: str) -> str:
    return iri.removeprefix(KG)
