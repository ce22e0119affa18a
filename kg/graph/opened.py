"""A published folder, opened: the Graph that was built, read from its store, its kept texts and `documents.json`."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import suppress
from decimal import Decimal
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from kg.edits.told import Edited, Told
from kg.errors import YishiError
from kg.graph.documents import DOCUMENTS, ordered
from kg.graph.knowledge import DocumentInfo, Graph, Skipped
from kg.graph.manifest import base_of, file_of, level_of, store_of, whole
from kg.graph.rdf import shared
from kg.graph.store import read_only
from kg.graph.terms import terms_of
from kg.graph.vocabulary import ALT_LABEL, KG, OBJECT, PREDICATE, PREF_LABEL, REPLACES, STATEMENT, SUBJECT, TYPE, XSD, kg
from kg.model import CLASSES, Entity, Fact, Known, Measure, Period, Source, Span

_TRIES = 20
Said = dict[ox.NamedNode, list[Any]]  # predicate → objects


class _Gone(Exception):
    """A file is not the one that the manifest names: the folder was published again, or is broken. `args[0]` is its name."""


def open(directory: str | PathLike[str] = "output") -> Graph:
    """The Graph that `kg build` (or kg.publish) wrote to the folder: equal entities, facts, measures, sources, documents, notes.

    Its `store` is the folder's own, opened read-only; a rebuild of the folder does not change what has been opened.
    Raises YishiError where there is no graph, or a file of it is missing or changed.
    """
    folder = Path(directory)
    for _ in range(_TRIES):
        manifest, places = whole(folder)
        try:
            return _open(places, manifest)
        except _Gone as gone:
            if whole(folder) == (manifest, places):
                mend = "build the graph again with kg build"
                raise YishiError(f"{gone} is not as it was built", str(directory), mend) from gone
    raise YishiError("the graph is being built over and over", str(directory), "wait for the builds to end")


def _open(places: tuple[Path, ...], manifest: dict[str, Any]) -> Graph:
    at = store_of(manifest)
    if at is None:
        raise _Gone("store")
    try:
        store = read_only(file_of(places, at))
    except OSError as error:
        raise _Gone(at) from error
    try:
        told = json.loads(_file(places, DOCUMENTS, manifest))
        documents = {one["sha256"]: one for one in told["documents"]}
        files = {one["sha256"]: (one["name"], one["file"]) for one in manifest["sources"]}
        base, leads = base_of(manifest), told["leads"]
        sources = {
            sha: Source(
                sha,
                files[sha][0],
                _file(places, files[sha][1], manifest).decode("utf-8-sig"),
                one["encoding"],
                one["media_type"],
                one["home"],
                known=Known(**one.get("known", {})),
            )
            for sha, one in documents.items()
        }
        facts, measures = _findings(store, list(sources), base)
        graph = Graph(
            entities=_entities(store, base, leads),
            facts=facts,
            measures=measures,
            sources=sources,
            documents={sha: DocumentInfo(**one["about"]) for sha, one in documents.items()},
            notes=tuple(told["notes"]),
            skipped=tuple(Skipped(one["name"], one["reason"]) for one in manifest.get("skipped", ())),
            edited=_edited(told.get("edited")),
            base=base,
            terms=terms_of(store),
            mentions=level_of(manifest),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise _Gone(f"what is in it ({type(error).__name__}: {error})") from error
    graph.__dict__["store"] = store  # what the cached property would have made
    return graph


def _edited(said: Any) -> Edited | None:
    return Edited(said["name"], said["obeyed"], tuple(Told(**one) for one in said["told"])) if said else None


def _file(places: tuple[Path, ...], name: str, manifest: dict[str, Any]) -> bytes:
    """The bytes of a file that the manifest names."""
    for folder in places:
        with suppress(OSError):
            data = (folder / name).read_bytes()
            if sha256(data).hexdigest() == manifest["files"].get(name, {}).get("sha256"):
                return data
    raise _Gone(name)


def _entities(store: ox.Store, base: str, leads: dict[str, str]) -> tuple[Entity, ...]:
    said = _by_subject(store, shared("entities", base))
    mentions: defaultdict[ox.NamedNode, list[Span]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, kg("mention"), None, None):
        mentions[quad.subject].append(span_of(quad.object.value, base))  # type: ignore[index,union-attr]
    found = [entity_of(node, about, mentions[node], base, leads) for node, about in said.items() if PREF_LABEL in about]
    return tuple(sorted(found, key=lambda entity: entity.id))


def entity_of(node: ox.NamedNode, said: Said, mentions: list[Span], base: str, leads: dict[str, str]) -> Entity:
    """The entity that a node is, by what its graph says of it."""
    entity_id = _id(node, base)
    types = [kind.value.removeprefix(KG) for kind in said[TYPE]]
    return Entity(
        id=entity_id,
        classes=ordered(tuple(name for name in types if name in CLASSES), leads.get(entity_id, "")),
        label=said[PREF_LABEL][0].value,
        alt=tuple(sorted(name.value for name in said.get(ALT_LABEL, ()))),
        mentions=tuple(sorted(mentions, key=_place)),
        kind=next((name for name in types if name not in CLASSES), ""),
        resolved=kg("resolution") not in said,
        division_code=_text(said, "divisionCode"),
        division_year=_text(said, "divisionYear"),
        origin=_text(said, "origin") or "",
        replaces=tuple(sorted(_id(old, base) for old in said.get(REPLACES, ()))),
        by_user=kg("basis") in said,
        seen=() if mentions else tuple(said[kg(name)][0].value for name in ("firstSeen", "lastSeen") if kg(name) in said),
    )


def _findings(store: ox.Store, sources: list[str], base: str) -> tuple[tuple[Fact, ...], tuple[Measure, ...]]:
    facts: list[Fact] = []
    measures: list[Measure] = []
    for sha in sources:
        for said in _by_subject(store, ox.NamedNode(f"{base}source/{sha}")).values():
            kinds = said.get(TYPE, ())
            if STATEMENT in kinds:
                facts.append(fact_of(said, base))
            elif kg("Measure") in kinds:
                measures.append(measure_of(said, base))
    return tuple(sorted(facts, key=fact_order)), tuple(sorted(measures, key=measure_order))


def _by_subject(store: ox.Store, graph: ox.NamedNode) -> dict[ox.NamedNode, Said]:
    """All that a named graph says, but for what spans are."""
    found: dict[ox.NamedNode, Said] = {}
    for quad in store.quads_for_pattern(None, None, None, graph):
        subject: Any = quad.subject
        if "#offset_" not in subject.value:
            found.setdefault(subject, {}).setdefault(quad.predicate, []).append(quad.object)
    return found


def fact_of(said: Said, base: str) -> Fact:
    """The fact that a statement describes."""
    return Fact(
        subject=_id(said[SUBJECT][0], base),
        property=said[PREDICATE][0].value.removeprefix(KG),
        object=_id(said[OBJECT][0], base),
        status=_name(said, "status"),
        basis=_name(said, "basis"),
        rule=said[kg("rule")][0].value,
        evidence=_evidence(said, base),
        period=_period(said),
        context=_context(said, base),
        role=_text(said, "role"),
    )


def measure_of(said: Said, base: str) -> Measure:
    """The figure that a kg:Measure is."""
    return Measure(
        about=_id(said[kg("about")][0], base),
        indicator=said[kg("indicator")][0].value,
        value=_number(said[kg("value")][0]),
        unit=said[kg("unit")][0].value,
        as_written=said[kg("asWritten")][0].value,
        evidence=_evidence(said, base),
        rule=said[kg("rule")][0].value,
        kind=_name(said, "kind"),
        bound=_name(said, "bound"),
        min=_number(said[kg("min")][0]) if kg("min") in said else None,
        max=_number(said[kg("max")][0]) if kg("max") in said else None,
        status=_name(said, "status"),
        period=_period(said),
        basis=_name(said, "basis"),
        context=_context(said, base),
    )


def _id(node: ox.NamedNode, base: str) -> str:
    """The entity's id, which its IRI spells."""
    return unquote(node.value.removeprefix(base), errors="surrogatepass")


