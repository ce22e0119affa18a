"""The way of the data, from sources to a Graph: read → parse → extract → resolve → relate for each document, then merge.

A document that cannot be read is left out and told of (`Graph.skipped`); the others are built. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from os import PathLike, fspath
from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.batch.options import Options
from kg.batch.tally import Tally
from kg.errors import InputError
from kg.graph.iri import DEFAULT_BASE
from kg.graph.knowledge import Graph, Skipped
from kg.graph.merge import Merger
from kg.graph.persons import without_persons
from kg.lexicon import Lexicon, use
from kg.model import Reading, Source
from kg.read import MAX_CHARS, document_name, expand, printable

if TYPE_CHECKING:
    from kg.llm import ModelServer
    from kg.metadata import Metadata

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

    `home` says whose text it is ("湖州市"), where source.home does not; `lexicon` is one of the user's own, as in `build` (read it once
    with `kg.lexicon.own.read` for many documents); `tagger` as in `build`. A `model` is asked about each passage (`progress` is told how
    far it is), and adds what it proposes and the text bears out. Raises InputError where the source holds no text to read, UsageError
    where `home` names no place, LexiconError, YishiError where the model's server cannot be asked.
    """
    # Loaded here: a build whose documents are remembered, or read by other processes, has no use for the grammar and its tables.
    from kg.account import account
    from kg.collector import paused
    from kg.extract import extract
    from kg.lexicon import lexicon as words
    from kg.parse import parse
    from kg.relate import relate
    from kg.resolve import resolve
    from kg.words import tokenize

    with use(own_lexicon(lexicon)):
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
            from kg.resolve.home import find_home

            reading = consult(model, reading, linked, find_home(document, mentions, told), progress)
    return replace(reading, account=account(linked, reading.facts, reading.measures))


def own_lexicon(given: Own, base: str = DEFAULT_BASE) -> Lexicon | None:
    """The lexicon that is given, read where it is files; None where there is none. Raises LexiconError."""
    if not given:
        return None
    if isinstance(given, Lexicon):
        return given
    from kg.lexicon.own import read

    return read(given, base)


