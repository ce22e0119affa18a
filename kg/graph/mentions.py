"""How many of the places that name an entity a graph tells: near half of all triples say where something is named.

Facts and figures keep their sentences at every level, and entities the years in which documents name them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph
    from kg.model import Span

ALL, FIRST, NONE = "all", "first", "none"
LEVELS = (ALL, FIRST, NONE)


def keep_mentions(graph: Graph, level: str) -> Graph:
    """The graph with "all" mentions, the "first" one of each entity in each source, or "none". What is not there is not brought back.

    `mentions` of the graph says which level it has. Raises UsageError for another level.
    """
    if level not in LEVELS:
        raise UsageError("no such level of mentions", level, f"one of {', '.join(LEVELS)}")
    if LEVELS.index(level) <= LEVELS.index(graph.mentions):
        return graph
    if level == FIRST:
        entities = (replace(entity, mentions=tuple(_first(entity.mentions))) for entity in graph.entities)
    else:
        from kg.graph.seen import seen, years_of  # loaded here: `kg --help` names the levels and needs no more

        years = years_of(graph.documents)
        entities = (replace(entity, mentions=(), seen=seen(entity, years)) for entity in graph.entities)
    return replace(graph, entities=tuple(entities), mentions=level)


def _first(mentions: Iterable[Span]) -> Iterator[Span]:
    """The first of each source."""
    done: set[str] = set()
    for span in sorted(mentions, key=lambda span: (span.source, span.start)):
        if span.source not in done:
            done.add(span.source)
            yield span
