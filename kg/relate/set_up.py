"""What a place, not a body of it, is said to have set up or held: 椒江区打造“椒点民生”平台 lies there, 杭州举办…论坛 is held there."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon import cache, lexicon
from kg.model import Fact, Link
from kg.relate.actions import denied, objects_of, spoken_of
from kg.relate.facts import fact
from kg.relate.scene import Clause, Scene

SET_UP = ("Platform", "Program")


def set_up(scene: Scene) -> Iterator[Fact]:
    """inDistrict of what clauses with a place for their subject set up, or hold. What the place of a report's body does is the body's."""
    for clause in scene.clauses:
        places = _places(scene, clause)
        if not places:
            continue
        for number, verb in enumerate(clause.verbs):
            sets_up, holds = verb.word in _words("set_up"), verb.word in _words("hold")
            if not (sets_up or holds) or denied(scene, clause, verb):
                continue
            stop = clause.verbs[number + 1].start if number + 1 < len(clause.verbs) else clause.end
            for object_ in objects_of(scene, clause, verb, stop):
                class_ = scene.class_of(object_)
                if not (class_ in SET_UP and sets_up) and not (class_ == "Meeting" and holds):
                    continue
                if spoken_of(scene, clause, object_):
                    continue
                for place in places:
                    if made := fact(scene, object_, "inDistrict", place, "set-up-there", at=object_.start):
                        yield made


def _places(scene: Scene, clause: Clause) -> tuple[Link, ...]:
    """The places with which the clause itself begins, where they act in it."""
    if not clause.explicit or clause.subject is None:
        return ()
    links = clause.subject.links
    if any(scene.class_of(link) != "District" for link in links):
        return ()
    if scene.body is not None and all(link.entity == scene.linked.home for link in links):
        return ()
    return links


@cache
def _words(which: str) -> frozenset[str]:
    return frozenset(lexicon().words("words", which))
