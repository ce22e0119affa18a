"""Both ends of every fact, and what every figure is about, are entities of the graph."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pyoxigraph as ox

from kg.model import CLASSES, Entity, Fact, Measure, Reading

KG = "https://w3id.org/yishi/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def broken(reading: Reading) -> list[str]:
    """Ends of facts and figures that are none of the reading's entities; entities of none of the ten classes, or without a name."""
    return of(reading.entities, reading.facts, reading.measures)


def of(entities: Iterable[Entity], facts: Iterable[Fact], measures: Iterable[Measure]) -> list[str]:
    """The same, of what a reading or a graph holds."""
    known = {}
    found = []
    for entity in entities:
        if entity.id in known:
            found.append(f"{entity.id} is there twice")
        known[entity.id] = entity
        parts = unicodedata.normalize("NFKC", entity.id).split("/", 2)
        if len(parts) < 2 or not all(parts):
            found.append(f"{entity.id} is no id: a part is empty")
        if not entity.classes or not set(entity.classes) <= set(CLASSES) or not entity.label.strip():
            found.append(f"{entity.id}: classes {entity.classes}, label {entity.label!r}")
    for fact in facts:
        found += [f"{fact.rule}: {end} is no entity" for end in (fact.subject, fact.object) if end not in known]
        if fact.subject == fact.object:
            found.append(f"{fact.rule}: {fact.subject} {fact.property} itself")
    return found + [f"{measure.rule}: {measure.about} is no entity" for measure in measures if measure.about not in known]


def broken_in(store: ox.Store) -> list[str]:
    """The same, of the graph's RDF: what a rdf:Statement, a plain triple of its property or a kg:Measure names has one of the ten classes."""
    classes = {ox.NamedNode(KG + name) for name in CLASSES}
    typed = {quad.subject for name in classes for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), name)}
    ends = [quad for name in (RDF + "subject", RDF + "object", KG + "about") for quad in _of(store, name)]
    found = [f"{quad.subject.value}: {quad.object.value} is no entity" for quad in ends if quad.object not in typed]
    for property_ in {quad.object for quad in _of(store, RDF + "predicate")}:
        for quad in store.quads_for_pattern(None, property_, None):
            found += [f"{end} of {quad} is no entity" for end in (quad.subject, quad.object) if end not in typed]
    return found


def _of(store: ox.Store, name: str) -> Iterable[ox.Quad]:
    return store.quads_for_pattern(None, ox.NamedNode(name), None)
