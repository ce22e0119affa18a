"""The part of a graph that one of its sources gave: a gold graph is of one text, a graph may be of many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple

from kg.evaluate.built import Node
from kg.graph.vocabulary import OBJECT, PREDICATE, SUBJECT, kg

_LINKS = (kg("mention"), kg("evidence"), kg("context"))
_BACKING = (kg("mention"), kg("evidence"))


def only(triples: Iterable[Triple], source: str) -> list[Triple]:
    """The triples without what other sources alone back: their spans, and entities, statements, measures and facts of those only.

    `source` is the IRI of the one to keep. What nothing backs is kept: it is to be judged too.
    """
    said = list(triples)
    here = NamedNode(source)
    of_others: set[Node] = {t.subject for t in said if t.predicate == kg("source") and t.object != here}
    gone = of_others | _backed_elsewhere(said, of_others)
    facts = _facts(said)
    dropped = {fact for node, fact in facts.items() if node in gone} - {fact for node, fact in facts.items() if node not in gone}
    return [
        t
        for t in said
        if t.subject not in gone
        and t.object not in gone
        and (t.subject, t.predicate, t.object) not in dropped
        and not (t.predicate in _LINKS and t.object in of_others)
    ]


def _backed_elsewhere(said: list[Triple], of_others: set[Node]) -> set[Node]:
    """What has spans, all of which are of other sources."""
    spans: dict[Node, list[bool]] = defaultdict(list)
    for t in said:
        if t.predicate in _BACKING:
            spans[t.subject].append(t.object in of_others)
    return {node for node, others in spans.items() if all(others)}


def _facts(said: list[Triple]) -> dict[Node, tuple[Node, Node, Node]]:
    """Statement → what it states."""
    parts: dict[Node, dict[Node, Node]] = defaultdict(dict)
    for t in said:
        if t.predicate in (SUBJECT, PREDICATE, OBJECT):
            parts[t.subject][t.predicate] = t.object
    return {node: (of[SUBJECT], of[PREDICATE], of[OBJECT]) for node, of in parts.items() if len(of) == 3}
