"""Looking at one thing in a store: its names, facts, figures and their sentences. Index look-ups only, so a large graph costs no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.graph import vocabulary as v
from kg.graph.vocabulary import KG, kg
from kg.model import CLASSES, PLANNED, PROPERTIES

Node = NamedNode
MENTION, EVIDENCE, ABOUT = kg("mention"), kg("evidence"), kg("about")
FAMILIES = {"Organization": "org", "District": "place", "Person": "person", "Document": "doc", "Meeting": "meeting"}
STATUS, BASIS, RULE, ROLE, QUOTE, SOURCE = kg("status"), kg("basis"), kg("rule"), kg("role"), kg("quote"), kg("source")


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as others name it: its IRI, its name, and its first class of the ten ("" where it has none)."""

    iri: str
    name: str
    sort: str


@dataclass(frozen=True, slots=True)
class Entity:
    """All that the graph says of an entity by itself. `sorts` are the classes of the ten, `kinds` finer ones."""

    iri: str
    name: str
    sorts: tuple[str, ...]
    kinds: tuple[str, ...]
    others: tuple[str, ...]  # other names
    code: str
    resolved: bool
    mentions: int
    near: tuple[Thing, ...]  # skos:closeMatch, both ways


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence and where it stands: `source` is an IRI, start and end are code points of its text."""

    iri: str
    text: str
    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """What facts and figures have in common."""

    iri: str
    planned: bool
    basis: str
    rule: str
    period: str
    quotes: tuple[Quote, ...]
    context: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation with its sentences."""

    subject: Thing
    property: str
    object: Thing
    role: str
    found: Found


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure about an entity with its sentences."""

    indicator: str
    written: str
    value: str
    unit: str
    found: Found


@dataclass(frozen=True, slots=True)
class Document:
    """A source: its IRI, its title (else its file's name), and its date where it has one."""

    iri: str
    title: str
    date: str


def sorts_of(iri: str, types: Collection[str]) -> tuple[str, ...]:
    """Which of the ten classes are among these types, the one first that the IRI's family tells of: a graph does not say which is first."""
    found = [name for name in CLASSES if name in types]
    return tuple(sorted(found, key=lambda name: f"/{FAMILIES.get(name, '?')}/" not in iri))


class Look:
    """Looks into a store. All IRIs are absolute; what is not in the store is empty, never an error."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def entity(self, iri: str) -> Entity | None:
        """What the graph says of an entity; None where it has no class of the ten."""
        node = NamedNode(iri)
        types = self._locals(node, v.TYPE)
        sorts = sorts_of(iri, types)
        if not sorts:
            return None
        near = [*self._objects(node, v.CLOSE_MATCH), *self._subjects(v.CLOSE_MATCH, node)]
        return Entity(
            iri,
            self.name(iri),
            sorts,
            tuple(sorted(types - {*CLASSES, "Entity"})),
            tuple(sorted(x.value for x in self._objects(node, v.ALT_LABEL))),
            self._text(node, kg("divisionCode")),
            not self._text(node, kg("resolution")),
            sum(1 for _ in self._objects(node, MENTION)),
            tuple(self.thing(x.value) for x in dict.fromkeys(near) if isinstance(x, NamedNode)),
        )

    def thing(self, iri: str) -> Thing:
        """An entity as others name it."""
        types = self._locals(NamedNode(iri), v.TYPE)
        return Thing(iri, self.name(iri), next(iter(sorts_of(iri, types)), ""))

    def name(self, iri: str) -> str:
        """Its preferred name, else the end of its IRI."""
        return self._text(NamedNode(iri), v.PREF_LABEL) or iri.rstrip("/").rpartition("/")[2] or iri

    def statements(self, iri: str) -> dict[tuple[str, bool], list[str]]:
        """(property, whether the entity is the subject) → the IRIs of the statements, in the order of the ontology's table."""
        node = NamedNode(iri)
        groups: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for end, is_subject in ((v.SUBJECT, True), (v.OBJECT, False)):
            for statement in dict.fromkeys(self._subjects(end, node)):
                if isinstance(statement, NamedNode):
                    groups[self._local(statement, v.PREDICATE), is_subject].append(statement.value)
        order = {name: place for place, name in enumerate(PROPERTIES)}
        return {key: groups[key] for key in sorted(groups, key=lambda key: (not key[1], order.get(key[0], 99), key[0]))}

    def ends(self, iri: str, most: int) -> list[tuple[str, bool, str, bool]]:
        """For each of at most so many facts of an entity: the other end, whether the entity is the subject, the property, whether planned."""
        found: list[tuple[str, bool, str, bool]] = []
        for (property, outward), statements in self.statements(iri).items():
            for statement in statements[: max(0, most - len(found))]:
                node = NamedNode(statement)
                for other in self._objects(node, v.OBJECT if outward else v.SUBJECT):
                    found.append((other.value, outward, property, self._local(node, STATUS) == PLANNED))
        return found

    def fact(self, iri: str) -> Fact | None:
        """One statement; None where it has not both ends."""
        node = NamedNode(iri)
        ends = [next((x for x in self._objects(node, end) if isinstance(x, NamedNode)), None) for end in (v.SUBJECT, v.OBJECT)]
        if ends[0] is None or ends[1] is None:
            return None
        return Fact(
            self.thing(ends[0].value),
            self._local(node, v.PREDICATE),
            self.thing(ends[1].value),
            self._text(node, ROLE),
            self._found(node),
        )

    def facts(self, iris: Iterable[str]) -> list[Fact]:
        """These statements: what is done before what is planned, else by the names of their ends and the time."""
        found = [fact for fact in map(self.fact, iris) if fact]
        return sorted(found, key=lambda f: (f.found.planned, f.subject.name, f.object.name, f.found.period, f.found.iri))

    def figures(self, iri: str, most: int) -> tuple[list[Figure], int]:
        """At most so many figures about an entity, by what they count, and how many there are."""
        nodes = [node for node in dict.fromkeys(self._subjects(ABOUT, NamedNode(iri))) if isinstance(node, NamedNode)]
        figures = [
            Figure(
                self._text(node, kg("indicator")), self._text(node, kg("asWritten")), self._text(node, kg("value")),
                self._text(node, kg("unit")), self._found(node),
            )
            for node in nodes[:most]
        ]  # fmt: skip
        return sorted(figures, key=lambda f: (f.indicator, f.found.period, f.found.iri)), len(nodes)

    def document(self, iri: str) -> Document | None:
        """A source; None where the IRI is not of one."""
        node = NamedNode(iri)
        if kg("Source") not in self._objects(node, v.TYPE):
            return None
        return Document(iri, self._text(node, v.TITLE) or self._text(node, kg("fileName")), self._text(node, v.ISSUED))

    def documents(self) -> list[Document]:
        """All sources, the latest first."""
        found = [self.document(x.value) for x in dict.fromkeys(self._subjects(v.TYPE, kg("Source"))) if isinstance(x, NamedNode)]
        return sorted((d for d in found if d), key=lambda d: (d.date, d.title), reverse=True)

    def about(self, iri: str, most: int) -> Iterator[Triple]:
        """At most so many triples, each once: of the thing itself, and of the statements, figures and spans about it."""
        node, seen = NamedNode(iri), set[Triple]()
        around = [node, *(x for end in (v.SUBJECT, v.OBJECT, ABOUT) for x in self._subjects(end, node))]
        for one in around:
            for triple in self._of(one):
                spans = [triple.object] if triple.predicate in (EVIDENCE, kg("context")) else []
                ends = [triple.object] if triple.predicate in (v.SUBJECT, v.OBJECT) and triple.object != node else []
                names = (t for end in ends for t in self._of(end) if t.predicate in (v.PREF_LABEL, v.TYPE))
                for told in (triple, *(t for span in spans for t in self._of(span)), *names):
                    if told not in seen:
                        if len(seen) >= most:
                            return
                        seen.add(told)
                        yield told

    def _found(self, node: NamedNode) -> Found:
        period = self._text(node, kg("period")) or " – ".join(
            filter(None, (self._text(node, kg("from")), self._text(node, kg("to"))))
        )
        return Found(
            node.value,
            self._local(node, STATUS) == PLANNED,
            self._local(node, BASIS),
            self._text(node, RULE),
            period,
            self._quotes(node, EVIDENCE),
            self._quotes(node, kg("context")),
        )

    def _quotes(self, node: NamedNode, property: NamedNode) -> tuple[Quote, ...]:
        quotes = [
            Quote(
                span.value, self._text(span, QUOTE), next((x.value for x in self._objects(span, SOURCE)), ""),
                int(self._text(span, kg("start")) or 0), int(self._text(span, kg("end")) or 0),
            )
            for span in dict.fromkeys(self._objects(node, property)) if isinstance(span, NamedNode)
        ]  # fmt: skip
        return tuple(sorted(quotes, key=lambda quote: (quote.source, quote.start, quote.end)))

    def _of(self, node: object) -> Iterator[Triple]:
        if isinstance(node, NamedNode):
            yield from (quad.triple for quad in self.store.quads_for_pattern(node, None, None, None))

    def _objects(self, node: NamedNode, property: NamedNode) -> list[NamedNode | Literal]:
        return [
            q.object
            for q in self.store.quads_for_pattern(node, property, None, None)
            if isinstance(q.object, NamedNode | Literal)
        ]

    def _subjects(self, property: NamedNode, node: NamedNode) -> Iterator[object]:
        return (quad.subject for quad in self.store.quads_for_pattern(None, property, node, None))

    def _text(self, node: NamedNode, property: NamedNode) -> str:
        """The first of its values by the alphabet: a store that was written to may have several."""
        return min((x.value for x in self._objects(node, property)), default="")

    def _local(self, node: NamedNode, property: NamedNode) -> str:
        return self._text(node, property).removeprefix(KG)

    def _locals(self, node: NamedNode, property: NamedNode) -> set[str]:
        return {x.value.removeprefix(KG) for x in self._objects(node, property) if x.value.startswith(KG)}
