"""A part of a published graph as a Graph of its own: some entities with the facts among them, for what cannot take the whole of a large one."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from os import PathLike
from typing import Any

from pyoxigraph import NamedNode, Store

from kg.errors import YishiError
from kg.graph.documents import DOCUMENTS
from kg.graph.knowledge import DocumentInfo, Graph
from kg.graph.manifest import base_of, file_of, level_of, whole
from kg.graph.opened import Said, entity_of, fact_of, fact_order, measure_of, measure_order, span_of
from kg.graph.terms import terms_of
from kg.graph.vocabulary import OBJECT, PREF_LABEL, SUBJECT, kg
from kg.model import Fact, Measure, Source

_ENDS = ("publisher_entity", "speaker_entity", "report", "home", "body")  # of a DocumentInfo: ids of entities


def part(directory: str | PathLike[str], store: Store, iris: Collection[str]) -> Graph:
    """The Graph of these entities (IRIs), the facts between two of them, the figures about them, and the documents that these quote.

    `store` is the folder's, as it was opened. Raises YishiError where the folder is not whole.
    """
    manifest, places = whole(directory)
    try:
        base = base_of(manifest)
        told = json.loads(file_of(places, DOCUMENTS).read_text("utf-8"))
        files = {one["sha256"]: (one["name"], one["file"]) for one in manifest["sources"]}
        kept = [iri for iri in dict.fromkeys(iris) if _said(store, iri).get(PREF_LABEL)]
        facts = [fact_of(said, base) for said in _between(store, set(kept))]
        measures = [measure_of(_said(store, node), base) for iri in kept for node in _subjects(store, kg("about"), iri)]
        findings: list[Fact | Measure] = [*facts, *measures]
        cited = {span.source for one in findings for span in one.evidence}
        entities = [_entity(store, iri, base, told["leads"], cited) for iri in kept]
        ids = {entity.id for entity in entities}
        documents = {one["sha256"]: one for one in told["documents"] if one["sha256"] in cited}
        sources = {
            sha: Source(
                sha,
                files[sha][0],
                file_of(places, files[sha][1]).read_bytes().decode("utf-8-sig"),
                one["encoding"],
                one["media_type"],
            )
            for sha, one in documents.items()
        }
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise YishiError(f"is not as it was built ({error})", str(directory), "build the graph again with kg build") from error
    return Graph(
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        facts=tuple(sorted((fact for fact in facts if fact.evidence[0].source in sources), key=fact_order)),
        measures=tuple(sorted(measures, key=measure_order)),
        sources=sources,
        documents={sha: _about(one["about"], ids) for sha, one in documents.items()},
        base=base,
        terms=terms_of(store),
        mentions=level_of(manifest),
    )


def _between(store: Store, iris: set[str]) -> list[Said]:
    """What the statements say both ends of which are among these."""
    found = []
    for iri in iris:
        for node in _subjects(store, SUBJECT, iri):
            said = _said(store, node)
            if said[OBJECT][0].value in iris:
                found.append(said)
    return found


def _entity(store: Store, iri: str, base: str, leads: dict[str, str], sources: set[str]) -> Any:
    said = _said(store, iri)
    mentions = [span for span in (span_of(node.value, base) for node in said.get(kg("mention"), ())) if span.source in sources]
    return entity_of(NamedNode(iri), said, mentions, base, leads)


def _about(about: dict[str, Any], ids: set[str]) -> DocumentInfo:
    """What is known of a document, without the entities that are not in this part."""
    info = DocumentInfo(**about)
    return replace(info, **{name: None for name in _ENDS if getattr(info, name) not in ids})


def _said(store: Store, iri: str) -> Said:
    found: Said = {}
    for quad in store.quads_for_pattern(NamedNode(iri), None, None, None):
        objects = found.setdefault(quad.predicate, [])
        if quad.object not in objects:
            objects.append(quad.object)
    return found


def _subjects(store: Store, predicate: NamedNode, iri: str) -> list[str]:
    """IRIs, each once."""
    return sorted({quad.subject.value for quad in store.quads_for_pattern(None, predicate, NamedNode(iri), None)})  # type: ignore[union-attr]
