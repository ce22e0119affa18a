"""The graph with every node in its place: as what the page draws, and as a pyvis Network, which pyvis's own methods can go on with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.export.page.layout import Arrangement, arrange
from kg.export.page.style import STYLES
from kg.model import PLANNED
from kg.value import dataclass

if TYPE_CHECKING:
    from pyvis.network import Network

    from kg.graph.knowledge import Graph

SMALLEST, GROWTH, LARGEST = (
    8.0,
    2.6,
    36.0,
)  # a node's radius in pixels without relations, what the root of their number adds, and the most
OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {
        "hover": True,
        "multiselect": False,
        "selectConnectedEdges": False,
        "keyboard": {"enabled": False},
        "tooltipDelay": 120,
    },
    "edges": {
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.12},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.35}},
        "width": 1.2,
        "selectionWidth": 0,
        "hoverWidth": 0,
    },
    "nodes": {"borderWidth": 1, "borderWidthSelected": 1},
    "layout": {"improvedLayout": False},
}
"""vis-network's options: nothing moves by itself, and what is chosen is made to stand out by the page, not by vis-network."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Nodes (of entities, by their numbers) and edges (of pairs of entities that a fact joins) as vis-network takes them."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    arrangement: Arrangement


def network(graph: Graph) -> Network:
    """The pyvis Network of a graph: its nodes and edges as the page draws them."""
    from pyvis.network import Network

    made = drawn(graph)
    net = Network(directed=True)
    # pyvis's own add_node and add_edge look through all there is each time: the lists are filled directly
    net.nodes, net.edges = made.nodes, made.edges
    net.set_options(json.dumps(OPTIONS))
    return net


def drawn(graph: Graph) -> Drawn:
    """What is drawn of a graph, every node in its place."""
    numbers = {entity.id: number for number, entity in enumerate(graph.entities)}
    planned: dict[tuple[int, int], bool] = {}
    for fact in graph.facts:
        ends = numbers[fact.subject], numbers[fact.object]
        planned[ends] = planned.get(ends, True) and fact.status == PLANNED
    classes = list(STYLES)
    arrangement = arrange(len(numbers), sorted(planned), [classes.index(entity.classes[0]) for entity in graph.entities])
    sizes = _sizes(len(numbers), list(planned))
    nodes = [
        {"id": number, "label": entity.label, "x": x, "y": y, "size": sizes[number], "shape": style.shape, "color": style.light}
        for number, (entity, (x, y)) in enumerate(zip(graph.entities, arrangement.places, strict=True))
        if (style := STYLES[entity.classes[0]])
    ]
    edges = [{"from": one, "to": two, "dashes": dashes, "arrows": "to"} for (one, two), dashes in sorted(planned.items())]
    return Drawn(nodes, edges, arrangement)


def _sizes(count: int, edges: Sequence[tuple[int, int]]) -> list[float]:
    """A radius for each node: the better connected, the larger."""
    degree = [0] * count
    for one, two in edges:
        degree[one] += 1
        degree[two] += 1
    return [round(min(LARGEST, SMALLEST + GROWTH * ties**0.5), 1) for ties in degree]
