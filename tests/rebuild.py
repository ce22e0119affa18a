"""The triples of a graph out of its tables as csv, xlsx and parquet hold them: what shows that the tables hold everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph import vocabulary as v
from kg.graph.knowledge import Graph
from kg.graph.rdf import triples as graph_triples
from kg.graph.values import number, time
from kg.graph.vocabulary import kg

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
"""Name of the table → rows: column → str, int, float, Decimal, bool, list of str or None."""


def without_build(graph: Graph) -> set[Triple]:
    """All triples but those about the build, which no table holds."""
    found = set(graph_triples(graph))
    builds = {t.subject for t in found if t.predicate == v.TYPE and t.object == v.ACTIVITY}
    return {t for t in found if t.subject not in builds}


def rebuilt(tables: Tables) -> set[Triple]:
    """The triples that the tables come to."""
    return {Triple(NamedNode(s), p, o) for s, p, o in _all(tables) if o is not None}


def _all(tables: Tables) -> Iterator[tuple[str, NamedNode, Any]]:
    for row in tables["entities"]:
        iri = row["iri"]
        yield from ((iri, v.TYPE, kg(name)) for name in (*row["classes"], row["finer_class"]) if name)
        yield iri, v.PREF_LABEL, Literal(row["name"], language="zh")
        yield from ((iri, v.ALT_LABEL, Literal(name, language="zh")) for name in row["other_names"])
        yield iri, kg("resolution"), None if row["resolved"] else kg("unresolved")
        yield iri, kg("divisionCode"), _text(row["division_code"])
        yield iri, kg("divisionYear"), time(row["division_year"]) if row["division_year"] else None
        for column, name in (("first_seen", "firstSeen"), ("last_seen", "lastSeen")):
            yield iri, kg(name), time(row[column]) if row[column] else None
        yield iri, v.CLOSE_MATCH, _node(row["namesake_iri"])
    for row in tables["facts"]:
        iri, subject, target = row["iri"], NamedNode(row["subject_iri"]), NamedNode(row["object_iri"])
        yield subject.value, kg(row["relation"]), target if row["status"] == "done" else None
        yield iri, v.TYPE, v.STATEMENT
        yield from ((iri, v.SUBJECT, subject), (iri, v.PREDICATE, kg(row["relation"])), (iri, v.OBJECT, target))
        if row["relation"] == "worksFor":
            yield from ((iri, v.TYPE, v.MEMBERSHIP), (iri, v.MEMBER, subject), (iri, v.ORGANIZATION, target))
            yield iri, kg("role"), _text(row["role"], "zh")
        yield from _found(row)
    for row in tables["figures"]:
        iri = row["iri"]
        yield from ((iri, v.TYPE, kg("Measure")), (iri, kg("about"), NamedNode(row["entity_iri"])))
        yield iri, kg("indicator"), _text(row["indicator"], "zh")
        yield iri, kg("indicatorKey"), _text(row["indicator_key"], "zh")
        yield from ((iri, kg(name), _number(row[name])) for name in ("value", "min", "max"))
        yield from ((iri, kg("unit"), Literal(row["unit"] or "")), (iri, kg("asWritten"), Literal(row["as_written"])))
        yield from ((iri, kg(name), kg(row[name])) for name in ("bound", "kind"))
        yield from _found(row)
    for row in tables["mentions"]:
        yield row["entity_iri"], kg("mention"), NamedNode(row["span"])
        yield from _span(row, row["as_written"])
    for row in tables["sentences"]:
        yield from _span(row, row["quote"])
    for row in tables["documents"]:
        iri = row["iri"]
        yield from (
            (iri, v.TYPE, kg("Source")),
            (iri, kg("fileName"), Literal(row["file"])),
            (iri, v.FORMAT, Literal(row["format"])),
        )
        yield iri, v.TITLE, _text(row["title"], "zh")
        yield iri, v.ISSUED, time(row["issued"]) if row["issued"] else None
        yield iri, kg("documentNumber"), _text(row["number"])
        yield iri, v.PUBLISHER, _node(row["publisher_iri"]) or _text(row["publisher"], "zh")
        yield iri, v.CREATOR, _node(row["speaker_iri"]) or _text(row["speaker"], "zh")
        yield iri, kg("encodes"), _node(row["report_iri"])


def _found(row: Row) -> Iterator[tuple[str, NamedNode, Any]]:
    iri = row["iri"]
    yield from ((iri, kg(name), kg(row[name])) for name in ("status", "basis"))
    start, _, end = (row["period"] or "").partition("/")
    yield iri, kg("period"), time(start) if start and not end else None
    yield from ((iri, kg(name), time(day) if end else None) for name, day in (("from", start), ("to", end)))
    yield iri, kg("rule"), Literal(row["rule"])
    yield from ((iri, kg("evidence"), NamedNode(span)) for span in row["evidence"])
    yield iri, kg("context"), _node(row["context"])


def _span(row: Row, quote: str) -> Iterator[tuple[str, NamedNode, Any]]:
    iri = row["span"]
    yield from ((iri, v.TYPE, kg("Span")), (iri, kg("source"), NamedNode(row["source"])), (iri, kg("quote"), Literal(quote)))
    yield from ((iri, kg(name), number(int(row[name]))) for name in ("start", "end"))


def _number(value: Any) -> Literal | None:
    return None if value is None else number(Decimal(repr(value) if isinstance(value, float) else str(value)))


def _text(value: str | None, language: str | None = None) -> Literal | None:
    return None if value is None else Literal(value, language=language)


def _node(iri: str | None) -> NamedNode | None:
    return NamedNode(iri) if iri else None