def span_of(iri: str, base: str) -> Span:
    """The span that an IRI names."""
    source, _, offsets = iri.removeprefix(f"{base}source/").partition("#offset_")
    start, _, end = offsets.partition("_")
    return Span(source, int(start), int(end))


def _place(span: Span) -> tuple[str, int, int]:
    return span.source, span.start, span.end


def _evidence(said: Said, base: str) -> tuple[Span, ...]:
    return tuple(sorted((span_of(node.value, base) for node in said[kg("evidence")]), key=_place))


def _context(said: Said, base: str) -> Span | None:
    found = said.get(kg("context"))
    return span_of(found[0].value, base) if found else None


def _period(said: Said) -> Period | None:
    if kg("period") in said:
        return Period.of(said[kg("period")][0].value)
    return Period(said[kg("from")][0].value, said[kg("to")][0].value) if kg("from") in said else None


def _name(said: Said, term: str) -> str:
    """The local name of the kg: individual that is said."""
    name: str = said[kg(term)][0].value.removeprefix(KG)
    return name


def _text(said: Said, term: str) -> str | None:
    found = said.get(kg(term))
    return found[0].value if found else None


def _number(literal: ox.Literal) -> int | Decimal:
    return int(literal.value) if literal.datatype.value == XSD + "integer" else Decimal(literal.value)


def fact_order(fact: Fact) -> tuple[str, ...]:
    """As a merge has them: see kg.graph.fold_facts."""
    period = (fact.period.start, fact.period.end) if fact.period else ("", "")
    return fact.subject, fact.property, fact.object, fact.status, *period, fact.role or "", fact.evidence[0].source


def measure_order(measure: Measure) -> tuple[str, ...]:
    from kg.graph.fold_facts import measure_fields

    return *measure_fields(measure), measure.evidence[0].source
