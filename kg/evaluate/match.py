"""Pairing the entities of a built graph with those of a gold graph, one to one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.evaluate.built import Built, BuiltEntity, Node, spelled
from kg.evaluate.gold import Gold, plain


@dataclass(frozen=True, slots=True)
class Pairing:
    """`gold_of`: node → id of its gold entity. `taken`: the gold ids that have a node. `again`: nodes that name a taken one."""

    gold_of: dict[Node, str]
    taken: frozenset[str]
    again: frozenset[Node]


def pair(built: Built, gold: Gold) -> Pairing:
    """Give each built entity at most one gold entity with a shared name and an accepted class.

    The best go first: those whose label is a name of the gold entity, then firm gold entities before optional ones, then those
    that share more names. A second node for a firm gold entity is `again`; an optional one may have several.
    """
    gold_of: dict[Node, str] = {}
    taken: set[str] = set()
    again: set[Node] = set()
    for node, entity_id in _candidates(built, gold):
        if node in gold_of:
            continue
        if entity_id in taken and not gold.by_id[entity_id].optional:
            again.add(node)
            continue
        gold_of[node] = entity_id
        taken.add(entity_id)
    return Pairing(gold_of, frozenset(taken), frozenset(again - set(gold_of)))


def _candidates(built: Built, gold: Gold) -> list[tuple[Node, str]]:
    ranked = []
    for entity in built.entities.values():
        if entity.odd:
            continue
        shared = Counter(entity_id for name in entity.names for entity_id in gold.by_name.get(name, ()))
        for entity_id, names in shared.items():
            if entity.classes & set(gold.by_id[entity_id].classes):
                rank = (not labelled(entity, gold, entity_id), gold.by_id[entity_id].optional, -names)
                ranked.append(((*rank, spelled(entity.node), entity_id), entity.node))
    ranked.sort(key=lambda found: found[0])
    return [(node, key[-1]) for key, node in ranked]


def labelled(entity: BuiltEntity, gold: Gold, entity_id: str) -> bool:
    """Whether the entity's label is a name of the gold entity."""
    return plain(entity.label) in gold.by_id[entity_id].names
