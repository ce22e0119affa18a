"""Looking at one thing in a store as a page shows it: part by part, so that a thing with thousands of facts costs no more than its page.

Reads through `kg.graph.statements`; index look-ups only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store, Triple

from kg.graph import vocabulary as v
from kg.graph.documents import ordered
from kg.graph.statements import Figure, Reader, Said, Sentence, local, merged
from kg.graph.terms import terms_of
from kg.graph.vocabulary import KG, kg
from kg.model import CLASSES, PLANNED, PROPERTIES

MENTION, EVIDENCE, ABOUT, CONTEXT, STATUS = (kg(name) for name in ("mention", "evidence", "about", "context", "status"))
MERGED = 200  # facts of one relation up to which those of several sources are shown as one


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
    seen: tuple[str, ...]  # first and last year of the documents that name it
    resolved: bool
    mentions: int
    near: tuple[Thing, ...]  # skos:closeMatch, both ways


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation with its ends and its sentences. `iri`: of its statement, the first of them where several sources say it."""

    iri: str
    subject: Thing
    object: Thing
    said: Said
    context: tuple[Sentence, ...]  # what gives an end or the time that is carried over


@dataclass(frozen=True, slots=True)
class Document:
    """A source: its IRI, its title (else its file's name), and its date and document number where it has them."""

    iri: str
    title: str
    date: str
    number: str = ""


