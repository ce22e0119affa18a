"""The `Graph`: what a build gives, to be looked at, asked, and written in any form. It writes nothing unless told."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.graph.iri import DEFAULT_BASE, entity_iri, normal_id
from kg.model import Account, Document, Entity, Fact, Measure, Reading, Source, Span, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

    import networkx
    import rdflib
    from pyoxigraph import Quad, Store, Triple
    from pyvis.network import Network

    from kg.edits.told import Edited
    from kg.export.carried import Note
    from kg.graph.query import Bound, Row
    from kg.load import Loaded


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """A document that was not read: its file's name and the one line that says why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known about one document. Ids are of entities of the graph; None is: not known, or no entity of the graph."""

    title: str | None = None
    date: str | None = None  # ISO: of the text (delivered, else published)
    issued: str | None = None  # ISO: when published, where told apart
    publisher: str | None = None
    publisher_entity: str | None = None
    speaker: str | None = None
    speaker_post: str | None = None
    speaker_entity: str | None = None
    meeting: str | None = None  # what the text calls the meeting it was delivered at
    report: str | None = None  # id of the kg:Document that the source carries
    home: str | None = None  # id of the district whose text this is
    body: str | None = None  # id of the organization that reports
    number: str | None = None  # 发文字号: 湖政发〔2023〕5号

    def dated(self) -> str | None:
        """When the document is of, ISO: published, else delivered; None where neither is known."""
        return self.issued or self.date


