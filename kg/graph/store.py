"""The graph in an embedded store (Oxigraph): `store/ID` in a published folder, so that a query needs no reading of Turtle.

Its named graphs are those of `kg.graph.rdf` and the ontology in <https://w3id.org/yishi/ontology>; no triple of the graph is
in two of them, and a query sees the union. A store that is published is never written to again: readers open it as it lies,
without a lock, and a publisher makes the next one beside it (`kg.graph.store_write`). ID is a hash of all that is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import InputError, YishiError
from kg.graph.iri import DEFAULT_BASE
from kg.graph.manifest import base_of, file_of, store_of, whole

ONTOLOGY = NamedNode("https://w3id.org/yishi/ontology")
KINDS = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf")
_TRIES = 20  # how often a publisher may replace the store between reading where it lies and opening it


def place(graph: str | PathLike[str]) -> Path:
    """Where the store of a published folder lies now: a rebuild moves it. Raises YishiError where there is none."""
    manifest, places = whole(graph)
    at = store_of(manifest)
    if at is None:
        raise YishiError("there is no store in this folder", str(graph), "build the graph again with kg build")
    return file_of(places, at)


def open_store(graph: str | PathLike[str]) -> Store:
    """The store of a published folder, read-only; or the graph of an RDF file, loaded into memory with the ontology.

    Relative IRIs of a file are read under the default base, as those of a query are.
    What is opened stays as it is, also where the graph is built anew meanwhile. Ask it with `kg.graph.query.run`.
    Raises YishiError where there is none, InputError where the file cannot be read.
    """
    path = Path(graph)
    if path.is_file():
        store = read_file(path)
        store.extend(ontology_quads())
        return store
    for _ in range(_TRIES):
        at = place(path)
        try:
            return read_only(at)
        except OSError as error:
            if place(path) == at:
                raise YishiError(f"the store cannot be read: {error}", str(at), "build the graph again") from error
    raise YishiError("the graph is being built over and over", str(graph), "wait for the builds to end")


def read_only(at: Path) -> Store:
    """A store at its place. Raises OSError where there is none, or part of it is missing."""
    try:
        return Store.read_only(str(at))
    except RuntimeError as error:  # what the engine says of a file that is not there any more
        raise OSError(str(error)) from error


def base(graph: str | PathLike[str]) -> str:
    """What the entities' IRIs of a published folder begin with; the default for an RDF file."""
    return DEFAULT_BASE if Path(graph).is_file() else base_of(whole(graph)[0])


def read_file(path: Path, base: str = DEFAULT_BASE) -> Store:
    """An RDF file in a store in memory, its relative IRIs under `base`. Raises InputError."""
    form = RdfFormat.from_extension(path.suffix.lstrip("."))
    if form is None:
        raise InputError(f"not an RDF file: {path.suffix or 'no suffix'}", str(path), f"one of {' '.join(KINDS)}")
    store = Store()
    try:
        store.bulk_load(path=str(path), format=form, base_iri=base)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", str(path)) from error
    except (SyntaxError, ValueError) as error:
        raise InputError(f"is not well formed: {error}", str(path)) from error
    return store


@cache
def _ontology() -> tuple[Quad, ...]:
    from kg.ontology import ontology_dir

    names: dict[BlankNode, BlankNode] = {}  # the parser's are chance, a store is to be the same each time

    def fixed(term: Any) -> Any:
        return names.setdefault(term, BlankNode(f"ontology{len(names)}")) if isinstance(term, BlankNode) else term

    found = parse(path=str(ontology_dir() / "yishi.ttl"), format=RdfFormat.TURTLE)
    return tuple(Quad(fixed(q.subject), q.predicate, fixed(q.object), ONTOLOGY) for q in found)


def ontology_quads() -> Iterator[Quad]:
    """The ontology in its named graph."""
    return iter(_ontology())
