"""Solutions written as RDF, as a few cases have them (http://www.w3.org/2001/sw/DataAccess/tests/result-set#)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from kg.graph.store import read_file

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def result_set(file: Path, base: str) -> tuple[list[str], list[list[Any]]]:
    """The variables and the rows."""
    store = read_file(file, base)

    def objects(node: Any, name: str) -> list[Any]:
        return [quad.object for quad in store.quads_for_pattern(node, NamedNode(RS + name), None)]

    names = sorted(node.value for node in objects(None, "resultVariable"))
    rows = []
    for solution in objects(None, "solution"):
        bound = {objects(b, "variable")[0].value: objects(b, "value")[0] for b in objects(solution, "binding")}
        rows.append([bound.get(name) for name in names])
    return names, rows
