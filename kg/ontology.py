"""The terms of the graph: where the ontology lies and what it says. Code takes its terms from here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.graph.vocabulary import KG

if TYPE_CHECKING:
    from rdflib import Graph, URIRef


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


def label(term: str, language: str = "zh") -> str:
    """The label of a kg: term (local name) in `language` ("zh" or "en"); the local name itself where there is none."""
    return _labels().get((term, language), term)


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
