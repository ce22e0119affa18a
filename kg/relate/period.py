"""When: the period of what the view says at an offset, and where the text says so.

A time in the same sentence, before the fact, is stated; otherwise the time that opened an earlier sentence of the paragraph
or the year of the section's heading is carried over, with the span that gives it. Relative years count from the text's date.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from dataclasses import dataclass

from kg.model import Document, Linked, Period, Section, Sentence, Span
from kg.relate.place import clause_at, section_of, sentence_at
from kg.relate.times import Expression, expressions, number

LAST_MONTH_OF_REVIEW = 5  # a work report delivered up to May reviews the year before its date
REPORT = re.compile(r"工作报告|计划执行情况|预算执行情况|工作总结")
TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年?")
CARRIED_BACK = 40  # sentences of one paragraph over which an opening time is carried
WIDE = ("range", "span", "review", "year")  # what a section that has a year of its own lets be carried from sentence to sentence
OPENING = re.compile(r"^(?:[（(]?[一二三四五六七八九十]+[）)、是要]|——|其中|截至|截止|自|从|到|在|[“\"（ ])*$")


@dataclass(frozen=True, slots=True)
class _Times:
    """The expressions of one document, outside its names, by start; and which sentences one of them opens."""

    linked: Linked
    found: tuple[Expression, ...]
    starts: tuple[int, ...]
    opening: dict[int, Expression]  # sentence start → the time that opens it


_last: list[_Times] = []


def period(linked: Linked, start: int) -> tuple[Period | None, Span | None, bool]:
    """When what stands at view offset `start` holds: (period, the span that gives it where it is carried, whether it is stated).

    None where the text does not date it, or tells a habit (每年).
    """
    document = linked.document
    sentence = sentence_at(document, start)
    if sentence is None:
        return None, None, True
    times = _times(linked)
    section = section_of(document, sentence)
    here = _in_sentence(times, document, sentence, start)
    if here is not None:
        when, from_heading = _resolve(here, document, section)
        if when is not None and from_heading:
            return when, _heading(document, section), False
        return when, None, True
    opening = _carried(times, document, sentence, section)
    if opening is not None:
        when, from_heading = _resolve(opening, document, section)
        if when is not None:
            return when, _heading(document, section) if from_heading else document.span(opening.start, opening.end), False
        return None, None, True
    return _by_document(document, section)


def later_than_text(linked: Linked, start: int) -> bool:
    """Whether the sentence dates what stands at view offset `start` after the text's own year (到2030年)."""
    document = linked.document
    sentence = sentence_at(document, start)
    year = _year_of(document)
    if sentence is None or year is None:
        return False
    here = _in_sentence(_times(linked), document, sentence, start)
    if here is None:
        return False
    when, _ = _resolve(here, document, section_of(document, sentence))
    return when is not None and int(when.start[:4]) > year


def _times(linked: Linked) -> _Times:
    """The times of `linked`, read once for as long as the same document is asked about."""
    for times in _last:
        if times.linked is linked:
            return times
    times = _read(linked)
    _last[:] = [times]
    return times


def _read(linked: Linked) -> _Times:
    document = linked.document
    names = [(link.start, link.end) for link in linked.links if linked.entities[link.entity].classes[0] != "Honor"]
    found = tuple(_outside(expressions(document.text), names))
    opening: dict[int, Expression] = {}
    for expression in found:
        sentence = sentence_at(document, expression.start)
        if sentence is not None and sentence.start not in opening:
            lead = document.text[sentence.start : expression.start]
            if len(lead) < 12 and OPENING.match(lead) and document.text[expression.end : expression.end + 1] not in ("是", "的"):
                opening[sentence.start] = expression
    return _Times(linked, found, tuple(e.start for e in found), opening)


def _outside(found: list[Expression], names: list[tuple[int, int]]) -> list[Expression]:
    """Those that are no part of a name. `names` are sorted by start, outer before inner."""
    kept = []
    i = 0
    end = -1
    for expression in found:
        while i < len(names) and names[i][0] <= expression.start:
            end = max(end, names[i][1])
            i += 1
        if expression.start >= end:
            kept.append(expression)
    return kept


def _in_sentence(times: _Times, document: Document, sentence: Sentence, start: int) -> Expression | None:
    """The nearest expression before `start` in its sentence, else the first behind it in its clause."""
    at = bisect_right(times.starts, start)
    for i in range(at - 1, -1, -1):
        expression = times.found[i]
        if expression.start < sentence.start:
            break
        if expression.end <= start and (expression.kind != "habit" or _same_clause(document, expression, start)):
            return expression
    if at < len(times.found):
        _, right = clause_at(document.text, start, sentence.start, sentence.end)
        if times.found[at].end <= right and times.found[at].kind not in ("habit", "vague", "review"):
            return times.found[at]
    return None


def _same_clause(document: Document, expression: Expression, start: int) -> bool:
    """Whether no new clause begins between them; one that opens with a number goes on counting (每年1次…，2次…)."""
    gap = document.text[expression.end : min(start + 1, expression.end + 200)]
    return not re.search(r"[；。]|，(?!\d)", gap)


def _carried(times: _Times, document: Document, sentence: Sentence, section: Section | None) -> Expression | None:
    """The time that opened this paragraph or one of its earlier sentences."""
    at = bisect_right(document.sentences, sentence.start, key=lambda s: s.start) - 1
    for i in range(at, max(-1, at - CARRIED_BACK), -1):
        before = document.sentences[i]
        if before.paragraph != sentence.paragraph:
            break
        expression = times.opening.get(before.start)
        if expression is None or expression.start >= sentence.start:
            continue
        if section is not None and section.year is not None and expression.kind not in WIDE:
            continue
        return None if expression.kind in ("habit", "vague") else expression
    return None


