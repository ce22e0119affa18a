"""What came, went and changed between two graphs: two builds of the same texts, or two documents (say two years' reports)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from kg.graph.find import bare
from kg.graph.knowledge import Graph
from kg.graph.values import number_text
from kg.model import CLASSES, DONE, Entity, Fact, Measure, Span

Key = tuple[str, ...]
State = tuple[str, str, str]  # status, period, post


@dataclass(frozen=True, slots=True)
class EntityChange:
    """An entity of both graphs that is not the same in both."""

    before: Entity
    after: Entity


@dataclass(frozen=True, slots=True)
class FactChange:
    """A relation of both graphs: what each says of it (status, period, post), and the sentences."""

    subject: str
    property: str
    object: str
    before: tuple[State, ...]
    after: tuple[State, ...]
    quotes_before: tuple[str, ...]
    quotes_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The figures that two graphs give for one thing: `change` is that of the values where each gives one, in percent.

    `indicator` is in the texts' words where all agree, else its key. `other` and `other_label` are whom the second graph's figures
    are about where that is another (the other report's place), else "".
    """

    about: str
    label: str
    indicator: str
    unit: str
    kind: str
    before: tuple[Measure, ...]
    after: tuple[Measure, ...]
    other: str = ""
    other_label: str = ""

    @property
    def same(self) -> bool:
        """Whether both give the same figures."""
        return {number_text(m.value) for m in self.before} == {number_text(m.value) for m in self.after}

    @property
    def change(self) -> float | None:
        """By how many percent the figure grew; None where that cannot be said."""
        if len(self.before) != 1 or len(self.after) != 1 or not self.before[0].value or self.kind != "level":
            return None
        was, now = Decimal(self.before[0].value), Decimal(self.after[0].value)
        return float((now - was) / abs(was) * 100)


@dataclass(frozen=True, slots=True)
class Diff:
    """`stay`, `come`, `go`: entities by class (of the second graph where they are in both). Facts that stay are not listed."""

    stay: dict[str, tuple[Entity, ...]]
    come: dict[str, tuple[Entity, ...]]
    go: dict[str, tuple[Entity, ...]]
    changed: tuple[EntityChange, ...]
    facts_stay: int
    facts_come: tuple[FactChange, ...]
    facts_go: tuple[FactChange, ...]
    facts_changed: tuple[FactChange, ...]
    figures: tuple[Beside, ...]  # in both
    figures_come: tuple[Beside, ...]
    figures_go: tuple[Beside, ...]

    @property
    def empty(self) -> bool:
        """Whether the graphs say the same."""
        parts = (self.come, self.go, self.changed, self.facts_come, self.facts_go, self.facts_changed)
        return not any((*parts, self.figures_come, self.figures_go)) and all(figure.same for figure in self.figures)


def diff(before: Graph, after: Graph, *, dated: bool = True) -> Diff:
    """Compare two graphs. Entities meet by id, facts by their ends and property, figures by what they count of whom in which unit.

    With `dated` a fact has changed where its status, period or post has, and figures meet where indicator, status and period are
    the same too. Without (two documents, say two years' reports, where every time is another) a fact has changed where its
    status or post has, and figures meet by the key of their indicator; of documents of two places or bodies the figures about
    the one's meet those about the other's. A name that only the other text uses is no change of the entity.
    """
    one, two = ({entity.id: entity for entity in graph.entities} for graph in (before, after))
    both = one.keys() & two.keys()
    facts = [_facts(graph) for graph in (before, after)]
    figures = [_figures(before, dated, {}), _figures(after, dated, {} if dated else counterparts(before, after))]
    known = {**one, **two}
    met = sorted(facts[0].keys() & facts[1].keys())
    changes = [_fact_change(key, facts, before, after, dated) for key in met]
    changed = tuple(change for change in changes if change.before != change.after)
    return Diff(
        stay=_by_class(two[key] for key in both),
        come=_by_class(two[key] for key in two.keys() - both),
        go=_by_class(one[key] for key in one.keys() - both),
        changed=tuple(EntityChange(one[key], two[key]) for key in sorted(both) if _looks(one[key]) != _looks(two[key])),
        facts_stay=len(changes) - len(changed),
        facts_come=tuple(_fact_change(k, facts, before, after, dated) for k in sorted(facts[1].keys() - facts[0].keys())),
        facts_go=tuple(_fact_change(k, facts, before, after, dated) for k in sorted(facts[0].keys() - facts[1].keys())),
        facts_changed=changed,
        figures=tuple(_beside(key, figures, known) for key in sorted(figures[0].keys() & figures[1].keys())),
        figures_come=tuple(_beside(key, figures, known) for key in sorted(figures[1].keys() - figures[0].keys())),
        figures_go=tuple(_beside(key, figures, known) for key in sorted(figures[0].keys() - figures[1].keys())),
    )


