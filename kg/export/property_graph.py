"""The graph as a property graph: nodes with labels, edges with a type, values on both. Every graph database gets this one.

Labels, types and keys are Latin and are the ontology's own names (edge types as openCypher writes them: carriesOut →
CARRIES_OUT), so that a query in SPARQL and one in Cypher speak of the same things; what texts say is only ever a value.

    (:Entity:Organization {iri, name, …})-[:RUNS {iri, status, period, quotes, …}]->(:Entity:Platform)
    (:Measure {iri, value, unit, …})-[:ABOUT]->(:Entity)         (:Measure)-[:EVIDENCE|CONTEXT]->(:Span)
    (:Span {iri, quote, start, end})-[:IN_SOURCE]->(:Source)     (:Entity)-[:MENTION {iri, start, end, quote}]->(:Source)
    (:Source)-[:ENCODES|PUBLISHER|CREATOR]->(:Entity)            (:Entity)-[:CLOSE_MATCH]->(:Entity)

What is only planned has a type of its own (PLANNED_RUNS): who asks for RUNS is not told of wishes, as in the RDF. A fact is one
edge for each different status, period, role and source, told apart by `iri`, the IRI of its statement. Every node has an `iri`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import TYPE_CHECKING, Any, Literal

from kg.export.cited import cited
from kg.export.network import period_text
from kg.graph.iri import source_iri, span_iri
from kg.graph.rdf import measure_iri, namesakes, statement_iri
from kg.graph.seen import seen, years_of
from kg.model import CLASSES, DONE, PLANNED, PROPERTIES, Fact, Measure, Period
from kg.ontology import local_name

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

MODEL = "yishi property graph 1"
"""Changes when the model does: what was loaded after another model is not what is loaded now."""

Kind = Literal["text", "texts", "whole", "number", "truth"]
Row = dict[str, Any]
"""Key → str, list of str, int, float, bool, or None: the keys are those of the table, always all of them."""
Edge = tuple[str, str, Row]
"""IRI of the node it leaves, IRI of the node it leads to, its values."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """All nodes of one label. `keys` are name → kind of value; the first is `iri`, which tells the nodes apart."""

    label: str
    keys: dict[str, Kind]
    rows: Callable[[Graph], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Edges:
    """All edges of one type. Where `keys` has an `iri`, it tells apart the edges between two nodes; else there is at most one."""

    type: str
    start: str  # the label of the nodes they leave
    end: str  # the label of the nodes they lead to
    keys: dict[str, Kind]
    rows: Callable[[Graph], Iterator[Edge]]


_FOUND: dict[str, Kind] = {
    **dict.fromkeys(("status", "period", "periodFrom", "periodTo", "basis", "rule"), "text"),
    "quotes": "texts",  # the sentences that say it
}
ENTITY_KEYS: dict[str, Kind] = {
    "iri": "text", "name": "text", "altNames": "texts", "classes": "texts", "mentions": "whole", "resolved": "truth",
    "divisionCode": "text", "divisionYear": "text", "firstSeen": "text", "lastSeen": "text",
}  # fmt: skip
MEASURE_KEYS: dict[str, Kind] = {
    "iri": "text", "indicator": "text", "indicatorKey": "text", "value": "number", "unit": "text", "asWritten": "text", "bound": "text",
    "min": "number", "max": "number", "kind": "text", **_FOUND,
}  # fmt: skip
SPAN_KEYS: dict[str, Kind] = {"iri": "text", "quote": "text", "start": "whole", "end": "whole"}
SOURCE_KEYS: dict[str, Kind] = dict.fromkeys(
    ("iri", "sha256", "fileName", "format", "title", "issued", "publisher", "creator", "documentNumber"), "text"
)
FACT_KEYS: dict[str, Kind] = {
    "iri": "text", "role": "text", **_FOUND, "evidence": "texts", "context": "text", "source": "text",
}  # fmt: skip


def _entities(graph: Graph) -> Iterator[Row]:
    years = years_of(graph.documents)
    for entity in graph.entities:
        first, last = seen(entity, years) or (None, None)
        yield {
            "iri": graph.iri(entity.id), "name": entity.label, "altNames": list(entity.alt),
            "classes": [*entity.classes, *([local_name(entity.kind)] if entity.kind else [])],
            "mentions": len(entity.mentions), "resolved": entity.resolved,
            "divisionCode": entity.division_code, "divisionYear": entity.division_year,
            "firstSeen": first, "lastSeen": last,
        }  # fmt: skip


def _measures(graph: Graph) -> Iterator[Row]:
    for measure in graph.measures:
        yield {
            "iri": measure_iri(measure, graph.base), "indicator": measure.indicator, "indicatorKey": measure.key,
            "value": float(measure.value), "unit": measure.unit, "asWritten": measure.as_written, "bound": measure.bound,
            "min": None if measure.min is None else float(measure.min),
            "max": None if measure.max is None else float(measure.max),
            "kind": measure.kind, **_found(measure, graph),
        }  # fmt: skip


def _spans(graph: Graph) -> Iterator[Row]:
    """The spans that facts and figures cite, each once. Where entities are named is on the MENTION edges."""
    for span in cited(graph):
        yield {"iri": span_iri(span, graph.base), "quote": graph.quote(span), "start": span.start, "end": span.end}


def _sources(graph: Graph) -> Iterator[Row]:
    for sha, source in graph.sources.items():
        info = graph.documents[sha]
        yield {
            "iri": source_iri(sha, graph.base), "sha256": sha, "fileName": source.name, "format": source.media_type,
            "title": info.title, "issued": info.dated(), "publisher": info.publisher, "creator": info.speaker,
            "documentNumber": info.number,
        }  # fmt: skip


def _facts_of(name: str, status: str) -> Callable[[Graph], Iterator[Edge]]:
    def rows(graph: Graph) -> Iterator[Edge]:
        for fact in graph.facts:
            if fact.property == name and fact.status == status:
                values = {
                    "iri": statement_iri(fact, graph.base), "role": fact.role, **_found(fact, graph),
                    "evidence": [span_iri(span, graph.base) for span in fact.evidence],
                    "context": span_iri(fact.context, graph.base) if fact.context else None,
                    "source": source_iri(fact.evidence[0].source, graph.base),
                }  # fmt: skip
                yield graph.iri(fact.subject), graph.iri(fact.object), values

    return rows


def _about(graph: Graph) -> Iterator[Edge]:
    for measure in graph.measures:
        yield measure_iri(measure, graph.base), graph.iri(measure.about), {}


def _evidence(graph: Graph) -> Iterator[Edge]:
    for measure in graph.measures:
        for span in measure.evidence:
            yield measure_iri(measure, graph.base), span_iri(span, graph.base), {}


def _context(graph: Graph) -> Iterator[Edge]:
    for measure in graph.measures:
        if measure.context:
            yield measure_iri(measure, graph.base), span_iri(measure.context, graph.base), {}


def _in_source(graph: Graph) -> Iterator[Edge]:
    for span in cited(graph):
        yield span_iri(span, graph.base), source_iri(span.source, graph.base), {}


def _mentions(graph: Graph) -> Iterator[Edge]:
    for entity in graph.entities:
        iri = graph.iri(entity.id)
        for span in entity.mentions:
            values = {"iri": span_iri(span, graph.base), "start": span.start, "end": span.end, "quote": graph.quote(span)}
            yield iri, source_iri(span.source, graph.base), values


def _known(field: str) -> Callable[[Graph], Iterator[Edge]]:
    """From each source to the entity that is its report, publisher or speaker, where that is known."""

    def rows(graph: Graph) -> Iterator[Edge]:
        for sha, info in graph.documents.items():
            entity = getattr(info, field)
            if entity:
                yield source_iri(sha, graph.base), graph.iri(entity), {}

    return rows


def _close(graph: Graph) -> Iterator[Edge]:
    for one, other in namesakes(graph):
        yield graph.iri(one), graph.iri(other), {}


def edge_type(name: str, status: str = DONE) -> str:
    """The type of the edges of a property: carriesOut → CARRIES_OUT, where it is only planned PLANNED_CARRIES_OUT."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", local_name(name)).upper()
    return f"PLANNED_{words}" if status == PLANNED else words