def _by_document(document: Document, section: Section | None) -> tuple[Period | None, Span | None, bool]:
    """The year of the section, or of a yearbook-like title."""
    if section is not None and section.year is not None:
        return _period_of_section(section.year), _heading(document, section), False
    year = _bulletin_year(document)
    if year is not None and document.title is not None:
        return Period.of(str(year)), document.span(*document.title), False
    return None, None, True


def _period_of_section(year: str) -> Period:
    years = re.findall(r"\d{4}", year)
    return Period(years[0], years[-1])


def _heading(document: Document, section: Section | None) -> Span | None:
    """The heading that gives the year: that of the outermost section with this year, else the title."""
    if section is None or section.year is None:
        return document.span(*document.title) if document.title is not None else None
    holder = section
    for other in document.sections:
        around = other.start <= section.start and section.end <= other.end
        if around and other.year == section.year and section.year[:4] in other.title:
            holder = other
            break
    return document.span(holder.start, holder.start + max(1, _heading_length(document, holder)))


def _heading_length(document: Document, section: Section) -> int:
    """How many code points from the section's start its heading takes."""
    at = document.text.find(section.title, section.start, min(section.end, section.start + len(section.title) + 20))
    return at + len(section.title) - section.start if at >= 0 and section.title else 1


def _resolve(expression: Expression, document: Document, section: Section | None) -> tuple[Period | None, bool]:
    """The period of an expression, and whether its year comes from the section's heading or the title instead of from itself."""
    kind, values = expression.kind, expression.values
    if kind in ("habit", "vague"):
        return None, False
    if kind == "range":
        return Period(str(values[0]), str(values[1])), False
    if kind == "today":
        return _day_from(document, values[0]), False
    if kind == "review":
        year = _review_year(document, section)
        return (Period.of(str(year)) if year else None), True
    if kind == "span":
        year = _review_year(document, section)
        return (Period(str(year - values[0] + 1), str(year)) if year else None), section is not None and section.year is not None
    return _dated(expression, document, section)


def _dated(expression: Expression, document: Document, section: Section | None) -> tuple[Period | None, bool]:
    """The period of an expression with a year, a month or a day in it."""
    kind, values = expression.kind, expression.values
    if kind in ("bare", "oday"):
        return _near_text(document, kind, values), False
    year = values[0]
    if expression.relative:
        base = _year_of(document) if kind != "part" or year else _review_year(document, section)
        if base is None:
            return None, False
        year += base
    if kind == "part":
        return Period(f"{year}-{values[1]:02}", f"{year}-{values[2]:02}"), False
    if kind == "day":
        last = values[3] if len(values) > 3 else values[2]
        return Period(f"{year}-{values[1]:02}-{values[2]:02}", f"{year}-{values[1]:02}-{last:02}"), False
    if kind == "month":
        return Period.of(f"{year}-{values[1]:02}"), False
    now = _year_of(document)
    if expression.since and now is not None and now > year:
        return Period(str(year), str(now)), False
    return Period.of(str(year)), False


def _near_text(document: Document, kind: str, values: tuple[int, ...]) -> Period | None:
    """A month or day without a year: the latest one not much later than the text's date."""
    year = _year_of(document)
    if year is None:
        return None
    month_of_text = int(document.date[5:7]) if document.date and len(document.date) >= 7 else None
    if kind == "oday":
        return Period.of(f"{year}-{month_of_text:02}-{values[0]:02}") if month_of_text else None
    if month_of_text is not None and values[0] > month_of_text + 3:
        year -= 1
    if len(values) == 1:
        return Period.of(f"{year}-{values[0]:02}")
    return Period(f"{year}-{values[0]:02}-{values[1]:02}", f"{year}-{values[0]:02}-{values[-1]:02}")


def _day_from(document: Document, days: int) -> Period | None:
    date = document.issued if document.issued and len(document.issued) == 10 else document.date
    if date is None or len(date) != 10:
        return None
    try:
        return Period.of((datetime.date.fromisoformat(date) + datetime.timedelta(days=days)).isoformat())
    except (ValueError, OverflowError):
        return None


def _year_of(document: Document) -> int | None:
    """The year the text itself is from: that of its date, else of its title."""
    if document.date:
        return int(document.date[:4])
    return _title_year(document)


def _review_year(document: Document, section: Section | None) -> int | None:
    """The year that 全年 or 一年来 speaks of: the section's, the bulletin's, or the one a report of this date reviews."""
    if section is not None and section.year is not None:
        return int(re.findall(r"\d{4}", section.year)[-1])
    if (bulletin := _bulletin_year(document)) is not None:
        return bulletin
    year = _year_of(document)
    if year is None or document.date is None or (section is not None and section.planned):
        return year
    month = int(document.date[5:7]) if len(document.date) >= 7 else 1
    title = document.text[slice(*document.title)] if document.title is not None else ""
    return year - 1 if month <= LAST_MONTH_OF_REVIEW and REPORT.search(title) else year


def _title_year(document: Document) -> int | None:
    if document.title is None:
        return None
    hit = TITLE_YEAR.search(document.text[slice(*document.title)])
    return number(hit.group(1)) if hit else None


def _bulletin_year(document: Document) -> int | None:
    """The year of a statistical bulletin or yearly report, which its title names and all of it is about."""
    if document.title is None or not re.search(r"公报|年报|年度报告", document.text[slice(*document.title)]):
        return None
    return _title_year(document)
