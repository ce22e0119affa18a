"""SPARQL 1.1 Update by what `kg serve --writable` does with an update, in a store that holds the case's data and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, parse

from kg.errors import QueryError
from kg.graph.elsewhere import refuse_load, refuse_service
from kg.graph.store import read_file
from kg.serve import writer
from kg.serve.refusal import Refused

from .manifest import MF, Case, address, place
from .same import same_values

UT = "http://www.w3.org/2009/sparql/tests/test-update#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def check(case: Case) -> str:
    """ "" where the case passes, else what went wrong."""
    return KINDS[case.kind](case)


def _request(case: Case) -> Path:
    return place((case.one(MF + "action", UT + "request") or case.one(MF + "action")).value)


def _updated(case: Case, data: Iterable[Quad]) -> list[Quad]:
    """What the case's update leaves of the data. Raises QueryError where it is not understood, Failed where it cannot be done."""
    store = Store()
    store.extend(data)
    writer.change(store, _request(case).read_text("utf-8"), address(_request(case)))
    return list(store)


def _positive(case: Case) -> str:
    try:
        _allowed(case)
        _updated(case, ())
    except Refused as refused:
        return str(refused)
    except writer.Failed:  # understood; but there is no such graph
        pass
    return ""


def _negative(case: Case) -> str:
    try:
        _updated(case, ())
    except QueryError:
        return ""
    return "is understood, and should not be"


def _eval(case: Case) -> str:
    try:
        _allowed(case)
    except Refused as refused:
        return str(refused)
    found = _updated(case, _data(case, "action", read_file))
    return "" if same_values(found, _data(case, "result", _parsed)) else "leaves another graph store"


def _allowed(case: Case) -> None:
    """What the server asks of an update before it is done. Raises QueryError, Refused."""
    text = _request(case).read_text("utf-8")
    refuse_service(text)
    refuse_load(text)


def _parsed(file: Path, base: str) -> Iterable[Quad]:
    return parse(path=str(file), base_iri=base)


def _data(case: Case, when: str, reader: Callable[[Path, str], Iterable[Quad]]) -> list[Quad]:
    """The graph store before ("action") or after ("result")."""
    graphs: list[tuple[Any, Any]] = [(DefaultGraph(), node) for node in case.all(MF + when, UT + "data")]
    for named in case.all(MF + when, UT + "graphData"):
        manifest = case.manifest
        graphs.append((NamedNode(manifest.one(named, LABEL).value), manifest.one(named, UT + "graph")))
    return [
        Quad(quad.subject, quad.predicate, quad.object, graph)
        for graph, node in graphs
        for quad in reader(place(node.value), node.value)
    ]


KINDS: dict[str, Callable[[Case], str]] = {
    "PositiveUpdateSyntaxTest11": _positive,
    "NegativeUpdateSyntaxTest11": _negative,
    "NegativeSyntaxTest11": _negative,
    "UpdateEvaluationTest": _eval,
}
