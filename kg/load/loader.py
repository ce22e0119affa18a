"""What a loader is, how it is found by the scheme of an address, and what it gives back.

A loader is one module in `kg.load.loaders`, or in another package that names it under the entry point group `yishi.loaders`:

    SCHEMES = ("bolt", "neo4j")        # of the addresses it takes
    EXTRA = "neo4j"                    # the extra of this package that it needs, if any

    def load(graph: Graph, url: str, login: Login, *, force: bool, tell: Callable[[str], None]) -> Loaded:
        ...
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import unquote, urlsplit

from kg.errors import UsageError, YishiError
from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

GROUP = "yishi.loaders"
Tell = Callable[[str], None]
"""Is told in a word or two what is being loaded now."""


@dataclass(frozen=True, slots=True)
class Login:
    """Who loads. Never printed, and no part of any message."""

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. `counts` are what the database now holds of the graph, `removed` what it held and the graph does not."""

    changed: bool  # False: all of it was there already
    counts: dict[str, int]  # nodes and edges, or graphs and triples
    removed: dict[str, int] = field(default_factory=dict)
    mended: bool = False  # an earlier load had been broken off
    notes: tuple[Note, ...] = ()  # what the database could not hold


class Loader(Protocol):
    """A module (or object) that brings a database to hold a graph."""

    SCHEMES: tuple[str, ...]
    EXTRA: str

    def load(self, graph: Graph, url: str, login: Login, *, force: bool, tell: Tell) -> Loaded:
        """Load the graph. `url` holds no secrets. Raises YishiError, in one line, for whatever goes wrong."""


def loaders() -> dict[str, Loader]:
    """All loaders by the schemes of their addresses, sorted. Those of the package cannot be replaced from outside."""
    import kg.load.loaders as here

    modules = [import_module(f"{here.__name__}.{info.name}") for info in iter_modules(here.__path__)]
    found = {scheme: cast(Loader, module) for module in modules for scheme in module.SCHEMES}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        try:
            other = cast(Loader, point.load())
            for scheme in other.SCHEMES:
                found.setdefault(scheme, other)
        except Exception as error:  # a third party's code: whatever it raises is told in one line
            mend = "mend or remove that package"
            raise YishiError(f"the loader {point.name} cannot be loaded: {error}", point.value, mend) from error
    return dict(sorted(found.items()))


def load(
    graph: Graph,
    url: str,
    *,
    user: str | None = None,
    password: str | None = None,
    token: str | None = None,
    force: bool = False,
    tell: Tell = lambda _: None,
) -> Loaded:
    """Bring the database at `url` to hold the graph; see `kg.load`. `force` loads all of it again, even what seems to be there.

    A user and password in the address are taken where none are given. Raises UsageError for an address of no known kind,
    YishiError where the database cannot be reached, refuses, or breaks off, or the loader's extra is not installed.
    """
    known = loaders()
    scheme = url.partition(":")[0].lower()
    if scheme not in known or ":" not in url:
        raise UsageError(
            f"no loader for {without_login(url)!r}", "load", f"an address begins with {', '.join(f'{s}:' for s in known)}"
        )
    chosen = known[scheme]
    login = Login(user, password, token)
    if user is None and password is None and "//" in url:
        login = _login_in(url, token)
    try:
        return chosen.load(graph, without_login(url), login, force=force, tell=tell)
    except ModuleNotFoundError as error:
        if not chosen.EXTRA:
            raise
        raise YishiError(f"needs the package {error.name}", f"{scheme}:", f"pip install 'yishi[{chosen.EXTRA}]'") from error


def without_login(url: str) -> str:
    """The address without the user and password that may stand in it."""
    return re.sub(r"(?<=//)[^/?#]*@", "", url)


def _login_in(url: str, token: str | None) -> Login:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise UsageError(f"not an address: {without_login(url)!r}", "load") from error
    user, password = (unquote(word) if word is not None else None for word in (parts.username, parts.password))
    return Login(user, password, token)
