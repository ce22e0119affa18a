"""Rows about entities: add, join, rename, retype, reject. To part mentions from one is kg.edits.parting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from kg.edits.draft import Draft
from kg.edits.rows import Row
from kg.edits.told import Misfit
from kg.graph.fold_entity import apart
from kg.graph.iri import normal_id
from kg.model import CLASSES, Entity, Span
from kg.names import key

Change = Callable[[Entity, Row], Entity]
FAMILIES = {"Organization": "org", "District": "place", "Person": "person", "Document": "doc", "Meeting": "meeting"}


def add(draft: Draft, rows: Iterable[Row]) -> None:
    """Entities that were not found: wherever a text (of `source`, where it is given) has the name is a mention."""
    names = draft.names()

    def one(row: Row) -> None:
        shas = [draft.texts.named(row["source"])] if row["source"] else list(draft.graph.sources)
        label = row["subject"]
        mentions = draft.texts.places(label, shas)
        if not mentions:
            raise Misfit("name-unsaid", name=label[:60])
        classes, kind = split(row["to"])
        family = FAMILIES.get(classes[0], "thing")
        new = normal_id("/".join(part for part in (family, _scope(draft, mentions), key(label)) if part))
        there = [new] if new in draft.entities else names.find(label)
        if there:
            raise Misfit("there", candidates=names.listed(there))
        draft.entities[new] = Entity(new, classes, label, mentions=spans_apart(mentions), kind=kind, by_user=True)

    draft.each(rows, one)


def _scope(draft: Draft, mentions: Sequence[Span]) -> str:
    """The home that the texts share, else the one text; "" where several texts have several homes."""
    shas = {span.source for span in mentions}
    homes = {draft.documents[sha].home or sha for sha in shas}
    return homes.pop().removeprefix("place/") if len(homes) == 1 else ""


def join(draft: Draft, rows: Iterable[Row]) -> None:
    """Each `object` becomes one with its `subject`, whose id, label and first class stay."""
    names = draft.names()
    into: dict[str, tuple[str, Row]] = {}

    def one(row: Row) -> None:
        kept, gone = names.one(row["subject"]), names.one(row["object"])
        if gone in into and into[gone][0] != kept:
            raise Misfit("joined", line=into[gone][1].line, id=into[gone][0])
        if gone in (kept, _root(kept, into)):
            raise Misfit("one", id=gone)
        into.setdefault(gone, (kept, row))

    draft.each(rows, one)
    if not into:
        return
    members: dict[str, list[str]] = defaultdict(list)
    for gone in sorted(into):
        kept = _root(gone, into)
        draft.moved[gone] = kept
        draft.changed[kept] = into[gone][1]
        members[kept].append(gone)
    for kept, others in members.items():
        draft.entities[kept] = joined(draft.entities[kept], [draft.entities.pop(other) for other in others])
    _leave_out_within(draft, {gone: (draft.moved[gone], row) for gone, (_, row) in into.items()})
    draft.rename({gone: draft.moved[gone] for gone in into})


def _root(entity: str, into: Mapping[str, tuple[str, Row]]) -> str:
    while entity in into:
        entity = into[entity][0]
    return entity


def _leave_out_within(draft: Draft, into: dict[str, tuple[str, Row]]) -> None:
    """Facts between two entities that are one now say nothing."""
    lost: dict[str, int] = defaultdict(int)
    kept = []
    for fact in draft.facts:
        joining = [end for end in (fact.subject, fact.object) if end in into]
        ends = {into[end][0] if end in into else end for end in (fact.subject, fact.object)}
        if joining and len(ends) == 1:
            lost[joining[0]] += 1
        else:
            kept.append(fact)
    draft.facts = kept
    for gone, n in lost.items():
        draft.tell(into[gone][1], Misfit("within", n=n), obeyed=True)


def joined(one: Entity, others: Sequence[Entity]) -> Entity:
    """One entity of several: names and mentions of all, the classes of `one` first."""
    every = (one, *others)
    classes = tuple(dict.fromkeys(name for entity in every for name in entity.classes))[:2]
    names = {name for entity in every for name in (entity.label, *entity.alt)} - {one.label}
    coded = next((entity for entity in every if entity.division_code and "District" in classes), None)
    kinds = (entity.kind for entity in every if entity.kind and split(entity.kind)[0][0] in classes)
    return replace(
        one,
        classes=classes,
        alt=tuple(sorted(names)),
        mentions=spans_apart(span for entity in every for span in entity.mentions),
        kind=next(kinds, ""),
        resolved=True,
        division_code=coded.division_code if coded else None,
        division_year=coded.division_year if coded else None,
        replaces=tuple(sorted({*one.replaces, *(old for entity in others for old in (entity.id, *entity.replaces))})),
        by_user=True,
    )


def name(draft: Draft, rows: Iterable[Row]) -> None:
    """`to` is what the entity is called; what it was called is another name of it."""

    def change(entity: Entity, row: Row) -> Entity:
        names = {entity.label, *entity.alt} - {row["to"]}
        return replace(entity, label=row["to"], alt=tuple(sorted(names)), by_user=True)

    _change(draft, rows, change)


def type_(draft: Draft, rows: Iterable[Row]) -> None:
    """`to` is what the entity is. Facts that its class does not allow are left out at the end (kg.edits.facts.leave_out)."""

    def change(entity: Entity, row: Row) -> Entity:
        classes, kind = split(row["to"])
        draft.changed[entity.id] = row
        place = "District" in classes
        return replace(
            entity,
            classes=classes,
            kind=kind,
            division_code=entity.division_code if place else None,
            division_year=entity.division_year if place else None,
            by_user=True,
        )

    _change(draft, rows, change)


def _change(draft: Draft, rows: Iterable[Row], change: Change) -> None:
    names = draft.names()
    done: dict[str, Row] = {}

    def one(row: Row) -> None:
        entity = names.one(row["subject"])
        if entity in done and done[entity]["to"] != row["to"]:
            raise Misfit("conflict", line=done[entity].line)
        done[entity] = row
        draft.entities[entity] = change(draft.entities[entity], row)

    draft.each(rows, one)


def reject(draft: Draft, rows: Iterable[Row]) -> None:
    """Entities that are none, with all facts and figures about them."""
    names = draft.names()
    gone: set[str] = set()
    draft.each(rows, lambda row: gone.add(names.one(row["subject"])))
    if gone:
        draft.remove(gone)


def reports(draft: Draft) -> None:
    """What a source carries is a document: where the user says that it is none, it is not known what the source carries."""
    for sha, info in draft.documents.items():
        if info.report in draft.changed and "Document" not in draft.entities[info.report].classes:
            draft.documents[sha] = replace(info, report=None)


def split(classes: str) -> tuple[tuple[str, ...], str]:
    """Class names as kg.edits.cells.classes writes them → those of the ten, and a finer one ("" for none)."""
    from kg.ontology import finer_classes

    names = classes.split()
    kind = next((word for word in names if word not in CLASSES), "")
    ten = tuple(word for word in names if word in CLASSES)
    return ten or (finer_classes()[kind],), kind


def spans_apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Mentions by source and place, of two that overlap the longer."""
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for span in spans:
        places[span.source].add((span.start, span.end))
    return tuple(Span(sha, *at) for sha in sorted(places) for at in apart(places[sha]))
