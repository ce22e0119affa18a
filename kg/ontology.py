"""The terms of the graph: where the ontology lies and what it says. Code takes its terms from here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.graph.vocabulary import KG

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

    from kg.model import Term


def ontology_dir() -> Path:
    """The folder of yishi.ttl and shapes.ttl: `kg/data/ontology` in an installed wheel, `ontology` in a checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "data" / "ontology", package.parent / "ontology"):
        if (folder / "yishi.ttl").is_file():
            return folder
    raise InputError("the ontology is missing", "yishi.ttl", "install the package again")


@cache
def load_ontology() -> Graph:
    """The ontology (without the shapes), read once. Callers share the graph and must not change it."""
    from rdflib import Graph

    return Graph().parse(ontology_dir() / "yishi.ttl", format="turtle")


def name(term: URIRef) -> str:
    """The local name of a kg: term: `runs` of kg:runs."""
    return str(term).removeprefix(KG)


@cache
def entity_classes() -> frozenset[str]:
    """Local names of the classes right below kg:Entity: the ten of the contract."""
    from rdflib import RDFS, URIRef

    found = load_ontology().subjects(RDFS.subClassOf, URIRef(f"{KG}Entity"))
    return frozenset(name(c) for c in found if isinstance(c, URIRef))


@cache
def relation_properties() -> frozenset[str]:
    """Local names of the properties right below kg:relatesTo: the twelve of the contract."""
    from rdflib import RDFS, URIRef

    found = load_ontology().subjects(RDFS.subPropertyOf, URIRef(f"{KG}relatesTo"))
    return frozenset(name(p) for p in found if isinstance(p, URIRef))


@cache
def term_names() -> frozenset[str]:
    """The local names of all kg: terms."""
    return frozenset(name for name, _ in _labels())


def label(term: str, language: str = "zh") -> str:
    """The label of a term in `language` ("zh" or "en"): of a kg: term (local name), or of a user's own (IRI) that `know` was told of.

    Its local name where there is none.
    """
    found = _labels().get((term, language)) or _known.get().get((term, language))
    return found or local_name(term)


def is_known(iri: str) -> bool:
    """Whether an IRI is that of a term of a user's own that `know` was told of."""
    return (iri, "zh") in _known.get()


def local_name(term: str) -> str:
    """The local name of a term that is named by its local name or, of a user's own, by its IRI."""
    return re.split("[#/]", term.rstrip("#/"))[-1] if "://" in term else term


_known: ContextVar[Mapping[tuple[str, str], str]] = ContextVar("known", default=MappingProxyType({}))


def know(terms: Iterable[Term]) -> None:
    """From here on (in this thread or task), `label` knows these terms of a user's own instead of any it knew before."""
    _known.set({(term.iri, language): text for term in terms for language, text in (("zh", term.zh), ("en", term.en))})


@contextmanager
def knowing(terms: Iterable[Term]) -> Iterator[None]:
    """`know` these terms inside, and what was known before after it."""
    before = _known.get()
    know(terms)
    try:
        yield
    finally:
        _known.set(before)


@cache
def _labels() -> dict[tuple[str, str], str]:
    """(Local name, language) → label. Read by pyoxigraph: every command that says something needs them, and at once."""
    from pyoxigraph import RdfFormat, parse

    from kg.graph.vocabulary import RDFS_LABEL

    found: dict[tuple[str, str], str] = {}
    for quad in parse(path=str(ontology_dir() / "yishi.ttl"), format=RdfFormat.TURTLE):
        if quad.predicate == RDFS_LABEL and quad.subject.value.startswith(KG):
            key = (quad.subject.value.removeprefix(KG), quad.object.language or "")
            text: str = quad.object.value
            found[key] = min(found.get(key, text), text)
    return found


@cache
def finer_classes() -> dict[str, str]:
    """Local name of each class right below one of the contract's ten → that one: MediaOutlet → Organization."""
    from pyoxigraph import RdfFormat, parse

    from kg.graph.vocabulary import RDFS
    from kg.model import CLASSES

    found: dict[str, str] = {}
    for quad in parse(path=str(ontology_dir() / "yishi.ttl"), format=RdfFormat.TURTLE):
        if quad.predicate.value == f"{RDFS}subClassOf" and quad.subject.value.startswith(KG):
            above = getattr(quad.object, "value", "").removeprefix(KG)
            if above in CLASSES:
                found[quad.subject.value.removeprefix(KG)] = above
    return dict(sorted(found.items()))
