"""The terms of the graph: where the ontology lies and what it says. Code takes its terms from here."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import RDFS, Graph, Namespace, URIRef

from kg.errors import InputError

KG = Namespace("https://w3id.org/yishi/ontology#")


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
    return Graph().parse(ontology_dir() / "yishi.ttl", format="turtle")


def name(term: URIRef) -> str:
    """The local name of a kg: term: `runs` of kg:runs."""
    return str(term).removeprefix(str(KG))


@cache
def entity_classes() -> frozenset[str]:
    """Local names of the classes right below kg:Entity: the ten of the contract."""
    return frozenset(name(c) for c in load_ontology().subjects(RDFS.subClassOf, KG.Entity) if isinstance(c, URIRef))


@cache
def relation_properties() -> frozenset[str]:
    """Local names of the properties right below kg:relatesTo: the twelve of the contract."""
    return frozenset(name(p) for p in load_ontology().subjects(RDFS.subPropertyOf, KG.relatesTo) if isinstance(p, URIRef))


@cache
def label(term: str, language: str = "zh") -> str:
    """The label of a kg: term (local name) in `language` ("zh" or "en"); the local name itself where there is none."""
    found = (str(x) for x in load_ontology().objects(KG[term], RDFS.label) if getattr(x, "language", None) == language)
    return min(found, default=term)
