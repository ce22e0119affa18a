"""What must hold of every property-graph database, whatever its kind: it answers as the graph does, and keeps what the graph has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph_questions import QUESTIONS, answers

from kg.export.property_graph import EDGES, NODES, Kind, labels
from kg.graph.knowledge import Graph

Run = Callable[[str], list[list[Any]]]
"""Runs a statement and gives its rows."""


def answers_as_the_graph_does(run: Run, graph: Graph) -> None:
    """The ten questions."""
    for question in QUESTIONS:
        expected = answers(row.values() for row in graph.query(question.sparql))
        assert expected, question.asks
        assert answers(run(question.cypher)) == expected, question.asks


def holds(run: Run, graph: Graph, *, labelled: bool = True, fit: Callable[[Any], Any] = lambda value: value) -> None:
    """All nodes and edges of the graph with all their values, and no others with these labels and types."""
    for nodes in NODES:
        told = run(f"MATCH (n:{nodes.label}) RETURN {_values('n', nodes.keys)}")
        assert _rows(told) == _rows([_cells(row, nodes.keys, fit) for row in nodes.rows(graph)]), nodes.label
        if labelled:
            told = [[iri, sorted(names)] for iri, names in run(f"MATCH (n:{nodes.label}) RETURN n.iri, labels(n)")]
            assert _rows(told) == _rows([[row["iri"], sorted(labels(nodes, row))] for row in nodes.rows(graph)]), nodes.label
    for edges in EDGES:
        ends = f"MATCH (a:{edges.start})-[r:{edges.type}]->(b:{edges.end}) RETURN a.iri, b.iri"
        told = run(f"{ends}, {_values('r', edges.keys)}" if edges.keys else ends)
        wanted = [[start, end, *_cells(values, edges.keys, fit)] for start, end, values in edges.rows(graph)]
        assert _rows(told) == _rows(wanted), edges.type


def _values(of: str, keys: dict[str, Kind]) -> str:
    return ", ".join(f"{of}.`{key}`" for key in keys)


def _cells(row: dict[str, Any], keys: dict[str, Kind], fit: Callable[[Any], Any]) -> list[Any]:
    return [[fit(text) for text in row[key]] if isinstance(row[key], list) else fit(row[key]) for key in keys]


def _rows(rows: list[list[Any]]) -> list[str]:
    """Rows in one order, an empty list the same as none: not every database keeps it."""
    return sorted(repr([None if cell == [] else cell for cell in row]) for row in rows)
