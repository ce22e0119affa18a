"""Word tables: the data that the grammar works on, one TOML file a subject, read once.

`lexicon()` gives the tables that ship with the package. A table is what its file says: the comment at its head tells what each key means.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables by name. `words("heads", "Platform", "strong")` is a list of words, `table("bodies", "core")` a sub-table."""

    tables: Mapping[str, Mapping[str, Any]]
    _words: dict[tuple[str, ...], tuple[str, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )  # lists asked for before

    def table(self, *path: str) -> Mapping[str, Any]:
        """The sub-table at `path`; an empty one where a table leaves it out."""
        here: Any = self.tables
        for key in path:
            here = here.get(key, {})
        return dict(here)

    def words(self, *path: str) -> Sequence[str]:
        """The list of words at `path`; an empty one where a table leaves it out."""
        if (found := self._words.get(path)) is None:
            *above, last = path
            found = self._words[path] = tuple(self.table(*above).get(last, ()))
        return found

    def text(self, *path: str) -> str:
        """The string at `path` ("" where a table leaves it out)."""
        *above, last = path
        return str(self.table(*above).get(last, ""))


@cache
def lexicon() -> Lexicon:
    """The tables of the package: every TOML file of this folder."""
    return Lexicon({path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(Path(__file__).parent.glob("*.toml"))})


def table(name: str) -> Mapping[str, Any]:
    """One table as it stands, for those whose entries are more than lists of words. Raises KeyError where the package has none."""
    return lexicon().tables[name]


def any_of(found: Iterable[str], unless: Mapping[str, str] | None = None) -> str:
    """A pattern for any of the words, the longest first; `unless` has, for some of them, characters that must not follow."""
    ends = {word: f"(?![{re.escape(chars)}])" for word, chars in (unless or {}).items()}
    return "|".join(re.escape(word) + ends.get(word, "") for word in sorted(found, key=lambda word: (-len(word), word)))
