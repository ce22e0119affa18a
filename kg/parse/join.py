"""Lines to paragraphs: joins what hard wrapping and column breaks tore apart, and keeps headings and paragraphs apart.

Whether a text is hard-wrapped at all is told by its lines: in a wrapped text many lines are about as long as the longest ones and end in
the middle of a sentence; in a text with a paragraph to a line nearly every long line ends with a closing mark.
"""

from __future__ import annotations

import re
from dataclasses import field

from kg.parse import dates
from kg.parse.headings import names_a_time
from kg.parse.lines import Line
from kg.parse.shapes import (
    CREDIT,
    OCCASION,
    PROSE,
    ROW,
    SALUTATION,
    is_closed,
    is_heading,
    is_open_bracket,
    kind_of_number,
    width,
)
from kg.value import dataclass

WIDEST_COLUMN = 80
"""Ideographs to a line beyond which a line is a paragraph, not part of a column."""
OPEN_SHARE = 0.25
"""Least share of wide lines without a closing mark in a wrapped text."""
NEARLY_FULL = 0.7
"""A line of at least this share of the column goes on where it ends without a closing mark."""
FULL = 0.8
LONG = 40
"""Code points of a paragraph to a line that is no heading, so that without a closing mark it must go on."""

_GOES_ON_BEFORE = re.compile(r"^(?:[，、；。：！？”’）》】%％‰℃]|是[：:，])")
_GOES_ON_AFTER = re.compile(r"[的了着和与及、，（“《—在对为把将从向]$")
_TITLE_END = re.compile(r"(?:报告|公报|通知|意见|方案|规划|公告|决定|办法|条例|讲话|决议|纲要|总结|要点|汇报|说明|通报|计划)$")


# a title broken behind the body whose report it is: 政协第九届…委员会 / 常务委员会工作报告
_BODY_END = re.compile(r"(?:委员会|代表大会|政府|法院|检察院|[省市县区州])$")
_TITLE_GOES_ON = re.compile(r"(?:常务委员会|委员会|政府|人民政府|人民法院|人民检察院)?(?:\d{4}年(?:度)?)?(?:政府)?工作报告")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. `head`: it stands before the running text; `bold` and `level` as in Line; `heading`: a numbered heading."""

    lines: list[Line] = field(default_factory=list)
    text: str = ""  # of its lines, the last LONG and more of it: enough to judge how it goes on
    head: bool = False
    prose: bool = False
    heading: bool = False

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def level(self) -> int:
        return self.lines[0].level


@dataclass(frozen=True, slots=True)
class Measure:
    """How a text is set: `wrapped` into columns of `column` ideographs, paragraphs `indented` or not."""

    wrapped: bool
    column: float
    indented: bool


def measure(lines: list[Line]) -> Measure:
    """How the running text is set."""
    widths = sorted(width(line.text[: 2 * WIDEST_COLUMN + 2]) for line in lines)
    if len(widths) < 4:
        return Measure(False, widths[-1] if widths else 0, False)
    column = widths[int(0.9 * (len(widths) - 1))]
    broken = sum(
        1
        for line in lines
        if width(line.text[: 2 * WIDEST_COLUMN + 2]) >= FULL * column and not is_closed(line.text) and not is_heading(line.text)
    )
    wrapped = column <= WIDEST_COLUMN and broken >= OPEN_SHARE * len(lines)
    indents = sum(1 for line in lines if line.indent >= 2)
    return Measure(wrapped, column, wrapped and 0.03 * len(lines) <= indents <= 0.6 * len(lines))


def join_head(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs of the head: one a line, but titles, meetings and brackets that run over lines are joined."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        last = paragraphs[-1] if paragraphs else None
        if last is not None and not line.level and not line.bold and _head_goes_on(last, line):
            last.lines.append(line)
            last.text += line.text
        else:
            paragraphs.append(Paragraph([line], line.text, head=True))
    return paragraphs


def _head_goes_on(last: Paragraph, line: Line) -> bool:
    text = last.text
    if len(text) + len(line.text) > 120 or SALUTATION.match(line.text):
        return False
    if is_open_bracket(text):
        return True
    if OCCASION.match(text):
        return not re.search(r"[上）)]$|会议$|大会$", text) and re.search(r"[上）)]$|会议$", line.text) is not None
    if not line.gap and _BODY_END.search(text) and _TITLE_GOES_ON.match(line.text):
        return True
    if line.gap or _TITLE_END.search(text) or OCCASION.match(line.text) or not _TITLE_END.search(line.text):
        return False
    return len(last.lines) < 3 and text[:2] != line.text[:2] and len(text) >= 4 and not dates.DATE.search(text[-12:])


def join_body(lines: list[Line], layout: Measure) -> list[Paragraph]:
    """The paragraphs of the running text."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        last = paragraphs[-1] if paragraphs else None
        if last is not None and ROW.match(line.text) and ROW.match(last.lines[-1].text):
            paragraphs.append(Paragraph([line], line.text))
        elif last is not None and (_wrapped_goes_on if layout.wrapped else _goes_on)(last, line, layout):
            last.lines.append(line)
            last.text = last.text[-2 * LONG :] + line.text
            last.prose = last.prose or bool(PROSE.search(line.text))
            last.heading = last.heading and is_heading(last.text)
        else:
            paragraphs.append(Paragraph([line], line.text, prose=bool(PROSE.search(line.text)), heading=is_heading(line.text)))
    return paragraphs