class Look:
    """Looks into a store; `leads`: IRI → the class that leads, where it is not the first. All IRIs are absolute; what is not in the store is empty, never an error."""

    def __init__(self, store: Store, leads: Mapping[str, str] | None = None) -> None:
        self.store, self.reader, self.leads = store, Reader(store), leads or {}
        self._own = {term.iri for term in terms_of(store)}  # classes and properties of a user's own

    def entity(self, iri: str) -> Entity | None:
        """What the graph says of an entity; None where it has no class of the ten."""
        types = self._types(iri)
        sorts = sorts_of(types, self.leads.get(iri, ""))
        if not sorts:
            return None
        reader = self.reader
        near = [*(x.value for x in reader.objects(iri, v.CLOSE_MATCH)), *reader.subjects(v.CLOSE_MATCH, iri)]
        return Entity(
            iri=iri,
            name=self.name(iri),
            sorts=sorts,
            kinds=tuple(sorted(types - {*CLASSES, "Entity"})),
            others=tuple(sorted(x.value for x in reader.objects(iri, v.ALT_LABEL))),
            code=reader.text(iri, kg("divisionCode")),
            seen=reader.seen(iri),
            resolved=not reader.text(iri, kg("resolution")),
            mentions=len(reader.objects(iri, MENTION)),
            near=tuple(self.thing(one) for one in dict.fromkeys(near)),
        )

    def thing(self, iri: str) -> Thing:
        """An entity as others name it."""
        return Thing(iri, self.name(iri), next(iter(sorts_of(self._types(iri), self.leads.get(iri, ""))), ""))

    def name(self, iri: str) -> str:
        """Its preferred name, else the end of its IRI."""
        found = self.reader.label(iri)
        return found if found != iri else iri.rstrip("/").rpartition("/")[2] or iri

    def statements(self, iri: str) -> dict[tuple[str, bool], list[str]]:
        """(property, whether the entity is the subject) → the IRIs of the statements, in the order of the ontology's table."""
        groups: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for end, is_subject in ((v.SUBJECT, True), (v.OBJECT, False)):
            for statement in dict.fromkeys(self.reader.subjects(end, iri)):
                groups[self.reader.text(statement, v.PREDICATE).removeprefix(KG), is_subject].append(statement)
        order = {name: place for place, name in enumerate(PROPERTIES)}
        return {key: groups[key] for key in sorted(groups, key=lambda key: (not key[1], order.get(key[0], 99), key[0]))}

    def ends(self, iri: str, most: int) -> list[tuple[str, bool, str, bool]]:
        """For each of at most so many facts of an entity: the other end, whether the entity is the subject, the property, whether planned."""
        found: list[tuple[str, bool, str, bool]] = []
        for (property, outward), statements in self.statements(iri).items():
            for statement in statements[: max(0, most - len(found))]:
                other = self.reader.text(statement, v.OBJECT if outward else v.SUBJECT)
                planned = self.reader.text(statement, STATUS) == KG + PLANNED
                found.append((other, outward, property, planned))
        return found

    def facts(self, statements: Iterable[str]) -> list[Fact]:
        """These statements, those that several sources give as one: done before planned, else by the names of their ends and the time."""
        read = {iri: self.reader.fact(iri) for iri in statements}
        iris: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for iri, said in read.items():
            if said.subject and said.object:
                iris[said.same()].append(iri)
        found = [
            Fact(
                min(iris[said.same()]), self.thing(said.subject), self.thing(said.object), said,
                tuple(dict.fromkeys(one for iri in sorted(iris[said.same()]) for one in self._context(iri))),
            )
            for said in merged(one for one in read.values() if one.subject and one.object)
        ]  # fmt: skip
        return sorted(found, key=lambda f: (f.said.status == PLANNED, f.subject.name, f.object.name, f.said.period, f.iri))

    def page(self, statements: list[str], first: int, most: int) -> tuple[list[Fact], int]:
        """`most` of these facts from number `first` on, and how many there are. Very many are not merged, or each page would read all."""
        if len(statements) > MERGED:
            return self.facts(statements[first : first + most]), len(statements)
        facts = self.facts(statements)
        return facts[first : first + most], len(facts)

    def figures(self, iri: str, most: int) -> tuple[list[tuple[Figure, tuple[Sentence, ...]]], int]:
        """At most so many figures about an entity with their context, by what they count, and how many there are."""
        nodes = sorted(set(self.reader.subjects(ABOUT, iri)))
        found = [(self.reader.figure(node), self._context(node)) for node in nodes[:most]]
        return sorted(found, key=lambda one: (one[0].indicator, one[0].period, one[0].status, one[0].sentences)), len(nodes)

    def document(self, iri: str) -> Document | None:
        """A source; None where the IRI is not of one."""
        if "Source" not in self._types(iri):
            return None
        text = self.reader.text
        return Document(
            iri, text(iri, v.TITLE) or text(iri, kg("fileName")), text(iri, v.ISSUED), text(iri, kg("documentNumber"))
        )

    def documents(self) -> list[Document]:
        """All sources, the latest first."""
        found = [self.document(iri) for iri in dict.fromkeys(self.reader.subjects(v.TYPE, KG + "Source"))]
        return sorted((d for d in found if d), key=lambda d: (d.date, d.title), reverse=True)

    def about(self, iri: str, most: int) -> Iterator[Triple]:
        """At most so many triples, each once: of the thing itself, and of the statements, figures and spans about it."""
        node, seen = NamedNode(iri), set[Triple]()
        around = [iri, *(x for end in (v.SUBJECT, v.OBJECT, ABOUT) for x in self.reader.subjects(end, iri))]
        for one in around:
            for triple in self._of(NamedNode(one)):
                spans = [triple.object] if triple.predicate in (EVIDENCE, CONTEXT) else []
                ends = [triple.object] if triple.predicate in (v.SUBJECT, v.OBJECT) and triple.object != node else []
                names = (t for end in ends for t in self._of(end) if t.predicate in (v.PREF_LABEL, v.TYPE))
                for told in (triple, *(t for span in spans for t in self._of(span)), *names):
                    if told not in seen:
                        if len(seen) >= most:
                            return
                        seen.add(told)
                        yield told

    def _context(self, node: str) -> tuple[Sentence, ...]:
        return tuple(sorted(self.reader.sentence(span.value) for span in self.reader.objects(node, CONTEXT)))

    def _types(self, iri: str) -> set[str]:
        return {local(x) for x in self.reader.objects(iri, v.TYPE) if x.value.startswith(KG) or x.value in self._own}

    def _of(self, node: object) -> Iterator[Triple]:
        if isinstance(node, NamedNode):
            yield from (quad.triple for quad in self.store.quads_for_pattern(node, None, None, None))


def sorts_of(types: Collection[str], lead: str = "") -> tuple[str, ...]:
    """Which of the ten classes are among these types, the leading one first (kg.graph.documents.leads_of)."""
    return ordered(tuple(name for name in CLASSES if name in types), lead)
