"""What a worker does with its store: asking it, reading a graph of it, changing it. Runs in the worker's process only.

A task is a plain dict (it came as JSON), its answer goes to a file; what is known before the answer itself (status, media type)
goes to `begin` first.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store, serialize

from kg.graph.query import explain
from kg.graph.vocabulary import PREFIXES

Task = dict[str, Any]
Begin = Callable[[dict[str, Any]], None]
Doing = Callable[[Store, Task, Begin, BinaryIO], None]

RESULTS = {
    "json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV,
}  # fmt: skip
FORMATS = {
    "ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD,
}  # fmt: skip
ASIDE = "urn:yishi:aside:"  # graphs in which data waits until all of it is there


class Failed(Exception):
    """A task that cannot be done: the status to answer with and the line that says why."""

    def __init__(self, status: int, line: str) -> None:
        super().__init__(line)
        self.status, self.line = status, line


def open_to_write(path: str) -> Store:
    """The store, without what a killed worker left half-loaded. Raises OSError where another process writes to it."""
    store = Store(path)
    for graph in list(store.named_graphs()):
        if isinstance(graph, NamedNode) and graph.value.startswith(ASIDE):
            store.remove_graph(graph)
    return store


def query(store: Store, task: Task, begin: Begin, answer: BinaryIO) -> None:
    """Ask: `query`, `base`; `default`, `named` (graph IRIs) and `union`; `solutions`, `triples`: forms, null where none is accepted."""
    dataset: dict[str, Any] = {"use_default_graph_as_union": True}
    if task["default"] or task["named"]:
        dataset = {"default_graph": _nodes(task["default"]), "named_graphs": _nodes(task["named"])}
    elif not task["union"]:
        dataset = {}
    try:
        result = store.query(task["query"], base_iri=task["base"], prefixes=PREFIXES, **dataset)
    except SyntaxError as error:
        raise explain(task["query"], str(error)) from error
    except (ValueError, OSError) as error:
        raise Failed(400, str(error)) from error
    kind = "solutions" if isinstance(result, QuerySolutions | QueryBoolean) else "triples"
    form = task[kind]
    if form is None:
        raise Failed(406, f"none of the accepted media types fits: a {'SELECT or ASK' if kind == 'solutions' else 'CONSTRUCT or DESCRIBE'} "
                          f"is answered as {task['offered'][kind]}")  # fmt: skip
    begin({"kind": kind, "form": form})
    try:
        if isinstance(result, QuerySolutions | QueryBoolean):
            result.serialize(answer, RESULTS[form])
        else:
            serialize(result, answer, FORMATS[form], prefixes=PREFIXES)
    except (ValueError, RuntimeError) as error:
        raise Failed(400, str(error)) from error


def read_graph(store: Store, task: Task, begin: Begin, answer: BinaryIO) -> None:
    """One graph (`graph`: its IRI, null for the unnamed one) in `form`; with `head` only whether it is there."""
    graph = _graph(task["graph"])
    if not _exists(store, graph):
        raise Failed(404, f"there is no graph <{task['graph']}> here")
    begin({})
    if not task["head"]:
        store.dump(answer, FORMATS[task["form"]], from_graph=graph, prefixes=PREFIXES)


def update(store: Store, task: Task, begin: Begin, answer: BinaryIO) -> None:
    """Change: `update`, `base`; a copy is left at `copy`."""
    try:
        store.update(task["update"], base_iri=task["base"], prefixes=PREFIXES)
    except SyntaxError as error:
        raise explain(task["update"], str(error), update=True) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise Failed(400, str(error)) from error
    leave_copy(store, task, begin, answer)


def write_graph(store: Store, task: Task, begin: Begin, answer: BinaryIO) -> None:
    """Put (`replace`) or add the data of `parts` (pairs of a file and its form) in `graph`, all of it or nothing."""
    aside, graph = NamedNode(f"{ASIDE}{uuid4()}"), _graph(task["graph"])
    new = not _exists(store, graph)
    store.add_graph(aside)
    try:
        for file, form in task["parts"]:
            try:
                store.load(path=file, format=FORMATS[form], base_iri=task["base"], to_graph=aside)
            except (SyntaxError, ValueError) as error:
                raise Failed(400, f"the data cannot be read as {FORMATS[form].media_type}: {error}") from error
        to = "DEFAULT" if isinstance(graph, DefaultGraph) else str(graph)
        store.update(f"{'MOVE' if task['replace'] else 'ADD'} SILENT {aside} TO {to}")
        if isinstance(graph, NamedNode):
            store.add_graph(graph)  # an empty graph is one too
    finally:
        store.remove_graph(aside)
    leave_copy(store, task, begin, answer, new=new)


def delete_graph(store: Store, task: Task, begin: Begin, answer: BinaryIO) -> None:
    """Take `graph` away (of the unnamed one: all that is in it)."""
    graph = _graph(task["graph"])
    if not _exists(store, graph):
        raise Failed(404, f"there is no graph <{task['graph']}> here")
    store.clear_graph(graph) if isinstance(graph, DefaultGraph) else store.remove_graph(graph)
    leave_copy(store, task, begin, answer)


def leave_copy(store: Store, task: Task, begin: Begin, answer: BinaryIO, *, new: bool = False) -> None:
    """Leave what the store holds now at `copy`, for readers: hard links, so it costs next to nothing."""
    store.flush()
    shutil.rmtree(task["copy"], ignore_errors=True)
    Path(task["copy"]).parent.mkdir(parents=True, exist_ok=True)
    store.backup(os.fspath(task["copy"]))
    begin({"new": new})


READING: dict[str, Doing] = {"query": query, "read": read_graph}
WRITING: dict[str, Doing] = {"update": update, "write": write_graph, "delete": delete_graph, "copy": leave_copy}


def _nodes(iris: list[str]) -> list[NamedNode]:
    try:
        return [NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise Failed(400, f"a graph of the dataset is not named by an IRI: {error}") from error


def _graph(iri: str | None) -> NamedNode | DefaultGraph:
    return DefaultGraph() if iri is None else _nodes([iri])[0]


def _exists(store: Store, graph: NamedNode | DefaultGraph) -> bool:
    return isinstance(graph, DefaultGraph) or store.contains_named_graph(graph)
