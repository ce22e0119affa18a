"""Rows about facts: mend, reject, add; and the facts that a change of class leaves without a meaning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from kg.edits.cells import period
from kg.edits.draft import Draft
from kg.edits.findings import ADD, MEND, Findings, Pair, listed, text
from kg.edits.rows import Row
from kg.edits.told import Misfit
from kg.model import DONE, USER, Fact, Period
from kg.ontology import label
from kg.relate.ends import fits as ends_fit


class Facts(Findings[Fact]):
    """The facts of a draft."""

    several = "facts"

    def meant(self, row: Row) -> list[int]:
        subject, target = self.names.one(row["subject"]), self.names.one(row["object"])
        between = self.of.get(frozenset((subject, target)), [])
        found = self.narrowed((at for at in between if self._is(self.all[at], subject, target, row)), row)
        if not found and between:
            raise Misfit("other-facts", facts=self.listed(self.all[at] for at in between))
        if not found:
            raise Misfit("no-fact")
        return found

    def _is(self, fact: Fact, subject: str, target: str, row: Row) -> bool:
        said = (subject, row["property"], target)
        role = not row["role"] or (fact.role or "") == text(row["role"])
        return (fact.subject, fact.property, fact.object) == said and role

    def about(self, fact: Fact) -> frozenset[str]:
        return frozenset((fact.subject, fact.object))

    def said(self, fact: Fact) -> Pair:
        return said(fact, self.draft)

    def same(self, fact: Fact) -> object:
        return fact.subject, fact.property, fact.object, fact.status, fact.period, fact.role

    def mended(self, fact: Fact, fields: Mapping[str, str]) -> Fact:
        new = replace(
            fact,
            subject=self.names.one(fields["subject"]) if "subject" in fields else fact.subject,
            object=self.names.one(fields["object"]) if "object" in fields else fact.object,
            property=fields.get("property", fact.property),
            status=fields.get("status", fact.status),
            period=period(fields["period"]) if "period" in fields else fact.period,
            role=text(fields["role"]) or None if "role" in fields else fact.role,
        )
        if new.property != "worksFor":
            new = replace(new, role=None)
        if new == fact:
            raise Misfit("same")
        # What the end or the time was carried over from gives it no longer.
        context = None if {"subject", "object", "period"} & fields.keys() else fact.context
        return self._sound(replace(new, basis=USER, rule=MEND, context=context))

    def added(self, row: Row) -> Fact:
        passage = self.draft.texts.passage(row)
        fact = Fact(
            self.names.one(row["subject"]),
            row["property"],
            self.names.one(row["object"]),
            row["status"] or DONE,
            USER,
            ADD,
            (passage.span,),
            period=period(row["period"]) if row["period"] else None,
            role=text(row["role"]) or None,
        )
        return self._sound(fact)

    def _sound(self, fact: Fact) -> Fact:
        """The fact with the sentences that name an end of it. Raises Misfit where it is none of the contract."""
        subject, target = (self.draft.entities[end] for end in (fact.subject, fact.object))
        if fact.subject == fact.object:
            raise Misfit("self")
        if not ends_fit(fact, self.draft.entities):
            names = tuple(label(fact.property, lang) for lang in ("zh", "en"))
            kinds = [_sort(entity.classes, entity.kind) for entity in (subject, target)]
            raise Misfit("ends", property=names, subject=kinds[0], object=kinds[1])
        sha = fact.evidence[0].source
        mentions = [span for entity in (subject, target) for span in entity.mentions if span.source == sha]
        evidence = tuple(span for span in fact.evidence if any(span.start <= m.start and m.end <= span.end for m in mentions))
        if not evidence:
            raise Misfit("unnamed")
        return replace(fact, evidence=evidence)


def leave_out(draft: Draft) -> None:
    """Facts whose ends no class allows, since a row changed it, are left out and told of."""
    lost: dict[str, list[Fact]] = defaultdict(list)
    kept = []
    for fact in draft.facts:
        changed = [end for end in (fact.subject, fact.object) if end in draft.changed]
        if changed and not ends_fit(fact, draft.entities):
            lost[changed[0]].append(fact)
        else:
            kept.append(fact)
    draft.facts = kept
    for entity, facts in lost.items():
        shown = listed(said(fact, draft) for fact in facts)
        draft.tell(draft.changed[entity], Misfit("left-out", n=len(facts), facts=shown), obeyed=True)


def said(fact: Fact, draft: Draft) -> Pair:
    """A fact as it is told of."""
    subject, target = (draft.entities[end].label for end in (fact.subject, fact.object))

    def one(lang: str) -> str:
        how = [label(fact.status, lang), when(fact.period), fact.role or ""]
        return f"{subject} —{label(fact.property, lang)}→ {target} ({', '.join(filter(None, how))})"

    return one("zh"), one("en")


def when(period: Period | None) -> str:
    """A time as a cell has it."""
    if period is None:
        return ""
    return period.start if period.start == period.end else f"{period.start}/{period.end}"


def _sort(classes: tuple[str, ...], kind: str) -> Pair:
    zh, en = ("/".join(label(name, lang) for name in (*classes, *([kind] if kind else []))) for lang in ("zh", "en"))
    return zh, en
