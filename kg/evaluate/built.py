"""A built graph as the scorer sees it: entities with their names, relations, measures, and what backs them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal as OneOf

import pyoxigraph as ox
from pyoxigraph import NamedNode, Triple

from kg import ontology
from kg.evaluate.gold import plain
from kg.graph.vocabulary import KG, OBJECT, PREDICATE, PREF_LABEL, RDFS, STATEMENT, SUBJECT, TYPE, kg
from kg.model import CLASSES, PROPERTIES

Node = NamedNode | ox.BlankNode | ox.Literal | Triple
Relation = tuple[Node, str, Node]
MANY_CLASSES, MANY_NAMES = 2, 25


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a source that the graph cites and the source really has."""

    source: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class BuiltEntity:
    """`classes` of the ten (also where the graph says a finer one), `names` in plain form, `mentions` sorted."""

    node: Node
    classes: frozenset[str]
    label: str
    names: frozenset[str]
    mentions: tuple[Quote, ...]

    @property
    def odd(self) -> bool:
        """Whether it is too many things at once to be matched: classes, names, or mentions that overlap."""
        overlap = any(a.source == b.source and b.start < a.end for a, b in zip(self.mentions, self.mentions[1:], strict=False))
        return len(self.classes) > MANY_CLASSES or len(self.names) > MANY_NAMES or overlap


@dataclass(frozen=True, slots=True)
class Statement:
    """A described relation. An end that is missing is None; `status` is "done", "planned" or "" for none."""

    fact: tuple[Node | None, Node | None, Node | None]
    status: str
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class BuiltMeasure:
    """A figure. `value` is None where the graph gives no number."""

    node: Node
    about: tuple[Node, ...]
    indicator: str
    value: float | None
    unit: str  # in plain form
    period: str
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """All of a graph that is judged. `facts` are the plain triples between entities in kg: terms, `wrong` the false quotes."""

    entities: dict[Node, BuiltEntity]
    relations: frozenset[Relation]
    facts: tuple[tuple[Node, Node, Node], ...]
    statements: tuple[Statement, ...]
    measures: tuple[BuiltMeasure, ...]
    quotes: int
    wrong: int


class Index:
    """Triples by predicate and subject."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = list(dict.fromkeys(triples))
        self._objects: dict[tuple[Node, Node], list[Node]] = defaultdict(list)
        for triple in self.triples:
            self._objects[triple.predicate, triple.subject].append(triple.object)

    def objects(self, subject: Node, predicate: NamedNode) -> list[Node]:
        """All objects, sorted."""
        return sorted(self._objects.get((predicate, subject), ()), key=str)

    def value(self, subject: Node, predicate: NamedNode) -> Node | None:
        """The first object, None for none."""
        return next(iter(self.objects(subject, predicate)), None)

    def text(self, subject: Node, predicate: NamedNode) -> str:
        """The first object's text, "" for none."""
        node = self.value(subject, predicate)
        return "" if node is None else spelled(node)

    def subjects(self, predicate: NamedNode) -> list[Node]:
        """All subjects that have the predicate, sorted."""
        return sorted((s for p, s in self._objects if p == predicate), key=str)

    def instances(self, of: NamedNode) -> list[Node]:
        """All subjects of this very type, sorted."""
        return sorted((t.subject for t in self.triples if t.predicate == TYPE and t.object == of), key=str)


def spelled(node: Node) -> str:
    """A literal's text or an IRI's address."""
    return str(node) if isinstance(node, Triple) else node.value


def see(triples: Iterable[Triple], texts: Mapping[str, str] | str | None = None, ontology_dir: Path | None = None) -> Built:
    """Read what is judged out of a graph.

    `texts` is what the quotes must agree with: source IRI → its text as read, one text for all sources, or None: believe the
    quotes. `ontology_dir` is a folder of *.ttl that says what is a subclass or subproperty of what (default: the package's own).
    """
    index = Index(triples)
    folder = ontology_dir or ontology.ontology_dir()
    quotes, wrong = _quotes(index, texts)
    entities = _entities(index, quotes, terms_above(folder, "Class"))
    statements = tuple(_statement(index, node, quotes) for node in index.instances(STATEMENT))
    said = [(t.subject, t.predicate, t.object) for t in index.triples]
    described = [s.fact for s in statements]
    properties = terms_above(folder, "Property")
    relations = frozenset(
        (s, name, o)
        for s, p, o in [*said, *described]
        if s in entities and o in entities and s is not None and o is not None and p is not None
        for name in properties.get(spelled(p), ())
    )
    facts = tuple((s, p, o) for s, p, o in said if s in entities and o in entities and p.value.startswith(KG))
    measures = tuple(_measure(index, node, quotes) for node in index.instances(kg("Measure")))
    return Built(entities, relations, facts, statements, measures, len(quotes) + wrong, wrong)


