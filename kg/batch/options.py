"""What a reading depends on besides the file's bytes and the code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.lexicon import Lexicon
from kg.lexicon.spelled import lexicon_of, spelled
from kg.model import Known, Source
from kg.read import MAX_CHARS

if TYPE_CHECKING:
    from kg.metadata.table import Row

Told = tuple[str | None, tuple[str | None, ...]]
"""What a table of metadata says of one file: whose text it is, and the fields of kg.model.Known."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a build that change what is read in a document.

    Each is part of what a remembered reading is known by, and each is told to the processes that read: so they are plain values (of a
    file, such as a word table, what stands in it and not only its path). `home` says whose texts they are where they do not say so
    themselves, `max_chars` is the longest document that is read, `tagger` is the second opinion that is asked, `lexicon` a user's own,
    spelled out ("": none), `told` what a table of metadata says, by the path of the file.
    """

    home: str | None = None
    max_chars: int = MAX_CHARS
    tagger: str | None = None
    lexicon: str = ""
    told: Mapping[str, Told] = field(default_factory=dict)

    @staticmethod
    def of(
        home: str | None, max_chars: int, tagger: str | None, lexicon: Lexicon | None, rows: Mapping[str, Row] | None = None
    ) -> Options:
        """The options, of a lexicon and the rows of a table by file."""
        told = {path: (row.home, astuple(row.known)) for path, row in (rows or {}).items()}
        return Options(home, max_chars, tagger, spelled(lexicon) if lexicon is not None else "", told)

    def as_json(self) -> dict[str, Any]:
        """The options by name: `from_json` is the way back."""
        return asdict(self)

    @staticmethod
    def from_json(found: Mapping[str, Any]) -> Options:
        """The options that `as_json` told."""
        told = {path: (home, tuple(known)) for path, (home, known) in found["told"].items()}
        return Options(**{**found, "told": told})

    def of_all(self) -> dict[str, Any]:
        """Those that every document depends on, by name."""
        return {name: value for name, value in self.as_json().items() if name != "told"}

    def of_one(self, path: str) -> str:
        """What only this file's reading depends on; "" for nothing."""
        return json.dumps(self.told[path]) if path in self.told else ""

    def source(self, path: str, source: Source) -> Source:
        """The source that was read from `path`, with what the table tells of it."""
        if path not in self.told:
            return source
        home, known = self.told[path]
        return replace(source, known=Known(*known), home=home or source.home)

    def own(self) -> Lexicon | None:
        """The user's lexicon; the same object each time it is asked for."""
        return _lexicon(self.lexicon) if self.lexicon else None


@lru_cache(maxsize=2)
def _lexicon(text: str) -> Lexicon:
    return lexicon_of(text)
