"""Step *relate*: facts and measures of a linked document, each with its sentence. One module a family of relations."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.model import Fact, Linked, Measure
from kg.relate.actions import actions
from kg.relate.awards import awards
from kg.relate.ends import fits
from kg.relate.makeup import makeup
from kg.relate.measures import measures
from kg.relate.named_after import named_after
from kg.relate.naming import naming
from kg.relate.own import known_facts, own
from kg.relate.places import held_in
from kg.relate.posts import posts
from kg.relate.presence import presence
from kg.relate.press import press
from kg.relate.report import report
from kg.relate.roster import roster
from kg.relate.scene import Scene
from kg.relate.set_up import set_up
from kg.relate.topics import topics

__all__ = ["relate"]

RULES: tuple[Callable[[Scene], Iterator[Fact]], ...] = (
    naming,
    named_after,
    actions,
    held_in,
    set_up,
    topics,
    awards,
    press,
    makeup,
    posts,
    roster,
    presence,
    report,
    own,
    known_facts,
)


def relate(linked: Linked) -> tuple[tuple[Fact, ...], tuple[Measure, ...]]:
    """The facts (in the order of the rules, then of the text; no two alike) and the measures of a document."""
    scene = Scene(linked)
    facts = dict.fromkeys(fact for rule in RULES for fact in rule(scene) if fits(fact, linked.entities))
    return tuple(facts), tuple(measures(linked))
