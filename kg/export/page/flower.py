"""A community as a bunch of flowers: whoever leads others stands in the middle of them, the leaders beside those they have ties with.

An entity follows the most particular of its neighbours that has more relations than itself: a programme that the council and one
bureau carry out stands with the bureau. So the community's hub keeps those that nobody else leads, and no ring grows without need.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.export.page.packing import Point, packed

if TYPE_CHECKING:
    import networkx

ROOM = 128.0  # pixels between two nodes: what a node and its label take
INNER = 150.0  # pixels between the middle, which is drawn larger, and the first ring
LEADS = 5  # who has so many relations within the community may lead
FEW = 4  # fewer than so many around a leader join the flower of whom the leader follows
BETWEEN = 40.0  # pixels between two flowers


@dataclass(frozen=True, slots=True)
class Bunch:
    """A community: its hub, its members with their places around (0, 0), and the radius that holds them."""

    hub: int
    places: tuple[tuple[int, Point], ...]
    radius: float


def bunch(graph: networkx.Graph[int], members: Sequence[int], groups: Sequence[int]) -> Bunch:
    """The places of `members`, which are connected in `graph`; on a ring, nodes of one of the `groups` stand side by side."""
    within = set(members)
    near = {node: sorted(other for other in graph.adj[node] if other in within) for node in members}
    led = _led(near)
    hub = max(led, key=lambda node: (len(near[node]), -node))
    leaders = sorted(led, key=lambda node: (node != hub, -len(led[node]), node))
    flowers = [_rings(leader, led[leader], groups) for leader in leaders]
    radii = [max(math.hypot(x, y) for _, (x, y) in flower) + ROOM / 2 for flower in flowers]
    centres = packed(radii, _ties(leaders, led, near), BETWEEN, 1.0)
    places = [(node, (x + dx, y + dy)) for flower, (x, y) in zip(flowers, centres, strict=True) for node, (dx, dy) in flower]
    left, right = min(x for _, (x, _) in places), max(x for _, (x, _) in places)
    top, bottom = min(y for _, (_, y) in places), max(y for _, (_, y) in places)
    middle = (left + right) / 2, (top + bottom) / 2
    moved = tuple((node, (x - middle[0], y - middle[1])) for node, (x, y) in places)
    return Bunch(hub, moved, max(math.hypot(x, y) for _, (x, y) in moved) + ROOM / 2)


def _led(near: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """Each leader with those that follow it, itself left out."""
    degree = {node: len(others) for node, others in near.items()}
    above = {node: (degree[node], -node) for node in near}
    follows = {
        node: min((other for other in others if above[other] > above[node] and degree[other] >= LEADS), key=above.__getitem__, default=-1)
        for node, others in near.items()
    }  # fmt: skip
    order = sorted(near, key=above.__getitem__)
    for node in order:  # in a small community nobody has so many relations: all follow the one with the most
        if follows[node] < 0 and node != order[-1] and degree[node] < LEADS:
            follows[node] = order[-1]
    flower: dict[int, list[int]] = {node: [] for node in near}
    for node in order:  # those that are followed come after those that follow them
        leader = follows[node]
        if leader >= 0 and len(flower[node]) < FEW:
            flower[leader] += [node, *flower.pop(node)]
    return flower


def _rings(leader: int, others: Sequence[int], groups: Sequence[int]) -> list[tuple[int, Point]]:
    """The leader in the middle, the others on rings with room for each, sorted by group."""
    rest = sorted(others, key=lambda node: (groups[node], node))
    places: list[tuple[int, Point]] = [(leader, (0.0, 0.0))]
    radius, at, turned = INNER, 0, False
    while at < len(rest):
        room = int(math.pi / math.asin(ROOM / 2 / radius))
        left = len(rest) - at
        here = rest[at : at + room] if left > room else rest[at:]
        turn = 0.5 * turned  # every second ring is turned by half a place, so that labels do not stand above each other
        for number, node in enumerate(here):
            angle = 2 * math.pi * (number + turn) / len(here)
            places.append((node, (radius * math.cos(angle), radius * math.sin(angle))))
        at, radius, turned = at + len(here), radius + ROOM, not turned
    return places


def _ties(
    leaders: Sequence[int], led: Mapping[int, Sequence[int]], near: Mapping[int, Sequence[int]]
) -> dict[tuple[int, int], int]:
    """How many relations two flowers have with each other, by their numbers, the smaller first."""
    home = {node: number for number, leader in enumerate(leaders) for node in (leader, *led[leader])}
    ties: dict[tuple[int, int], int] = {}
    for node, others in near.items():
        for other in others:
            if home[node] < home[other]:
                pair = home[node], home[other]
                ties[pair] = ties.get(pair, 0) + 1
    return ties
