"""A Graph as RDF, after the contract: entities, statements, measures, spans, sources and the build.

Each source's statements, measures, mentions and spans are one named graph (its name is the source's IRI). What several sources
may say is in graphs of its own, each triple once: types, labels and codes in BASEgraph/entities, so that an entity of many
documents has one label, and the plain triples in BASEgraph/facts. So no triple is in two graphs, and the union of them, which
is what a query sees, counts nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, cast

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import __version__
from kg.graph import vocabulary as v
from kg.graph.fold_facts import measure_fields
from kg.graph.iri import entity_iri, hash_iri, source_iri, span_iri, stream_iri
from kg.graph.mentions import ALL
from kg.graph.seen import seen, years_of
from kg.graph.terms import definitions
from kg.graph.values import number, time
from kg.graph.vocabulary import kg, term
from kg.model import DONE, USER, Entity, Fact, Measure, Period, Span

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

Pair = tuple[NamedNode, NamedNode | Literal]


def parts(graph: Graph) -> Iterator[tuple[NamedNode, Iterator[Triple]]]:
    """Each named graph with its triples, each once: what is shared first, then source by source."""
    yield (
        shared("entities", graph.base),
        chain(entity_triples(graph), namesake_triples(graph), definitions(graph.terms), _build(graph)),
    )
    yield shared("facts", graph.base), _plain(graph)
    mentions: dict[str, list[tuple[NamedNode, Span]]] = {sha: [] for sha in graph.sources}
    findings: dict[str, list[Fact | Measure]] = {sha: [] for sha in graph.sources}
    for entity in graph.entities:
        node = NamedNode(entity_iri(entity.id, graph.base))
        for span in entity.mentions:
            mentions[span.source].append((node, span))
    for finding in cast("Iterator[Fact | Measure]", chain(graph.facts, graph.measures)):
        findings[finding.evidence[0].source].append(finding)
    for sha in graph.sources:
        yield _source(sha, graph), _told(sha, mentions[sha], findings[sha], graph)


def shared(name: str, base: str) -> NamedNode:
    """The named graph of what several sources may say: "entities" or "facts"."""
    return NamedNode(f"{base}graph/{name}")


def quads(graph: Graph) -> Iterator[Quad]:
    """Every triple of the graph once, in its named graph."""
    for name, said in parts(graph):
        yield from (Quad(t.subject, t.predicate, t.object, name) for t in said)


def triples(graph: Graph) -> Iterator[Triple]:
    """Every triple of the graph once."""
    for _, said in parts(graph):
        yield from said


def statement_iri(fact: Fact, base: str) -> str:
    """The IRI of the statement: a hash of subject, property, object, status, period, role and source."""
    said = (fact.subject, fact.property, fact.object, fact.status, *_times(fact.period), fact.role)
    return hash_iri("statement", (*said, fact.evidence[0].source), base)


def measure_iri(measure: Measure, base: str) -> str:
    """The IRI of the measure: a hash of all that makes it this figure, and its source."""
    return hash_iri("measure", (*measure_fields(measure), measure.evidence[0].source), base)


def entity_triples(graph: Graph) -> Iterator[Triple]:
    """What each entity is and is called, and over which years the documents name it."""
    years = years_of(graph.documents)
    for entity in graph.entities:
        node = NamedNode(entity_iri(entity.id, graph.base))
        yield from (Triple(node, *pair) for pair in _names(entity))
        for name, year in zip(("firstSeen", "lastSeen"), seen(entity, years), strict=False):
            yield Triple(node, kg(name), time(year))
        yield from (Triple(node, v.REPLACES, NamedNode(entity_iri(old, graph.base))) for old in entity.replaces)


def _plain(graph: Graph) -> Iterator[Triple]:
    """What is done, as plain triples."""
    for subject, name, target in dict.fromkeys((f.subject, f.property, f.object) for f in graph.facts if f.status == DONE):
        yield Triple(NamedNode(entity_iri(subject, graph.base)), term(name), NamedNode(entity_iri(target, graph.base)))


def _told(
    sha: str, mentions: Iterable[tuple[NamedNode, Span]], findings: Iterable[Fact | Measure], graph: Graph
) -> Iterator[Triple]:
    """All that one source says: where it names what, its statements and figures, the spans they cite, and what it is."""
    spans: set[Span] = set()
    for node, span in mentions:
        spans.add(span)
        yield Triple(node, kg("mention"), _span(span, graph))
    for finding in findings:
        spans.update(_cited(finding))
        yield from _statement(finding, graph) if isinstance(finding, Fact) else _measure(finding, graph)
    kind, cited, start, end, quote = kg("Span"), kg("source"), kg("start"), kg("end"), kg("quote")
    for span in sorted(spans, key=lambda span: (span.source, span.start, span.end)):  # most of all triples
        node = _span(span, graph)
        yield Triple(node, v.TYPE, kind)
        yield Triple(node, cited, _source(span.source, graph))
        yield Triple(node, start, number(span.start))
        yield Triple(node, end, number(span.end))
        yield Triple(node, quote, Literal(graph.quote(span)))
    yield from (Triple(_source(sha, graph), *pair) for pair in _about_source(sha, graph))


def _names(entity: Entity) -> Iterator[Pair]:
    yield from ((v.TYPE, kg(name)) for name in entity.classes)
    if entity.kind:
        yield v.TYPE, term(entity.kind)
    yield v.PREF_LABEL, Literal(entity.label, language="zh")
    yield from ((v.ALT_LABEL, Literal(name, language="zh")) for name in entity.alt)
    if not entity.resolved:
        yield kg("resolution"), kg("unresolved")
    if entity.division_code:
        yield kg("divisionCode"), Literal(entity.division_code)
    if entity.division_year:
        yield kg("divisionYear"), time(entity.division_year)
    if entity.origin:
        yield kg("origin"), Literal(entity.origin)
    if entity.by_user:
        yield kg("basis"), kg(USER)


def _statement(fact: Fact, graph: Graph) -> Iterator[Triple]:
    subject, target = (NamedNode(entity_iri(x, graph.base)) for x in (fact.subject, fact.object))
    node = NamedNode(statement_iri(fact, graph.base))
    yield Triple(node, v.TYPE, v.STATEMENT)
    yield Triple(node, v.SUBJECT, subject)
    yield Triple(node, v.PREDICATE, term(fact.property))
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
    yield Triple(node, kg("indicatorKey"), Literal(measure.key, language="zh"))
    yield Triple(node, kg("value"), number(measure.value))
    for limit, name in ((measure.min, "min"), (measure.max, "max")):
        if limit is not None:
            yield Triple(node, kg(name), number(limit))
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


def _about_source(sha: str, graph: Graph) -> Iterator[Pair]:
    source, info = graph.sources[sha], graph.documents[sha]
    yield v.TYPE, kg("Source")
    yield kg("fileName"), Literal(source.name)
    yield v.FORMAT, Literal(source.media_type)
    if info.title:
        yield v.TITLE, Literal(info.title, language="zh")
    if issued := info.dated():
        yield v.ISSUED, time(issued)
    if info.number:
        yield kg("documentNumber"), Literal(info.number)
    for told, name, entity in (
        (v.PUBLISHER, info.publisher, info.publisher_entity),
        (v.CREATOR, info.speaker, info.speaker_entity),
    ):
        if entity:
            yield told, NamedNode(entity_iri(entity, graph.base))
        elif name:
            yield told, Literal(name, language="zh")
    if info.report:
        yield kg("encodes"), NamedNode(entity_iri(info.report, graph.base))


def namesakes(graph: Graph) -> Iterator[tuple[str, str]]:
    """Persons of one name whose posts did not make them one: the id of each with that of the first of them, a near match."""
    first: dict[str, str] = {}
    for entity in graph.entities:
        if entity.classes[0] == "Person" and first.setdefault(entity.label, entity.id) != entity.id:
            yield entity.id, first[entity.label]


def namesake_triples(graph: Graph) -> Iterator[Triple]:
    """The near matches between persons of one name."""
    for pair in namesakes(graph):
        one, other = (NamedNode(entity_iri(entity, graph.base)) for entity in pair)
        yield Triple(one, v.CLOSE_MATCH, other)


def build_node(shas: Iterable[str], level: str, base: str) -> NamedNode:
    """The build that read the sources with these SHA-256, sorted; `level` is which mentions it kept. However many there are, one is in memory."""
    return NamedNode(stream_iri("build", chain((__version__,), _kept(level), shas), base))


def build_triples(node: NamedNode, level: str) -> Iterator[Triple]:
    """The build as an activity: the tool's version. No clock time: the same input gives the same bytes."""
    yield Triple(node, v.TYPE, v.ACTIVITY)
    yield Triple(node, v.RDFS_LABEL, Literal(f"yishi {__version__}"))
    yield Triple(node, v.SOFTWARE_VERSION, Literal(__version__))
    yield from (Triple(node, kg("mentionsKept"), Literal(kept)) for kept in _kept(level))


def used(node: NamedNode, sha: str, base: str) -> Triple:
    """That a build read a source."""
    return Triple(node, v.USED, _node(source_iri(sha, base)))


def _kept(level: str) -> tuple[str, ...]:
    return () if level == ALL else (level,)


def _build(graph: Graph) -> Iterator[Triple]:
    """The build and what it read."""
    node = build_node(sorted(graph.sources), graph.mentions, graph.base)
    yield from build_triples(node, graph.mentions)
    yield from (used(node, sha, graph.base) for sha in graph.sources)


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
