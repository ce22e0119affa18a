"""The way of the data, from sources to a Graph: read → parse → extract → resolve → relate for each document, then merge.

A document that cannot be read is left out and told of (`Graph.skipped`); the others are built. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from os import PathLike, fspath
from pathlib import PurePath

from kg.collector import paused
from kg.errors import InputError
from kg.extract import extract
from kg.graph.iri import DEFAULT_BASE
from kg.graph.knowledge import Graph, Skipped
from kg.graph.merge import Merger
from kg.model import Reading, Source
from kg.parse import parse
from kg.read import MAX_CHARS, expand, read_source
from kg.relate import relate
from kg.resolve import resolve
from kg.words import tokenize


def read_document(source: Source, *, home: str | None = None) -> Reading:
    """All that one document gives: its entities, facts and measures, with their evidence in offsets into `source.text`.

    `home` says whose text it is ("湖州市"), where source.home does not. Raises InputError where the source holds no text to read,
    UsageError where `home` names no place.
    """
    with paused():
        document = parse(source)
        tokens = tokenize(document.text)
        told = home or source.home
        linked = resolve(document, tokens, extract(document, tokens, told), home=told)
        facts, measures = relate(linked)
    entities = tuple(linked.entities[key] for key in sorted(linked.entities))
    return Reading(document, entities, facts, measures, linked.home, linked.body, linked.notes)


def _within_memory(source: Source) -> Reading:
    """`read_document`, where a text too large for the machine's memory is an InputError as another limit is."""
    try:
        return read_document(source)
    except MemoryError:
        size = f"{len(source.text):,}"
    raise InputError(f"{size} characters need more memory than there is", source.name, "cut the file, or lower --max-chars")


def build(
    *sources: str | PathLike[str],
    home: str | None = None,
    base: str = DEFAULT_BASE,
    max_chars: int = MAX_CHARS,
    progress: Callable[[str], None] | None = None,
) -> Graph:
    """Build one Graph of all documents that `sources` name: files, folders, globs, "-" for standard input.

    `home` says whose texts they are where they do not say so themselves; `base` is what IRIs are made under; `max_chars` is the
    longest document that is read; `progress` is called with each file's name before it is read. A file that is there twice
    (the same bytes) is read once. A source that cannot be read is left out and stands in `skipped`, unless it is the only
    one: then its InputError is raised, as is one where none of several could be read; what of a source could not be read (pages that are
    pictures) stands there too. Raises UsageError for a `home` that names no place and a `base` that makes no IRIs.
    """
    merger = Merger(base=base)
    failed: list[tuple[Skipped, InputError]] = []
    partly: list[Skipped] = []
    usable = False
    for path in _files(sources, failed):
        if progress:
            progress(PurePath(path).name)
        try:
            source = read_source(path, home=home, max_chars=max_chars)
            if not merger.knows(source):
                merger.add(_within_memory(source))
                partly += [Skipped(source.name, part) for part in source.unread]
            usable = True
        except InputError as error:
            failed.append((_skipped(path, error), error))
    if not usable:
        raise _nothing([error for _, error in failed])
    return merger.graph([*(skipped for skipped, _ in failed), *partly])


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
