"""Classes and properties of a user's own in a graph: how RDF defines them, and how they are read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.graph.store import ONTOLOGY
from kg.graph.vocabulary import KG, OWL, RDFS, RDFS_LABEL, SCHEMA, TYPE, kg, term
from kg.model import PROPERTIES, Term

CLASS, PROPERTY = NamedNode(f"{OWL}Class"), NamedNode(f"{OWL}ObjectProperty")
SUBCLASS, SUBPROPERTY = NamedNode(f"{RDFS}subClassOf"), NamedNode(f"{RDFS}subPropertyOf")
FROM, TO = NamedNode(f"{SCHEMA}domainIncludes"), NamedNode(f"{SCHEMA}rangeIncludes")


def definitions(terms: Iterable[Term]) -> Iterator[Triple]:
    """What the terms are: finer than which term of the ontology, with their labels in Chinese and English."""
    for one in terms:
        node = NamedNode(one.iri)
        is_class = one.sort == "class"
        yield Triple(node, TYPE, CLASS if is_class else PROPERTY)
        yield Triple(node, SUBCLASS if is_class else SUBPROPERTY, kg(one.of or "relatesTo"))
        yield Triple(node, RDFS_LABEL, Literal(one.zh, language="zh"))
        yield Triple(node, RDFS_LABEL, Literal(one.en, language="en"))
        for predicate, names in zip((FROM, TO), one.ends, strict=True):
            yield from (Triple(node, predicate, term(name)) for name in names)


def terms_of(store: Store) -> tuple[Term, ...]:
    """The terms that the graph of a store defines besides the ontology's, sorted."""
    found = {
        _term(store, quad.subject, sort)
        for sort, kind in (("class", CLASS), ("property", PROPERTY))
        for quad in store.quads_for_pattern(None, TYPE, kind, None)
        if quad.graph_name != ONTOLOGY and isinstance(quad.subject, NamedNode) and not quad.subject.value.startswith(KG)
    }
    return tuple(sorted(found))


def in_order(properties: Iterable[str]) -> list[str]:
    """Names of properties, each once: the contract's in its order, then a user's own."""
    found = set(properties)
    return [name for name in PROPERTIES if name in found] + sorted(found - set(PROPERTIES))


def _term(store: Store, node: NamedNode, sort: str) -> Term:
    def told(predicate: NamedNode) -> list[NamedNode | Literal]:
        found = {quad.object for quad in store.quads_for_pattern(node, predicate, None, None)}
        return sorted((one for one in found if isinstance(one, NamedNode | Literal)), key=str)

    above = [one.value.removeprefix(KG) for one in told(SUBCLASS if sort == "class" else SUBPROPERTY)]
    labels = {one.language: one.value for one in told(RDFS_LABEL) if isinstance(one, Literal)}
    ends = tuple(tuple(sorted(one.value.removeprefix(KG) for one in told(side))) for side in (FROM, TO))
    of = next((name for name in above if name != "relatesTo"), "")
    return Term(node.value, sort, of, labels.get("zh", ""), labels.get("en", ""), (ends[0], ends[1]))
