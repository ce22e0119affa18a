"""RDF files by pyoxigraph, which is the fast path, in one fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, RdfFormat, Triple, serialize

from kg.export.carried import Carrier
from kg.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph


def write_quads(graph: Graph, target: Path) -> None:
    """Every triple in the named graph of its source, as N-Quads, sorted."""
    serialize(sorted(graph.quads(), key=str), str(target), RdfFormat.N_QUADS)


def write_xml(graph: Graph, target: Path) -> Carrier:
    """The triples as RDF/XML, sorted. Returns the carrier that says what XML could not hold.

    A carriage return is written as a character reference: every XML parser would read the character itself as a line feed.
    """
    carrier = Carrier()
    data = serialize(_for_xml(sorted(graph.triples(), key=str), carrier), format=RdfFormat.RDF_XML, prefixes=PREFIXES)
    assert data is not None
    target.write_bytes(data.replace(b"\r", b"&#13;"))
    return carrier


def _for_xml(triples: Iterable[Triple], carrier: Carrier) -> Iterable[Triple]:
    for triple in triples:
        value = triple.object
        if isinstance(value, Literal) and (text := carrier.text(value.value)) != value.value:
            kind = None if value.language else value.datatype
            yield Triple(triple.subject, triple.predicate, Literal(text, language=value.language, datatype=kind))
        else:
            yield triple
