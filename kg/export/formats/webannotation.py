"""Web Annotation (W3C) in JSON-LD: a note on the text for each mention, each fact and each figure.

Targets have a position (code points into the text as read, as the graph counts) and the words themselves with some of what stands
around them, so that an annotation finds its place again in a text that has changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph
    from kg.model import Span

ABOUT = ("Web Annotation：标注过的原文（JSON-LD）", "Web Annotation: the annotated texts, in JSON-LD")
SUFFIX, EXTRA, BINARY = ".jsonld", "", False

AROUND = 24  # characters of the text before and after


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write an AnnotationPage, an annotation a line."""
    head = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "id": f"{graph.base}annotations"}
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "items": [')
        for number, annotation in enumerate(_annotations(graph)):
            file.write((",\n" if number else "\n") + json.dumps(annotation, ensure_ascii=False))
        file.write("\n]}\n")
    return ()


def _annotations(graph: Graph) -> Iterator[dict[str, Any]]:
    from kg.graph.iri import hash_iri
    from kg.graph.rdf import measure_iri, statement_iri

    def annotation(motivation: str, body: Any, about: str, spans: Sequence[Span]) -> dict[str, Any]:
        targets = [_target(span, graph) for span in spans]
        places = [f"{span.source} {span.start} {span.end}" for span in spans]
        return {
            "id": hash_iri("annotation", (motivation, about, *places), graph.base), "type": "Annotation",
            "motivation": motivation, "body": body, "target": targets[0] if len(targets) == 1 else targets,
        }  # fmt: skip

    names = {entity.id: entity.label for entity in graph.entities}
    for entity in graph.entities:
        iri = graph.iri(entity.id)
        body = {"type": "SpecificResource", "source": iri, "purpose": "identifying"}
        for span in entity.mentions:
            yield annotation("identifying", body, iri, (span,))
    for fact in graph.facts:
        iri = statement_iri(fact, graph.base)
        said = f"{names[fact.subject]} {fact.property} {names[fact.object]} ({fact.status})"
        yield annotation("describing", [_linked(iri), _words(said)], iri, fact.evidence)
    for measure in graph.measures:
        iri = measure_iri(measure, graph.base)
        said = f"{names[measure.about]}: {measure.indicator} {measure.as_written} ({measure.status})"
        yield annotation("describing", [_linked(iri), _words(said)], iri, measure.evidence)


def _linked(iri: str) -> dict[str, str]:
    return {"type": "SpecificResource", "source": iri, "purpose": "linking"}


def _words(text: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": text, "format": "text/plain", "purpose": "describing"}


def _target(span: Span, graph: Graph) -> dict[str, Any]:
    from kg.graph.iri import source_iri

    text = graph.sources[span.source].text
    return {
        "source": source_iri(span.source, graph.base),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector", "exact": text[span.start : span.end],
                "prefix": text[max(0, span.start - AROUND) : span.start], "suffix": text[span.end : span.end + AROUND],
            },
        ],
    }  # fmt: skip
