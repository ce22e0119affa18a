"""networkx's own JSON (node-link data): `networkx.node_link_graph(json.load(file), edges="links")` gives the graph back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

ABOUT = ("networkx：node-link JSON，也供 D3", "networkx: node-link JSON, for D3 too")
SUFFIX, EXTRA, BINARY = ".json", "", False


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write entities and facts as networkx's node-link data; several values stay a list."""
    from networkx.readwrite import node_link_data

    from kg.export.flat_network import NO_FIGURES

    network = graph.to_networkx()
    for _, _, values in network.edges(data=True):
        values["sha256"] = values.pop("source")  # in this format `source` is where an edge begins
    data = node_link_data(network, edges="links")
    target.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    return NO_FIGURES if graph.measures else ()
