"""The namespaces and terms that the graph is written in, as pyoxigraph nodes.

The definitions of the `kg:` terms stand in `ontology/`; this module only spells their IRIs.
"""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode

KG = "https://w3id.org/yishi/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
SCHEMA = "https://schema.org/"

PREFIXES: dict[str, str] = {
    "kg": KG,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": OWL,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "org": ORG,
    "schema": SCHEMA,
}
"""Prefix → namespace: declared in what is written, known to every query without being declared."""


@cache
def kg(name: str) -> NamedNode:
    """The term `kg:name`."""
    return NamedNode(KG + name)


@cache
def term(name: str) -> NamedNode:
    """A class or property as Entity.kind and Fact.property name it: of the ontology by its local name, of a user's own by its IRI."""
    return NamedNode(name if "://" in name else KG + name)


@cache
def xsd(name: str) -> NamedNode:
    """The datatype `xsd:name`."""
    return NamedNode(XSD + name)


TYPE = NamedNode(RDF + "type")
STATEMENT = NamedNode(RDF + "Statement")
SUBJECT, PREDICATE, OBJECT = (NamedNode(RDF + x) for x in ("subject", "predicate", "object"))
RDFS_LABEL = NamedNode(RDFS + "label")
PREF_LABEL, ALT_LABEL, CLOSE_MATCH = (NamedNode(SKOS + x) for x in ("prefLabel", "altLabel", "closeMatch"))
TITLE, ISSUED, PUBLISHER, CREATOR, FORMAT, REPLACES = (
    NamedNode(DCTERMS + x) for x in ("title", "issued", "publisher", "creator", "format", "replaces")
)  # fmt: skip
MEMBERSHIP, MEMBER, ORGANIZATION = (NamedNode(ORG + x) for x in ("Membership", "member", "organization"))
ACTIVITY, USED = NamedNode(PROV + "Activity"), NamedNode(PROV + "used")
SOFTWARE_VERSION = NamedNode(SCHEMA + "softwareVersion")
