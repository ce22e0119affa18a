"""All that must hold of a graph: quotes, ends, the Turtle in two parsers, the shapes."""

from __future__ import annotations

from invariants import ends, quotes, shapes, turtle
from kg.graph.knowledge import Graph


def broken(graph: Graph) -> list[str]:
    """What of the invariants of graphs a graph breaks."""
    store = shapes.stored(graph)
    return [
        *ends.of(graph.entities, graph.facts, graph.measures),
        *ends.broken_in(store),
        *quotes.broken_in(graph, store),
        *turtle.broken(graph),
        *shapes.broken(store),
    ]
