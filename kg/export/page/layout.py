"""Where the nodes stand: communities as discs apart from each other, those that have much to do with each other side by side.

Positions are worked out beforehand, so that the page need not move before it can be read. Within a community (`bunch`) whoever
leads others stands in the middle of them. What has no tie with the rest (small
groups of their own, entities without relations) stands in rows below.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.export.page.flower import ROOM, bunch
from kg.export.page.packing import Point, packed

if TYPE_CHECKING:
    import networkx

MARGIN = 34.0  # pixels that a community's disc reaches beyond its outermost nodes
GAP = 70.0  # pixels between two discs
WIDER = 1.5  # screens are wider than high
SIDEWAYS = 2.2  # which the packing needs to come out about so
SEED = 20230306  # any fixed number: the same graph has the same picture


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


def arrange(count: int, edges: Sequence[tuple[int, int]], groups: Sequence[int]) -> Arrangement:
    """Positions and communities of `count` nodes. `edges` are pairs of node numbers, `groups` a class number per node: around their
    middle, nodes of one class stand side by side. The time is that of finding the communities, near linear in the edges."""
    import networkx  # takes longer to load than a small page to make: a build without a page does without

    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((one, two) for one, two in edges if one != two)
    found = networkx.community.louvain_communities(graph, seed=SEED) if count else []
    together = sorted((sorted(members) for members in found if len(members) > 1), key=lambda members: (-len(members), members))
    single = sorted((node for node in range(count) if not graph.degree(node)), key=lambda node: (groups[node], node))
    discs = [bunch(graph, members, groups) for members in together]
    centres = _centres([disc.radius + MARGIN for disc in discs], _ties(together, edges))
    places: list[Point] = [(0.0, 0.0)] * count
    communities = []
    for members, disc, (x, y) in zip(together, discs, centres, strict=True):
        communities.append(Community(disc.hub, tuple(members), x, y, round(disc.radius + MARGIN, 1)))
        for node, (dx, dy) in disc.places:
            places[node] = (round(x + dx, 1), round(y + dy, 1))
    box = _box(centres, [community.radius for community in communities])
    for node, place in zip(single, _rows(box, [ROOM / 2] * len(single), 0.0), strict=True):
        places[node] = place
    return Arrangement(tuple(places), tuple(communities))


def _ties(together: Sequence[Sequence[int]], edges: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """How many relations two communities have with each other, by their numbers, the smaller first."""
    home = {node: number for number, members in enumerate(together) for node in members}
    ties: dict[tuple[int, int], int] = {}
    for one, two in edges:
        here, there = home.get(one, -1), home.get(two, -1)
        if here != there and here >= 0 and there >= 0:
            pair = (min(here, there), max(here, there))
            ties[pair] = ties.get(pair, 0) + 1
    return ties


def _centres(radii: Sequence[float], ties: dict[tuple[int, int], int]) -> list[Point]:
    """Where the communities' discs stand: the largest group of those that have ties packed, the others in rows below it."""
    import networkx

    linked: networkx.Graph[int] = networkx.Graph()
    linked.add_nodes_from(range(len(radii)))
    linked.add_edges_from(ties)
    parts: list[list[int]] = sorted(
        (sorted(part) for part in networkx.connected_components(linked)), key=lambda part: (-len(part), part)
    )
    main = parts[0] if parts else []
    number = {disc: at for at, disc in enumerate(main)}
    near = {(number[one], number[two]): weight for (one, two), weight in ties.items() if one in number}
    centres: list[Point] = [(0.0, 0.0)] * len(radii)
    for disc, centre in zip(main, packed([radii[disc] for disc in main], near, GAP, SIDEWAYS), strict=True):
        centres[disc] = centre
    others = [disc for disc in range(len(radii)) if disc not in number]
    box = _box([centres[disc] for disc in main], [radii[disc] for disc in main])
    for disc, centre in zip(others, _rows(box, [radii[disc] for disc in others], GAP), strict=True):
        centres[disc] = centre
    return centres


def _box(centres: Sequence[Point], radii: Sequence[float]) -> tuple[float, float, float]:
    """Left, right and lower edge of these discs."""
    pairs = list(zip(centres, radii, strict=True))
    return (
        min((x - radius for (x, _), radius in pairs), default=0.0),
        max((x + radius for (x, _), radius in pairs), default=0.0),
        max((y + radius for (_, y), radius in pairs), default=0.0),
    )


def _rows(box: tuple[float, float, float], radii: Sequence[float], gap: float) -> list[Point]:
    """Centres of discs in rows below the box, as wide as it, or as a wide rectangle where that is narrower."""
    left, right, bottom = box
    wide = max(right - left, math.sqrt(WIDER * sum((2 * radius + gap) ** 2 for radius in radii)))
    middle, line, row = (left + right) / 2, bottom + gap, list[int]()
    centres: list[Point] = [(0.0, 0.0)] * len(radii)

    def close(row: list[int], top: float) -> float:
        """Put the discs of a row side by side, centred below the box, and give the lower edge."""
        tallest = max(radii[disc] for disc in row)
        x = middle - sum(2 * radii[disc] + gap for disc in row) / 2
        for disc in row:
            centres[disc] = (round(x + gap / 2 + radii[disc], 1), round(top + tallest, 1))
            x += 2 * radii[disc] + gap
        return top + 2 * tallest + gap

    used = 0.0
    for disc, radius in enumerate(radii):
        if row and used + 2 * radius + gap > wide:
            line, row, used = close(row, line), [], 0.0
        row.append(disc)
        used += 2 * radius + gap
    if row:
        close(row, line)
    return centres