def _is_timed(last: Paragraph, line: Line) -> bool:
    """Whether the paragraph so far is a heading that names a time (2016年工作安排), or the line is one behind a paragraph that has ended."""
    return (len(last.lines) == 1 and names_a_time(last.lines[0].text)) or (
        names_a_time(line.text) and is_closed(last.lines[-1].text)
    )


def _goes_on(last: Paragraph, line: Line, layout: Measure) -> bool:
    """Whether a line goes on a paragraph, in a text that has a paragraph to a line."""
    before, text = last.lines[-1].text, line.text
    if line.bold or line.level or last.bold or last.level or SALUTATION.match(text) or _is_timed(last, line):
        return False
    if _GOES_ON_BEFORE.match(text) and not is_closed(before):
        return True
    if is_closed(before) or kind_of_number(text):
        return False
    if last.heading:
        return False
    if _GOES_ON_AFTER.search(before) or is_open_bracket(last.text[-2 * LONG :]):
        return True
    return last.prose and len(last.text) >= LONG


def _wrapped_goes_on(last: Paragraph, line: Line, layout: Measure) -> bool:
    """Whether a line goes on a paragraph, in a hard-wrapped text."""
    before, text = last.lines[-1].text, line.text
    if line.bold or line.level or last.bold or last.level:
        return False
    closed = is_closed(before)
    if _is_timed(last, line) and (closed or width(before) < NEARLY_FULL * layout.column):
        return False
    filled = width(before) / layout.column
    strong = kind_of_number(text) in ("part", "one", "two", "annex")
    if CREDIT.search(before) and line.gap:
        return False
    if SALUTATION.match(text) and (closed or line.gap):
        return False
    if line.gap:
        if last.heading:
            return not closed and filled >= 0.9 and len(text) < FULL * layout.column and not strong and not PROSE.search(text)
        return (
            not closed
            and not strong
            and (last.prose or len(last.lines) > 1 or filled >= NEARLY_FULL or bool(_GOES_ON_BEFORE.match(text)))
        )
    if layout.indented and line.indent >= 2 and (closed or last.heading or filled < FULL):
        return False
    if closed:
        return filled >= FULL and not strong and kind_of_number(text) != "series" and not (layout.indented and line.indent >= 2)
    if last.heading and filled < NEARLY_FULL:
        return False
    return filled >= NEARLY_FULL or last.prose
