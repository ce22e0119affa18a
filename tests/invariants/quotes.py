"""Every quote equals the source between its offsets, and the mentions of one entity never overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pyoxigraph as ox

from kg.graph.knowledge import Graph
from kg.model import Reading, Span

KG = "https://w3id.org/yishi/ontology#"


def broken(reading: Reading) -> list[str]:
    """Spans of a reading that are no stretch of its source, or an empty one, or begin or end in white space; figures and facts without evidence."""
    source = reading.document.source
    found = []
    for what, span in _spans(reading):
        quote = source.text[span.start : span.end]
        if span.source != source.sha256 or not 0 <= span.start < span.end <= len(source.text):
            found.append(f"{what}: {span.start}–{span.end} of {len(source.text)}")
        elif quote != quote.strip() or not quote:
            found.append(f"{what}: the quote {quote!r} has white space around it")
    for entity in reading.entities:
        found += [f"{entity.id}: {one} overlaps {two}" for one, two in pairwise(entity.mentions) if one.end > two.start]
    for measure in reading.measures:
        written = _bare(measure.as_written)
        found += [
            f"{measure.about}: {measure.as_written!r} is not in {source.text[span.start : span.end]!r}"
            for span in measure.evidence
            if not written or written not in _bare(reading.document.quote(span))
        ]
    found += [f"{made} has no evidence" for made in (*reading.facts, *reading.measures) if not made.evidence]
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


def _spans(reading: Reading) -> Iterator[tuple[str, Span]]:
    for entity in reading.entities:
        yield from ((entity.id, span) for span in entity.mentions)
    for fact in reading.facts:
        yield from ((f"{fact.subject} {fact.property} {fact.object}", span) for span in (*fact.evidence, *_one(fact.context)))
    for measure in reading.measures:
        yield from ((f"{measure.about} {measure.as_written!r}", span) for span in (*measure.evidence, *_one(measure.context)))


def _one(span: Span | None) -> tuple[Span, ...]:
    return (span,) if span is not None else ()


def broken_in(graph: Graph, store: ox.Store) -> list[str]:
    """Spans of the graph's RDF whose kg:quote is not what the source says between kg:start and kg:end, or whose IRI says other offsets."""
    told: dict[ox.NamedNode, dict[str, str]] = {}
    for name in ("quote", "start", "end", "source"):
        for quad in store.quads_for_pattern(None, ox.NamedNode(KG + name), None):
            told.setdefault(quad.subject, {})[name] = quad.object.value
    texts = {f"{graph.base}source/{sha}": source.text for sha, source in graph.sources.items()}
    spans = {iri: span for iri, span in told.items() if "quote" in span}
    found = []
    for iri, span in spans.items():
        start, end = int(span["start"]), int(span["end"])
        if texts[span["source"]][start:end] != span["quote"] or not span["quote"]:
            found.append(f"{iri.value}: the quote {span['quote']!r} is {texts[span['source']][start:end]!r} in the source")
        if iri.value != f"{span['source']}#offset_{start}_{end}":
            found.append(f"{iri.value}: its offsets are {start} and {end}")
    cited = {
        quad.object
        for name in ("evidence", "mention", "context")
        for quad in store.quads_for_pattern(None, ox.NamedNode(KG + name), None)
    }
    found += [f"{one.value} is cited and says nothing" for one in cited if one not in spans]
    mentions: dict[ox.NamedNode, list[tuple[str, int, int]]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(KG + "mention"), None):
        if match := re.fullmatch(r"(.*)#offset_(\d+)_(\d+)", quad.object.value):
            mentions.setdefault(quad.subject, []).append((match[1], int(match[2]), int(match[3])))
    for entity, places in mentions.items():
        found += [
            f"{entity.value}: its mentions {one[1:]} and {two[1:]} overlap"
            for one, two in pairwise(sorted(places))
            if one[0] == two[0] and one[2] > two[1]
        ]
    return found
