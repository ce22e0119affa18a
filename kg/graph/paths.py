"""How two entities are connected: the shortest ways from one to the other over facts, in whichever direction each is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from pyoxigraph import Store

from kg.graph.statements import Reader, Said, merged
from kg.graph.vocabulary import OBJECT, SUBJECT, kg
from kg.model import DONE

LONGEST, MOST, LARGEST = 8, 3, 1_000_000
_WAYS = 1000  # shortest ways that are looked at: between two hubs there can be very many


@dataclass(frozen=True, slots=True)
class Step:
    """From one entity (IRI) to the next, and the facts that lie between them, whatever their direction."""

    start: str
    end: str
    facts: tuple[Said, ...]


def paths(
    store: Store, one: str, other: str, *, most: int = MOST, longest: int = LONGEST, planned: bool = True
) -> list[tuple[Step, ...]]:
    """Up to `most` of the shortest ways between two entities (IRIs), in the order of the names on them; [] where there is none.

    At most `longest` steps; `planned` says whether what is only planned connects. The search goes from both ends at once and
    gives up (as if there were no way) after it has seen a million entities.
    """
    reader = Reader(store)
    if one == other:
        return []
    ways = _between(_Links(reader, planned), one, other, longest)
    ranked = sorted(ways, key=lambda way: [reader.label(node) for node in way])
    return [tuple(_step(reader, a, b, planned) for a, b in pairwise(way)) for way in ranked[:most]]


class _Links:
    """Which entities have a fact with which."""

    def __init__(self, reader: Reader, planned: bool) -> None:
        self._reader, self._planned = reader, planned
        self._known: dict[str, set[str]] = {}

    def of(self, iri: str) -> set[str]:
        """The neighbours of an entity."""
        if iri not in self._known:
            found: set[str] = set()
            for here, there in ((SUBJECT, OBJECT), (OBJECT, SUBJECT)):
                for node in self._reader.subjects(here, iri):
                    if self._planned or self._reader.text(node, kg("status")).endswith(f"#{DONE}"):
                        found.add(self._reader.text(node, there))
            self._known[iri] = found - {iri, ""}
        return self._known[iri]


def _between(links: _Links, one: str, other: str, longest: int) -> list[tuple[str, ...]]:
    """All shortest ways, found from both ends: level by level, always on the side that has less to look at."""
    before: tuple[dict[str, int], dict[str, int]] = ({one: 0}, {other: 0})
    edges = ([one], [other])
    depth = [0, 0]
    while edges[0] and edges[1] and sum(depth) < longest and len(before[0]) + len(before[1]) < LARGEST:
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        depth[side] += 1
        reached = []
        for node in edges[side]:
            for near in links.of(node):
                if near not in before[side]:
                    before[side][near] = depth[side]
                    reached.append(near)
        edges[side][:] = reached
        met = before[0].keys() & before[1].keys()
        if met:
            length = min(before[0][node] + before[1][node] for node in met)
            middle = [node for node in met if before[0][node] == depth[0] and before[0][node] + before[1][node] == length]
            ways = (
                (*reversed(head), *tail[1:])
                for node in sorted(middle)
                for head in _back(links, node, before[0])
                for tail in _back(links, node, before[1])
            )
            return list(islice(ways, _WAYS))
    return []


def _back(links: _Links, node: str, level: dict[str, int]) -> Iterator[tuple[str, ...]]:
    """The ways from a node back to where its side began, each a tuple that begins with the node."""
    if level[node] == 0:
        yield (node,)
        return
    for near in sorted(links.of(node)):
        if level.get(near, -1) == level[node] - 1:
            yield from ((node, *rest) for rest in _back(links, near, level))


def _step(reader: Reader, start: str, end: str, planned: bool) -> Step:
    found = defaultdict(list)
    for one, two in ((start, end), (end, start)):
        for node in reader.subjects(SUBJECT, one):
            if reader.text(node, OBJECT) == two:
                fact = reader.fact(node)
                if planned or fact.status == DONE:
                    found[fact.same()].append(fact)
    return Step(start, end, tuple(merged(fact for facts in found.values() for fact in facts)))
