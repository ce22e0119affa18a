"""The Turtle parses in rdflib and in Oxigraph to the same graph, which is what was to be written."""

from __future__ import annotations

import pyoxigraph as ox
import rdflib

from kg.graph.knowledge import Graph

Plain = tuple[str, ...]
"""A term without the classes of a library: its kind, its words, its language or datatype."""
STRING = "http://www.w3.org/2001/XMLSchema#string"


def broken(graph: Graph) -> list[str]:
    """Triples of a graph that one of the two parsers does not read back from its Turtle, or reads otherwise, or has made up."""
    turtle = graph.to_turtle()
    assert turtle is not None
    written = {tuple(map(_of_oxigraph, triple)) for triple in graph.triples()}
    by_oxigraph = {tuple(map(_of_oxigraph, quad.triple)) for quad in ox.parse(turtle.encode(), ox.RdfFormat.TURTLE)}
    by_rdflib = {tuple(map(_of_rdflib, triple)) for triple in rdflib.Graph().parse(data=turtle, format="turtle")}
    return [
        *(f"Oxigraph: {triple}" for triple in sorted(by_oxigraph ^ written)),
        *(f"rdflib: {triple}" for triple in sorted(by_rdflib ^ written)),
    ]


def _of_oxigraph(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Plain:
    """There are no blank nodes in a graph of ours, so that two graphs are the same where their triples are."""
    if isinstance(term, ox.Literal):
        return ("literal", term.value, term.language or term.datatype.value)
    assert isinstance(term, ox.NamedNode), term
    return ("iri", term.value)


def _of_rdflib(term: rdflib.term.Node) -> Plain:
    if isinstance(term, rdflib.Literal):
        return ("literal", str(term), term.language or str(term.datatype or STRING))
    assert isinstance(term, rdflib.URIRef), term
    return ("iri", str(term))
