"""One entity out of what several readings say about it: votes for its classes, the fullest label, all names and places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.graph.iri import normal_id
from kg.model import CLASSES, Entity, Span

_ORDER = {name: place for place, name in enumerate(CLASSES)}


class _Votes:
    """What readings say an entity is and is called, each with the number of mentions that speak for it."""

    def __init__(self) -> None:
        self.first: Counter[str] = Counter()  # in readings that put this class first
        self.any: Counter[str] = Counter()  # in readings that allow this class
        self.kinds: Counter[tuple[str, str]] = Counter()  # (finer class, the class it refines)
        self.labels: Counter[tuple[bool, str]] = Counter()  # (by a reading that resolved it, label)


class EntityFold:
    """Takes in the readings of one entity in any order; `entity` is what they come to.

    Where rules found it in one of them, what only a model found in others has no vote.
    """

    def __init__(self) -> None:
        self._rules, self._model = _Votes(), _Votes()
        self._origins: set[str] = set()
        self._names: set[str] = set()
        self._mentions: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._resolved = False
        self._division: tuple[str, str] = ("", "")  # (year, code)

    def add(self, entity: Entity, mentions: int | None = None) -> None:
        """Take one reading of the entity in, or several that say the same of it and have so many `mentions` together. Raises ValueError for a class that is not one of the ten, or none, or no label."""
        unknown = [name for name in entity.classes if name not in _ORDER]
        if unknown or not entity.classes or not entity.label.strip():
            raise ValueError(f"{entity.id}: needs a label and classes of the ten, has {entity.label!r} {entity.classes}")
        weight = len(entity.mentions) if mentions is None else mentions
        votes = self._model if entity.origin else self._rules
        votes.first[entity.classes[0]] += weight
        for name in set(entity.classes[:2]):
            votes.any[name] += weight
        if entity.kind:
            votes.kinds[entity.kind, entity.classes[0]] += weight
        votes.labels[entity.resolved, entity.label] += weight
        self._origins.add(entity.origin)
        self._names.update((entity.label, *entity.alt))
        self._resolved |= entity.resolved
        self._division = max(self._division, (entity.division_year or "", entity.division_code or ""))
        for span in entity.mentions:
            self._mentions[span.source].add((span.start, span.end))

    def entity(self, entity_id: str) -> Entity:
        """The entity as all readings together have it."""
        votes = self._rules if self._rules.labels else self._model
        classes = _classes(votes)
        label = _label(votes)
        kinds: Counter[str] = Counter()
        for (kind, of), count in votes.kinds.items():
            if of in classes:
                kinds[kind] += count
        year, code = self._division
        return Entity(
            id=normal_id(entity_id),
            classes=classes,
            label=label,
            alt=tuple(sorted(name for name in self._names - {label} if name.strip())),
            mentions=tuple(Span(sha, *at) for sha in sorted(self._mentions) for at in apart(self._mentions[sha])),
            kind=min(kinds, key=lambda kind: (-kinds[kind], kind), default=""),
            resolved=self._resolved,
            division_code=code or None,
            division_year=year or None,
            origin=min(self._origins),
        )


def _classes(votes: _Votes) -> tuple[str, ...]:
    """At most two, the one most mentions put first leading; a second one needs a third as many mentions as it has."""
    ranked = sorted(votes.any, key=lambda name: (-votes.first[name], -votes.any[name], _ORDER[name]))
    lead = ranked[0]
    rest = [name for name in ranked[1:] if 3 * votes.any[name] >= votes.any[lead]]
    return (lead, *rest[:1])


def _label(votes: _Votes) -> str:
    """The fullest: of a reading that resolved it, then the longest, then that of most mentions, then the first in order."""
    return min(votes.labels, key=lambda known: (not known[0], -len(known[1]), -votes.labels[known], known[1]))[1]


def apart(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places [start, end) in order, with the longer (then the earlier) of two that overlap kept."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
        elif end - start > kept[-1][1] - kept[-1][0]:
            kept[-1] = (start, end)
    return kept