def _facts_tables(properties: Iterable[str]) -> tuple[Edges, ...]:
    return tuple(
        Edges(edge_type(name, status), ENTITY, ENTITY, FACT_KEYS, _facts_of(name, status))
        for name in properties
        for status in (DONE, PLANNED)
    )


ENTITY, MEASURE, SPAN, SOURCE = "Entity", "Measure", "Span", "Source"
NODES: tuple[Nodes, ...] = (
    Nodes(SOURCE, SOURCE_KEYS, _sources),
    Nodes(ENTITY, ENTITY_KEYS, _entities),
    Nodes(SPAN, SPAN_KEYS, _spans),
    Nodes(MEASURE, MEASURE_KEYS, _measures),
)
FACTS: tuple[Edges, ...] = _facts_tables(PROPERTIES)
EDGES: tuple[Edges, ...] = (
    *FACTS,
    Edges("ABOUT", MEASURE, ENTITY, {}, _about),
    Edges("EVIDENCE", MEASURE, SPAN, {}, _evidence),
    Edges("CONTEXT", MEASURE, SPAN, {}, _context),
    Edges("IN_SOURCE", SPAN, SOURCE, {}, _in_source),
    Edges("MENTION", ENTITY, SOURCE, SPAN_KEYS, _mentions),
    Edges("ENCODES", SOURCE, ENTITY, {}, _known("report")),
    Edges("PUBLISHER", SOURCE, ENTITY, {}, _known("publisher_entity")),
    Edges("CREATOR", SOURCE, ENTITY, {}, _known("speaker_entity")),
    Edges("CLOSE_MATCH", ENTITY, ENTITY, {}, _close),
)


