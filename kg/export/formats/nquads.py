"""N-Quads: one statement a line, each in the named graph of the source that says it. The way into any RDF store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

ABOUT = ("N-Quads：一行一条，按来源分命名图", "N-Quads: one a line, a named graph for each source")
SUFFIX, EXTRA, BINARY = ".nq", "", False


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write every quad, sorted."""
    from kg.export.rdf_file import write_quads

    write_quads(graph, target)
    return ()
