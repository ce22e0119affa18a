"""One text in NIF: its context, and its stretches."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.iri import source_iri, span_iri
from kg.graph.vocabulary import CLOSE_MATCH, KG, SKOS, TYPE, XSD, term, xsd
from kg.model import Source, Span

NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITSRDF = "http://www.w3.org/2005/11/its/rdf#"
PREFIXES = {"nif": NIF, "itsrdf": ITSRDF, "kg": KG, "skos": SKOS, "xsd": XSD}


class NifText:
    """A source's text with single line ends. `changed` says whether it had others. Spans are in offsets into the source's own."""

    def __init__(self, source: Source, base: str) -> None:
        self.text = source.text.replace("\r\n", "\n")
        self.changed = len(self.text) != len(source.text)
        self._iri = source_iri(source.sha256, base)
        self._base = base
        self._pairs = array("L")  # where the source's text has a CR LF
        at = source.text.find("\r\n")
        while at >= 0:
            self._pairs.append(at)
            at = source.text.find("\r\n", at + 2)

    def context(self) -> Iterator[Triple]:
        """The whole text."""
        this = self._node(0, len(self.text))
        yield from self._placed(this, "Context", 0, len(self.text))
        yield Triple(this, _nif("isString"), Literal(self.text))
        yield Triple(this, _nif("sourceUrl"), NamedNode(self._iri))

    def stretch(self, span: Span, kind: str) -> Iterator[Triple]:
        """A span as a nif:Phrase or nif:Sentence (`kind`)."""
        start, end = self._place(span.start), self._place(span.end)
        this = self._node(start, end)
        yield from self._placed(this, kind, start, end)
        yield Triple(this, _nif("referenceContext"), self._node(0, len(self.text)))
        yield Triple(this, _nif("anchorOf"), Literal(self.text[start:end]))
        yield Triple(this, CLOSE_MATCH, NamedNode(span_iri(span, self._base)))

    def mention(self, span: Span, entity: str, classes: Sequence[str]) -> Iterator[Triple]:
        """A span that names the entity of this IRI."""
        yield from self.stretch(span, "Phrase")
        this = self._node(self._place(span.start), self._place(span.end))
        yield Triple(this, NamedNode(f"{ITSRDF}taIdentRef"), NamedNode(entity))
        yield from (Triple(this, NamedNode(f"{ITSRDF}taClassRef"), term(name)) for name in classes)

    def _placed(self, this: NamedNode, kind: str, start: int, end: int) -> Iterator[Triple]:
        yield Triple(this, TYPE, _nif(kind))
        yield Triple(this, TYPE, _nif("RFC5147String"))
        yield Triple(this, _nif("beginIndex"), Literal(str(start), datatype=xsd("nonNegativeInteger")))
        yield Triple(this, _nif("endIndex"), Literal(str(end), datatype=xsd("nonNegativeInteger")))

    def _node(self, start: int, end: int) -> NamedNode:
        return NamedNode(f"{self._iri}#char={start},{end}")

    def _place(self, offset: int) -> int:
        return offset - bisect_left(self._pairs, offset)


def _nif(name: str) -> NamedNode:
    return NamedNode(NIF + name)
