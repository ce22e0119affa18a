"""Which entity a cell names: an id, an IRI, a name, or 平台：name where several classes have it. As `kg show NAME` finds it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.edits.cells import terms
from kg.edits.told import Misfit
from kg.graph.find import bare, entity_id
from kg.graph.iri import normal_id
from kg.model import Entity

LISTED = 5  # candidates that are named
_OF_CLASS = re.compile(r"([^:：]+)[:：]\s*(.+)")


class Names:
    """The names of these entities. `moved` is id → id for those that were joined or parted away."""

    def __init__(self, entities: Mapping[str, Entity], moved: Mapping[str, str], base: str) -> None:
        self._entities, self._moved, self._base = entities, moved, base
        self._labels: dict[str, set[str]] = defaultdict(set)
        self._others: dict[str, set[str]] = defaultdict(set)
        self._bare: dict[str, set[str]] = defaultdict(set)
        for key, entity in entities.items():
            self._labels[_plain(entity.label)].add(key)
            for name in entity.alt:
                self._others[_plain(name)].add(key)
            for name in (entity.label, *entity.alt):
                self._bare[bare(name)].add(key)

    def find(self, words: str) -> list[str]:
        """The ids of the entities that are meant: of this id or IRI; else of this label; else with this as another name; else with
        this name but for marks and spaces; else what stands behind a class and a colon. Sorted; empty where there is none."""
        if found := self._by_id(words):
            return [found]
        if found_all := self._called(words):
            return sorted(found_all)
        match = _OF_CLASS.fullmatch(words)
        name = terms("class").get(match[1].strip().casefold()) if match else None
        if match is None or name is None:
            return []
        within = {key for key, entity in self._entities.items() if name in (*entity.classes, entity.kind)}
        return sorted(self._called(match[2], within))

    def one(self, words: str) -> str:
        """The id of the one entity that is meant. Raises Misfit where there is none, or several."""
        found = self.find(words)
        if len(found) == 1:
            return found[0]
        shown = words[:60]
        if found:
            raise Misfit("several", name=shown, n=len(found), candidates=self.listed(found))
        near = self._near(words)
        raise Misfit("near", name=shown, candidates=self.listed(near)) if near else Misfit("nobody", name=shown)

    def listed(self, ids: Iterable[str]) -> str:
        """Entities as a person tells them apart: label (id)."""
        keys = list(ids)
        shown = ", ".join(f"{self._entities[key].label} ({key})" for key in keys[:LISTED])
        return f"{shown} …" if len(keys) > LISTED else shown

    def _by_id(self, words: str) -> str | None:
        try:
            key = normal_id(entity_id(words, self._base))
        except ValueError:
            return None
        while key not in self._entities and key in self._moved:
            key = self._moved[key]
        return key if key in self._entities else None

    def _called(self, words: str, within: set[str] | None = None) -> set[str]:
        for index, form in ((self._labels, _plain(words)), (self._others, _plain(words)), (self._bare, bare(words))):
            found = index.get(form, set()) if form else set()
            if kept := found if within is None else found & within:
                return kept
        return set()

    def _near(self, words: str) -> list[str]:
        plain = bare(words)
        if len(plain) < 2:
            return []
        return sorted({key for name, keys in self._bare.items() if plain in name for key in keys})


def _plain(name: str) -> str:
    return " ".join(name.split())
