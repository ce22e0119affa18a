"""Where the nodes stand: communities as discs apart from each other, in each the best-connected in the middle and the others on rings.

Positions are worked out beforehand, so that the page need not move before it can be read. Linear in the edges but for the
communities (Louvain, networkx) and their packing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import networkx

STEP = 150.0  # pixels between two rings
ROOM = 120.0  # pixels along a ring that a node and its label take
GAP = 90.0  # pixels between two discs
SEED = 20230306  # any fixed number: the same graph has the same picture

Point = tuple[float, float]


def layout(count: int, edges: Sequence[tuple[int, int]], groups: Sequence[int]) -> list[Point]:
    """A position in pixels for each of `count` nodes. `edges` are pairs of node numbers, `groups` a class number per node: on a ring,
    nodes of one class stand side by side."""
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((one, two) for one, two in edges if one != two)
    found = networkx.community.louvain_communities(graph, seed=SEED) if count else []
    communities = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))
    alone = sorted(node for members in communities if len(members) == 1 for node in members)
    discs = [_disc(graph, members, groups) for members in communities if len(members) > 1]
    if alone:
        discs.append(_grid(alone, groups))
    positions: list[Point] = [(0.0, 0.0)] * count
    for (members, places, _), (x, y) in zip(discs, _packed([radius for _, _, radius in discs]), strict=True):
        for node, (dx, dy) in zip(members, places, strict=True):
            positions[node] = (round(x + dx, 1), round(y + dy, 1))
    return positions


def _disc(graph: networkx.Graph[int], members: list[int], groups: Sequence[int]) -> tuple[list[int], list[Point], float]:
    """A community: its members from the middle outwards, their places around (0, 0), and its radius."""
    within = graph.subgraph(members)
    hub = max(members, key=lambda node: (graph.degree(node), -node))
    steps = networkx.single_source_shortest_path_length(within, hub)
    others = sorted((node for node in members if node != hub), key=lambda node: (steps.get(node, 99), groups[node], node))
    ordered, places, ring, at = [hub], [(0.0, 0.0)], 1, 0
    while at < len(others):
        radius = ring * STEP
        here = others[at : at + max(4, int(2 * math.pi * radius / ROOM))]
        here.sort(key=lambda node: (groups[node], node))
        turn = 0.5 * (ring % 2)  # every second ring is turned by half a place, so that labels do not stand above each other
        for number, node in enumerate(here):
            angle = 2 * math.pi * (number + turn) / len(here)
            ordered.append(node)
            places.append((radius * math.cos(angle), radius * math.sin(angle)))
        at += len(here)
        ring += 1
    return ordered, places, (ring - 1) * STEP


def _grid(nodes: list[int], groups: Sequence[int]) -> tuple[list[int], list[Point], float]:
    """Nodes without relations: a block in rows, by class."""
    ordered = sorted(nodes, key=lambda node: (groups[node], node))
    wide = max(1, math.ceil(math.sqrt(len(ordered))))
    places = [((n % wide - wide / 2) * ROOM * 1.3, (n // wide - wide / 2) * ROOM * 0.7) for n in range(len(ordered))]
    return ordered, places, wide * ROOM / 1.3


def _packed(radii: list[float]) -> list[Point]:
    """Centres for discs so that none overlap: the largest in the middle, each next as near to it as there is room."""
    placed: list[tuple[float, float, float]] = []
    for radius in radii:
        placed.append((*_free(placed, radius), radius))
    return [(x, y) for x, y, _ in placed]


def _free(placed: list[tuple[float, float, float]], radius: float) -> Point:
    if not placed:
        return 0.0, 0.0
    distance = placed[0][2] + radius + GAP
    while True:
        for number in range(48):
            angle = 2 * math.pi * number / 48
            x, y = distance * math.cos(angle) * 1.25, distance * math.sin(angle)  # screens are wider than high
            if all(math.hypot(x - other_x, y - other_y) >= radius + other + GAP for other_x, other_y, other in placed):
                return x, y
        distance += STEP / 2
