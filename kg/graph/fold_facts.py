"""One statement out of several findings of the same fact, and one measure out of several findings of the same figure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, TypeVar

from kg.graph.iri import normal_id
from kg.graph.values import number_text, time_text
from kg.model import CARRIED, DONE, IN_NAME, MODEL, PLANNED, PROPERTIES, STATED, TABLE, USER, Fact, Measure, Period, Span

FactKey = tuple[str, str, str, str, str, str, str, str]
MeasureKey = tuple[str, ...]
_Key = TypeVar("_Key", bound=tuple[str, ...])
_Finding = TypeVar("_Finding", Fact, Measure)
_STRENGTH = {USER: 0, STATED: 1, IN_NAME: 2, CARRIED: 3, TABLE: 4, MODEL: 5}


def fact_key(fact: Fact, known: set[str], own: Collection[str] = ()) -> list[tuple[FactKey, Fact]]:
    """The fact, its ids normal and once for each source it has evidence in, with the key that makes two findings one.

    `known` are the normal ids of the reading's entities, `own` the IRIs of a user's own terms. Raises ValueError where the fact breaks the pipeline's promises.
    """
    subject, target = normal_id(fact.subject), normal_id(fact.object)
    _check(f"{fact.property} of {fact.subject}", fact, {subject, target} - known)
    if fact.property not in PROPERTIES and fact.property not in own:
        raise ValueError(f"{fact.property} is not a property of the contract")
    period = _period(fact.period)
    begin, end = (period.start, period.end) if period else ("", "")
    parts = []
    for source, spans in _by_source(fact.evidence):
        key = (subject, fact.property, target, fact.status, begin, end, fact.role or "", source)
        parts.append((key, _with(fact, subject=subject, object=target, period=period, evidence=spans)))
    return parts


def measure_key(measure: Measure, known: set[str]) -> list[tuple[MeasureKey, Measure]]:
    """The measure, its id normal and once for each source, with its key. Raises ValueError as fact_key does."""
    about = normal_id(measure.about)
    _check(f"{measure.as_written} about {measure.about}", measure, {about} - known)
    period = _period(measure.period)
    normal = _with(measure, about=about, period=period)
    fields = measure_fields(normal)
    return [((*fields, source), _with(normal, evidence=spans)) for source, spans in _by_source(measure.evidence)]


def measure_fields(measure: Measure) -> tuple[str, ...]:
    """All that makes a figure this figure, but for its source."""
    bounds = ("" if limit is None else number_text(limit) for limit in (measure.min, measure.max))
    period = (measure.period.start, measure.period.end) if measure.period else ("", "")
    told = (measure.indicator, number_text(measure.value), measure.unit, measure.as_written)
    return (measure.about, *told, measure.kind, measure.bound, *bounds, measure.status, *period)


def folded(findings: Sequence[_Finding]) -> _Finding:
    """All findings (at least one) of one fact or figure as one: all evidence, the basis, rule and context of the strongest.

    All at once: a text may say one thing ten thousand times, and two by two the evidence so far would be sorted each time.
    """
    if len(findings) == 1:
        return findings[0]
    return replace(min(findings, key=_rank), evidence=_union(*(finding.evidence for finding in findings)))


def fold_in(known: dict[_Key, _Finding], found: Iterable[tuple[_Key, _Finding]]) -> None:
    """Take findings into what is known, those of one key at once."""
    groups: dict[_Key, list[_Finding]] = {}
    for key, finding in found:
        if key not in groups:
            groups[key] = [known[key]] if key in known else []
        groups[key].append(finding)
    known.update((key, folded(group)) for key, group in groups.items())


def _with(finding: _Finding, **changes: Any) -> _Finding:
    """The finding with these fields: itself where it has them, as nearly every one has (making one anew takes longer than all else here)."""
    same = all(getattr(finding, name) == value for name, value in changes.items())
    return finding if same else replace(finding, **changes)


def _rank(finding: Fact | Measure) -> tuple[int, str, tuple[int, int]]:
    context = (finding.context.start, finding.context.end) if finding.context else (-1, -1)
    return _STRENGTH[finding.basis], finding.rule, context


def _check(what: str, finding: Fact | Measure, strangers: set[str]) -> None:
    if strangers:
        raise ValueError(f"{what}: {', '.join(sorted(strangers))} is no entity of the reading")
    if not finding.evidence:
        raise ValueError(f"{what}: no evidence")
    if finding.status not in (DONE, PLANNED) or finding.basis not in _STRENGTH:
        raise ValueError(f"{what}: status {finding.status!r}, basis {finding.basis!r}")


def _period(period: Period | None) -> Period | None:
    """The period in times that the calendar has, both ends of the same precision."""
    if period is None:
        return None
    start, end = time_text(period.start), time_text(period.end)
    length = min(len(start), len(end))
    return Period(start[:length], end[:length])


def _by_source(spans: tuple[Span, ...]) -> list[tuple[str, tuple[Span, ...]]]:
    ordered = _union(spans)
    return [(source, tuple(group)) for source, group in groupby(ordered, key=lambda span: span.source)]


def _union(*spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(sorted(set().union(*spans), key=lambda span: (span.source, span.start, span.end)))
