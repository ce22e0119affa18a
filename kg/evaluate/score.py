"""Scoring a built graph against a gold graph: entities, relations, measures, and what backs them.

The figures are those of the project's shared scorer, to be compared over time and between systems:

- Entities match one to one, by an accepted class and a shared name. A second entity for one firm gold entity is wrong, and so is
  what the gold does not have, once in each of its classes. What the gold calls optional counts neither way.
- A relation counts when both ends match and the property is the gold's, plain or only described.
- A measure counts when value, unit and what it is about are the gold's and the two indicators share two characters in a row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.evaluate.built import Built
from kg.evaluate.evidence import evidence, whole
from kg.evaluate.gold import Gold, plain
from kg.evaluate.match import Pairing, labelled, pair

PARTS = ("entity", "relation", "measure")
Tally = dict[str, Counter[str]]


@dataclass(frozen=True, slots=True, order=True)
class Miss:
    """One thing that is wrong: part, why (extra, duplicate, odd, missed), kind, and what it is."""

    part: str
    why: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Score:
    """`figures`: part → "all" or kind → tp, fp, fn, precision, recall, f1 …, and "evidence" → counts; as the JSON has it."""

    figures: dict[str, Any]
    misses: tuple[Miss, ...]


def score(built: Built, gold: Gold) -> Score:
    """Compare a graph with a gold graph of the same text."""
    pairing = pair(built, gold)
    tallies: dict[str, Tally] = {part: defaultdict(Counter) for part in PARTS}
    periods: Counter[str] = Counter()
    misses = [
        *_entities(built, gold, pairing, tallies["entity"]),
        *_relations(built, gold, pairing, tallies["relation"]),
        *_measures(built, gold, pairing, tallies["measure"], periods),
    ]
    figures: dict[str, Any] = {part: _figures(tallies[part]) for part in PARTS}
    firm = [(built.entities[node], id_) for node, id_ in pairing.gold_of.items() if not gold.by_id[id_].optional]
    figures["entity"]["all"]["duplicates"] = len(pairing.again)
    figures["entity"]["all"]["labels"] = f"{sum(labelled(entity, gold, id_) for entity, id_ in firm)} of {len(firm)}"
    figures["measure"]["all"]["periods"] = f"{periods['right']} of {periods['known']}"
    counts = evidence(built)
    figures["evidence"] = {**counts, "whole": whole(counts)}
    return Score(figures, tuple(sorted(misses)))


def _entities(built: Built, gold: Gold, pairing: Pairing, tally: Tally) -> Iterator[Miss]:
    for node, entity in built.entities.items():
        id_ = pairing.gold_of.get(node)
        if id_ is None:
            for kind in entity.classes:
                tally[kind]["fp"] += 1
            why = "odd" if entity.odd else "duplicate" if node in pairing.again else "extra"
            yield Miss("entity", why, "/".join(sorted(entity.classes)), entity.label)
        elif not gold.by_id[id_].optional:
            tally[gold.by_id[id_].classes[0]]["tp"] += 1
    for wanted in gold.entities:
        if wanted.id not in pairing.taken and not wanted.optional:
            tally[wanted.classes[0]]["fn"] += 1
            yield Miss("entity", "missed", wanted.classes[0], wanted.name)


def _relations(built: Built, gold: Gold, pairing: Pairing, tally: Tally) -> Iterator[Miss]:
    wanted = {relation.fact(): relation for relation in gold.relations}
    found = set()
    for subject, name, target in built.relations:
        ends = pairing.gold_of.get(subject), pairing.gold_of.get(target)
        known = wanted.get((ends[0], name, ends[1])) if ends[0] and ends[1] else None
        if known is not None:
            found.add(known.fact())
            tally[name]["tp"] += not known.optional
        elif not (ends[0] and ends[1] and any(gold.by_id[end].optional for end in ends if end)):
            tally[name]["fp"] += 1
            yield Miss("relation", "extra", name, f"{built.entities[subject].label} → {built.entities[target].label}")
    for fact, relation in wanted.items():
        if fact not in found and not relation.optional:
            tally[relation.property]["fn"] += 1
            names = (gold.by_id[end].name for end in (relation.subject, relation.object))
            yield Miss("relation", "missed", relation.property, " → ".join(names))


def _measures(built: Built, gold: Gold, pairing: Pairing, tally: Tally, periods: Counter[str]) -> Iterator[Miss]:
    taken = _paired(built, gold, pairing)
    for number, measure in enumerate(built.measures):
        if number not in taken:
            tally["Measure"]["fp"] += 1
            yield Miss("measure", "extra", _number(measure.value), f"{measure.unit} {measure.indicator}")
            continue
        hit = gold.measures[taken[number]]
        tally["Measure"]["tp"] += not hit.optional
        if hit.period:
            periods["known"] += 1
            periods["right"] += measure.period.startswith(hit.period)
    found = set(taken.values())
    for number, wanted in enumerate(gold.measures):
        if number not in found and not wanted.optional:
            tally["Measure"]["fn"] += 1
            yield Miss("measure", "missed", _number(wanted.value), f"{wanted.unit} {wanted.indicator}")


def _paired(built: Built, gold: Gold, pairing: Pairing) -> dict[int, int]:
    """Number of a measure → number of the gold's: those with the same indicator first, then those with the same period.

    The pairs are taken best first over all measures, so that the figures do not hang on the order in which a graph is read.
    """
    pairs: list[tuple[tuple[bool, bool], int, int]] = []
    for number, measure in enumerate(built.measures):
        if measure.value is None or len(measure.about) != 1:
            continue
        about, said = pairing.gold_of.get(measure.about[0]), plain(measure.indicator)
        for place, wanted in enumerate(gold.measures):
            fits = wanted.value == measure.value and plain(wanted.unit) == measure.unit and about in wanted.about
            if fits and alike(measure.indicator, wanted.indicator):
                dated = bool(wanted.period) and measure.period.startswith(wanted.period)
                pairs.append(((said != plain(wanted.indicator), not dated), number, place))
    taken: dict[int, int] = {}
    for _, number, place in sorted(pairs):
        if number not in taken and place not in taken.values():
            taken[number] = place
    return taken


def alike(one: str, wanted: str) -> bool:
    """Whether two indicators share two characters in a row; a wanted one of no or one character asks for no more than itself."""
    one, wanted = plain(one), plain(wanted)
    if len(wanted) < 2:
        return wanted in one
    return any(one[i : i + 2] in wanted for i in range(len(one) - 1))


def _figures(tally: Tally) -> dict[str, dict[str, Any]]:
    total: Counter[str] = Counter()
    for counts in tally.values():
        total.update(counts)
    return {"all": _rates(total), **{kind: _rates(counts) for kind, counts in sorted(tally.items())}}


def _rates(counts: Counter[str]) -> dict[str, Any]:
    right, wrong, missed = counts["tp"], counts["fp"], counts["fn"]
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    rates = {"precision": precision, "recall": recall, "f1": f1}
    return {"tp": right, "fp": wrong, "fn": missed, **{name: round(rate, 4) for name, rate in rates.items()}}


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