def counterparts(before: Graph, after: Graph) -> dict[str, str]:
    """Id of the place (body) that the documents of the later graph are of → that of the earlier's, where each has one and they differ."""
    found: dict[str, str] = {}
    for of in (attrgetter("home"), attrgetter("body")):
        ours, theirs = ({of(info) for info in graph.documents.values()} for graph in (before, after))
        if len(ours) == len(theirs) == 1 and None not in ours | theirs and ours != theirs:
            found[next(iter(theirs))] = next(iter(ours))
    return found


def _looks(entity: Entity) -> tuple[object, ...]:
    return entity.classes, entity.label, entity.kind, entity.resolved, entity.division_code


def _by_class(entities: Iterable[Entity]) -> dict[str, tuple[Entity, ...]]:
    found: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        found[entity.classes[0]].append(entity)
    return {name: tuple(sorted(found[name], key=lambda e: (e.label, e.id))) for name in CLASSES if name in found}


def _facts(graph: Graph) -> dict[Key, list[Fact]]:
    found: defaultdict[Key, list[Fact]] = defaultdict(list)
    for fact in graph.facts:
        found[fact.subject, fact.property, fact.object].append(fact)
    return found


def _fact_change(key: Key, facts: list[dict[Key, list[Fact]]], before: Graph, after: Graph, dated: bool) -> FactChange:
    was, now = (part.get(key, []) for part in facts)
    return FactChange(
        subject=key[0],
        property=key[1],
        object=key[2],
        before=_states(was, dated),
        after=_states(now, dated),
        quotes_before=_quotes(was, before),
        quotes_after=_quotes(now, after),
    )


def _states(facts: Iterable[Fact], dated: bool) -> tuple[State, ...]:
    return tuple(sorted({_state(fact, dated) for fact in facts}))


def _state(fact: Fact, dated: bool) -> State:
    period = fact.period if dated else None
    when = "" if period is None else period.start if period.start == period.end else f"{period.start}/{period.end}"
    return fact.status, when, fact.role or ""


def _quotes(facts: Iterable[Fact], graph: Graph) -> tuple[str, ...]:
    spans: dict[Span, None] = {span: None for fact in facts for span in fact.evidence}
    return tuple(dict.fromkeys(map(graph.quote, spans)))


def _figures(graph: Graph, dated: bool, stands_for: Mapping[str, str]) -> dict[Key, list[Measure]]:
    found: defaultdict[Key, list[Measure]] = defaultdict(list)
    for m in graph.measures:
        key = (bare(m.indicator), m.unit, m.kind, m.status, str(m.period)) if dated else (m.key, m.unit, m.kind)
        found[(stands_for.get(m.about, m.about), *key)].append(m)
    return found


def _beside(key: Key, figures: list[dict[Key, list[Measure]]], entities: Mapping[str, Entity]) -> Beside:
    before, after = (_told(part.get(key, [])) for part in figures)
    words = {m.indicator for m in (*before, *after)}
    indicator = (after or before)[0].indicator if len(words) == 1 else (after or before)[0].key
    about = (before or after)[0].about
    other = after[0].about if after and after[0].about != about else ""
    other_label = entities[other].label if other else ""
    return Beside(about, entities[about].label, indicator, key[2], key[3], before, after, other, other_label)


def _told(measures: list[Measure]) -> tuple[Measure, ...]:
    """The figures of one thing, each value once; what is planned only where nothing else is there."""
    kept = [measure for measure in measures if measure.status == DONE] or measures
    return tuple({number_text(m.value): m for m in sorted(kept, key=lambda m: (m.period is not None, str(m.period)))}.values())
