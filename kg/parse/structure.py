"""The section tree: headings nested by level, each with what is planned and of which year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Section, Sentence
from kg.parse.headings import Heading, find_headings, tense, years_of
from kg.parse.sentences import split_sentences
from kg.parse.shapes import SALUTATION
from kg.parse.tables import table
from kg.parse.turns import with_turns

LONGEST_PLAN = 20
"""Code points of a heading without a number that can announce plans (a headline of a piece of news is longer)."""


@dataclass(slots=True)
class _Open:
    heading: Heading
    end: int
    planned: bool
    year: str | None
    tense: str | None


def find_sections(
    text: str, paragraphs: tuple[tuple[int, int], ...], first: int, marked: dict[int, int], date: str | None
) -> tuple[Section, ...]:
    """The sections of the running text, in order, outer before inner.

    A section ends where one of the same or a higher level begins. One of level 3 or more whose heading has text behind it in the same
    paragraph ends with that paragraph; one of level 2 or more ends where the speaker turns to the audience anew (各位委员：).
    """
    year_of_text = int(date[:4]) if date else None
    headings = with_turns(text, paragraphs, find_headings(text, paragraphs, first, marked), year_of_text)
    turns = [start for start, end in paragraphs[first:] if SALUTATION.match(text[start : min(end, start + 40)])]
    ends = _ends(headings, turns, paragraphs, len(text))
    stack: list[_Open] = []
    sections: list[Section] = []
    before: _Open | None = None  # the section of level 1 (or 0) before this one
    for heading, end in zip(headings, ends, strict=True):
        while stack and stack[-1].end <= heading.start:
            stack.pop()
        parent = stack[-1] if stack else None
        section = _judge(heading, end, parent, before if heading.level <= 1 else None, year_of_text)
        stack.append(section)
        if heading.level <= 1:
            before = section
        sections.append(Section(heading.level, heading.title, heading.start, end, section.planned, section.year))
    return tuple(sections)


def _judge(heading: Heading, end: int, parent: _Open | None, before: _Open | None, year_of_text: int | None) -> _Open:
    """Whether a section is planned, and its year: from its heading, else from the section around it, else from the part before it."""
    title = heading.title
    if heading.year is not None:
        planned = year_of_text is not None and int(heading.year[:4]) >= year_of_text
        return _Open(heading, end, planned, heading.year, "planned" if planned else "review")
    if heading.marked:
        planned = len(title) <= LONGEST_PLAN and title.endswith(tuple(table("structure")["headings"]["planned"]))
        return _Open(heading, end, planned, years_of(title, year_of_text) or (parent.year if parent else None), None)
    if heading.level == 0 and title in table("structure")["headings"]["apart"]:
        return _Open(heading, end, False, None, None)
    if heading.level >= 3:
        return _Open(heading, end, parent.planned if parent else False, parent.year if parent else None, None)
    year = years_of(title, year_of_text)
    kind = tense(title)
    coming = year_of_text is not None and year is not None and int(year[:4]) >= year_of_text and kind != "review"
    if parent is not None and parent.tense is not None and not coming and not re.search(r"下一步|今后", title):
        planned = parent.planned
        kind = parent.tense
    elif kind is None and not coming and before is not None and before.planned and heading.level == 1:
        planned, kind, year = True, "planned", year or before.year
    else:
        planned = coming or kind == "planned"
        kind = "planned" if planned else kind
    return _Open(heading, end, planned, year or (parent.year if parent else None), kind)


def _ends(headings: list[Heading], turns: list[int], paragraphs: tuple[tuple[int, int], ...], last: int) -> list[int]:
    """Where each section ends: one pass from behind with the next heading of each level."""
    ends = [0] * len(headings)
    following: dict[int, int] = {}
    turn = len(turns) - 1
    next_turn = last
    for index in range(len(headings) - 1, -1, -1):
        heading = headings[index]
        while turn >= 0 and turns[turn] > heading.start:
            next_turn = turns[turn]
            turn -= 1
        end = min((start for level, start in following.items() if level <= heading.level), default=last)
        if heading.level >= 3 and not heading.whole:
            end = min(end, paragraphs[heading.paragraph][1])
        if heading.level >= 2:
            end = min(end, next_turn)
        ends[index] = end
        following[heading.level] = heading.start
        for level in [level for level in following if level > heading.level]:
            del following[level]
    return ends


def find_sentences(text: str, paragraphs: tuple[tuple[int, int], ...], sections: tuple[Section, ...]) -> tuple[Sentence, ...]:
    """The sentences of the view, each with its paragraph and the innermost section it begins in."""
    found: list[Sentence] = []
    stack: list[int] = []
    following = 0
    for number, (start, end) in enumerate(paragraphs):
        for begin, stop in split_sentences(text, start, end):
            while following < len(sections) and sections[following].start <= begin:
                while stack and sections[stack[-1]].end <= sections[following].start:
                    stack.pop()
                stack.append(following)
                following += 1
            while stack and sections[stack[-1]].end <= begin:
                stack.pop()
            found.append(Sentence(begin, stop, number, stack[-1] if stack else -1))
    return tuple(found)
