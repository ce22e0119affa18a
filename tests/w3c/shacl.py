"""SHACL core by the engine of `kg validate`, set as it is there."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rdflib import RDF, SH, BNode, Graph
from rdflib import URIRef as Iri

from kg.graph.store import read_file
from kg.graph.validate import rdflib_graph, results

from .manifest import MF, Case, address, place

SHT = "http://www.w3.org/ns/shacl-test#"
TOLD = (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.value, SH.sourceShape)


def check(case: Case) -> str:
    """ "" where the report has the same verdict and the same results, each as often, as the case's; else what went wrong."""
    data, shapes = (graph(case.one(MF + "action", SHT + name)) for name in ("dataGraph", "shapesGraph"))
    report = results(data, shapes, case.name)
    wanted = graph(Iri(case.manifest.address))
    expected = wanted.value(Iri(case.node.value), Iri(MF + "result"))
    found, same = _told(report, report.value(None, RDF.type, SH.ValidationReport)), _told(wanted, expected)
    return "" if found == same else f"{found[1].total()} results where {same[1].total()} are expected, or other ones"


def graph(iri: Any) -> Graph:
    """The file that an IRI of the suites calls, by the reader of `kg validate`."""
    name = getattr(iri, "value", None) or str(iri)
    file = place(name)
    return rdflib_graph(read_file(file, address(file)))


def _told(report: Graph, node: Any) -> tuple[Any, Counter[Any]]:
    """The verdict and the results of a report."""
    rows = [
        (*(_term(report.value(result, predicate)) for predicate in TOLD), _path(report, report.value(result, SH.resultPath)))
        for result in report.objects(node, SH.result)
    ]
    return report.value(node, SH.conforms), Counter(rows)


def _term(term: Any) -> Any:
    """Blank nodes have no name to know them by in another file: which one it is is not compared."""
    return "a blank node" if isinstance(term, BNode) else term


def _path(report: Graph, path: Any) -> Any:
    """A property path with all that is in it."""
    if not isinstance(path, BNode):
        return path
    return frozenset((predicate, _path(report, value)) for predicate, value in report.predicate_objects(path))
