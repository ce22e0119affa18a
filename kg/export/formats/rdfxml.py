"""RDF/XML, for tools that read no other RDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

ABOUT = ("RDF/XML：供只读 XML 的工具", "RDF/XML: for tools that read no other RDF")
SUFFIX, EXTRA, BINARY = ".rdf", "", False


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write every triple once, without the named graphs of the sources."""
    from kg.export.rdf_file import write_xml

    return write_xml(graph, target).notes("XML", "XML")
