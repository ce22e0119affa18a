"""All about one entity: its names, its facts both ways, its figures, and where the texts name it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from kg.graph.find import entity_id
from kg.graph.iri import DEFAULT_BASE
from kg.graph.statements import Figure, Reader, Said, local
from kg.graph.vocabulary import ALT_LABEL, CLOSE_MATCH, PREF_LABEL, REPLACES, TYPE, kg
from kg.model import CLASSES


@dataclass(frozen=True, slots=True)
class Card:
    """`facts` are sorted; `labels` names both ends of each. `named`: file → how often its text names the entity."""

    iri: str
    id: str
    label: str
    classes: tuple[str, ...]
    kind: str  # a finer class (MediaOutlet), "" for none
    names: tuple[str, ...]
    resolved: bool
    division_code: str
    seen: tuple[str, ...]  # first and last year of the documents that name it; () where none of them has a date
    near: tuple[str, ...]  # IRIs of others that may be the same person
    replaces: tuple[str, ...]  # ids of entities that the user joined to it
    by_user: bool  # joined, parted, named, typed or added by the user
    facts: tuple[Said, ...]
    figures: tuple[Figure, ...]
    labels: dict[str, str]
    named: dict[str, int]


def card(store: Store, iri: str, *, base: str = DEFAULT_BASE) -> Card:
    """Read the card of an entity. Raises KeyError where the store does not have it."""
    reader = Reader(store)
    if not reader.text(iri, PREF_LABEL):
        raise KeyError(iri)
    kinds = [local(term) for term in reader.objects(iri, TYPE)]
    facts = tuple(reader.facts(iri))
    near = {term.value for term in reader.objects(iri, CLOSE_MATCH)} | set(reader.subjects(CLOSE_MATCH, iri))
    ends = {iri, *near, *(end for fact in facts for end in (fact.subject, fact.object))}
    return Card(
        iri=iri,
        id=entity_id(iri, base),
        label=reader.label(iri),
        classes=reader.classes(iri),
        kind=min((name for name in kinds if name not in CLASSES), default=""),
        names=tuple(sorted(term.value for term in reader.objects(iri, ALT_LABEL))),
        resolved=not reader.objects(iri, kg("resolution")),
        division_code=reader.text(iri, kg("divisionCode")),
        seen=reader.seen(iri),
        near=tuple(sorted(near)),
        replaces=tuple(sorted(entity_id(old.value, base) for old in reader.objects(iri, REPLACES))),
        by_user=bool(reader.objects(iri, kg("basis"))),
        facts=facts,
        figures=tuple(reader.figures(iri)),
        labels={end: reader.label(end) for end in sorted(ends)},
        named=_named(store, iri, reader),
    )


def _named(store: Store, iri: str, reader: Reader) -> dict[str, int]:
    """File → mentions. The source is in the span's own name: it need not be looked up for each."""
    counts = Counter(
        quad.object.value.partition("#")[0]  # type: ignore[union-attr]
        for quad in store.quads_for_pattern(NamedNode(iri), kg("mention"), None, None)
    )
    return {reader.text(source, kg("fileName")) or source: counts[source] for source in sorted(counts)}
