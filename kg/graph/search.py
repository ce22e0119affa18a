"""Finding an entity by what one types: any of its names or a part of one, in characters, in pinyin or by the initials of its pinyin."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate

from pyoxigraph import Literal, NamedNode, Store

from kg.graph import vocabulary as v
from kg.graph.look import Thing, sorts_of
from kg.graph.vocabulary import kg
from kg.model import CLASSES

LOOKED_AT = 3000  # hits that are ranked: names stand by how well their entities are connected, so the best are among them


class Names:
    """All names of a store, kept to be searched: three long texts, in which looking for a word is one fast pass."""

    def __init__(self, store: Store, leads: Mapping[str, str] | None = None) -> None:
        types: dict[str, list[str]] = {}
        for name in CLASSES:
            for quad in store.quads_for_pattern(None, v.TYPE, kg(name), None):
                if isinstance(quad.subject, NamedNode):
                    types.setdefault(quad.subject.value, []).append(name)
        sorts = {iri: sorts_of(found, (leads or {}).get(iri, ""))[0] for iri, found in types.items()}
        ties = Counter(
            quad.object.value
            for end in (v.SUBJECT, v.OBJECT)
            for quad in store.quads_for_pattern(None, end, None, None)
            if isinstance(quad.object, NamedNode)
        )
        labels = {iri: text for iri, text in _literals(store, v.PREF_LABEL) if iri in sorts}
        self.things = [
            Thing(iri, labels.get(iri, iri), sorts[iri])
            for iri in sorted(sorts, key=lambda iri: (-ties[iri], labels.get(iri, iri), iri))
        ]
        """All entities, the best connected first."""
        self.number = {thing.iri: number for number, thing in enumerate(self.things)}
        self.ties = [ties[thing.iri] for thing in self.things]
        """The number of each one's facts."""
        self.counts = Counter(sorts.values())
        names = [(self.number[iri], text) for iri, text in (*labels.items(), *_literals(store, v.ALT_LABEL)) if iri in sorts]
        self._names = sorted(dict.fromkeys(names))
        self._said: dict[str, list[str]] = {}  # name → its syllables: many things of one name are said once
        self._plain = _Text([_plain(text) for _, text in self._names])

    def find(self, text: str, most: int = 20) -> list[tuple[Thing, str]]:
        """Entities one of whose names has this in it, and that name: whole names first, then beginnings, then the best connected."""
        wanted = _plain(text).replace(" ", "")
        if not wanted:
            return []
        hits = {at: _rank(at, wanted, self._plain) for at in self._plain.having(wanted)}
        if wanted.isascii() and any(char.isalpha() for char in wanted):
            for lines, starts in ((self._pinyin, True), (self._initials, False)):
                for at in lines.having(wanted):
                    if not starts or self._at_syllable(at, wanted):
                        hits[at] = min(hits.get(at, 9), 3 + _rank(at, wanted, lines))
        found: dict[int, str] = {}
        for at in sorted(hits, key=lambda at: (hits[at], self._names[at])):
            found.setdefault(self._names[at][0], self._names[at][1])
        return [(self.things[number], name) for number, name in list(found.items())[:most]]

    def of_sort(self, sort: str) -> list[Thing]:
        """All entities of a class, the best connected first."""
        return [thing for thing in self.things if thing.sort == sort]

    @cached_property
    def _pinyin(self) -> _Text:
        return _Text(["".join(self._syllables(text)) for _, text in self._names])

    @cached_property
    def _initials(self) -> _Text:
        return _Text(["".join(one[0] for one in self._syllables(text)) for _, text in self._names])

    def _syllables(self, text: str) -> list[str]:
        if text not in self._said:
            self._said[text] = syllables(text)
        return self._said[text]

    def _at_syllable(self, at: int, wanted: str) -> bool:
        """Whether the pinyin of a name has it from the beginning of a syllable on: ian is not in tian."""
        parts = self._syllables(self._names[at][1])
        whole = "".join(parts)
        return any(whole.startswith(wanted, start) for start in accumulate(map(len, parts[:-1]), initial=0))


class _Text:
    """Lines in one text."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self._text = "\n".join(lines)
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def having(self, wanted: str) -> Iterator[int]:
        """The numbers of the first lines that have it."""
        at, number = self._text.find(wanted), 0
        while at >= 0 and number < LOOKED_AT:
            line = bisect_right(self._starts, at) - 1
            yield line
            number += 1
            at = self._text.find(wanted, self._starts[line + 1])


def syllables(text: str) -> list[str]:
    """The pinyin of each character, without tones; what has none stands as it is, in small letters and without signs."""
    from pypinyin import lazy_pinyin

    return [one for one in (_letters(part) for part in lazy_pinyin(text)) if one]


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if char.isascii() and char.isalnum())


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _rank(at: int, wanted: str, text: _Text) -> int:
    line = text.lines[at]
    return 0 if line == wanted else 1 if line.startswith(wanted) else 2


def _literals(store: Store, property: NamedNode) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, property, None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.subject.value, quad.object.value
