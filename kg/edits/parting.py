"""Rows that part: some of an entity's mentions are of another thing, and what the sentences around them say goes with them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kg.edits.cells import name
from kg.edits.draft import ENDS, Draft
from kg.edits.entities import FAMILIES, spans_apart
from kg.edits.names import Names
from kg.edits.rows import Row
from kg.edits.told import Misfit
from kg.graph.iri import normal_id
from kg.model import STATED, USER, Entity, Fact, Measure, Span
from kg.names import key, tidy, unquoted

RULE = "user-part"


def part(draft: Draft, rows: Iterable[Row]) -> None:
    """The mentions of `subject` that `source`, `quote` and `object` (the name as written) pick out are of another entity.

    `to` says which: an entity that is there, or a new one by its name or id; without it the new one is scoped by the source.
    """
    names = draft.names()
    taken: dict[tuple[str, Span], tuple[str, Row]] = {}
    labels: dict[str, set[str]] = defaultdict(set)

    def one(row: Row) -> None:
        old = names.one(row["subject"])
        mentions = _meant(draft, draft.entities[old], row)
        if not mentions:
            raise Misfit("no-mention", name=draft.entities[old].label)
        new, label = _target(draft, names, old, row)
        if new == old:
            raise Misfit("one", id=old)
        other = next((taken[old, span] for span in mentions if taken.get((old, span), (new, row))[0] != new), None)
        if other:
            raise Misfit("conflict", line=other[1].line)
        taken.update({(old, span): (new, row) for span in mentions})
        labels[new] |= {label} - {""}
        draft.changed.setdefault(new, row)  # one that is there may be of a class that the facts do not allow

    draft.each(rows, one)
    moves: dict[tuple[str, str], set[Span]] = defaultdict(set)
    for (old, span), (new, _) in taken.items():
        moves[old, new].add(span)
    for old, new in sorted(moves):
        _move(draft, old, new, moves[old, new], min(labels[new], default=""))


def _meant(draft: Draft, entity: Entity, row: Row) -> list[Span]:
    shas = [draft.texts.named(row["source"])] if row["source"] else list(draft.graph.sources)
    spans = [span for span in entity.mentions if span.source in shas]
    if row["object"]:
        written = "".join(row["object"].split())
        spans = [span for span in spans if "".join(draft.graph.quote(span).split()) == written]
    if row["quote"]:
        around = [passage.span for passage in draft.texts.passages(row["quote"], shas)]
        if not around:
            raise Misfit("no-quote", quote=row["quote"][:60])
        spans = [span for span in spans if any(_inside(span, place) for place in around)]
    return spans


def _target(draft: Draft, names: Names, old: str, row: Row) -> tuple[str, str]:
    """The id of the entity that the mentions are of, and what to call it where it is new ("": as the text does)."""
    family, *scope, last = old.split("/", 2)
    to = row["to"]
    if not to:
        return f"{family}/{draft.texts.named(row['source'])}/{last}", ""
    found = names.find(to)
    if len(found) > 1:
        raise Misfit("several", name=to[:60], n=len(found), candidates=names.listed(found))
    if found:
        return found[0], ""
    if to.partition("/")[0] in (*FAMILIES.values(), "thing"):
        try:
            return normal_id(to), ""
        except ValueError:
            pass  # a name with a slash in it
    label = name(to)
    return normal_id("/".join((family, *scope, key(label)))), label


def _move(draft: Draft, old: str, new: str, spans: set[Span], label: str) -> None:
    """Let these mentions of `old` be of `new`, with the facts, figures and documents that are about them."""
    entity = draft.entities[old]
    left = tuple(span for span in entity.mentions if span not in spans)
    written = {unquoted(tidy(draft.graph.quote(span))) for span in spans} - {""}
    kept = {unquoted(tidy(draft.graph.quote(span))) for span in left}
    draft.entities[new] = _grown(draft, entity, new, spans, written, label)
    share = _Share(left, spans)
    draft.facts = [part for fact in draft.facts for part in _facts(fact, old, new, share, draft)]
    draft.measures = [part for measure in draft.measures for part in _measures(measure, old, new, share)]
    for sha, info in draft.documents.items():
        if share.has_all_of(sha) or not left:
            ends = {name: new for name in ENDS if getattr(info, name) == old}
            draft.documents[sha] = replace(info, **ends)
    if left:
        names = tuple(name for name in entity.alt if name not in written or name in kept)
        draft.entities[old] = replace(entity, alt=names, mentions=left)
    else:
        del draft.entities[old]
        draft.moved[old] = new


def _grown(draft: Draft, old: Entity, new: str, spans: set[Span], written: set[str], label: str) -> Entity:
    """The entity with these mentions: the one that is there, else one of the same class as it was parted from."""
    there = draft.entities.get(new)
    called = max(sorted(written), key=len, default=old.label)
    one = there or Entity(new, old.classes, label or called, kind=old.kind)
    names = ({*one.alt} | written) - {one.label}
    return replace(one, alt=tuple(sorted(names)), mentions=spans_apart((*one.mentions, *spans)), by_user=True)


class _Share:
    """Which places of the texts are about the mentions that go, and which about those that stay."""

    def __init__(self, stay: Iterable[Span], go: Iterable[Span]) -> None:
        self._at: dict[str, list[tuple[int, int, bool]]] = defaultdict(list)
        for spans, goes in ((stay, False), (go, True)):
            for span in spans:
                self._at[span.source].append((span.start, span.end, goes))
        for places in self._at.values():
            places.sort()

    def has_all_of(self, sha: str) -> bool:
        """Whether every mention in this source goes (and there is one)."""
        return bool(self._at.get(sha)) and all(goes for *_, goes in self._at[sha])

    def names(self, span: Span) -> bool | None:
        """Whether a sentence names what goes (True), or what stays (also: both); None where it names neither."""
        places = self._at.get(span.source, [])
        first, last = (bisect_left(places, (at,)) for at in (span.start, span.end))
        inside = [goes for _, end, goes in places[first:last] if end <= span.end]
        return all(inside) if inside else None

    def goes(self, span: Span, context: Span | None) -> bool:
        """Whether what a sentence says goes. Where it names neither, what it is carried over from counts, else the mention before it."""
        for place in (span, context):
            named = self.names(place) if place else None
            if named is not None:
                return named
        places = self._at.get(span.source, [])
        before = bisect_right(places, (span.start,)) - 1
        return places[max(before, 0)][2] if places else False


def _facts(fact: Fact, old: str, new: str, share: _Share, draft: Draft) -> list[Fact]:
    """The fact as it is of both: each with its sentences."""
    if old not in (fact.subject, fact.object):
        return [fact]
    going = tuple(span for span in fact.evidence if share.goes(span, fact.context))
    staying = tuple(span for span in fact.evidence if span not in going)
    moved = replace(
        fact,
        subject=new if fact.subject == old else fact.subject,
        object=new if fact.object == old else fact.object,
        evidence=going,
    )
    parts = [replace(fact, evidence=staying)] if staying else []
    parts += [moved] if going and moved.subject != moved.object else []
    return [_sure(part, draft) for part in parts] if staying and going else parts


def _sure(fact: Fact, draft: Draft) -> Fact:
    """The fact; where no sentence names both ends any more, that it holds is the user's word."""
    if fact.basis != STATED:
        return fact
    ends = [draft.entities[end].mentions for end in (fact.subject, fact.object) if end in draft.entities]
    names_both = any(all(any(_inside(m, span) for m in mentions) for mentions in ends) for span in fact.evidence)
    return fact if names_both else replace(fact, basis=USER, rule=RULE)


def _measures(measure: Measure, old: str, new: str, share: _Share) -> list[Measure]:
    if measure.about != old:
        return [measure]
    going = tuple(span for span in measure.evidence if share.goes(span, measure.context))
    staying = tuple(span for span in measure.evidence if span not in going)
    parts = [replace(measure, evidence=staying)] if staying else []
    return [*parts, replace(measure, evidence=going, about=new)] if going else parts


def _inside(span: Span, place: Span) -> bool:
    return span.source == place.source and place.start <= span.start and span.end <= place.end
