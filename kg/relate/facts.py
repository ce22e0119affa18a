"""Making a Fact: status, period, basis, evidence and context are the same for every rule."""

from __future__ import annotations

from kg.model import CARRIED, DONE, PLANNED, STATED, Fact, Link, Sentence, Span
from kg.relate.period import is_of_review, period
from kg.relate.place import section_of
from kg.relate.scene import Scene
from kg.relate.status import status


def _is_coming(scene: Scene, sentence: Sentence) -> bool:
    """Whether the sentence stands in a part of plans."""
    section = section_of(scene.linked.document, sentence)
    return section is not None and section.planned


def fact(
    scene: Scene,
    subject: Link,
    relation: str,
    object_: Link,
    rule: str,
    *,
    at: int,
    basis: str = STATED,
    context: Span | None = None,
    role: str | None = None,
    dated: bool = True,
    timeless: bool = False,
) -> Fact | None:
    """The Fact that `subject` has `relation` to `object_`, said by the sentence over view offset `at`; None where both are one.

    What is `timeless` (a place's place, a body's body) simply is, also in a plan. An end that stands outside that sentence makes the fact a carried one: its mention is the context.
    """
    if subject.entity == object_.entity:
        return None
    sentence = scene.sentence_at(at)
    for end in (subject, object_):
        if not sentence.start <= end.start < sentence.end and basis == STATED:
            basis = CARRIED
            context = scene.linked.document.span(end.start, end.end)
    when, source, stated = period(scene.linked, at) if dated else (None, None, True)
    how = DONE if timeless else status(scene.linked, at)
    if how == PLANNED and not stated and is_of_review(scene.linked, source):
        when = None
    if when is not None and not stated and basis == STATED:
        basis, context = CARRIED, source
    if how == DONE and when is not None and not stated and _is_coming(scene, sentence):
        when = None  # done already, in a part that speaks of a time to come
        basis, context = (STATED, None) if context == source else (basis, context)
    return Fact(
        subject.entity, relation, object_.entity, how, basis, rule, (scene.span(sentence),),
        period=when, context=context if basis == CARRIED else None, role=role,
    )  # fmt: skip
