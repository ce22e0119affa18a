"""Parsing: a Source to a Document. Knows nothing of names.

    lines → furniture → join → view → head → structure → sentences

Lines are set in simplified characters and in the usual forms of ideographs before anything is made of them, one character for one. Every
character of the view has its offset in the source; what the view leaves out is white space or listed in Document.furniture.
"""

from __future__ import annotations

from dataclasses import replace

from kg.errors import InputError
from kg.model import Document, Source
from kg.parse.doubled import undouble
from kg.parse.forms import ideographs
from kg.parse.furniture import sort_lines
from kg.parse.head import read_head
from kg.parse.headings import is_plan, tense
from kg.parse.join import join_body, join_head, measure
from kg.parse.lines import merge, split_lines
from kg.parse.script import simplify
from kg.parse.sentences import clauses
from kg.parse.shapes import DATELINE
from kg.parse.structure import find_sections, find_sentences
from kg.parse.view import build_view

__all__ = ["clauses", "parse"]


def parse(source: Source) -> Document:
    """The Document of a source. Raises InputError where the source is nothing but white space and furniture.

    Time and memory grow as the text does, whatever it holds.
    """
    lines, cut = split_lines(source.text)
    if ideographs(source.text) != source.text:
        for line in lines:
            line.text = ideographs(line.text)
    simplify(lines, source.text)
    layout = sort_lines(lines)
    for line in layout.head:
        cut += undouble(line)
    setting = measure(layout.body)
    paragraphs = [*join_head(layout.head), *join_body(layout.body, setting)]
    if not paragraphs:
        raise InputError("nothing but page furniture, no text", source.name, "give a page with its text")
    view = build_view(paragraphs, wrapped=setting.wrapped)
    first = sum(paragraph.head for paragraph in paragraphs)
    known = source.known
    body = view.paragraphs[first] if first < len(paragraphs) else None
    head = read_head(view.text, list(view.paragraphs[:first]), body, known.title)
    date, issued = _dates(head.date or layout.issued, layout.issued, known.date)
    publisher = known.publisher or layout.publisher
    if publisher is None and first < len(paragraphs) and (dateline := DATELINE.match(view.text, view.paragraphs[first][0])):
        publisher = dateline.group("publisher")
    marked = {
        number: paragraph.level or 1
        for number, paragraph in enumerate(paragraphs)
        if (paragraph.level or paragraph.bold) and view.paragraphs[number] != head.title
    }
    sections = find_sections(view.text, view.paragraphs, first, marked, date)
    title = known.title or (view.text[slice(*head.title)] if head.title is not None else "")
    if is_plan(title):
        sections = tuple(replace(part, planned=part.planned or tense(part.title) != "review") for part in sections)
    return Document(
        source=source,
        text=view.text,
        offsets=view.offsets,
        title=head.title,
        speaker=head.speaker,
        speaker_post=head.post,
        date=date,
        issued=issued,
        meeting=head.meeting,
        publisher=publisher,
        paragraphs=view.paragraphs,
        sections=sections,
        sentences=find_sentences(view.text, view.paragraphs, sections),
        furniture=tuple(merge([*cut, *((line.start, line.end) for line in layout.dropped)])),
    )


def _dates(date: str | None, issued: str | None, known: str | None) -> tuple[str | None, str | None]:
    """(Date, day it was published) of a text, all ISO: `known` before what the text says, but a day of its own in that year or month is kept."""
    if known is None:
        return date, issued
    dated, published = (own if own is not None and own.startswith(known) else None for own in (date, issued))
    return dated or published or known, published
