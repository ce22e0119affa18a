"""Where the nodes stand: communities as discs apart from each other, in each the best-connected in the middle and the others on rings.

Positions are worked out beforehand, so that the page need not move before it can be read. Discs that touch in the graph are put
near each other; what is left over (communities beyond the largest, entities without relations) stands in rows below.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import networkx

STEP = 150.0  # pixels between two rings
ROOM = 120.0  # pixels along a ring that a node and its label take
MARGIN = 34.0  # pixels that a community's disc reaches beyond its outermost nodes
GAP = 70.0  # pixels between two discs
ROW = 110.0  # pixels between two rows of single nodes
WIDER = 1.1  # screens are wider than high
SEED = 20230306  # any fixed number: the same graph has the same picture
PACKED = (
    120  # so many discs are packed around the largest, which takes time in the square of their number; the others stand in rows
)
TURNS = 48  # places tried around the middle at one distance

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Community:
    """Nodes that belong together, drawn in a disc of their own and named by `hub`, the best connected within it."""

    hub: int
    members: tuple[int, ...]
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where everything stands: a position in pixels for each node, and the communities of two and more, the largest first."""

    places: tuple[Point, ...]
    communities: tuple[Community, ...]


@dataclass(frozen=True, slots=True)
class Disc:
    """A community: its members with their places around (0, 0), and the radius that holds them."""

    places: tuple[tuple[int, Point], ...]
    radius: float


def arrange(count: int, edges: Sequence[tuple[int, int]], groups: Sequence[int]) -> Arrangement:
    """Positions and communities of `count` nodes. `edges` are pairs of node numbers, `groups` a class number per node: on a ring,
    nodes of one class stand side by side."""
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((one, two) for one, two in edges if one != two)
    found = networkx.community.louvain_communities(graph, seed=SEED) if count else []
    communities = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))
    single = sorted((members[0] for members in communities if len(members) == 1), key=lambda node: (groups[node], node))
    discs = [_disc(graph, members, groups) for members in communities if len(members) > 1]
    joined = len(discs)
    centres = _packed(discs[:PACKED], _ties(discs[:PACKED], edges))
    centres += _rows(discs, centres, [disc.radius for disc in discs[PACKED:]], 2 * STEP)
    centres += _rows(discs, centres, [ROOM / 2] * len(single), ROW)
    discs += [Disc(((node, (0.0, 0.0)),), ROOM / 2) for node in single]
    positions: list[Point] = [(0.0, 0.0)] * count
    for disc, (x, y) in zip(discs, centres, strict=True):
        for node, (dx, dy) in disc.places:
            positions[node] = (round(x + dx, 1), round(y + dy, 1))
    communities_found = tuple(
        Community(disc.places[0][0], tuple(node for node, _ in disc.places), x, y, round(disc.radius + MARGIN, 1))
        for disc, (x, y) in zip(discs[:joined], centres[:joined], strict=True)
    )
    return Arrangement(tuple(positions), communities_found)


def _disc(graph: networkx.Graph[int], members: list[int], groups: Sequence[int]) -> Disc:
    """The best-connected member in the middle, the others on rings by their distance from it."""
    within = graph.subgraph(members)
    hub = max(members, key=lambda node: (within.degree(node), -node))
    steps = networkx.single_source_shortest_path_length(within, hub)
    others = sorted((node for node in members if node != hub), key=lambda node: (steps[node], groups[node], node))
    places: list[tuple[int, Point]] = [(hub, (0.0, 0.0))]
    ring = 1
    while others:
        radius = ring * STEP
        room = max(4, int(2 * math.pi * radius / ROOM))
        here, others = sorted(others[:room], key=lambda node: (groups[node], node)), others[room:]
        turn = 0.5 * (ring % 2)  # every second ring is turned by half a place, so that labels do not stand above each other
        for number, node in enumerate(here):
            angle = 2 * math.pi * (number + turn) / len(here)
            places.append((node, (radius * math.cos(angle), radius * math.sin(angle))))
        ring += 1
    return Disc(tuple(places), (ring - 1) * STEP)


def _ties(discs: list[Disc], edges: Sequence[tuple[int, int]]) -> list[Counter[int]]:
    """For each disc, how many relations it has with each other disc."""
    home = {node: number for number, disc in enumerate(discs) for node, _ in disc.places}
    ties: list[Counter[int]] = [Counter() for _ in discs]
    for one, two in edges:
        here, there = home.get(one), home.get(two)
        if here is not None and there is not None and here != there:
            ties[here][there] += 1
            ties[there][here] += 1
    return ties


def _packed(discs: list[Disc], ties: list[Counter[int]]) -> list[Point]:
    """Centres so that no discs overlap: the largest in the middle, each next around it where there is room, near those it has ties with."""
    centres: list[Point] = []
    for number, disc in enumerate(discs):
        if not centres:
            centres.append((0.0, 0.0))
            continue
        distance = discs[0].radius + disc.radius + GAP
        while not (free := [point for point in _around(distance) if _fits(point, disc.radius, discs, centres)]):
            distance += STEP / 3
        near = [(centres[other], weight) for other, weight in sorted(ties[number].items()) if 0 < other < len(centres)]
        centres.append(min(free, key=lambda point: (sum(weight * math.dist(point, other) for other, weight in near), point)))
    return centres


def _around(distance: float) -> list[Point]:
    angles = (2 * math.pi * number / TURNS for number in range(TURNS))
    return [(round(distance * WIDER * math.cos(angle), 1), round(distance * math.sin(angle), 1)) for angle in angles]


def _fits(point: Point, radius: float, discs: list[Disc], centres: list[Point]) -> bool:
    return all(math.dist(point, centre) >= radius + disc.radius + GAP for disc, centre in zip(discs, centres, strict=False))


def _rows(discs: list[Disc], centres: list[Point], radii: list[float], above: float) -> list[Point]:
    """Centres for circles of these radii in rows below what stands already, as wide as that, or as a square where that is narrower."""
    pairs = list(zip(discs, centres, strict=False))
    left = min((x - disc.radius for disc, (x, _) in pairs), default=0.0)
    right = max((x + disc.radius for disc, (x, _) in pairs), default=0.0)
    top = max((y + disc.radius for disc, (_, y) in pairs), default=0.0) + above
    wide = max(right - left, math.sqrt(sum((2 * radius) ** 2 for radius in radii)) * WIDER)
    rows: list[Point] = []
    x, deepest = left, 0.0
    for radius in radii:
        if rows and x + 2 * radius > left + wide:
            x, top, deepest = left, top + max(2 * deepest, ROW), 0.0
        rows.append((x + radius, top + radius - ROOM / 2))
        x += 2 * radius + ROOM / 4
        deepest = max(deepest, radius)
    return rows
