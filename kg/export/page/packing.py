"""Discs side by side: the first in the middle, those with many ties near each other, none over another."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

ROUNDS = 100
SETTLE = 40  # of the rounds only push apart
PULL = 0.15  # of the way to its ties that a disc goes in a round, at first
INWARDS = 0.06  # of the way to the middle
GOLDEN = math.pi * (3 - math.sqrt(5))

Point = tuple[float, float]


def packed(radii: Sequence[float], ties: Mapping[tuple[int, int], int], gap: float, sideways: float) -> list[Point]:
    """Centres of discs of these radii, at least `gap` apart, the first at (0, 0). `sideways`: 1 gives a round field, 2 one about half as wide again as high.

    `ties` says how strongly two discs (by number, each pair once) draw each other. The same input gives the same places.
    The time grows a little faster than the number of discs (n √n), which is that of communities, not of nodes.
    """
    room = [radius + gap / 2 for radius in radii]
    xs, ys = _spiral(room, sideways)
    pulls = _pulls(len(room), ties)
    for turn in range(ROUNDS if len(room) > 1 else 0):
        heat = max(0.0, 1 - turn / (ROUNDS - SETTLE))
        if heat:
            _draw(xs, ys, pulls, heat, sideways)
        if not _push(xs, ys, room, sideways) and not heat:
            break
    return _apart(xs, ys, room)


def _spiral(room: Sequence[float], sideways: float) -> tuple[list[float], list[float]]:
    """Places to begin with: from the middle outwards, each with about the area it needs."""
    xs, ys, area = [], [], 0.0
    for number, radius in enumerate(room):
        distance = 1.2 * math.sqrt(area)
        xs.append(distance * math.cos(number * GOLDEN) * sideways**0.5)
        ys.append(distance * math.sin(number * GOLDEN) / sideways**0.5)
        area += radius * radius
    return xs, ys


def _pulls(count: int, ties: Mapping[tuple[int, int], int]) -> list[list[tuple[int, float]]]:
    """For each disc, the others it is drawn to with their shares of its pull."""
    pulls: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for (one, two), weight in sorted(ties.items()):
        pulls[one].append((two, float(weight)))
        pulls[two].append((one, float(weight)))
    sums = [sum(weight for _, weight in own) for own in pulls]
    return [[(other, weight / total) for other, weight in own] for own, total in zip(pulls, sums, strict=True)]


def _draw(xs: list[float], ys: list[float], pulls: list[list[tuple[int, float]]], heat: float, sideways: float) -> None:
    """Move every disc but the first some way towards its ties and the middle."""
    part = PULL * heat
    across, down = 1 - INWARDS * heat / sideways, 1 - INWARDS * heat * sideways
    for number in range(1, len(pulls)):
        x, y, own = xs[number], ys[number], pulls[number]
        if own:
            x += part * (sum(share * xs[other] for other, share in own) - x)
            y += part * (sum(share * ys[other] for other, share in own) - y)
        xs[number], ys[number] = x * across, y * down


def _push(xs: list[float], ys: list[float], room: Sequence[float], sideways: float) -> bool:
    """Move discs that lie over each other apart, rather sideways, the smaller one further, the first one never; whether any did."""
    found = False
    order = sorted(range(len(room)), key=lambda number: (xs[number] - room[number], number))
    left = [xs[number] - room[number] for number in order]
    for at, one in enumerate(order):
        right, own = xs[one] + room[one], room[one]
        for next in range(at + 1, len(order)):
            if left[next] >= right:
                break
            two = order[next]
            dx, dy, need = xs[two] - xs[one], ys[two] - ys[one], own + room[two]
            apart = dx * dx + dy * dy
            if apart >= need * need:
                continue
            found = True
            apart = math.sqrt(apart)
            step = need - apart
            if apart < 1e-6:  # one on the other: any fixed direction
                dx, dy = math.cos(one + two), math.sin(one + two)
            share = 0.0 if one == 0 else 1.0 if two == 0 else room[two] ** 2 / (own * own + room[two] ** 2)
            dx *= sideways
            length = math.hypot(dx, dy)
            dx, dy = dx / length * step, dy / length * step
            xs[one] -= dx * share
            ys[one] -= dy * share
            xs[two] += dx * (1 - share)
            ys[two] += dy * (1 - share)
    return found


def _apart(xs: Sequence[float], ys: Sequence[float], room: Sequence[float]) -> list[Point]:
    """The places, those that still lie over others moved straight outwards to where there is room."""
    order = sorted(range(len(room)), key=lambda number: (number > 0, math.hypot(xs[number], ys[number]) - room[number], number))
    fixed: list[tuple[float, float, float]] = []
    places: list[Point] = [(0.0, 0.0)] * len(room)
    for number in order:
        angle, distance = math.atan2(ys[number], xs[number]), math.hypot(xs[number], ys[number])
        cos, sin, moved = math.cos(angle), math.sin(angle), True
        while moved:
            moved = False
            for x, y, radius in fixed:
                need = radius + room[number] - 0.1  # what rounding may take away
                along = x * cos + y * sin
                aside = need * need - (x * x + y * y - along * along)
                if aside > 0 and abs(distance - along) < math.sqrt(aside):
                    distance, moved = along + math.sqrt(aside) + 0.05, True
        places[number] = (round(distance * cos, 1), round(distance * sin, 1))
        fixed.append((*places[number], room[number]))
    return places
