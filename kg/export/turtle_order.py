"""In which order a Turtle document tells things: entities by class, then statements, measures, spans, sources, the build."""

from __future__ import annotations

import re
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.graph.vocabulary import DCTERMS, KG, OWL, PROV, RDF, RDFS, SCHEMA, SKOS
from kg.graph.vocabulary import ORG as W3ORG
from kg.model import CLASSES, PROPERTIES

SPANS = "50"  # the section told in one line a thing
_SECTIONS = {
    **{KG + name: f"{place:02}" for place, name in enumerate(CLASSES)},
    RDF + "Statement": "20",
    KG + "Measure": "30",
    KG + "Span": SPANS,
    KG + "Source": "60",
    PROV + "Activity": "70",
    OWL + "Class": "80",
    OWL + "ObjectProperty": "81",
}
_HEADINGS = {
    **{f"{place:02}": name for place, name in enumerate(CLASSES)},
    "20": "Statements",
    "30": "Measures",
    "40": "Other",
    SPANS: "Spans",
    "60": "Sources",
    "70": "The build",
    "80": "Own classes",
    "81": "Own properties",
}
_FIRST = (
    RDF + "type", SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label", SCHEMA + "softwareVersion",
    KG + "resolution", KG + "divisionCode", KG + "divisionYear",
    *(KG + name for name in PROPERTIES),
    RDF + "subject", RDF + "predicate", RDF + "object", W3ORG + "member", W3ORG + "organization", KG + "role",
    *(KG + name for name in ("about", "indicator", "indicatorKey", "value", "min", "max", "unit", "asWritten", "bound", "kind")),
    *(KG + name for name in ("status", "period", "from", "to", "basis", "rule")),
    KG + "quote", KG + "start", KG + "end", KG + "source", DCTERMS + "title",
)  # fmt: skip
_LAST = (KG + "evidence", KG + "context", KG + "mention")
_RANK = {
    **{iri: (0, place, "") for place, iri in enumerate(_FIRST)},
    **{iri: (2, place, "") for place, iri in enumerate(_LAST)},
}
# What a block is sorted by before its own name, so that a reader finds it: a statement by what it is about.
_SORT_BY = {"20": (RDF + "subject", RDF + "predicate", RDF + "object"), "30": (KG + "about", KG + "indicator")}
_OFFSETS = re.compile(r"([0-9]{1,18})_([0-9]{1,18})")

Key = tuple[int, str, int, int, str]


class Block(NamedTuple):
    """What is said about one subject: sorts by section, then by place in it."""

    rank: str
    place: tuple[Key | tuple[()], ...]
    text: str

    @property
    def section(self) -> str:
        """The heading it stands under."""
        return _HEADINGS[self.rank]


def section_of(subject: NamedNode | BlankNode, said: dict[str, list[object]]) -> tuple[str, tuple[Key | tuple[()], ...]]:
    """The section of a subject by its types, and what it is sorted by there."""
    types = (getattr(kind, "value", "") for kind in said.get(RDF + "type", ()))
    rank = min((_SECTIONS[kind] for kind in types if kind in _SECTIONS), default="40")
    leads = (min((sort_key(target) for target in said.get(lead, ())), default=()) for lead in _SORT_BY.get(rank, ()))
    return rank, (*leads, sort_key(subject))


def predicate_rank(predicate: str) -> tuple[int, int, str]:
    """Where a predicate (IRI) stands in its block."""
    return _RANK.get(predicate, (1, 0, predicate))


def type_rank(term: object) -> tuple[str, Key]:
    """Where a class stands after `a`: the contract's before finer ones."""
    return _SECTIONS.get(getattr(term, "value", ""), "99"), sort_key(term)


def sort_key(term: object) -> Key:
    """A total order of terms: IRIs before literals; spans of one source by their offsets as numbers, 9 before 10."""
    if isinstance(term, Literal):
        return 1, term.value, 0, 0, f"{term.language or ''} {term.datatype.value}"
    value = term.value if isinstance(term, NamedNode | BlankNode) else str(term)
    source, _, offsets = value.partition("#offset_")
    place = _OFFSETS.fullmatch(offsets) if offsets else None
    return (0, source, int(place[1]), int(place[2]), value) if place else (0, value, -1, -1, "")
