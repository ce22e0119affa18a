"""What a build joined and what it kept apart: the rows of `merges.tsv` and the figures of the report, from the graph and its accounts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.resolve.why import CANONICAL

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph
    from kg.model import Entity

UNTOLD = "untold"  # the graph was not built here: who made it did not say why
NAMESAKE = "namesake"  # two people of one name
PLACE = "place"  # the same name in another place, or in a text whose place is not known
KIND = "kind"  # the same name for something of another kind
OTHER = "other"  # the same name in the same place; year, session or full name differ
APART = (NAMESAKE, PLACE, KIND, OTHER)


@dataclass(frozen=True, slots=True)
class Called:
    """A name of an entity: why it is its name, and how many mentions are so called in each document that has it (by SHA-256)."""

    entity: Entity
    name: str
    why: str
    documents: dict[str, int]

    @property
    def mentions(self) -> int:
        """How many mentions are so called."""
        return sum(self.documents.values())


@dataclass(frozen=True, slots=True)
class KeptApart:
    """An entity that has a name in common with others (`group` is all that have it), and why it is not one of them."""

    entity: Entity
    name: str
    why: str
    group: tuple[Entity, ...]


def joined(graph: Graph) -> Iterator[tuple[Called, ...]]:
    """For each entity that several names or several documents are one in: its names, the label first, then those most used."""
    called = _called(graph)
    for entity in graph.entities:
        documents = {span.source for span in entity.mentions}
        if not entity.alt and len(documents) < 2:
            continue
        found = called.get(entity.id, [])
        told = {one.name for one in found}
        found += [Called(entity, name, UNTOLD, {}) for name in (entity.label, *entity.alt) if name not in told]
        yield tuple(sorted(found, key=lambda one: (one.name != entity.label, -one.mentions, one.name, one.why)))


def apart(graph: Graph) -> Iterator[KeptApart]:
    """Each entity with each of its names that another entity has too, by name, then by id."""
    having: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        for name in (entity.label, *entity.alt):
            having[name].append(entity)
    for name in sorted(name for name, entities in having.items() if len(entities) > 1):
        group = tuple(having[name])
        scopes = Counter(map(_scope, group))
        people = sum(_is_person(entity) for entity in group)
        for entity in group:
            yield KeptApart(entity, name, _difference(entity, scopes, people), group)


def _called(graph: Graph) -> dict[str, list[Called]]:
    """The names of each entity. One that only a label has stands only where no text has it."""
    counted: defaultdict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for sha, account in graph.accounts.items():
        for one in account.names:
            in_documents = counted[one.entity, one.name, one.why]
            if one.mentions:
                in_documents[sha] = one.mentions
    written = {(entity, name) for entity, name, why in counted if why != CANONICAL}
    by_id = {entity.id: entity for entity in graph.entities}
    found: defaultdict[str, list[Called]] = defaultdict(list)
    for (entity, name, why), documents in counted.items():
        if entity in by_id and (why != CANONICAL or (entity, name) not in written):
            found[entity].append(Called(by_id[entity], name, why, documents))
    return found


def _difference(entity: Entity, scopes: Counter[tuple[str, str]], people: int) -> str:
    """Why an entity is not one of the others of its name; `scopes` are those of all of the name, `people` how many of them are."""
    if _is_person(entity) and people > 1:
        return NAMESAKE
    own = _scope(entity)
    if scopes[own] > 1:
        return OTHER
    return PLACE if any(family == own[0] for family, scope in scopes if (family, scope) != own) else KIND


def _is_person(entity: Entity) -> bool:
    return entity.classes[0] == "Person"


def _scope(entity: Entity) -> tuple[str, str]:
    """The family and the scope of an id: org and 湖州市 of org/湖州市/政协. A place is its own scope."""
    family, _, rest = entity.id.partition("/")
    return family, rest if family == "place" else rest.rpartition("/")[0]
