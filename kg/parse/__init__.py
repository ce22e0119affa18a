"""Step *parse*: a Source to a Document. Knows lines, columns, headings and sentences, but no names."""

from __future__ import annotations

from kg.errors import InputError
from kg.model import Document, Sentence, Source
from kg.parse.furniture import furniture
from kg.parse.join import View, paragraphs, pieces, undoubled
from kg.parse.lines import Line, lines, width
from kg.parse.sentences import sentences as cut_sentences
from kg.parse.structure import read_head, sections, words

__all__ = ["parse"]

HEAD_LINES = 14  # lines at the top of a wrapped text that may be title, date and speaker, each a line of its own


def parse(source: Source) -> Document:
    """The Document of a Source: its view, structure and sentences. Raises InputError where nothing but furniture is in it.

    In the view a paragraph ends with "\\n"; characters that the view adds (a paragraph's end, a space between two wrapped Latin
    words) have the offset of the character before them, so that offsets never run backwards.
    """
    text = source.text
    found = lines(text)
    seen = furniture(found)
    column = width([line for number, line in enumerate(found) if number not in seen.lines])
    view = View()
    view.left_out += [(found[number].start, found[number].end) for number in sorted(seen.lines)]
    head_end = _head_end(found, seen.lines) if column is not None else -1
    titles: set[str] = set()
    for number, group in enumerate(paragraphs(found, seen.lines, column, head_end)):
        _put(view, text, group, number, titles)
    if not view.paragraphs:
        raise InputError("no text beside page furniture", source.name, "give a file with the text itself")
    body = "".join(view.chars)
    view.offsets.append(min(len(text), view.offsets[-1] + 1))
    return _document(source, body, view, seen.publisher, seen.issued)


def _head_end(found: list[Line], skipped: frozenset[int]) -> int:
    """The number of the line with which the text addresses its hearers; -1 where none does near the top."""
    filled = [number for number, line in enumerate(found) if line.text and number not in skipped]
    for number in filled[:HEAD_LINES]:
        if found[number].text.startswith(tuple(words()["salutations"])):
            return number
    return -1


def _put(view: View, text: str, group: list[Line], number: int, titles: set[str]) -> None:
    """Add a paragraph to the view; a headline that stands there twice is added once."""
    if number < HEAD_LINES and len(group) == 1:
        line = group[0]
        bare = "".join(line.text.rstrip("|｜ ").split())
        if len(bare) >= 6 and bare in titles:
            view.left_out.append((line.start, line.end))
            return
        if 6 <= len(bare) <= 80 and not bare.endswith("。"):
            titles.add(bare)
        if (once := undoubled(line.text)) is not None:
            kept = [(line.start + start, line.start + end) for start, end in once]
            view.add(text, kept)
            view.left_out += _rest(line, kept)
            return
        if line.text.rstrip("|｜ ") != line.text:
            end = line.start + len(line.text.rstrip("|｜ "))
            view.left_out.append((end, line.end))
            group = [Line(line.start, end, text[line.start : end])]
    stretches: list[tuple[int, int]] = []
    for line in group:
        kept, cut = pieces(line)
        stretches += kept
        view.left_out += cut
    view.add(text, stretches, keep_spaces=number < HEAD_LINES and len(group) == 1 and len(group[0].text) <= 40)


def _rest(line: Line, kept: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of a line is not in `kept`."""
    rest, at = [], line.start
    for start, end in kept:
        if start > at:
            rest.append((at, start))
        at = end
    if at < line.end:
        rest.append((at, line.end))
    return rest


def _document(source: Source, text: str, view: View, publisher: str | None, issued: str | None) -> Document:
    head = read_head(text, view.paragraphs)
    date = head.date or issued
    cuts = [cut_sentences(text, start, end) for start, end in view.paragraphs]
    firsts = [found[0] if found else bounds for found, bounds in zip(cuts, view.paragraphs, strict=True)]
    tree = sections(text, view.paragraphs, firsts, head, date[:4] if date else None)
    made: list[Sentence] = []
    at = -1
    for number, found in enumerate(cuts):
        start = view.paragraphs[number][0]
        while at + 1 < len(tree) and tree[at + 1].start <= start:
            at += 1
        section = at
        made += [Sentence(begin, end, number, section) for begin, end in found]
    return Document(
        source, text, view.offsets, head.title, head.speaker, head.post, date, issued, head.meeting, publisher,
        tuple(view.paragraphs), tuple(tree), tuple(made), tuple(sorted(view.left_out)),
    )  # fmt: skip
