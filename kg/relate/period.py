"""When: the period of what the view says at an offset, and where the text says so.

A time in the same sentence, before the fact, is stated; otherwise the time that opened an earlier sentence of the paragraph
or the year of the section's heading is carried over, with the span that gives it. Relative years count from the text's date.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import field

from kg.model import Document, Linked, Period, Section, Sentence, Span
from kg.relate.dating import Calendar
from kg.relate.place import clause_at, section_of, sentence_at, sentence_number
from kg.relate.times import Expression, expressions
from kg.value import dataclass

CARRIED_BACK = 40  # sentences over which an opening time is carried
ERAS = ("range", "span")  # times that, where they open a paragraph, hold for the paragraphs behind it in the section
WIDE = ("range", "span", "review", "year")  # what a section with a year of its own lets be carried from sentence to sentence
LEAD = 12  # code points before a time that still opens its sentence or clause
FROM_WHEN = re.compile(r"[底末初时]?的?[约近]?\d")  # 由2018年底的2.37%降至0.86%: when the first of the two was
OPENING = re.compile(r"^(?:[（(]?[一二三四五六七八九十]+[）)、是要]|——|其中|截至|截止|自|从|到|在|[“\"（ ])*$")
YEARS_REACH = 2_000  # code points over which 年均 goes back to the years it is reckoned over
ITEM = "——"
ADDRESS = 30  # code points of the longest sentence that may stand before the time that opens a paragraph
FIVE_YEARS = re.compile(r"是[^。！？\n，；]{0,40}五年[。，；！]")  # “十四五”时期是…的五年。: opens what is told of them
GAP = 200  # code points looked at between a time and what it may date


@dataclass(frozen=True, slots=True)
class _Times:
    """The expressions of one document, outside its names, by start; and which sentences one of them opens."""

    linked: Linked
    calendar: Calendar
    found: tuple[Expression, ...]
    starts: tuple[int, ...]
    opening: dict[int, Expression]  # sentence start → the time that opens it
    names: dict[int, int]  # start of each name → its end, the outermost
    near: dict[int, Expression | None] = field(default_factory=dict)  # where it was asked → what dates it there
    carried: dict[int, Expression | None] = field(
        default_factory=dict
    )  # where a sentence starts → what goes on to it from before


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
    calendar = times.calendar
    section = section_of(document, sentence)
    here = _here(times, document, sentence, start)
    if here is not None:
        when, from_heading = calendar.resolve(here, section)
        heading = calendar.heading(section) if from_heading and when is not None else None
        return when, heading, heading is None
    if sentence.start not in times.carried:
        times.carried[sentence.start] = _carried(times, document, sentence, section)
    opening = times.carried[sentence.start]
    if opening is not None:
        when, from_heading = calendar.resolve(opening, section)
        if when is not None:
            heading = calendar.heading(section) if from_heading else None
            return when, heading or document.span(opening.start, opening.end), False
        return None, None, True
    when, source = calendar.by_document(section)
    if calendar.told is not None and source == calendar.told_at() and _is_of_five_years(times, start):
        return None, None, True
    return when, source, when is None


def years_before(linked: Linked, start: int) -> tuple[Period, Span] | None:
    """The several years (五年来, 2018—2022年) that the text named last before view offset `start` in its section, and where."""
    document = linked.document
    sentence = sentence_at(document, start)
    times = _times(linked)
    for i in range(bisect_right(times.starts, start) - 1, -1, -1):
        expression = times.found[i]
        before = sentence_at(document, expression.start)
        if sentence is None or before is None or before.section != sentence.section or start - expression.start > YEARS_REACH:
            break
        if expression.kind in ERAS:
            when, _ = times.calendar.resolve(expression, section_of(document, before))
            return (when, document.span(expression.start, expression.end)) if when is not None else None
    return None


def is_of_review(linked: Linked, source: Span | None) -> bool:
    """Whether `source` is where the text tells the year that it looks back on: nothing that is planned is of that year."""
    return source is not None and source == _times(linked).calendar.told_at()


def against_text(linked: Linked, sentence: Sentence, start: int) -> int:
    """1 where the sentence dates what stands at view offset `start` of it after the text's own year (到2030年), -1 before, else 0."""
    document = linked.document
    times = _times(linked)
    year = times.calendar.turn
    if year is None:
        return 0
    here = _here(times, document, sentence, start)
    when = times.calendar.resolve(here, section_of(document, sentence))[0] if here is not None else None
    if when is None:
        return 0
    return 1 if int(when.start[:4]) > year else -1 if int(when.end[:4]) < year else 0


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
        if sentence is None or sentence.start in opening:
            continue
        follows = document.text[expression.end : expression.end + 1]
        told_of = follows in ("是", "的") and not (expression.kind == "range" and FIVE_YEARS.match(document.text, expression.end))
        if _leads(document, sentence.start, expression) and not told_of:
            opening[sentence.start] = expression
    return _Times(linked, Calendar(document), found, tuple(e.start for e in found), opening, dict(reversed(names)))


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


