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

from kg.evaluate.built import Built, BuiltMeasure
from kg.evaluate.evidence import evidence, whole
from kg.evaluate.gold import Gold, GoldMeasure, plain
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
    left = list(gold.measures)
    for measure in built.measures:
        hit = _hit(measure, left, pairing)
        if hit is None:
            tally["Measure"]["fp"] += 1
            yield Miss("measure", "extra", _number(measure.value), f"{measure.unit} {measure.indicator}")
            continue
        left.remove(hit)
        tally["Measure"]["tp"] += not hit.optional
        if hit.period:
            periods["known"] += 1
            periods["right"] += measure.period.startswith(hit.period)
    for wanted in left:
        if not wanted.optional:
            tally["Measure"]["fn"] += 1
            yield Miss("measure", "missed", _number(wanted.value), f"{wanted.unit} {wanted.indicator}")


def _hit(measure: BuiltMeasure, left: list[GoldMeasure], pairing: Pairing) -> GoldMeasure | None:
    """The gold measure that this one is: of several, that with the same indicator, then that with the same period."""
    if measure.value is None or len(measure.about) != 1:
        return None
    about = pairing.gold_of.get(measure.about[0])
    hits = [
        wanted
        for wanted in left
        if wanted.value == measure.value
        and plain(wanted.unit) == measure.unit
        and about in wanted.about
        and alike(measure.indicator, wanted.indicator)
    ]
    said = plain(measure.indicator)
    return max(
        hits,
        default=None,
        key=lambda wanted: (said == plain(wanted.indicator), bool(wanted.period) and measure.period.startswith(wanted.period)),
    )


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
