"""One document to its record: read and related as in a local build, and its own part of the graph written as a local build writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.batch.one import content_of, reading_of
from kg.batch.options import Options
from kg.errors import InputError
from kg.graph.iri import normal_id, source_iri
from kg.graph.knowledge import Graph
from kg.graph.mentions import keep_mentions
from kg.graph.merge import merge
from kg.graph.persons import without_persons
from kg.graph.rdf import parts, shared
from kg.graph.seen import seen, years_of
from kg.graph.vocabulary import kg
from kg.model import Fact, Reading
from kg.pipeline import by_name, skipped_of
from kg.read import document_name
from kg.read.limits import MAX_FILE, MEGA
from kg.spark.columns import PER_DOCUMENT, cells

Ends = tuple[str, str, str]
"""A fact by its ends' IRIs: subject, relation, object."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a build does besides reading: plain values, which every machine is told."""

    base: str
    persons: bool
    mentions: str
    unfit: Mapping[str, frozenset[Ends]] = field(default_factory=dict)
    """By SHA-256: facts that are left out, as what other documents say has made their ends into what they do not join."""


def record_of(document: Mapping[str, Any], options: Options, work: Work) -> dict[str, Any]:
    """The record (kg.spark.columns.RECORD) of a document (DOCUMENT). What cannot be read has its `error`, in the words of a local build.

    Raises what `kg.batch.one.reading_of` raises but for InputError.
    """
    path: str = document["path"]
    found: dict[str, Any] = {
        # Of several copies that counts which a table of metadata is about, then the first by name: it may say whose text it is.
        "untold": path not in options.told,
        "order": "\x01".join((*by_name(path), document["at"])),
        "at": document["at"],
        "path": path,
        "name": document_name(path),
    }
    try:
        data, sha = _content(document, options)
        found["sha"] = sha
        reading = reading_of(data, path, options)
    except InputError as error:
        skipped = skipped_of(path, error)
        return {**found, "name": skipped.name, "error": skipped.reason}
    return {**found, **_said(reading if work.persons else without_persons(reading), work)}


def _content(document: Mapping[str, Any], options: Options) -> tuple[bytes, str]:
    """What the document holds and its SHA-256. Raises InputError where it cannot be read."""
    if document["file"] is not None:
        content = content_of(document["file"], options)
        return content.data, content.sha256
    data, size = document["content"], document["size"]
    if data is None:
        mend = "split it, or save its text"
        raise InputError(f"larger than {MAX_FILE // MEGA} MB" if size else "holds nothing", document["path"], mend)
    return data, sha256(data).hexdigest()


def _said(reading: Reading, work: Work) -> dict[str, Any]:
    """What the reading says: its part of the graph, and what is to be merged with other documents'."""
    alone = merge([replace(reading, account=None)], base=work.base)
    if left := work.unfit.get(reading.document.source.sha256):
        alone = replace(alone, facts=tuple(one for one in alone.facts if _ends(one, alone) not in left))
    kept = keep_mentions(alone, work.mentions)
    source = reading.document.source
    (info,) = alone.documents.values()
    graphs = dict(_triples(kept))
    about, facts = source_iri(source.sha256, work.base), shared("facts", work.base).value
    own = [triple for triple in graphs[about] if triple.predicate != kg("fileName")]
    return {
        "unread": [*source.unread, *reading.unread],
        "characters": len(source.text),
        "title": info.title,
        "text": source.text,
        "quads": lines(own, about),
        "number": len(own),
        "plain": [line for line in lines(graphs[facts], facts).split("\n") if line],
        "entities": list(_entities(reading, alone, kept)),
        **{table.name: [cells(table, row) for row in table.rows(kept)] for table in PER_DOCUMENT},
    }


def _ends(fact: Fact, graph: Graph) -> Ends:
    return graph.iri(fact.subject), fact.property, graph.iri(fact.object)


def _triples(graph: Graph) -> Iterator[tuple[str, list[Triple]]]:
    """The named graphs but for that of the entities, which other documents have a say in."""
    for name, triples in parts(graph):
        if name != shared("entities", graph.base):
            yield name.value, list(triples)


def _entities(reading: Reading, alone: Graph, kept: Graph) -> Iterator[dict[str, Any]]:
    """What the reading says of each entity. What is counted stands beside the first of several that have one id."""
    written = {entity.id: len(entity.mentions) for entity in kept.entities}
    years = years_of(alone.documents)
    spans = {entity.id: [int(year) for year in seen(entity, years)] for entity in alone.entities}
    for entity in reading.entities:
        key = normal_id(entity.id)
        first, last = spans.pop(key, None) or (None, None)
        yield {
            "id": key,
            "classes": list(entity.classes),
            "label": entity.label,
            "alt": list(entity.alt),
            "kind": entity.kind,
            "resolved": entity.resolved,
            "code": entity.division_code,
            "year": entity.division_year,
            "origin": entity.origin,
            "weight": len(entity.mentions),
            "mentions": written.pop(key, 0),
            "first": first,
            "last": last,
        }


def lines(triples: Iterable[Triple], graph: str) -> str:
    """Triples as N-Quads in this named graph, one a line, without the last line end."""
    name = NamedNode(graph)
    data = serialize((Quad(t.subject, t.predicate, t.object, name) for t in triples), format=RdfFormat.N_QUADS)
    assert data is not None
    return data.decode().rstrip("\n")


def file_name(sha: str, name: str, base: str) -> str:
    """What the source's file is called, as N-Quads."""
    about = source_iri(sha, base)
    return lines([Triple(NamedNode(about), kg("fileName"), Literal(name))], about)