def _leads(document: Document, start: int, expression: Expression) -> bool:
    """Whether the expression opens the stretch that begins at `start`."""
    return expression.start - start < LEAD and OPENING.match(document.text[start : expression.start]) is not None


def _here(times: _Times, document: Document, sentence: Sentence, start: int) -> Expression | None:
    """What dates `start` in its sentence: a fact and its status both ask."""
    if start not in times.near:
        times.near[start] = _in_sentence(times, document, sentence, start)
    return times.near[start]


def _in_sentence(times: _Times, document: Document, sentence: Sentence, start: int) -> Expression | None:
    """The nearest expression before `start` in its sentence that reaches it, else one behind it in its clause (X于2025年建成)."""
    at = bisect_right(times.starts, start)
    for i in range(at - 1, -1, -1):
        expression = times.found[i]
        if expression.start < sentence.start:
            break
        if expression.end <= start and _reaches(times, document, sentence, expression, start):
            return expression
    if at < len(times.found):
        behind = times.found[at]
        if behind.end <= sentence.end and document.text[behind.start - 1] in "于在自从至到":
            _, right = clause_at(document.text, start, sentence.start, sentence.end)
            return behind if behind.end <= right else None
    return None


def _reaches(times: _Times, document: Document, sentence: Sentence, expression: Expression, start: int) -> bool:
    """Whether a time goes on to `start`: one that opens a clause does to the next ；, one that opens the sentence to its end."""
    gap = document.text[expression.end : min(start + 1, expression.end + GAP)]
    if document.text[expression.start - 1 : expression.start] in ("由", "从") and FROM_WHEN.match(gap):
        return re.search("[到至为]", gap) is None and "，" not in gap
    if not re.search(r"[；。]|，(?!\d)", gap):  # a clause that opens with a number goes on counting (每年1次…，2次…)
        return True
    if expression.kind == "habit":
        return False
    if times.opening.get(sentence.start) is expression:
        return True
    left, _ = clause_at(document.text, expression.start, sentence.start, sentence.end)
    behind_subject = times.names.get(left) == expression.start  # 甲公司|前7个月营业收入…，同比增长…
    return (behind_subject or _leads(document, left, expression) or gap[0] in "，、") and "；" not in gap[:-1]


def _is_of_five_years(times: _Times, start: int) -> bool:
    """Whether `start` may be told of other years than the one under review: behind five years that opened a sentence, or before the review."""
    told = times.calendar.told
    if told is None or (start < told.start and not told.before):
        return True
    since = told.start if told.start <= start else 0
    return any(e.kind in ERAS and since <= e.start <= start for e in times.opening.values())


def _is_item(section: Section | None) -> bool:
    """Whether a section is one of the items (——经济实力跃升。) of a list in the text rather than a part of it."""
    return section is not None and section.title.startswith(ITEM)


def _led_in(document: Document, before: Sentence, section: Section | None) -> bool:
    """Whether a sentence stands in the part of the text of which the item `section` is one: 五年来，…。——经济实力跃升。"""
    around = section_of(document, before)
    return section is not None and not _is_item(around) and (around is None or around.end >= section.end)


def _opens_paragraph(times: _Times, document: Document, number: int) -> bool:
    """Whether nothing but an address or a short word on the year (各位代表！2025年是收官之年。) stands before the sentence in its paragraph."""
    for i in range(number - 1, -1, -1):
        before = document.sentences[i]
        if before.paragraph != document.sentences[number].paragraph:
            break
        if before.end - before.start > ADDRESS or before.start in times.opening:
            return False
    return True


def _carried(times: _Times, document: Document, sentence: Sentence, section: Section | None) -> Expression | None:
    """The time that opened an earlier sentence of the paragraph, or the five years that opened one of the section."""
    at = sentence_number(document, sentence.start)
    item = _is_item(section)
    for i in range(at, max(-1, at - CARRIED_BACK), -1):
        before = document.sentences[i]
        if before.section != sentence.section:
            if not item:
                break
            if not _led_in(document, before, section):
                if _is_item(section_of(document, before)):
                    continue
                break
        expression = times.opening.get(before.start)
        if expression is None or expression.start >= sentence.start:
            continue
        if before.paragraph != sentence.paragraph:
            return expression if expression.kind in ERAS and _opens_paragraph(times, document, i) else None
        if section is not None and section.year is not None and expression.kind not in WIDE:
            continue
        return None if expression.kind in ("habit", "vague", "now") else expression
    return None