def build(
    *sources: str | PathLike[str],
    home: str | None = None,
    metadata: Metadata | None = None,
    persons: bool = True,
    base: str = DEFAULT_BASE,
    max_chars: int = MAX_CHARS,
    lexicon: Own = None,
    tagger: str | None = None,
    model: ModelServer | None = None,
    edits: str | PathLike[str] | None = None,
    progress: Callable[[str], None] | None = None,
    jobs: int = 1,
    cache: str | PathLike[str] | None = None,
    tally: Tally | None = None,
) -> Graph:
    """Build one Graph of all documents that `sources` name: files, folders, globs, "-" for standard input.

    `home` says whose texts they are where they do not say so themselves; `base` is what IRIs are made under; `max_chars` is the
    longest document that is read; `lexicon` is a file (or several, one on top of the other) with words, classes, properties and names
    of the user's own: see docs/lexicon.md; `tagger` ("lac", extra [tagger]) names people, places and bodies where the grammar found
    nothing. `model` is a language model that is asked about each passage (kg.llm): without one no connection is opened.
    `progress` is called with each file's name as its turn comes. A file that is there twice (the same bytes) is read once.

    With `jobs` above 1 so many processes read where there is enough to read for several; `cache` is a folder (made where it is missing)
    in which readings are remembered, so that documents that have not changed are not read again; `tally` is told how many were read.
    The graph is the same in any case. With a `model` documents are read one by one and not remembered (the model's answers are).

    `metadata` is what is known of the files: the path of a table, or {file: {"title": …, "date": …, "publisher": …, "home": …,
    "document number": …}}. It goes before `home` and before what the texts say of themselves; rows about no document that was read stand
    in `skipped`. Raises InputError for a table that cannot be read, UsageError for one that makes no sense.

    Without `persons` there are no people among the entities, no facts and figures about them, and no speakers of documents. The texts
    and what is quoted of them name whom they name.

    `edits` is a file of what the user says by hand (docs/edits.md), applied when all is merged; `edited` of the graph tells which
    of its rows do not fit. It is read before the documents: raises InputError, UsageError as kg.edits.rows.read_edits does.

    A source that cannot be read is left out and stands in `skipped`, unless it is the only one: then its InputError is raised, as is one
    where none of several could be read; what of a source could not be read (pages that are pictures; a passage that the model gave
    nothing for) stands there too. Raises UsageError for a `home` that names no place, a `base` that makes no IRIs and an unknown
    `tagger`, YishiError for one that is not installed and where `cache` cannot be written, LexiconError.
    """
    from kg.batch.memory import Memory
    from kg.batch.one import within_memory
    from kg.batch.stream import Stream  # which reads documents by `read_document`
    from kg.metadata import metadata_table, told_of

    if tagger:
        from kg.extract.tagger import tagger as load_tagger

        load_tagger(tagger)
    rows = _edits(edits)
    merger = Merger(base=base)
    missing: list[tuple[Skipped, InputError]] = []
    unread: list[tuple[Skipped, InputError]] = []
    partly: list[Skipped] = []
    usable = False
    tally = tally if tally is not None else Tally()
    table = metadata_table(metadata)
    told = told_of(table, sorted(files_of(sources, missing), key=by_name), sources)
    options = Options.of(home, max_chars, tagger, own_lexicon(lexicon, base), told.of)
    if model is not None:
        jobs, cache = 1, None

    def reading_of(source: Source) -> Reading:
        return within_memory(source, options, model, progress)

    with Memory(cache, options) as memory:
        stream = Stream(options, memory, jobs=jobs, known=merger, turn=progress, read=reading_of if model is not None else None)
        with closing(stream.outcomes(told.files)) as outcomes:
            for outcome in outcomes:
                if not outcome.error:
                    told.check(outcome.path, outcome.sha256)
                usable |= outcome.error is None
                if outcome.error:
                    unread.append((skipped_of(outcome.path, outcome.error), outcome.error))
                elif outcome.reading is None:
                    merger.also(outcome.sha256, outcome.name)
                else:
                    merger.add(outcome.reading if persons else without_persons(outcome.reading))
                    source = outcome.reading.document.source
                    partly += [Skipped(source.name, part) for part in (*source.unread, *outcome.reading.unread)]
                    tally.count(outcome.read)
        if not usable:
            raise nothing_read([error for _, error in (*missing, *unread)])
        memory.whole = not missing
    if rest := told.left():
        partly.append(Skipped(PurePath(told.name).name, rest))
    graph = merger.graph([*(skipped for skipped, _ in (*missing, *unread)), *partly])
    return rows(graph) if rows else graph


def _edits(edits: str | PathLike[str] | None) -> Callable[[Graph], Graph] | None:
    """What a user's edits make of a graph; None where there are none."""
    if edits is None:
        return None
    from kg.edits.apply import edit
    from kg.edits.rows import read_edits

    rows = read_edits(edits)
    return (lambda graph: edit(graph, rows)) if rows else None


def files_of(sources: Iterable[str | PathLike[str]], failed: list[tuple[Skipped, InputError]]) -> Iterator[str]:
    """Each file that the sources name, once; a source that names none goes to `failed`, as does what a folder holds and cannot be read."""
    seen: set[str] = set()
    for name in (fspath(source) for source in sources):
        denied: list[InputError] = []
        try:
            found = [str(path) for path in expand([name], denied)]
        except InputError as error:
            failed.append((skipped_of(name, error), error))
            continue
        failed += [(skipped_of(error.where, error), error) for error in denied]
        yield from (path for path in found if path not in seen)
        seen.update(found)


def by_name(path: str) -> tuple[str, str]:
    """The order of reading: of files with the same bytes, the one that gives the document its name says whose text it is."""
    return document_name(PurePath(path).name), path


def skipped_of(path: str, error: InputError) -> Skipped:
    """The document's name, without the folders it lies in, and why it was left out."""
    reason = f"{error.what} ({error.mend})" if error.mend else error.what
    return Skipped(printable(PurePath(path).name or path), printable(" ".join(reason.split())))


def nothing_read(errors: list[InputError]) -> InputError:
    if len(errors) == 1:
        return errors[0]
    if not errors:
        return InputError("no document to read", mend="name at least one file, folder or glob")
    first = errors[0]
    return InputError(f"none of {len(errors)} documents can be read; the first: {first.what}", first.where, first.mend)
