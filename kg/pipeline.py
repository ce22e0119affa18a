"""The way of the data, from sources to a Graph: read → parse → extract → resolve → relate for each document, then merge.

A document that cannot be read is left out and told of (`Graph.skipped`); the others are built. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from os import PathLike, fspath
from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.account import account
from kg.collector import paused
from kg.edits.apply import edit
from kg.edits.rows import read_edits
from kg.errors import InputError
from kg.extract import extract
from kg.extract.tagger import tagger as load_tagger
from kg.graph.iri import DEFAULT_BASE
from kg.graph.knowledge import Graph, Skipped
from kg.graph.merge import Merger
from kg.graph.persons import without_persons
from kg.lexicon import Lexicon, use
from kg.lexicon import lexicon as words
from kg.metadata import Metadata, metadata_table, told_of
from kg.model import Reading, Source
from kg.parse import parse
from kg.read import MAX_CHARS, expand, read_source
from kg.relate import relate
from kg.resolve import resolve
from kg.resolve.home import find_home
from kg.words import tokenize

if TYPE_CHECKING:
    from kg.llm import ModelServer

Own = Lexicon | str | PathLike[str] | Iterable[str | PathLike[str]] | None
"""A lexicon of the user's own: one that is read, or its file or files."""


def read_document(
    source: Source,
    *,
    home: str | None = None,
    lexicon: Own = None,
    tagger: str | None = None,
    model: ModelServer | None = None,
    progress: Callable[[str], None] | None = None,
) -> Reading:
    """All that one document gives: its entities, facts and measures, with their evidence in offsets into `source.text`.

    `home` says whose text it is ("湖州市"), where source.home does not; `lexicon` is one of the user's own, as in `build` (read it once with
    `kg.lexicon.own.read` for many documents); `tagger` as in `build`. A `model` is asked about each passage (`progress` is told how far it is), and adds what it
    proposes and the text bears out. Raises InputError where the source holds no text to read, UsageError where `home` names no place,
    LexiconError, YishiError where the model's server cannot be asked.
    """
    with use(_lexicon(lexicon)):
        with paused():
            document = parse(source)
            tokens = tokenize(document.text)
            told = home or source.home
            mentions = extract(document, tokens, told, tagger)
            linked = resolve(document, tokens, mentions, home=told)
            facts, measures = relate(linked)
        entities = tuple(linked.entities[key] for key in sorted(linked.entities))
        reading = Reading(document, entities, facts, measures, linked.home, linked.body, linked.notes, words().terms)
        if model is not None:
            from kg.llm import consult

            reading = consult(model, reading, linked, find_home(document, mentions, told), progress)
    return replace(reading, account=account(linked, reading.facts, reading.measures))


def _lexicon(given: Own, base: str = DEFAULT_BASE) -> Lexicon | None:
    """The lexicon that is given, read where it is files; None where there is none."""
    if not given:
        return None
    if isinstance(given, Lexicon):
        return given
    from kg.lexicon.own import read

    return read(given, base)


def _within_memory(
    source: Source,
    lexicon: Lexicon | None,
    tagger: str | None,
    model: ModelServer | None,
    progress: Callable[[str], None] | None,
) -> Reading:
    """`read_document`, where a text too large for the machine's memory is an InputError as another limit is."""
    try:
        return read_document(source, lexicon=lexicon, tagger=tagger, model=model, progress=progress)
    except MemoryError:
        size = f"{len(source.text):,}"
    raise InputError(f"{size} characters need more memory than there is", source.name, "cut the file, or lower --max-chars")


