"""A Graph as RDF, after the contract: entities, statements, measures, spans, sources and the build.

Each source's statements, measures, mentions and spans are one named graph (its name is the source's IRI); types, labels and
codes are in BASE/graph/entities, so that an entity of many documents has one label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import __version__
from kg.graph import vocabulary as v
from kg.graph.fold_facts import measure_fields
from kg.graph.iri import entity_iri, hash_iri, source_iri, span_iri
from kg.graph.values import number, time
from kg.graph.vocabulary import kg
from kg.model import DONE, Entity, Fact, Measure, Period, Span

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

Pair = tuple[NamedNode, NamedNode | Literal]


def quads(graph: Graph) -> Iterator[Quad]:
    """Every triple of the graph in its named graph. A triple that two sources give comes once for each."""
    names = NamedNode(f"{graph.base}graph/entities")
    spans: dict[str, set[Span]] = {sha: set() for sha in graph.sources}
    for entity in graph.entities:
        node = NamedNode(entity_iri(entity.id, graph.base))
        yield from (Quad(node, *pair, names) for pair in _names(entity))
        for span in entity.mentions:
            spans[span.source].add(span)
            yield Quad(node, kg("mention"), _span(span, graph), _source(span.source, graph))
    findings: tuple[Fact | Measure, ...] = (*graph.facts, *graph.measures)
    for finding in findings:
        sha = finding.evidence[0].source
        spans[sha].update(_cited(finding))
        told = _statement(finding, graph) if isinstance(finding, Fact) else _measure(finding, graph)
        yield from (_in(triple, _source(sha, graph)) for triple in told)
    for sha, cited in spans.items():
        for span in cited:
            node = _span(span, graph)
            yield from (Quad(node, *pair, _source(sha, graph)) for pair in _quote(span, graph))
        yield from (Quad(_source(sha, graph), *pair, _source(sha, graph)) for pair in _about_source(sha, graph))
    yield from (_in(triple, names) for triple in (*_namesakes(graph), *_build(graph)))


def triples(graph: Graph) -> Iterator[Triple]:
    """Every triple of the graph once, whatever named graphs it is in."""
    seen: set[Triple] = set()
    for quad in quads(graph):
        if quad.triple not in seen:
            seen.add(quad.triple)
            yield quad.triple


def statement_iri(fact: Fact, base: str) -> str:
    """The IRI of the statement: a hash of subject, property, object, status, period, role and source."""
    said = (fact.subject, fact.property, fact.object, fact.status, *_times(fact.period), fact.role)
    return hash_iri("statement", (*said, fact.evidence[0].source), base)


def measure_iri(measure: Measure, base: str) -> str:
    """The IRI of the measure: a hash of all that makes it this figure, and its source."""
    return hash_iri("measure", (*measure_fields(measure), measure.evidence[0].source), base)


def _names(entity: Entity) -> Iterator[Pair]:
    yield from ((v.TYPE, kg(name)) for name in entity.classes)
    if entity.kind:
        yield v.TYPE, kg(entity.kind)
    yield v.PREF_LABEL, Literal(entity.label, language="zh")
    yield from ((v.ALT_LABEL, Literal(name, language="zh")) for name in entity.alt)
    if not entity.resolved:
        yield kg("resolution"), kg("unresolved")
    if entity.division_code:
        yield kg("divisionCode"), Literal(entity.division_code)
    if entity.division_year:
        yield kg("divisionYear"), time(entity.division_year)


def _statement(fact: Fact, graph: Graph) -> Iterator[Triple]:
    subject, target = (NamedNode(entity_iri(x, graph.base)) for x in (fact.subject, fact.object))
    if fact.status == DONE:
        yield Triple(subject, kg(fact.property), target)
    node = NamedNode(statement_iri(fact, graph.base))
    yield Triple(node, v.TYPE, v.STATEMENT)
    yield Triple(node, v.SUBJECT, subject)
    yield Triple(node, v.PREDICATE, kg(fact.property))
    yield Triple(node, v.OBJECT, target)
    if fact.property == "worksFor":
        yield Triple(node, v.TYPE, v.MEMBERSHIP)
        yield Triple(node, v.MEMBER, subject)
        yield Triple(node, v.ORGANIZATION, target)
        if fact.role:
            yield Triple(node, kg("role"), Literal(fact.role, language="zh"))
    yield from (Triple(node, *pair) for pair in _found(fact, graph))


def _measure(measure: Measure, graph: Graph) -> Iterator[Triple]:
    node = NamedNode(measure_iri(measure, graph.base))
    yield Triple(node, v.TYPE, kg("Measure"))
    yield Triple(node, kg("about"), NamedNode(entity_iri(measure.about, graph.base)))
    yield Triple(node, kg("indicator"), Literal(measure.indicator, language="zh"))
    yield Triple(node, kg("value"), number(measure.value))
    for limit, term in ((measure.min, "min"), (measure.max, "max")):
        if limit is not None:
            yield Triple(node, kg(term), number(limit))
    yield Triple(node, kg("unit"), Literal(measure.unit))
    yield Triple(node, kg("asWritten"), Literal(measure.as_written))
    yield Triple(node, kg("bound"), kg(measure.bound))
    yield Triple(node, kg("kind"), kg(measure.kind))
    yield from (Triple(node, *pair) for pair in _found(measure, graph))


def _found(finding: Fact | Measure, graph: Graph) -> Iterator[Pair]:
    """What statements and measures have in common: status, time, and how they were found."""
    yield kg("status"), kg(finding.status)
    yield from _period(finding.period)
    yield kg("basis"), kg(finding.basis)
    yield kg("rule"), Literal(finding.rule)
    yield from ((kg("evidence"), _span(span, graph)) for span in finding.evidence)
    if finding.context:
        yield kg("context"), _span(finding.context, graph)


def _period(period: Period | None) -> Iterator[Pair]:
    if period and period.start == period.end:
        yield kg("period"), time(period.start)
    elif period:
        yield kg("from"), time(period.start)
        yield kg("to"), time(period.end)


def _quote(span: Span, graph: Graph) -> Iterator[Pair]:
    yield v.TYPE, kg("Span")
    yield kg("source"), _source(span.source, graph)
    yield kg("start"), number(span.start)
    yield kg("end"), number(span.end)
    yield kg("quote"), Literal(graph.quote(span))


def _about_source(sha: str, graph: Graph) -> Iterator[Pair]:
    source, info = graph.sources[sha], graph.documents[sha]
    yield v.TYPE, kg("Source")
    yield kg("fileName"), Literal(source.name)
    yield v.FORMAT, Literal(source.media_type)
    if info.title:
        yield v.TITLE, Literal(info.title, language="zh")
    issued = info.issued or info.date
    if issued:
        yield v.ISSUED, time(issued)
    for term, name, entity in (
        (v.PUBLISHER, info.publisher, info.publisher_entity),
        (v.CREATOR, info.speaker, info.speaker_entity),
    ):
        if entity:
            yield term, NamedNode(entity_iri(entity, graph.base))
        elif name:
            yield term, Literal(name, language="zh")
    if info.report:
        yield kg("encodes"), NamedNode(entity_iri(info.report, graph.base))


def _namesakes(graph: Graph) -> Iterator[Triple]:
    """Persons of one name whose posts did not make them one: each points to the first of them, as a near match."""
    first: dict[str, NamedNode] = {}
    for entity in graph.entities:
        if entity.classes[0] == "Person":
            node = NamedNode(entity_iri(entity.id, graph.base))
            if first.setdefault(entity.label, node) != node:
                yield Triple(node, v.CLOSE_MATCH, first[entity.label])


def _build(graph: Graph) -> Iterator[Triple]:
    """The build as an activity: the tool's version and what it read. No clock time: the same input gives the same bytes."""
    node = NamedNode(hash_iri("build", (__version__, *sorted(graph.sources)), graph.base))
    yield Triple(node, v.TYPE, v.ACTIVITY)
    yield Triple(node, v.RDFS_LABEL, Literal(f"yishi {__version__}"))
    yield Triple(node, v.SOFTWARE_VERSION, Literal(__version__))
    yield from (Triple(node, v.USED, _source(sha, graph)) for sha in graph.sources)


def _in(triple: Triple, name: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, name)


def _cited(finding: Fact | Measure) -> Iterable[Span]:
    return (*finding.evidence, finding.context) if finding.context else finding.evidence


def _times(period: Period | None) -> tuple[str, str]:
    return (period.start, period.end) if period else ("", "")


def _span(span: Span, graph: Graph) -> NamedNode:
    return NamedNode(span_iri(span, graph.base))


def _source(sha: str, graph: Graph) -> NamedNode:
    return _node(source_iri(sha, graph.base))


@lru_cache(maxsize=1024)
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)
