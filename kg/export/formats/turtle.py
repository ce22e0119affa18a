"""Turtle as `kg build` writes it: grouped, sorted, Chinese as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

ABOUT = ("Turtle：供人阅读，与 graph.ttl 相同", "Turtle: to be read, the same as graph.ttl")
SUFFIX, EXTRA, BINARY = ".ttl", "", False


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write every triple once, without the named graphs of the sources."""
    graph.to_turtle(target)
    return ()
