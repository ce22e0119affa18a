"""From expressions of time to periods: what a document's relative times count from, and whose heading gives a year."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from kg.model import Document, Period, Section, Span
from kg.relate.reviewed import Reviewed, plan_starts, reviewed
from kg.relate.times import Expression, number

LAST_MONTH_OF_REVIEW = 5  # a work report delivered up to May reviews the year before its date
REPORT = re.compile(r"工作报告|计划执行情况|预算执行情况|工作总结")
BULLETIN = re.compile(r"公报|年报|年度报告")
TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年?")
DELIVERED = "政府工作报告"  # the year in its title is the one it is delivered in, and it reviews the one before
LATER_MONTHS = 3  # a month without a year that is more months later than the text is one of the year before


@dataclass(slots=True)
class Calendar:
    """What the times of one document count from.

    `year` is the text's own (of its date, else its title, else the latest a heading names), `bulletin` the year that all of a
    statistical bulletin is about, `plan` the first year of the five-year plan that its title names, `told` the year that the text itself says
    it looks back on, where it has no other.
    """

    document: Document
    year: int | None = None
    bulletin: int | None = None
    plan: int | None = None
    told: Reviewed | None = None
    title: str = ""
    _to_come: bool = False  # the text's year is only known from a heading of what is to be done in it
    _headings: dict[tuple[int, int], Span] = field(default_factory=dict)

    def __post_init__(self) -> None:
        document = self.document
        self.title = document.called()
        named = TITLE_YEAR.search(self.title)
        of_title = number(named.group(1)) if named else None
        years = [int(section.year[:4]) for section in document.sections if section.year]
        self.year = int(document.date[:4]) if document.date else of_title or max(years, default=None)
        self.bulletin = of_title if BULLETIN.search(self.title) else None
        self.plan = plan_starts(self.title)
        self.told = reviewed(document.text) if document.date is None and of_title is None and self.plan is None else None
        coming = {int(section.year[:4]) for section in document.sections if section.year and section.planned}
        self._to_come = document.date is None and of_title is None and self.year in coming
        self._read_headings()

    @property
    def turn(self) -> int | None:
        """The year that parts what is done from what is to come: the text's own, else the one under review."""
        return self.year or (self.told.year if self.told else None) or (self.plan - 1 if self.plan else None)

    def by_document(self, section: Section | None) -> tuple[Period | None, Span | None]:
        """The year of the section or of a bulletin's title, with the heading that names it."""
        if section is not None and section.year is not None:
            return Period(section.year[:4], section.year[-4:]), self.heading(section)
        if self.bulletin is not None and self.document.title is not None:
            return Period.of(str(self.bulletin)), self.document.span(*self.document.title)
        if self.told is not None and self.told.behind and (section is None or not section.planned):
            return Period.of(str(self.told.year)), self.told_at()
        return None, None

    def told_at(self) -> Span | None:
        """The words that tell the year under review, where it is the text that tells it."""
        return self.document.span(self.told.start, self.told.end) if self.told is not None else None

    def heading(self, section: Section | None) -> Span | None:
        """The heading that gives `section` its year, else the words that tell it, else the title; None where there is none of these."""
        if section is not None and section.year is not None:
            return self._headings.get((section.start, section.level))
        if self.told is not None:
            return self.told_at()
        return self.document.span(*self.document.title) if self.document.title is not None else None

    def resolve(self, expression: Expression, section: Section | None) -> tuple[Period | None, bool]:
        """The period of an expression, and whether its year is that of the section's heading or the title and not its own."""
        kind, values = expression.kind, expression.values
        if kind in ("habit", "vague"):
            return None, False
        if kind == "range":
            return Period(str(values[0]), str(values[1])), False
        if kind == "today":
            return self._day(values[0]), False
        if kind == "review":
            year = self._reviewed(section)
            return (Period.of(str(year)) if year else None), True
        if kind == "span":
            year = self._reviewed(section)
            carried = (section is not None and section.year is not None) or self.told is not None or self.plan is not None
            return (Period(str(year - values[0] + 1), str(year)) if year else None), carried
        if kind == "now":
            return self._now(section)
        if kind in ("bare", "oday"):
            return self._near(kind, values), False
        return self._dated(expression, section), False

    def _dated(self, expression: Expression, section: Section | None) -> Period | None:
        """The period of an expression with a year in it, its own or a relative one."""
        kind, values = expression.kind, expression.values
        year = values[0]
        if expression.relative:
            reviewed = expression.before or (kind == "part" and not year)
            base = self._reviewed(section) if reviewed else self.year
            if base is None:
                return None
            year += base
        if kind == "part":
            return Period(f"{year}-{values[1]:02}", f"{year}-{values[2]:02}")
        if kind == "day":
            return Period(f"{year}-{values[1]:02}-{values[2]:02}", f"{year}-{values[1]:02}-{values[-1]:02}")
        if kind == "month":
            return Period.of(f"{year}-{values[1]:02}")
        if expression.since and self.year is not None and self.year > year:
            return Period(str(year), str(self.year))
        return Period.of(str(year))

    def _near(self, kind: str, values: tuple[int, ...]) -> Period | None:
        """A month or day without a year: the latest one not much later than the text."""
        date = self.document.date
        month = int(date[5:7]) if date and len(date) >= 7 else None
        if self.year is None:
            return None
        if kind == "oday":
            return Period.of(f"{self.year}-{month:02}-{values[0]:02}") if month else None
        year = self.year - 1 if month is not None and values[0] > month + LATER_MONTHS else self.year
        if len(values) == 1:
            return Period.of(f"{year}-{values[0]:02}")
        return Period(f"{year}-{values[0]:02}-{values[1]:02}", f"{year}-{values[0]:02}-{values[-1]:02}")

    def _now(self, section: Section | None) -> tuple[Period | None, bool]:
        """目前: in a review the year under review, else the day of the text, or as much of its date as is known."""
        if section is not None and section.year is not None and not section.planned:
            return Period.of(re.findall(r"\d{4}", section.year)[-1]), True
        if self.bulletin is not None:
            return Period.of(str(self.bulletin)), True
        date = self.document.issued or self.document.date
        return (Period.of(date) if date else None), False

    def _day(self, days: int) -> Period | None:
        """So many days from the day the text was published, else delivered."""
        for date in (self.document.issued, self.document.date):
            if date is not None and len(date) == 10:
                try:
                    return Period.of((datetime.date.fromisoformat(date) + datetime.timedelta(days=days)).isoformat())
                except (ValueError, OverflowError):
                    return None
        return None

    def _reviewed(self, section: Section | None) -> int | None:
        """The year that 全年 or 一年来 speaks of: the section's, the bulletin's, or the one a report of this date reviews."""
        if section is not None and section.year is not None:
            return int(section.year[-4:])
        if self.bulletin is not None:
            return self.bulletin
        if self.told is not None:
            return self.told.year
        if self.plan is not None:
            return self.plan - 1  # a plan looks back on the five years before its own
        date = self.document.date
        before = self._to_come or (date is None and DELIVERED in self.title)
        if before and self.year is not None and not (section is not None and section.planned):
            return self.year - 1
        if self.year is None or date is None or (section is not None and section.planned):
            return self.year
        month = int(date[5:7]) if len(date) >= 7 else 1
        return self.year - 1 if month <= LAST_MONTH_OF_REVIEW and REPORT.search(self.title) else self.year

    def _read_headings(self) -> None:
        """For each section with a year, the heading of the outermost one around it that names this year."""
        around: list[Section] = []
        for section in self.document.sections:
            while around and around[-1].end <= section.start:
                around.pop()
            around.append(section)
            if section.year is not None:
                holder = next((s for s in around if s.year == section.year and section.year[:4] in s.title), section)
                end = holder.start + self._heading_length(holder)
                self._headings[(section.start, section.level)] = self.document.span(holder.start, end)

    def _heading_length(self, section: Section) -> int:
        """How many code points from the section's start its heading takes."""
        stop = min(section.end, section.start + len(section.title) + 20)
        at = self.document.text.find(section.title, section.start, stop)
        return at + len(section.title) - section.start if at >= 0 and section.title else 1
