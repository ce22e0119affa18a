"""The process that changes a store for the server, so that it can be ended: `main` is all it runs.

It works on a store of its own in the folder (`.yishi-writing`, the published one's files linked) and after each change leaves a
read-only copy, which the server publishes. Tasks and frames are those of `kg.graph.worker`.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from pyoxigraph import DefaultGraph, NamedNode, Store

from kg.errors import YishiError
from kg.graph.manifest import MANIFEST
from kg.graph.query import explain
from kg.graph.store import ontology_quads, open_store
from kg.graph.vocabulary import PREFIXES
from kg.graph.worker import GRAPHS, limit_memory, listen, parts_of, say

WRITING = ".yishi-writing"
ASIDE = "urn:yishi:aside:"  # graphs in which data waits until all of it is there
Task = dict[str, Any]


class Failed(YishiError):
    """A task that cannot be done, and the status to answer with."""

    def __init__(self, status: int, what: str, where: str = "") -> None:
        super().__init__(what, where)
        self.status = status


def main(folder: str, memory: int) -> None:
    """Do the tasks that come in until standard input ends."""
    limit_memory(memory)
    out, tasks = sys.stdout.buffer, listen(sys.stdin.buffer)
    store: Store | None = None
    while True:
        task = json.loads(tasks.get())
        try:
            if store is None:  # an empty one is false
                store = opened(Path(folder))
            say(out, b"b", b"")
            head = DOING[task["do"]](store, task)
        except Exception as error:
            status = (
                {"status": error.status}
                if isinstance(error, Failed)
                else {}
                if isinstance(error, YishiError)
                else {"status": 500}
            )
            say(out, b"e", json.dumps({**parts_of(error), **status}).encode())
        else:
            say(out, b"h", json.dumps(head).encode())
            say(out, b"z", b"{}")


def opened(folder: Path) -> Store:
    """The store to write to: a copy of the published one, or an empty one with the ontology where there is none yet."""
    at = folder / WRITING
    shutil.rmtree(at, ignore_errors=True)
    if (folder / MANIFEST).is_file():
        open_store(folder).backup(os.fspath(at))
        return Store(os.fspath(at))
    at.parent.mkdir(parents=True, exist_ok=True)
    store = Store(os.fspath(at))
    store.extend(ontology_quads())
    return store


def update(store: Store, task: Task) -> dict[str, Any]:
    """SPARQL Update: `update`, `base`."""
    change(store, task["update"], task["base"])
    return _copied(store, task)


def change(store: Store, sparql: str, base: str) -> None:
    """Do what an update says, its relative IRIs under `base`. Raises QueryError where it is not understood, Failed where it cannot be done."""
    try:
        store.update(sparql, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        raise explain(sparql, str(error), update=True) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise Failed(400, str(error), "update") from error


def write(store: Store, task: Task) -> dict[str, Any]:
    """Put (`replace`) or add the data of `parts` (pairs of a file and its form) in `graph` (null: the unnamed one), all or nothing."""
    aside, graph = NamedNode(f"{ASIDE}{uuid4()}"), _graph(task["graph"])
    new = not exists(store, graph)
    store.add_graph(aside)
    try:
        for file, form in task["parts"]:
            try:
                store.load(path=file, format=GRAPHS[form], base_iri=task["base"], to_graph=aside)
            except (SyntaxError, ValueError) as error:
                raise Failed(400, f"the data cannot be read as {GRAPHS[form].media_type}: {error}") from error
        to = "DEFAULT" if isinstance(graph, DefaultGraph) else str(graph)
        store.update(f"{'MOVE' if task['replace'] else 'ADD'} SILENT {aside} TO {to}")
        if isinstance(graph, NamedNode):
            store.add_graph(graph)  # an empty graph is one too
    finally:
        store.remove_graph(aside)
    return {"new": new, **_copied(store, task)}


def delete(store: Store, task: Task) -> dict[str, Any]:
    """Take `graph` away (of the unnamed one: all that is in it)."""
    graph = _graph(task["graph"])
    if not exists(store, graph):
        raise Failed(404, f"there is no graph <{task['graph']}> here")
    store.clear_graph(graph) if isinstance(graph, DefaultGraph) else store.remove_graph(graph)
    return _copied(store, task)


def copy(store: Store, task: Task) -> dict[str, Any]:
    """Change nothing."""
    return _copied(store, task)


DOING: dict[str, Callable[[Store, Task], dict[str, Any]]] = {"update": update, "write": write, "delete": delete, "copy": copy}


def exists(store: Store, graph: NamedNode | DefaultGraph) -> bool:
    """Whether there is such a graph. The unnamed one always is."""
    return isinstance(graph, DefaultGraph) or store.contains_named_graph(graph)


def _copied(store: Store, task: Task) -> dict[str, Any]:
    """Leave what the store holds now at `copy`: its files linked, so it costs next to nothing."""
    store.flush()
    shutil.rmtree(task["copy"], ignore_errors=True)
    Path(task["copy"]).parent.mkdir(parents=True, exist_ok=True)
    store.backup(task["copy"])
    return {"triples": len(store)}


def _graph(iri: str | None) -> NamedNode | DefaultGraph:
    try:
        return DefaultGraph() if iri is None else NamedNode(iri)
    except ValueError as error:
        raise Failed(400, f"the graph is not named by an IRI: {error}") from error
