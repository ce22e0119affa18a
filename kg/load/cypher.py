"""Bringing a database that speaks openCypher to hold a property graph, whatever it held of an earlier one.

Each node and edge bears the mark of the load that wrote it last (`yishiBuild`: the graph's fingerprint). A load writes all nodes
and edges with its own mark, then takes away what bears another. One node (:YishiLoad) says which graph is being loaded and
whether it is whole. What bears no mark is not ours and is left alone. Texts are only ever parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Protocol

from kg import __version__
from kg.errors import YishiError
from kg.export.carried import rounded
from kg.export.property_graph import ENTITY, NODES, Edges, Nodes, Row, edges_of, fingerprint, labels
from kg.load.loader import Loaded, Tell

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

MARK = "yishiBuild"
LOAD = "YishiLoad"
LOAD_IRI = "urn:yishi:load"
BATCH = 2_000  # rows a statement
SWEEP = 20_000  # what one statement takes away: each looks through all that is there
KEYED = (LOAD, *(table.label for table in NODES))
"""The labels whose nodes are told apart by `iri`: each has a unique constraint."""


class Session(Protocol):
    """One connection to a database."""

    where: str  # the address, for messages

    def prepare(self, label: str) -> None:
        """Make the unique constraint on `iri` of this label, if it is not there."""

    def fit(self, row: Row) -> Row:
        """The row as the database can hold it."""

    def run(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """Run one statement, in a transaction of its own. Raises YishiError."""


def synchronise(session: Session, graph: Graph, *, force: bool, tell: Tell) -> Loaded:
    """Bring the database to hold the graph. Raises YishiError; when it was half done, one that says how to mend that."""
    build = fingerprint(graph)
    counts = {
        "nodes": sum(1 for table in NODES for _ in table.rows(graph)),
        "edges": sum(1 for table in edges_of(graph) for _ in table.rows(graph)),
    }
    marked = session.run(f"MATCH (m:{LOAD} {{iri: $iri}}) RETURN m.build AS build, m.state AS state", iri=LOAD_IRI)
    before = marked[0] if marked else {}
    whole = before.get("state") == "complete"
    if whole and before["build"] == build and not force and _held(session, build) == counts:
        return Loaded(False, counts, notes=rounded(graph))
    for label in KEYED:
        session.prepare(label)
    _mark(session, build, "loading")
    try:
        for nodes in NODES:
            tell(nodes.label)
            _write_nodes(session, nodes, graph, build)
        for edges in edges_of(graph):
            tell(edges.type)
            _write_edges(session, edges, graph, build)
        removed = _sweep(session, build)
        held = _held(session, build)
        if held != counts:
            raise YishiError(f"holds {held} where the graph has {counts}", session.where)
        _mark(session, build, "complete", **counts)
    except YishiError as error:
        what = f"the load broke off: {error.what}"
        raise YishiError(what, session.where, "part of it is there: run the same command again, it mends that") from error
    return Loaded(True, counts, removed, bool(before) and not whole, rounded(graph))


def _write_nodes(session: Session, table: Nodes, graph: Graph, build: str) -> None:
    key = f"MATCH (n:{table.label} {{iri: row.iri}})"
    for names, rows in _by_labels(table, graph):
        for batch in _batches(rows):
            marked = [session.fit({**row, MARK: build}) for row in batch]
            if table.label == ENTITY:
                # Not every database can change a node's labels: what has become something else is made anew.
                session.run(
                    f"UNWIND $rows AS row {key} WHERE n.{MARK} IS NOT NULL AND n.classes <> row.classes DETACH DELETE n",
                    rows=marked,
                )
            session.run(f"UNWIND $rows AS row MERGE (n:{':'.join(names)} {{iri: row.iri}}) SET n += row", rows=marked)


def _write_edges(session: Session, table: Edges, graph: Graph, build: str) -> None:
    key = " {iri: row.iri}" if "iri" in table.keys else ""
    query = (
        f"UNWIND $rows AS row MATCH (a:{table.start} {{iri: row.start}}) MATCH (b:{table.end} {{iri: row.end}}) "
        f"MERGE (a)-[r:{table.type}{key}]->(b) SET r += row.values"
    )
    for batch in _batches(table.rows(graph)):
        rows = [
            {"start": start, "end": end, "iri": values.get("iri"), "values": session.fit({**values, MARK: build})}
            for start, end, values in batch
        ]
        session.run(query, rows=rows)


def _sweep(session: Session, build: str) -> dict[str, int]:
    """Take away what an earlier load wrote and this one did not. Returns how many edges and nodes."""
    edges = f"MATCH ()-[r]->() WHERE r.{MARK} <> $build WITH r LIMIT {SWEEP} DELETE r RETURN count(*) AS n"
    removed = {"nodes": 0, "edges": _repeated(session, edges, build)}
    for table in NODES:
        nodes = f"MATCH (n:{table.label}) WHERE n.{MARK} <> $build WITH n LIMIT {SWEEP} DETACH DELETE n RETURN count(*) AS n"
        removed["nodes"] += _repeated(session, nodes, build)
    return removed


def _repeated(session: Session, query: str, build: str) -> int:
    total = 0
    while count := session.run(query, build=build)[0]["n"]:
        total += count
    return total


def _held(session: Session, build: str) -> dict[str, int]:
    """How many nodes and edges with this mark the database holds."""
    nodes = sum(
        session.run(f"MATCH (n:{table.label}) WHERE n.{MARK} = $build RETURN count(n) AS n", build=build)[0]["n"]
        for table in NODES
    )
    edges = session.run(f"MATCH ()-[r]->() WHERE r.{MARK} = $build RETURN count(r) AS n", build=build)[0]["n"]
    return {"nodes": nodes, "edges": edges}


def _mark(session: Session, build: str, state: str, **counts: int) -> None:
    values = {"iri": LOAD_IRI, "build": build, "state": state, "version": __version__, "nodes": None, "edges": None, **counts}
    session.run(f"MERGE (m:{LOAD} {{iri: $values.iri}}) SET m += $values", values=values)


def _by_labels(table: Nodes, graph: Graph) -> Iterator[tuple[tuple[str, ...], Iterable[Row]]]:
    """The rows of a table by their labels: a label is part of a statement, so rows of one statement share them."""
    if table.label != ENTITY:
        yield (table.label,), table.rows(graph)
        return
    rows = sorted(((labels(table, row), row) for row in table.rows(graph)), key=lambda pair: pair[0])
    for names, group in groupby(rows, key=lambda pair: pair[0]):
        yield names, (row for _, row in group)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch
