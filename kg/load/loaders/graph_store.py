"""RDF stores, by the SPARQL 1.1 Graph Store HTTP Protocol: the named graphs of the contract, each put in the place of what it was.

One more named graph (BASEgraph/loaded) says which graphs a load put there, with the hash of each, so that the next load puts only
what has changed and deletes what went. What else is in the store is left alone.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from kg.errors import UsageError, YishiError
from kg.load.http import Answer, Server
from kg.load.loader import Loaded, Login, Tell

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.graph.knowledge import Graph

SCHEMES = ("http", "https")
EXTRA = ""
_PLACES = "such as …/sparql-graph-crud-auth (Virtuoso), …/DATASET/data (Fuseki), …/repositories/NAME/rdf-graphs/service (GraphDB, RDF4J)"
_LOADING, _COMPLETE = "loading", "complete"
_UNKNOWN = ""  # the hash of a graph that a load began to put


def load(graph: Graph, url: str, login: Login, *, force: bool, tell: Tell) -> Loaded:
    """Load into the store whose Graph Store Protocol answers at the address."""
    try:
        parts = urlsplit(url)
        good = bool(parts.hostname) and not parts.fragment and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise UsageError("not an address", url, f"the address of a Graph Store Protocol, {_PLACES}")
    with tempfile.TemporaryDirectory(prefix="kg-load-") as aside:
        return _Store(url, login, graph.base, Path(aside)).bring(graph, force, tell)


class _Store:
    """One store, and what it holds of earlier loads."""

    def __init__(self, url: str, login: Login, base: str, aside: Path) -> None:
        self._url = url
        self._address = quote(url, safe=":/?#[]@!$&'()*+,;=%~")  # Chinese in a path is spelled out
        self._server = Server(url, login)
        self._list = f"{base}graph/loaded"
        self._aside = aside

    def bring(self, graph: Graph, force: bool, tell: Tell) -> Loaded:
        """Bring the store to hold the graph."""
        named: defaultdict[str, set[Triple]] = defaultdict(set)
        for quad in graph.quads():
            named[getattr(quad.graph_name, "value", "")].add(quad.triple)
        files = {name: self._write(number, named[name]) for number, name in enumerate(sorted(named))}
        wanted = {name: _hash(file) for name, file in files.items()}
        counts = {"graphs": len(files), "triples": sum(len(triples) for triples in named.values())}
        held, whole = self._held()
        changed = [name for name in files if force or held.get(name) != wanted[name]]
        gone = sorted(held.keys() - files.keys())
        if not changed and not gone and whole:
            return Loaded(False, counts)
        # Until all is there, the list names what is going to be there too, so that a load that is broken off can be mended.
        unsure = dict.fromkeys((*changed, *gone), _UNKNOWN)
        try:
            self._put_list({**held, **wanted, **unsure}, _LOADING)
        except YishiError as error:
            mend = error.mend or f"is this the address of its Graph Store Protocol? {_PLACES}"
            raise YishiError(error.what, error.where, mend) from error
        try:
            for name in changed:
                tell(name)
                self._ask("PUT", name, files[name])
            for name in gone:
                self._ask("DELETE", name)
            self._put_list(wanted, _COMPLETE)
        except YishiError as error:
            mend = "part of it is there: run the same command again, it mends that"
            raise YishiError(f"the load broke off: {error.what}", self._url, mend) from error
        return Loaded(True, counts, {"graphs": len(gone)}, bool(held) and not whole)

    def _held(self) -> tuple[dict[str, str], bool]:
        """The graphs that the list names, each with its hash, and whether the load that put them was whole."""
        from pyoxigraph import RdfFormat, parse

        from kg.graph.vocabulary import SCHEMA

        answer = self._ask("GET", self._list)
        if answer.status == 404 or not answer.body.strip():
            return {}, True
        try:
            kind = RdfFormat.from_media_type(answer.kind) or RdfFormat.TURTLE
            said = [quad.triple for quad in parse(answer.body, kind)]
        except (SyntaxError, ValueError) as error:
            raise YishiError(
                f"gives no RDF for a graph but {answer.kind}", self._url, f"is this its address? {_PLACES}"
            ) from error
        hashes = {s.subject.value: s.object.value for s in said if s.predicate.value == f"{SCHEMA}sha256"}
        state = {s.object.value for s in said if s.predicate.value == f"{SCHEMA}creativeWorkStatus"}
        return hashes, state == {_COMPLETE}

    def _put_list(self, hashes: dict[str, str], state: str) -> None:
        from pyoxigraph import Literal, NamedNode, Triple

        from kg import __version__
        from kg.graph.vocabulary import SCHEMA, SOFTWARE_VERSION

        this = NamedNode(self._list)
        triples = {Triple(NamedNode(name), NamedNode(f"{SCHEMA}sha256"), Literal(digest)) for name, digest in hashes.items()}
        triples.add(Triple(this, NamedNode(f"{SCHEMA}creativeWorkStatus"), Literal(state)))
        triples.add(Triple(this, SOFTWARE_VERSION, Literal(__version__)))
        self._ask("PUT", self._list, self._write(-1, triples))

    def _write(self, number: int, triples: set[Triple]) -> Path:
        from pyoxigraph import RdfFormat, serialize

        file = self._aside / f"{number}.nt"
        serialize(sorted(triples, key=str), str(file), RdfFormat.N_TRIPLES)
        return file

    def _ask(self, method: str, name: str, body: Path | None = None) -> Answer:
        mark = "&" if "?" in self._url else "?"
        # N-Triples are Turtle, which every store takes
        headers = {"Content-Type": "text/turtle"} if body else {}
        if method == "GET":
            headers["Accept"] = "application/n-triples, text/turtle;q=0.9"
        answer = self._server.ask(method, f"{self._address}{mark}graph={quote(name, safe='')}", body=body, headers=headers)
        if answer.status == 404 and method == "PUT":
            raise YishiError("takes no graphs (404)", self._url)
        return answer


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
