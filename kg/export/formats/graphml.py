"""GraphML, which Gephi, Cytoscape, yEd and igraph open: typed attributes, every fact an edge of its own."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

ABOUT = ("GraphML：用 Gephi、Cytoscape、yEd 打开", "GraphML: for Gephi, Cytoscape, yEd")
SUFFIX, EXTRA, BINARY = ".graphml", "", False


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write entities and facts."""
    from networkx.readwrite.graphml import GraphMLWriter

    from kg.export.carried import Carrier
    from kg.export.flat_network import NO_FIGURES, flat_network

    class Writer(GraphMLWriter):
        def add_data(self, name: str, element_type: type, value: str, *more: Any) -> Any:
            # XML spells truth in small letters, networkx in Python's
            return super().add_data(name, element_type, value.lower() if element_type is bool else value, *more)

    carrier, out = Carrier(), BytesIO()
    Writer(graph=flat_network(graph, carrier), encoding="utf-8").dump(out)
    # a parser reads a carriage return as a line feed, unless it is spelled out
    target.write_bytes(out.getvalue().replace(b"\r", b"&#13;") + b"\n")
    return (*carrier.notes("XML", "XML"), *(NO_FIGURES if graph.measures else ()))
