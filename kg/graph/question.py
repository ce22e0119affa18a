"""A query that is asked in a process of its own, and its answer as it comes: what `kg.graph.ask_apart` takes and gives."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import parse, parse_query_results

from kg.graph.iri import DEFAULT_BASE
from kg.graph.query import Bound, Row, rows, to_json
from kg.graph.worker import GRAPHS, RESULTS


@dataclass(frozen=True, slots=True)
class Question:
    """A query and how its answer is wanted: `results` (json, xml, csv, tsv) where it is a table, `triples` (ttl, nt, rdf, jsonld)
    where it is a graph. `limit` is the most rows (triples); None: all. For the others see kg.graph.query.run."""

    sparql: str
    base: str = DEFAULT_BASE
    bindings: Mapping[str, Bound] = field(default_factory=dict)
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    results: str = "tsv"
    triples: str = "nt"
    limit: int | None = None

    def __post_init__(self) -> None:
        if self.results not in RESULTS or self.triples not in GRAPHS or (self.limit is not None and self.limit < 0):
            raise ValueError(f"no such format or limit: {self.results}, {self.triples}, {self.limit}")

    def as_json(self) -> dict[str, Any]:
        """The question as the worker is asked it."""
        return {
            "sparql": self.sparql,
            "base": self.base,
            "bindings": {name: to_json(term) for name, term in self.bindings.items()},
            "default_graphs": None if self.default_graphs is None else list(self.default_graphs),
            "named_graphs": None if self.named_graphs is None else list(self.named_graphs),
            "results": self.results,
            "triples": self.triples,
            "limit": self.limit,
        }


class Answer:
    """An answer as it comes: iterate over its bytes once. `rows` and `cut` are known when the iteration has ended."""

    def __init__(self, head: dict[str, Any]) -> None:
        self.form: str = head["form"]  # select, ask, graph
        self.variables: list[str] = head["variables"]
        self.format: str = head["format"]  # one of RESULTS or GRAPHS
        self.rows = 0  # -1: not counted (no limit, and a format that has no lines)
        self.cut = False  # whether there were more rows than the limit
        self.pieces: Generator[bytes, None, None] = _nothing()

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces

    def read(self) -> list[Row]:
        """All of it as plain Python rows (see kg.graph.query.rows). Not for tables in CSV, which have no types."""
        data = b"".join(self)
        if self.form == "graph":
            return rows(parse(data, format=GRAPHS[self.format]))
        return rows(parse_query_results(data, format=RESULTS[self.format]))


def _nothing() -> Generator[bytes, None, None]:
    yield from ()