def build(
    *sources: str | PathLike[str],
    home: str | None = None,
    metadata: Metadata | None = None,
    persons: bool = True,
    base: str = DEFAULT_BASE,
    max_chars: int = MAX_CHARS,
    tagger: str | None = None,
    progress: Callable[[str], None] | None = None,
    lexicon: Own = None,
    model: ModelServer | None = None,
    edits: str | PathLike[str] | None = None,
) -> Graph:
    """Build one Graph of all documents that `sources` name: files, folders, globs, "-" for standard input.

    `home` says whose texts they are where they do not say so themselves; `base` is what IRIs are made under; `max_chars` is the
    longest document that is read; `progress` is called with each file's name before it is read; `lexicon` is a file (or several, one on top
    of the other) with words, classes, properties and names of the user's own: see docs/lexicon.md; `tagger` ("lac", extra [tagger]) names
    people, places and bodies where the grammar found nothing. `model` is a language model that is
    asked about each passage (kg.llm): without one no connection is opened. A file that is there twice
    (the same bytes) is read once. A source that cannot be read is left out and stands in `skipped`, unless it is the only
    one: then its InputError is raised, as is one where none of several could be read; what of a source could not be read (pages that are
    pictures; a passage that the model gave nothing for) stands there too. Raises UsageError for a `home` that names no place and a `base`
    that makes no IRIs and an unknown `tagger`, YishiError for one that is not installed, LexiconError.

    `metadata` is what is known of the files: the path of a table, or {file: {"title": …, "date": …, "publisher": …, "home": …,
    "document number": …}}. It goes before `home` and before what the texts say of themselves; rows about no document that was read stand
    in `skipped`. Raises InputError for a table that cannot be read, UsageError for one that makes no sense.

    Without `persons` there are no people among the entities, no facts and figures about them, and no speakers of documents. The texts
    and what is quoted of them name whom they name.

    `edits` is a file of what the user says by hand (docs/edits.md), applied when all is merged; `edited` of the graph tells which
    of its rows do not fit. It is read before the documents: raises InputError, UsageError as kg.edits.rows.read_edits does.
    """
    if tagger:
        load_tagger(tagger)
    rows = read_edits(edits) if edits is not None else None
    merger = Merger(base=base)
    own = _lexicon(lexicon, base)
    failed: list[tuple[Skipped, InputError]] = []
    partly: list[Skipped] = []
    usable = False
    table = metadata_table(metadata)
    told = told_of(table, list(_files(sources, failed)), sources)
    for path in told.files:
        if progress:
            progress(PurePath(path).name)
        try:
            source = told.source(path, read_source(path, home=home, max_chars=max_chars))
            if not merger.knows(source):
                reading = _within_memory(source, own, tagger, model, progress)
                merger.add(reading if persons else without_persons(reading))
                partly += [Skipped(source.name, part) for part in (*source.unread, *reading.unread)]
            usable = True
        except InputError as error:
            failed.append((_skipped(path, error), error))
    if not usable:
        raise _nothing([error for _, error in failed])
    if rest := told.left():
        partly.append(Skipped(PurePath(told.name).name, rest))
    graph = merger.graph([*(skipped for skipped, _ in failed), *partly])
    return edit(graph, rows) if rows else graph


def _files(sources: Iterable[str | PathLike[str]], failed: list[tuple[Skipped, InputError]]) -> Iterator[str]:
    """Each file that the sources name, once; a source that names none goes to `failed`."""
    seen: set[str] = set()
    for name in (fspath(source) for source in sources):
        try:
            found = [str(path) for path in expand([name])]
        except InputError as error:
            failed.append((_skipped(name, error), error))
            continue
        yield from (path for path in found if path not in seen)
        seen.update(found)


def _skipped(path: str, error: InputError) -> Skipped:
    """The document's name, without the folders it lies in, and why it was left out."""
    reason = f"{error.what} ({error.mend})" if error.mend else error.what
    return Skipped(PurePath(path).name or path, " ".join(reason.split()))


def _nothing(errors: list[InputError]) -> InputError:
    if len(errors) == 1:
        return errors[0]
    if not errors:
        return InputError("no document to read", mend="name at least one file, folder or glob")
    first = errors[0]
    return InputError(f"none of {len(errors)} documents can be read; the first: {first.what}", first.where, first.mend)