@dataclass(frozen=True, eq=False)
class Graph:
    """A knowledge graph in memory. `entities` are sorted by id, `facts` and `measures` by what they say, `sources` by name.

    facts: one for each (subject, property, object, status, period, role, source), all evidence of that source in it.
    sources, documents: by SHA-256. notes: what could not be resolved. skipped: documents that could not be read.
    terms: classes and properties of a user's own lexicon, sorted. accounts: how each document was read, by SHA-256, for the report; an
    opened graph has none.
    edited: what the user's edits did (kg.edits), None where there were none.
    mentions: which mentions the entities have, "all", "first" or "none" (kg.graph.mentions).
    """

    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    measures: tuple[Measure, ...]
    sources: dict[str, Source]
    documents: dict[str, DocumentInfo]
    notes: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    edited: Edited | None = None
    base: str = DEFAULT_BASE
    terms: tuple[Term, ...] = ()
    accounts: dict[str, Account] = field(default_factory=dict)
    mentions: str = "all"

    def quote(self, span: Span) -> str:
        """What the source says in `span`. Raises KeyError where the source is not of this graph."""
        return self.sources[span.source].text[span.start : span.end]

    def entity(self, entity_id: str) -> Entity:
        """The entity of this id ("org/湖州市/政协") or IRI. Raises KeyError where there is none."""
        if entity_id in self._by_iri:
            return self._by_iri[entity_id]
        return self._by_id[normal_id(entity_id)]

    def iri(self, entity_id: str) -> str:
        """The IRI of the entity with this id."""
        return entity_iri(entity_id, self.base)

    def _repr_html_(self) -> str:
        """What a notebook shows of the graph."""
        from kg.export.notebook import graph_html

        return graph_html(self)

    def query(self, sparql: str, bindings: Mapping[str, Bound] | None = None) -> list[Row]:
        """The answers to a SPARQL query; the usual prefixes (kg:, skos:, rdf: …) and the base need no declaration.

        SELECT gives one row an answer, with the names of the variables as keys (None: unbound). ASK gives one row, {"ask": bool}.
        CONSTRUCT and DESCRIBE give a row a triple with the keys subject, predicate, object. The ontology's labels are there to
        be asked for; each source's statements, measures and spans are also a named graph (GRAPH ?source). `bindings` gives
        variables of the SELECT line a term. Raises QueryError for a query that does not parse (it says where), or asks another
        server (SERVICE). A query cannot be stopped here: kg.graph.ask_apart can. A notebook shows the answers as a table.
        """
        from kg.export.notebook import Rows
        from kg.graph.query import rows, run

        return Rows(rows(run(self.store, sparql, base=self.base, bindings=bindings)))

    @cached_property
    def store(self) -> Store:
        """The graph and the ontology in a pyoxigraph store (of an opened folder: its own, read-only), in the named graphs of
        kg.graph.rdf. Ask it with kg.graph.query.run, which sees them as one: the engine's own default is the empty default graph.
        """
        from kg.graph.query import load

        return load(self.quads())

    def quads(self) -> Iterator[Quad]:
        """All that the graph says, as pyoxigraph quads in the named graphs of their sources."""
        from kg.graph.rdf import quads

        return quads(self)

    def triples(self) -> Iterator[Triple]:
        """All that the graph says, as pyoxigraph triples, each once."""
        from kg.graph.rdf import triples

        return triples(self)

    def to_turtle(self, path: str | PathLike[str] | None = None) -> str | None:
        """The Turtle as text, or, with `path`, written there (aside, then renamed) and None.

        Raises YishiError where it cannot be written.
        """
        from kg.export.files import write_whole
        from kg.export.turtle import graph_to_turtle

        text = graph_to_turtle(self)
        if path is None:
            return text
        write_whole(path, text.encode())
        return None

    def to_html(self, path: str | PathLike[str], lang: str = "zh") -> None:
        """Write the interactive page to `path`, in the language `lang`. Raises YishiError where it cannot be written."""
        from kg.export.page import write_page

        write_page(self, path, lang=lang)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """The entities and facts as a networkx graph: nodes are ids. See kg.export.network for the attributes."""
        from kg.export.network import to_networkx

        return to_networkx(self)

    def to_pyvis(self) -> Network:
        """The network that the page shows, every node in its place, as a pyvis Network."""
        from kg.export.page.network import network

        return network(self)

    def to_rdflib(self, *, store: bool = False) -> rdflib.Graph:
        """The triples as an rdflib graph with the usual prefixes bound.

        With `store`, nothing is copied: an rdflib Dataset on the graph's own store, whose union it sees (and the ontology too),
        which is quick at any size and asks SPARQL of Oxigraph.
        """
        from kg.export.network import on_store, to_rdflib

        return on_store(self) if store else to_rdflib(self)

    def export(self, name: str, path: str | PathLike[str], lang: str = "zh") -> tuple[Note, ...]:
        """Write the graph in a format of `kg export` to `path`, whole or not at all. Returns what the format does not hold.

        Raises UsageError for an unknown format and for a folder that no export made, YishiError where it cannot be written.
        """
        from kg.export.exporter import export

        return export(self, name, path, lang=lang)

    def load_into(self, url: str, *, user: str | None = None, password: str | None = None, token: str | None = None) -> Loaded:
        """Bring the database at `url` to hold this graph, as `kg load` does. Raises YishiError."""
        from kg.load import load

        return load(self, url, user=user, password=password, token=token)

    @cached_property
    def _by_id(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def _by_iri(self) -> dict[str, Entity]:
        return {self.iri(entity.id): entity for entity in self.entities}


def describe(reading: Reading) -> DocumentInfo:
    """What a reading tells about its document as a whole."""
    document = reading.document
    return DocumentInfo(
        title=document.source.known.title or _words(document, document.title),
        date=document.date,
        issued=document.issued,
        publisher=document.publisher,
        publisher_entity=_named(reading, document.publisher, "Organization"),
        speaker=document.speaker,
        speaker_post=document.speaker_post,
        speaker_entity=_named(reading, document.speaker, "Person"),
        meeting=_words(document, document.meeting),
        report=_report(reading),
        home=normal_id(reading.home) if reading.home else None,
        body=normal_id(reading.body) if reading.body else None,
        number=document.source.known.number,
    )


def _words(document: Document, at: tuple[int, int] | None) -> str | None:
    return " ".join(document.text[slice(*at)].split()) or None if at else None


def _named(reading: Reading, name: str | None, of_class: str) -> str | None:
    """The id of the entity of this class that the reading knows by this name."""
    found = (e.id for e in reading.entities if of_class in e.classes and name in (e.label, *e.alt))
    return min((normal_id(entity_id) for entity_id in found), default=None) if name else None


def _report(reading: Reading) -> str | None:
    """The id of the document entity whose name is the title (but for what is at most a pair of marks around it)."""
    document = reading.document
    if document.title is None:
        return None
    title = document.span(*document.title)
    found = [
        normal_id(entity.id)
        for entity in reading.entities
        if "Document" in entity.classes
        for span in entity.mentions
        if abs(span.start - title.start) <= 1 and abs(span.end - title.end) <= 1
    ]
    return min(found, default=None)
