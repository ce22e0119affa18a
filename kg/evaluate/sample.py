"""Facts drawn at random for a person to judge against their quotes."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.built import Index, Node, spelled
from kg.evaluate.folder import Opened
from kg.graph.terms import in_order
from kg.graph.vocabulary import KG, OBJECT, PREDICATE, PREF_LABEL, STATEMENT, SUBJECT, TYPE, kg

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a fact: the entity's name, its classes, and what the quotes call it (nothing where they do not name it)."""

    label: str
    classes: tuple[str, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A fact with all that a reader needs to judge it. `context`: the words that a carried end or time is from, "" for none."""

    id: str
    subject: End
    property: str
    object: End
    status: str
    period: str
    role: str
    basis: str
    rule: str
    quotes: tuple[str, ...]
    context: str


def draw(opened: Opened, number: int, seed: int) -> list[Drawn]:
    """`number` facts, stratified by property: at least one of each, the rest as each property's share.

    The same graph, number and seed give the same facts in the same order, which is by property, then as drawn.
    """
    index = Index(opened.triples)
    strata: dict[str, list[Node]] = defaultdict(list)
    for node in index.instances(STATEMENT):
        strata[index.text(node, PREDICATE).removeprefix(KG)].append(node)
    order = in_order(strata)
    shares = share({name: len(strata[name]) for name in order}, number)
    chance = random.Random(seed)
    mentions = _mentions(index)
    return [_drawn(index, node, mentions) for name in order for node in chance.sample(strata[name], shares[name])]


def share(sizes: Mapping[str, int], number: int) -> dict[str, int]:
    """How many to draw of each stratum: one of each (the largest first, where there are more strata than that), then by size."""
    left = min(number, sum(sizes.values()))
    first = sorted(sizes, key=lambda name: -sizes[name])[:left]
    shares = {name: int(name in first) for name in sizes}
    left -= len(first)
    rest = {name: size - shares[name] for name, size in sizes.items()}
    whole = sum(rest.values())
    if not left:
        return shares
    exact = {name: left * size / whole for name, size in rest.items()}
    for name, part in exact.items():
        shares[name] += int(part)
    over = left - sum(map(int, exact.values()))
    for name in sorted(exact, key=lambda name: -(exact[name] % 1))[:over]:
        shares[name] += 1
    return shares


def _drawn(index: Index, node: Node, mentions: Mapping[Node, Sequence[Place]]) -> Drawn:
    spans = sorted(index.objects(node, kg("evidence")), key=lambda span: _place(index, span))
    times = [index.text(node, kg(name)) for name in ("from", "to")]
    context = index.value(node, kg("context"))
    subject, target = index.value(node, SUBJECT), index.value(node, OBJECT)
    return Drawn(
        id=spelled(node).rpartition("/")[2],
        subject=_end(index, subject, spans, mentions),
        property=index.text(node, PREDICATE).removeprefix(KG),
        object=_end(index, target, spans, mentions),
        status=index.text(node, kg("status")).removeprefix(KG),
        period=index.text(node, kg("period")) or ("/".join(times) if all(times) else ""),
        role=index.text(node, kg("role")),
        basis=index.text(node, kg("basis")).removeprefix(KG),
        rule=index.text(node, kg("rule")),
        quotes=tuple(index.text(span, kg("quote")) for span in spans),
        context=index.text(context, kg("quote")) if context is not None else "",
    )


def _end(index: Index, node: Node | None, spans: Sequence[Node], mentions: Mapping[Node, Sequence[Place]]) -> End:
    if node is None:
        return End("", (), ())
    quoted = [_place(index, span) for span in spans]
    texts = [index.text(span, kg("quote")) for span in spans]
    written = {
        text[start - begin : end - begin]
        for source, start, end in mentions.get(node, ())
        for (of, begin, stop), text in zip(quoted, texts, strict=True)
        if source == of and begin <= start and end <= stop
    }
    classes = (spelled(kind).removeprefix(KG) for kind in index.objects(node, TYPE))
    return End(index.text(node, PREF_LABEL), tuple(sorted(classes)), tuple(sorted(written)))


def _mentions(index: Index) -> dict[Node, list[Place]]:
    found: dict[Node, list[Place]] = defaultdict(list)
    for triple in index.triples:
        if triple.predicate == kg("mention"):
            found[triple.subject].append(_place(index, triple.object))
    return found


def _place(index: Index, span: Node) -> Place:
    start, end = (index.text(span, kg(name)) for name in ("start", "end"))
    return index.text(span, kg("source")), int(start or 0), int(end or 0)
