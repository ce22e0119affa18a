"""The graph for the two libraries people know: networkx for measures and layout, rdflib for RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.graph.rdf import statement_iri
from kg.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph
    from kg.model import Period


def to_networkx(graph: Graph) -> networkx.MultiDiGraph[str]:
    """Entities as nodes (the id), facts as edges from subject to object, in the graph's order.

    Nodes have label, classes (tuple), kind ("" for none), mentions (how many), iri. Edges have property, status, period ("2022",
    "2022-01/2022-06" or ""), role ("" for none), basis, rule, source (SHA-256), evidence (the quoted sentences, a tuple) and iri (of
    the statement).
    """
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for entity in graph.entities:
        network.add_node(
            entity.id,
            label=entity.label,
            classes=entity.classes,
            kind=entity.kind,
            mentions=len(entity.mentions),
            iri=graph.iri(entity.id),
        )
    for fact in graph.facts:
        network.add_edge(
            fact.subject,
            fact.object,
            property=fact.property,
            status=fact.status,
            period=period_text(fact.period),
            role=fact.role or "",
            basis=fact.basis,
            rule=fact.rule,
            source=fact.evidence[0].source,
            evidence=tuple(graph.quote(span) for span in fact.evidence),
            iri=statement_iri(fact, graph.base),
        )
    return network


def period_text(period: Period | None) -> str:
    """A period as ISO 8601 writes it: 2022, 2022-01/2022-06; "" for none."""
    if period is None:
        return ""
    return period.start if period.start == period.end else f"{period.start}/{period.end}"


def to_rdflib(graph: Graph) -> rdflib.Graph:
    """Every triple as rdflib has it, spelled as in the Turtle, with the usual prefixes bound."""
    result = rdflib.Graph(bind_namespaces="none")
    for name, namespace in PREFIXES.items():
        result.bind(name, namespace)
    for triple in graph.triples():
        result.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return result


def on_store(graph: Graph) -> rdflib.Dataset:
    """The graph's store as rdflib has it, not copied: a Dataset whose default graph is the union of its named graphs.

    It is a Graph for all that reads. Of an opened folder the store is read-only.
    """
    from oxrdflib import OxigraphStore

    result = rdflib.Dataset(store=OxigraphStore(store=graph.store), default_union=True)
    for name, namespace in PREFIXES.items():
        result.bind(name, namespace)
    return result


def _node(term: object) -> rdflib.term.Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, Literal), term
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    kind = term.datatype.value
    plain = kind == PREFIXES["xsd"] + "string"
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(kind), normalize=False)
