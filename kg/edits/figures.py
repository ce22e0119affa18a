"""Rows about figures: mend, reject, add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.edits.cells import KINDS, number, period
from kg.edits.facts import when
from kg.edits.findings import ADD, MEND, Findings, Pair, text
from kg.edits.rows import Row
from kg.edits.told import Misfit
from kg.extract.figures import figures
from kg.graph.fold_facts import measure_fields
from kg.graph.values import number_text
from kg.model import DONE, USER, Measure
from kg.ontology import label


class Figures(Findings[Measure]):
    """The figures of a draft."""

    several = "figures"

    def meant(self, row: Row) -> list[int]:
        about = self.names.one(row["subject"])
        of_it = self.of.get(frozenset((about,)), [])
        found = self.narrowed((at for at in of_it if self._is(self.all[at], row)), row)
        if not found and of_it:
            raise Misfit("other-figures", figures=self.listed(self.all[at] for at in of_it))
        if not found:
            raise Misfit("no-figure")
        return found

    def _is(self, measure: Measure, row: Row) -> bool:
        return (
            "".join(measure.indicator.split()) == "".join(row["indicator"].split())
            and (not row["value"] or measure.value == number(row["value"]))
            and (not row["unit"] or measure.unit == text(row["unit"]))
        )

    def about(self, measure: Measure) -> frozenset[str]:
        return frozenset((measure.about,))

    def said(self, measure: Measure) -> Pair:
        amount = f"{measure.indicator} {number_text(measure.value)} {measure.unit}".rstrip()
        zh, en = (", ".join(filter(None, (label(measure.status, lang), when(measure.period)))) for lang in ("zh", "en"))
        return f"{amount} ({zh})", f"{amount} ({en})"

    def same(self, measure: Measure) -> object:
        return measure_fields(measure)

    def mended(self, measure: Measure, fields: Mapping[str, str]) -> Measure:
        new = replace(
            measure,
            about=self.names.one(fields["subject"]) if "subject" in fields else measure.about,
            indicator=fields.get("indicator", measure.indicator),
            unit=text(fields["unit"]) if "unit" in fields else measure.unit,
            bound=fields.get("bound", measure.bound),
            kind=fields.get("kind", measure.kind),
            status=fields.get("status", measure.status),
            period=period(fields["period"]) if "period" in fields else measure.period,
        )
        if "value" in fields:
            new = replace(new, value=number(fields["value"]), min=None, max=None)
        if new == measure:
            raise Misfit("same")
        context = None if {"subject", "period"} & fields.keys() else measure.context
        return replace(new, basis=USER, rule=MEND, context=context)

    def added(self, row: Row) -> Measure:
        about, wanted = self.names.one(row["subject"]), number(row["value"])
        passage = self.draft.texts.passage(row)
        document = passage.document
        there = figures(document.text[passage.start : passage.end])
        found = next((f for f in there if f.value == wanted and (not row["unit"] or f.unit == text(row["unit"]))), None)
        if found is None:
            raise Misfit("figure-unsaid", figures=", ".join(figure.as_written for figure in there) or "–")
        written = document.span(passage.start + found.start, passage.start + found.end)
        return Measure(
            about,
            row["indicator"],
            found.value,
            found.unit,
            "".join(document.quote(written).split()),
            (passage.span,),
            ADD,
            kind=found.kind if found.kind in KINDS else KINDS[0],
            bound=found.bound,
            min=found.min,
            max=found.max,
            status=row["status"] or DONE,
            period=period(row["period"]) if row["period"] else None,
            basis=USER,
        )
