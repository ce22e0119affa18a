"""Relations of the user's own lexicon: what its verbs say, and where its known things lie and what they are part of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.lexicon import cache, lexicon
from kg.model import USER, Fact, GazetteerEntry, Link, Term
from kg.relate.actions import denied, objects_of
from kg.relate.ends import fits
from kg.relate.facts import fact
from kg.relate.scene import Clause, Scene, Verb
from kg.resolve.known import known_by_id, known_id, place_id

JOINT = ("、", "和", "与", "及", "以及")
BEFORE_VERB = re.compile("(?:等[^，。；、]{0,8})?[^，。；、：]{0,8}")  # 与甲公司|深入开展|合作
SLOT = "…"


def own(scene: Scene) -> Iterator[Fact]:
    """Facts of the properties of the user's own lexicon, each with that of the contract that it refines beside it."""
    if not lexicon().verbs:
        return
    for clause in scene.clauses:
        for number, verb in enumerate(clause.verbs):
            stop = clause.verbs[number + 1].start if number + 1 < len(clause.verbs) else clause.end
            for term in _said_by(verb):
                yield from _facts(scene, clause, verb, stop, term)


def _facts(scene: Scene, clause: Clause, verb: Verb, stop: int, term: Term) -> Iterator[Fact]:
    left, right = term.ends
    lead, objects = "", []  # type: tuple[str, list[Link]]
    for pattern in lexicon().verbs[term.iri]:
        before, slot, word = pattern.rpartition(SLOT)
        if word == verb.word and not objects:
            found = _between(scene, clause, before, verb) if slot else objects_of(scene, clause, verb, stop)
            lead, objects = before, [link for link in found if _is_one(scene, link, right)]
    said_at = objects[0].start - len(lead) if objects and lead else verb.start
    if not objects or denied(scene, clause, verb._replace(start=said_at)):
        return  # 没有与甲合作
    for subject in _subjects(scene, clause, verb, left, lead, objects):
        for object_ in objects:
            made = fact(scene, subject, term.iri, object_, "own-verb", at=object_.start)
            if made is None:
                continue
            above = replace(made, property=term.of) if term.of else None
            if above is None or fits(above, scene.linked.entities):
                yield from (one for one in (made, above) if one is not None)


def _between(scene: Scene, clause: Clause, lead: str, verb: Verb) -> list[Link]:
    """与甲、乙开展合作: the names between 与 and the verb."""
    found: list[Link] = []
    for link in clause.links:
        if link.end > verb.start:
            break
        if found and scene.text[found[-1].end : link.start] in JOINT:
            found.append(link)
        elif scene.text.endswith(lead, clause.start, link.start):
            found = [link]
    return found if found and BEFORE_VERB.fullmatch(scene.text, found[-1].end, verb.start) else []


def _subjects(
    scene: Scene, clause: Clause, verb: Verb, classes: tuple[str, ...], lead: str, objects: list[Link]
) -> tuple[Link, ...]:
    """Who does it: an agent with 由, the clause's own subject, one carried over, or the body that reports.

    Behind the `lead` of a verb stands with whom it is done, in a clause before as well: 甲与乙合作，与丙签约 says nothing of 乙 and 丙.
    """
    for link in clause.links:
        if link.end <= verb.start and scene.text[link.start - 1 : link.start] == "由" and _is_one(scene, link, classes):
            return (link,)
    if clause.subject is not None:
        named, at = {link.entity for link in objects}, clause.subject.links[0].start
        acting: list[Link] = []
        for link in clause.subject.links:
            if lead and scene.text[at : link.start] == lead:
                break
            if link.entity not in named and _is_one(scene, link, classes):
                acting.append(link)
            at = link.end
        if acting or clause.explicit:
            return tuple(acting)
    return (scene.body,) if scene.body is not None and _is_one(scene, scene.body, classes) else ()


def _is_one(scene: Scene, link: Link, classes: tuple[str, ...]) -> bool:
    entity = scene.linked.entities[link.entity]
    return any(name in (*entity.classes, entity.kind) for name in classes)


def _said_by(verb: Verb) -> tuple[Term, ...]:
    return tuple(term for term in _properties() if term.iri in verb.relations)


@cache
def _properties() -> tuple[Term, ...]:
    return tuple(term for term in lexicon().terms if term.sort == "property")


def known_facts(scene: Scene) -> Iterator[Fact]:
    """inDistrict and partOf as the lexicon has them of its known things, where the text names both."""
    things = known_by_id()
    first: dict[str, Link] = {}
    for link in sorted(scene.linked.links, key=lambda link: (link.start, -link.end)) if things else ():
        first.setdefault(link.entity, link)
    for id_, here in first.items():
        for relation, other in _wholes(things[id_]) if id_ in things else ():
            if other in first:
                made = fact(
                    scene, here, relation, first[other], "known-thing", at=here.start, basis=USER, dated=False, timeless=True
                )
                yield from (made,) if made is not None else ()


def _wholes(thing: GazetteerEntry) -> Iterator[tuple[str, str]]:
    """Relation and id of the place that a known thing lies in, and of what it is part of."""
    if thing.place and (place := place_id(thing.place)):
        yield "inDistrict", place
    if thing.part_of:
        yield "partOf", next(known_id(whole) for whole in lexicon().known if whole.name == thing.part_of)