@cache
def terms_above(folder: Path, kind: OneOf["Class", "Property"]) -> dict[str, tuple[str, ...]]:
    """IRI of every class (property) of the ontology → those of the ten (twelve) that it is, or is below of."""
    above: dict[str, set[str]] = defaultdict(set)
    link = NamedNode(f"{RDFS}sub{kind}Of")
    for file in sorted(folder.glob("**/*.ttl")):
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
            if quad.predicate == link and isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
                above[quad.subject.value].add(quad.object.value)
    wanted = {KG + name: name for name in (CLASSES if kind == "Class" else PROPERTIES)}
    return {
        term: found for term in {*above, *wanted} if (found := tuple(sorted(wanted[a] for a in _up(term, above) if a in wanted)))
    }


def _up(term: str, above: Mapping[str, set[str]]) -> set[str]:
    seen, left = {term}, [term]
    while left:
        new = above.get(left.pop(), set()) - seen
        seen |= new
        left += sorted(new)
    return seen


def _quotes(index: Index, texts: Mapping[str, str] | str | None) -> tuple[dict[Node, Quote], int]:
    good: dict[Node, Quote] = {}
    nodes = index.subjects(kg("quote"))
    for node in nodes:
        quote = _quote(index, node)
        if quote is not None and (texts is None or _says(texts, quote)):
            good[node] = quote
    return good, len(nodes) - len(good)


def _quote(index: Index, node: Node) -> Quote | None:
    parts = [index.value(node, kg(name)) for name in ("source", "start", "end", "quote")]
    if any(part is None or not spelled(part) for part in parts):
        return None
    source, start, end, text = (spelled(part) for part in parts if part is not None)
    try:
        return Quote(source, int(start), int(end), text)
    except ValueError:
        return None


def _says(texts: Mapping[str, str] | str, quote: Quote) -> bool:
    text = texts if isinstance(texts, str) else texts.get(quote.source)
    return text is not None and text[quote.start : quote.end] == quote.text


def _entities(index: Index, quotes: Mapping[Node, Quote], classes: Mapping[str, tuple[str, ...]]) -> dict[Node, BuiltEntity]:
    found: dict[Node, set[str]] = defaultdict(set)
    for triple in index.triples:
        if triple.predicate == TYPE and isinstance(triple.object, NamedNode) and triple.object.value in classes:
            found[triple.subject].update(classes[triple.object.value])
    return {node: _entity(index, node, frozenset(found[node]), quotes) for node in sorted(found, key=str)}


def _entity(index: Index, node: Node, classes: frozenset[str], quotes: Mapping[Node, Quote]) -> BuiltEntity:
    label = min((spelled(x) for x in index.objects(node, PREF_LABEL)), default="")
    mentions = sorted(_cited(index, node, "mention", quotes), key=lambda q: (q.source, q.start, q.end, q.text))
    names = {plain(label), *(plain(q.text) for q in mentions)} - {""}
    return BuiltEntity(node, classes, label, frozenset(names), tuple(mentions))


def _statement(index: Index, node: Node, quotes: Mapping[Node, Quote]) -> Statement:
    fact = (index.value(node, SUBJECT), index.value(node, PREDICATE), index.value(node, OBJECT))
    status = index.text(node, kg("status")).removeprefix(KG)
    return Statement(fact, status, tuple(_cited(index, node, "evidence", quotes)))


def _measure(index: Index, node: Node, quotes: Mapping[Node, Quote]) -> BuiltMeasure:
    written = index.text(node, kg("value"))
    try:
        value = float(written) if written else None
    except ValueError:
        value = None
    return BuiltMeasure(
        node,
        tuple(index.objects(node, kg("about"))),
        index.text(node, kg("indicator")),
        value,
        plain(index.text(node, kg("unit"))),
        index.text(node, kg("period")),
        tuple(_cited(index, node, "evidence", quotes)),
    )


def _cited(index: Index, node: Node, predicate: str, quotes: Mapping[Node, Quote]) -> Iterator[Quote]:
    return (quotes[x] for x in index.objects(node, kg(predicate)) if x in quotes)
