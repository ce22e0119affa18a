"""A graph of any size in the shape of a real one: the seed's, over and over, each time of another city and another document.

What the whole country knows by its name (entities without a scope) and the places stay the same thing in every copy, so that they
are entities of many documents, as in a corpus.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from hashlib import sha256

from kg.graph.knowledge import Graph
from kg.model import Entity, Fact, Measure, Span


def made(graph: Graph, copies: int) -> Graph:
    """`copies` of a graph as one graph; offsets and texts stay as they are."""
    entities: dict[str, Entity] = {}
    mentions: defaultdict[str, list[Span]] = defaultdict(list)
    facts: list[Fact] = []
    measures: list[Measure] = []
    sources, documents = {}, {}
    for number in range(copies):
        shas = {sha: sha256(f"{sha} {number}".encode()).hexdigest() for sha in graph.sources}
        names = {entity.id: _elsewhere(entity.id, number) for entity in graph.entities}

        def spans(found: tuple[Span, ...], shas: dict[str, str] = shas) -> tuple[Span, ...]:
            return tuple(replace(span, source=shas[span.source]) for span in found)

        for entity in graph.entities:
            entities.setdefault(names[entity.id], replace(entity, id=names[entity.id], mentions=()))
            mentions[names[entity.id]] += spans(entity.mentions)
        for fact in graph.facts:
            context = spans((fact.context,))[0] if fact.context else None
            ends = {"subject": names[fact.subject], "object": names[fact.object]}
            facts.append(replace(fact, **ends, evidence=spans(fact.evidence), context=context))
        for measure in graph.measures:
            context = spans((measure.context,))[0] if measure.context else None
            measures.append(replace(measure, about=names[measure.about], evidence=spans(measure.evidence), context=context))
        for sha, source in graph.sources.items():
            sources[shas[sha]] = replace(source, sha256=shas[sha], name=f"{number:06}-{source.name}")
            documents[shas[sha]] = replace(
                graph.documents[sha], publisher_entity=None, speaker_entity=None, report=None, home=None, body=None
            )
    whole = (replace(entities[key], mentions=tuple(mentions[key])) for key in sorted(entities))
    return replace(
        graph,
        entities=tuple(whole),
        facts=tuple(facts),
        measures=tuple(measures),
        sources=sources,
        documents=documents,
        accounts={},
    )


def _elsewhere(entity_id: str, number: int) -> str:
    """The same thing of another city: org/湖州市/政协 → org/湖州市7/政协."""
    parts = entity_id.split("/", 2)
    return f"{parts[0]}/{parts[1]}{number}/{parts[2]}" if number and len(parts) == 3 and parts[0] != "place" else entity_id
