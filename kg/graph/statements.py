"""Facts and figures of a store with the sentences that say them, read one by one: no more than is asked for is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode, Store

from kg.graph.vocabulary import KG, OBJECT, PREDICATE, PREF_LABEL, SUBJECT, TYPE, kg
from kg.model import CLASSES

Number = int | Decimal


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A quoted sentence: `source` is the IRI of the source, `file` its name, start and end code points into its text."""

    file: str
    start: int
    end: int
    quote: str
    source: str


@dataclass(frozen=True, slots=True)
class Said:
    """A fact. Ends are IRIs; `period` is as ISO 8601 writes it ("2022", "2022-01/2022-06", ""); `role` "" for none."""

    subject: str
    property: str  # local name: runs
    object: str
    status: str
    period: str
    role: str
    basis: str
    rule: str
    sentences: tuple[Sentence, ...]

    def same(self) -> tuple[str, ...]:
        """What makes two findings (of two sources) one fact."""
        return self.subject, self.property, self.object, self.status, self.period, self.role


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure about an entity (IRI)."""

    about: str
    indicator: str
    value: Number
    unit: str
    written: str
    kind: str
    bound: str
    status: str
    period: str
    basis: str
    rule: str
    sentences: tuple[Sentence, ...]


class Reader:
    """Reads a store; what it has looked up once (labels, names of files) it keeps."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._labels: dict[str, str] = {}
        self._files: dict[str, str] = {}

    def label(self, iri: str) -> str:
        """The prefLabel of an entity, its IRI where it has none."""
        if iri not in self._labels:
            self._labels[iri] = self.text(iri, PREF_LABEL) or iri
        return self._labels[iri]

    def classes(self, iri: str) -> tuple[str, ...]:
        """The entity's classes of the ten, in the contract's order."""
        kinds = {local(term) for term in self.objects(iri, TYPE)}
        return tuple(name for name in CLASSES if name in kinds)

    def objects(self, iri: str, predicate: NamedNode) -> list[Any]:
        """All objects, in no order."""
        return [quad.object for quad in self.store.quads_for_pattern(NamedNode(iri), predicate, None, None)]

    def subjects(self, predicate: NamedNode, iri: str) -> Iterator[str]:
        """The IRIs of all subjects, in no order."""
        for quad in self.store.quads_for_pattern(None, predicate, NamedNode(iri), None):
            yield quad.subject.value  # type: ignore[union-attr]

    def text(self, iri: str, predicate: NamedNode) -> str:
        """The first object's text or address, "" for none."""
        return min((term.value for term in self.objects(iri, predicate)), default="")

    def seen(self, iri: str) -> tuple[str, ...]:
        """The first and the last year of the documents that name the entity; () where none of them has a date."""
        return tuple(year for name in ("firstSeen", "lastSeen") if (year := self.text(iri, kg(name))))

    def facts(self, iri: str) -> list[Said]:
        """Every fact that has the entity at an end, sorted, those of several sources as one."""
        nodes = {*self.subjects(SUBJECT, iri), *self.subjects(OBJECT, iri)}
        return merged(self.fact(node) for node in nodes)

    def fact(self, node: str) -> Said:
        """The fact that a statement (IRI) describes."""
        said = self._all(node)
        return Said(
            subject=_one(said, SUBJECT),
            property=_one(said, PREDICATE).removeprefix(KG),
            object=_one(said, OBJECT),
            status=_local(said, "status"),
            period=_period(said),
            role=_one(said, kg("role")),
            basis=_local(said, "basis"),
            rule=_one(said, kg("rule")),
            sentences=self._sentences(said),
        )

    def figures(self, iri: str) -> list[Figure]:
        """Every figure about the entity, sorted by indicator and time."""
        found = [self.figure(node) for node in self.subjects(kg("about"), iri)]
        return sorted(found, key=lambda f: (f.indicator, f.period, f.status, f.value, f.sentences))

    def figure(self, node: str) -> Figure:
        """The figure that a kg:Measure (IRI) is."""
        said = self._all(node)
        return Figure(
            about=_one(said, kg("about")),
            indicator=_one(said, kg("indicator")),
            value=number(_one(said, kg("value"))),
            unit=_one(said, kg("unit")),
            written=_one(said, kg("asWritten")),
            kind=_local(said, "kind"),
            bound=_local(said, "bound"),
            status=_local(said, "status"),
            period=_period(said),
            basis=_local(said, "basis"),
            rule=_one(said, kg("rule")),
            sentences=self._sentences(said),
        )

    def sentence(self, span: str) -> Sentence:
        """The sentence that a span (IRI) is."""
        said = self._all(span)
        source = _one(said, kg("source"))
        if source not in self._files:
            self._files[source] = self.text(source, kg("fileName"))
        start, end = (int(_one(said, kg(name)) or 0) for name in ("start", "end"))
        return Sentence(self._files[source], start, end, _one(said, kg("quote")), source)

    def _sentences(self, said: dict[NamedNode, list[Any]]) -> tuple[Sentence, ...]:
        return tuple(sorted(self.sentence(span.value) for span in said.get(kg("evidence"), ())))

    def _all(self, node: str) -> dict[NamedNode, list[Any]]:
        said: dict[NamedNode, list[Any]] = {}
        for quad in self.store.quads_for_pattern(NamedNode(node), None, None, None):
            said.setdefault(quad.predicate, []).append(quad.object)
        return said


def merged(facts: Iterable[Said]) -> list[Said]:
    """Facts that several sources give as one each, with the sentences of all, sorted."""
    found: dict[tuple[str, ...], Said] = {}
    for fact in facts:
        known = found.get(fact.same())
        sentences = tuple(sorted({*known.sentences, *fact.sentences})) if known else fact.sentences
        first = min((f for f in (known, fact) if f), key=lambda f: (f.sentences, f.basis, f.rule))
        found[fact.same()] = replace(first, sentences=sentences)
    return [found[key] for key in sorted(found)]


def number(text: str) -> Number:
    """A figure's value as Python has it. Raises decimal.InvalidOperation for what is none."""
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() and "." not in text else value


def local(term: Any) -> str:
    """The local name of a kg: term."""
    name: str = term.value.removeprefix(KG)
    return name


def _one(said: dict[NamedNode, list[Any]], predicate: NamedNode) -> str:
    return min((term.value for term in said.get(predicate, ())), default="")


def _local(said: dict[NamedNode, list[Any]], name: str) -> str:
    return _one(said, kg(name)).removeprefix(KG)


def _period(said: dict[NamedNode, list[Any]]) -> str:
    on = _one(said, kg("period"))
    begin = _one(said, kg("from"))
    return on or (f"{begin}/{_one(said, kg('to'))}" if begin else "")
