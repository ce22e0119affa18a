"""What rows about facts and rows about figures have in common: which findings a row means, and what becomes of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from kg.edits.cells import NONE, period
from kg.edits.draft import Draft
from kg.edits.names import Names
from kg.edits.quotes import holds
from kg.edits.rows import Row
from kg.edits.told import Misfit
from kg.model import Fact, Measure

LISTED = 4  # findings that are named
MEND, ADD = "user-mend", "user-add"
Finding = TypeVar("Finding", Fact, Measure)
Pair = tuple[str, str]  # in Chinese, in English


class Findings(ABC, Generic[Finding]):
    """The facts, or the figures, of a draft: `all` as they were before any row about them."""

    several: str  # the key of WHY for a mend that fits more than one

    def __init__(self, draft: Draft, names: Names, findings: Iterable[Finding]) -> None:
        self.draft, self.names = draft, names
        self.all: list[Finding] = list(findings)
        self.of: dict[frozenset[str], list[int]] = defaultdict(list)  # the entities that it is about → where in `all`
        for at, finding in enumerate(self.all):
            self.of[self.about(finding)].append(at)

    @abstractmethod
    def about(self, finding: Finding) -> frozenset[str]:
        """The entities that a finding is about."""

    @abstractmethod
    def meant(self, row: Row) -> list[int]:
        """Where in `all` the findings stand that a row means. Raises Misfit where there is none."""

    @abstractmethod
    def said(self, finding: Finding) -> Pair:
        """A finding as it is told of."""

    @abstractmethod
    def same(self, finding: Finding) -> object:
        """What makes findings of several sources one."""

    @abstractmethod
    def mended(self, finding: Finding, fields: Mapping[str, str]) -> Finding:
        """A finding with these fields (as cells have them). Raises Misfit where it cannot be so."""

    @abstractmethod
    def added(self, row: Row) -> Finding:
        """The finding that a row adds. Raises Misfit where it cannot be."""

    def edited(self, *, mends: Iterable[Row], rejects: Iterable[Row], adds: Iterable[Row]) -> list[Finding]:
        """What the rows leave, mend and add."""
        gone: set[int] = set()
        changes: dict[int, dict[str, Row]] = defaultdict(dict)
        more: list[Finding] = []
        self.draft.each(rejects, lambda row: gone.update(self.meant(row)))
        self.draft.each(mends, lambda row: self._mend(row, gone, changes))
        self.draft.each(adds, lambda row: more.append(self.added(row)))
        return [self._now(at, changes) for at in range(len(self.all)) if at not in gone] + more

    def listed(self, findings: Iterable[Finding]) -> Pair:
        """Several findings on one line, in both languages."""
        return listed(map(self.said, findings))

    def narrowed(self, places: Iterable[int], row: Row) -> list[int]:
        """Those of the findings that are of the status, time, source and words that a row narrows them to."""
        sha, when = self.draft.texts.named(row["source"]) if row["source"] else "", period(row["period"] or NONE)

        def fits(finding: Finding) -> bool:
            return (
                (not row["status"] or finding.status == row["status"])
                and (not row["period"] or finding.period == when)
                and (not sha or finding.evidence[0].source == sha)
                and (not row["quote"] or any(holds(self.draft.graph.quote(span), row["quote"]) for span in finding.evidence))
            )

        return [at for at in places if fits(self.all[at])]

    def _mend(self, row: Row, gone: set[int], changes: dict[int, dict[str, Row]]) -> None:
        found = self.meant(row)
        kinds = {self.same(self.all[at]): self.all[at] for at in found}
        if len(kinds) > 1:
            raise Misfit(self.several, n=len(kinds), **{self.several: self.listed(kinds.values())})
        if gone.intersection(found):
            raise Misfit("mended-rejected")
        for at in found:
            other = changes[at].setdefault(row["field"], row)
            if other["to"] != row["to"]:
                raise Misfit("conflict", line=other.line)

    def _now(self, at: int, changes: Mapping[int, Mapping[str, Row]]) -> Finding:
        finding, rows = self.all[at], changes.get(at)
        if not rows:
            return finding
        try:
            return self.mended(finding, {field: row["to"] for field, row in rows.items()})
        except Misfit as misfit:
            for row in rows.values():
                self.draft.tell(row, misfit)
            return finding


def listed(said: Iterable[Pair]) -> Pair:
    """What is told of several findings, on one line."""
    pairs = list(dict.fromkeys(said))
    zh, en = ("; ".join(pair[at] for pair in pairs[:LISTED]) + (" …" if len(pairs) > LISTED else "") for at in (0, 1))
    return zh, en


def text(cell: str) -> str:
    """What a cell says, "" where it says that there is none."""
    return "" if cell == NONE else cell