def facts_of(graph: Graph) -> tuple[Edges, ...]:
    """The edges that are facts, those of a user's own properties last."""
    return (*FACTS, *_facts_tables(term.iri for term in graph.terms if term.sort == "property"))


def edges_of(graph: Graph) -> tuple[Edges, ...]:
    """All edges, those of a user's own properties last."""
    return (*EDGES, *facts_of(graph)[len(FACTS) :])


def labels(table: Nodes, row: Row) -> tuple[str, ...]:
    """All labels of a node: an entity's classes beside Entity. They are names of the ontology, never words of a text."""
    names = (table.label, *(row["classes"] if table.label == ENTITY else ()))
    for name in names:
        if name not in CLASSES and not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name):
            raise ValueError(f"{name!r} is not the name of a class")
    return names


def fingerprint(graph: Graph) -> str:
    """A hash of all nodes and edges: equal for two graphs where loading one after the other would change nothing."""
    digest = sha256(MODEL.encode())
    tables: list[tuple[str, Iterable[Row | Edge]]] = [(table.label, table.rows(graph)) for table in NODES]
    tables += [(table.type, table.rows(graph)) for table in edges_of(graph)]
    for name, rows in tables:
        digest.update(f"\n{name}".encode())
        for row in rows:
            digest.update(b"\n" + dumps(row, ensure_ascii=True, separators=(",", ":")).encode())
    return digest.hexdigest()


def _found(finding: Fact | Measure, graph: Graph) -> Row:
    start, end = _ends(finding.period)
    return {
        "status": finding.status, "period": period_text(finding.period) or None, "periodFrom": start, "periodTo": end,
        "basis": finding.basis, "rule": finding.rule, "quotes": [graph.quote(span) for span in finding.evidence],
    }  # fmt: skip


def _ends(period: Period | None) -> tuple[str | None, str | None]:
    return (period.start, period.end) if period else (None, None)
