"""Why two names of one sentence were not related: what the rules looked for and did not find."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.lexicon import lexicon
from kg.model import Fact, Link, Linked
from kg.relate.actions import RELATIONS
from kg.relate.scene import Clause, Scene
from kg.relate.status import denied
from kg.value import dataclass

MOST = 40  # pairs that are explained of one sentence


@dataclass(frozen=True, slots=True)
class Unrelated:
    """Two names of a sentence between which no fact was made, and the reason."""

    left: Link
    right: Link
    reason: str  # a key of the command's messages: denied, no-verb, no-object, no-subject, class
    detail: str = ""


def unrelated(linked: Linked, facts: tuple[Fact, ...]) -> Iterator[Unrelated]:
    """For each two neighbouring outermost names of a clause without a fact between them, why there is none."""
    scene = Scene(linked)
    known = {frozenset((fact.subject, fact.object)) for fact in facts}
    given = 0
    for clause in scene.clauses:
        for left, right in pairwise(clause.links):
            if frozenset((left.entity, right.entity)) in known or left.entity == right.entity:
                continue
            yield _reason(scene, clause, left, right)
            given += 1
            if given >= MOST:
                return


def _reason(scene: Scene, clause: Clause, left: Link, right: Link) -> Unrelated:
    if denied(scene.linked, right.start):
        return Unrelated(left, right, "denied")
    between = [verb for verb in clause.verbs if left.end <= verb.start and verb.end <= right.start]
    if not between:
        return Unrelated(left, right, "no-verb", scene.text[left.end : right.start])
    class_ = scene.class_of(right)
    fitting = [
        r for verb in between for r in verb.relations if r in RELATIONS and class_ in lexicon().words("verbs", r, "object")
    ]
    if not fitting:
        return Unrelated(left, right, "class", f"{between[-1].word}: {class_}")
    if scene.class_of(left) not in ("Organization", "Person"):
        return Unrelated(left, right, "no-subject", scene.class_of(left))
    return Unrelated(left, right, "no-object", between[-1].word)
