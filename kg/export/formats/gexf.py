"""GEXF, Gephi's own format: typed attributes, every fact an edge of its own."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

ABOUT = ("GEXF：Gephi 自己的格式", "GEXF: Gephi's own format")
SUFFIX, EXTRA, BINARY = ".gexf", "", False


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write entities and facts."""
    from networkx.readwrite.gexf import GEXFWriter

    from kg.export.carried import Carrier
    from kg.export.flat_network import NO_FIGURES, flat_network

    carrier, out = Carrier(), BytesIO()
    network = flat_network(graph, carrier)
    for _, _, key, values in network.edges(keys=True, data=True):
        values["id"] = key
    writer = GEXFWriter(graph=network, encoding="utf-8")
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the same graph gives the same bytes, whatever the day
    writer.write(out)
    target.write_bytes(out.getvalue().replace(b"\r", b"&#13;") + b"\n")
    return (*carrier.notes("XML", "XML"), *(NO_FIGURES if graph.measures else ()))
