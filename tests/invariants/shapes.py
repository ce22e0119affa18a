"""The graph keeps the contract: the SHACL shapes of the ontology hold."""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph.knowledge import Graph
from kg.graph.validate import validate


def stored(graph: Graph) -> ox.Store:
    """What a reader of the graph's Turtle has in a store."""
    turtle = graph.to_turtle()
    assert turtle is not None
    store = ox.Store()
    store.bulk_load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    return store


def broken(store: ox.Store) -> list[str]:
    """What breaks a shape."""
    return [f"{one.shape}: {one.focus} {one.path} {one.value} ({one.message_en})" for one in validate(store).violations]
