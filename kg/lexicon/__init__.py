"""Word tables: the data that the grammar works on, one TOML file a subject, read once.

`lexicon()` gives the tables in use: those that ship with the package, or, inside `use(…)`, those together with a file of the user's
own (`kg.lexicon.own`). A table is what its file says: the comment at its head tells what each key means.

What is made out of the tables (patterns, automata) is kept with the decorator `cache` of this module, for each lexicon apart: so a
process can build with one lexicon and then with another, and nothing of the first is left in the second. No module makes such a thing
when it is imported.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from kg.model import GazetteerEntry, Term

Args = ParamSpec("Args")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The tables by name. `words("heads", "Platform", "strong")` is a list of words, `table("bodies", "core")` a sub-table.

    What only a user's file adds: `terms`, the classes and properties; `known`, the things known by name; `heads`, head noun → IRI of the
    class it tells; `verbs`, IRI of a property → what says it (捐赠; 与…合作, where … is the object).
    """

    tables: Mapping[str, Mapping[str, Any]]
    terms: tuple[Term, ...] = ()
    known: tuple[GazetteerEntry, ...] = ()
    heads: Mapping[str, str] = field(default_factory=dict)
    verbs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    made: dict[Hashable, Any] = field(default_factory=dict, repr=False)  # what `cache` keeps

    def table(self, *path: str) -> Mapping[str, Any]:
        """The sub-table at `path`; an empty one where a table leaves it out."""
        here: Any = self.tables
        for key in path:
            here = here.get(key, {})
        return dict(here)

    def words(self, *path: str) -> Sequence[str]:
        """The list of words at `path`; an empty one where a table leaves it out."""
        if path not in self.made:
            *above, last = path
            self.made[path] = tuple(self.table(*above).get(last, ()))
        found: Sequence[str] = self.made[path]
        return found

    def text(self, *path: str) -> str:
        """The string at `path` ("" where a table leaves it out)."""
        *above, last = path
        return str(self.table(*above).get(last, ""))

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process gets what the lexicon says, and makes its own patterns."""
        return Lexicon, (self.tables, self.terms, self.known, self.heads, self.verbs)


_own: ContextVar[Lexicon | None] = ContextVar("lexicon", default=None)


@functools.cache
def shipped() -> Lexicon:
    """The tables of the package: every TOML file of this folder."""
    return Lexicon({path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(Path(__file__).parent.glob("*.toml"))})


def lexicon() -> Lexicon:
    """The lexicon in use."""
    return _own.get() or shipped()


@contextmanager
def use(own: Lexicon | None) -> Iterator[None]:
    """Read texts with this lexicon; with None, go on with the one in use.

    It holds for this thread (and this asyncio task) alone: a thread or process that is started inside starts with the package's own.
    """
    if own is None:
        yield
        return
    token = _own.set(own)
    try:
        yield
    finally:
        _own.reset(token)


def cache(make: Callable[Args, Made]) -> Callable[Args, Made]:
    """`functools.cache` for what is made out of the tables: kept for each lexicon apart, and gone when the lexicon is."""
    of_shipped, own_one = cast(Callable[Args, Made], functools.cache(make)), _own.get

    @functools.wraps(make)
    def found(*args: Args.args, **kwargs: Args.kwargs) -> Made:
        own = own_one()
        if own is None:
            return of_shipped(*args, **kwargs) if kwargs else of_shipped(*args)  # type: ignore[call-arg]  # an empty ** takes time
        key = (make, args, *sorted(kwargs.items()))
        if key not in own.made:
            own.made[key] = make(*args, **kwargs)
        value: Made = own.made[key]
        return value

    return found


def table(name: str) -> Mapping[str, Any]:
    """One table as it stands, for those whose entries are more than lists of words. Raises KeyError where the package has none."""
    return lexicon().tables[name]


def any_of(found: Iterable[str], unless: Mapping[str, str] | None = None) -> str:
    """A pattern for any of the words, the longest first; `unless` has, for some of them, characters that must not follow."""
    ends = {word: f"(?![{re.escape(chars)}])" for word, chars in (unless or {}).items()}
    return "|".join(re.escape(word) + ends.get(word, "") for word in sorted(found, key=lambda word: (-len(word), word)))
