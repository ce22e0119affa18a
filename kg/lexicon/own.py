"""A lexicon of the user's own: TOML files that add to the package's word tables, or take away, and declare classes, properties and names.

    namespace = "https://example.org/university#"     # what the IRIs of own terms begin with
    [people]                                          # words for the package's tables: the same keys
    posts = ["院长"]
    [remove.heads.Platform]                           # words that the tables shall not have
    weak = ["书院"]
    [[class]]                                         # a finer class
    [[property]]                                      # a finer property, or one of its own
    [[entity]]                                        # a thing known by name

`read` checks all of it before a text is read: a mistake is one line with the file and the place in it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from copy import deepcopy
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from kg.errors import LexiconError
from kg.graph.iri import DEFAULT_BASE
from kg.graph.vocabulary import KG
from kg.lexicon import Lexicon, shipped
from kg.lexicon.own_terms import HEADS, check_wholes, class_term, known_thing, property_term, tables_of
from kg.lexicon.own_words import Where, add, remove
from kg.model import GazetteerEntry, Term
from kg.names import plain
from kg.ontology import local_name

MOST_BYTES = 4_000_000  # of one file
MOST_FILES = 20
OWN_KEYS = ("namespace", "remove", "class", "property", "entity")

Files = str | PathLike[str] | Iterable[str | PathLike[str]]


def read(files: Files, base: str = DEFAULT_BASE) -> Lexicon:
    """The lexicon of one file or several, one on top of the other, on top of the package's own.

    Terms for which a file names no namespace are named under `base`. Raises LexiconError for a file that cannot be read or says what a
    lexicon cannot say.
    """
    paths = [files] if isinstance(files, str | PathLike) else list(files)
    if len(paths) > MOST_FILES:
        raise LexiconError(f"{len(paths)} lexicon files are too many", "--lexicon", f"give at most {MOST_FILES}")
    building = _Building()
    for path in paths:
        building.take(_parse(fspath(path)), Where(fspath(path)), f"{base}terms#")
    return building.lexicon()


class _Building:
    """Tables and terms of the files read so far."""

    def __init__(self) -> None:
        self.tables: dict[str, Any] = deepcopy(dict(shipped().tables))
        self.terms: dict[str, Term] = {}  # by local name
        self.heads: dict[str, str] = {}
        self.verbs: dict[str, tuple[str, ...]] = {}
        self.known: dict[str, tuple[GazetteerEntry, Where]] = {}  # by name
        self.names: dict[str, str] = {}  # any name, without marks → the name of the thing

    def take(self, given: Mapping[str, Any], top: Where, namespace: str) -> None:
        """One file. Raises LexiconError."""
        gone = remove(self.tables, given.get("remove", {}), top / "remove")
        come = add(self.tables, {key: value for key, value in given.items() if key not in OWN_KEYS}, top)
        for path, word in sorted(gone & come):
            raise (top / ".".join(path)).wrong(f"{word} is both added and removed")
        namespace = _namespace(given.get("namespace", namespace), top / "namespace")
        for one, where in tables_of(given, "class", top):
            self._class(*class_term(one, namespace, where), where)
        for one, where in tables_of(given, "property", top):
            self._property(*property_term(one, namespace, self._classes(), where), where)
        for one, where in tables_of(given, "entity", top):
            self._entity(known_thing(one, self._classes(), where), where)

    def lexicon(self) -> Lexicon:
        """All of it. Raises LexiconError where a thing is part of what no file names."""
        check_wholes(self.known)
        known = tuple(thing for thing, _ in self.known.values())
        return Lexicon(self.tables, tuple(sorted(self.terms.values())), known, self.heads, self.verbs)

    def _classes(self) -> dict[str, Term]:
        return {name: term for name, term in self.terms.items() if term.sort == "class"}

    def _declare(self, term: Term, where: Where) -> None:
        name = local_name(term.iri)
        if name.lower() in map(str.lower, self.terms):
            raise (where / "name").wrong(f"{name} is declared twice")
        self.terms[name] = term

    def _class(self, term: Term, heads: tuple[str, ...], where: Where) -> None:
        """A class; its head nouns tell no other class any more."""
        self._declare(term, where)
        for number, head in enumerate(heads):
            if head in self.heads:
                raise (where / "heads" / number).wrong(f"{head} tells the class {local_name(self.heads[head])} already")
            self.heads[head] = term.iri
            self._put(HEADS[term.of], head)

    def _put(self, path: tuple[str, ...], head: str) -> None:
        """Put a head noun into the list at `path`, and take it out of every other list of head nouns: it tells this class alone."""
        for other in (*HEADS.values(), ("heads", "Project", "strong")):
            there = self._table(other[:-1])
            for column in ("strong", "weak", "quoted", "forms"):
                if column in there:
                    there[column] = [word for word in there[column] if word != head]
        self._table(path[:-1])[path[-1]].append(head)

    def _table(self, path: tuple[str, ...]) -> dict[str, Any]:
        here = self.tables
        for key in path:
            here = here[key]
        return here

    def _property(self, term: Term, verbs: tuple[str, ...], where: Where) -> None:
        """A property; its verbs are verbs of the tables, and of the property that it refines."""
        self._declare(term, where)
        self.verbs[term.iri] = verbs
        plain = [verb for verb in verbs if "…" not in verb]
        tails = [verb.rpartition("…")[2] for verb in verbs]
        self.tables["verbs"][term.iri] = {"object": [], "verbs": list(dict.fromkeys(tails))}
        above = self.tables["verbs"].get(term.of)
        if above is not None:
            above["verbs"] = list(dict.fromkeys([*above["verbs"], *plain]))
        stop = self.tables["words"]["stop"]
        self.tables["words"]["stop"] = list(dict.fromkeys([*stop, *plain]))

    def _entity(self, thing: GazetteerEntry, where: Where) -> None:
        for name in dict.fromkeys((thing.name, *thing.alt)):
            if self.names.setdefault(plain(name), thing.name) != thing.name or (name == thing.name and name in self.known):
                raise where.wrong(f"{name} is the name of another [[entity]] already")
        self.known[thing.name] = (thing, where)


def _parse(path: str) -> Mapping[str, Any]:
    where = Where(path)
    try:
        size = Path(path).stat().st_size
        if size > MOST_BYTES:
            raise where.wrong(f"is too large for a lexicon ({size:,} bytes)", f"give at most {MOST_BYTES:,}")
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise where.wrong(f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise where.wrong("is not UTF-8", "save it as UTF-8") from error
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise where.wrong(f"is not TOML: {error}") from error


def _namespace(value: Any, where: Where) -> str:
    mend = 'as in "https://example.org/university#"'
    if (
        not isinstance(value, str)
        or not value.startswith(("https://", "http://"))
        or not value.endswith(("#", "/"))
        or value == KG
    ):
        raise where.wrong("is not an http(s) address that ends in # or /", mend)
    try:
        return NamedNode(value).value
    except ValueError as error:
        raise where.wrong(f"is not an IRI: {error}", mend) from error
