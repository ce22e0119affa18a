"""TriG: Turtle that keeps the named graphs, one for each source and one for names and types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.carried import Note

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.graph.knowledge import Graph

ABOUT = ("TriG：带命名图的 Turtle", "TriG: Turtle with a named graph for each source")
SUFFIX, EXTRA, BINARY = ".trig", "", False


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write every quad: names and types first, then each source in the graph's order."""
    from kg.export.turtle import to_turtle

    named: defaultdict[str, list[Triple]] = defaultdict(list)
    for quad in graph.quads():
        named[str(quad.graph_name)].append(quad.triple)
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for name in sorted(named):
            # the head of a Turtle document ends at its first empty line: no text can hold one, its line ends are escaped
            head, _, body = to_turtle(named[name], graph.base).partition("\n\n")
            file.write(f"{head}\n\n{name} {{\n\n{body}\n}}\n\n")
    return ()
