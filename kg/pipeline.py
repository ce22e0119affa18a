"""The way of the data, from sources to a Graph: read → parse → extract → resolve → relate for each document, then merge.

A document that cannot be read is left out and told of (`Graph.skipped`); the others are built. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from os import PathLike, fspath
from pathlib import PurePath

from kg.batch.options import Options
from kg.batch.tally import Tally
from kg.errors import InputError
from kg.graph.iri import DEFAULT_BASE
from kg.graph.knowledge import Graph, Skipped
from kg.graph.merge import Merger
from kg.model import Reading, Source
from kg.read import MAX_CHARS, expand


def read_document(source: Source, *, home: str | None = None) -> Reading:
    """All that one document gives: its entities, facts and measures, with their evidence in offsets into `source.text`.

    `home` says whose text it is ("湖州市"), where source.home does not. Raises InputError where the source holds no text to read,
    UsageError where `home` names no place.
    """
    # Loaded here: a build whose documents are remembered, or read by other processes, has no use for the grammar and its tables.
    from kg.extract import extract
    from kg.parse import parse
    from kg.relate import relate
    from kg.resolve import resolve
    from kg.words import tokenize

    document = parse(source)
    tokens = tokenize(document.text)
    told = home or source.home
    linked = resolve(document, tokens, extract(document, tokens, told), home=told)
    facts, measures = relate(linked)
    entities = tuple(linked.entities[key] for key in sorted(linked.entities))
    return Reading(document, entities, facts, measures, linked.home, linked.body, linked.notes)


def build(
    *sources: str | PathLike[str],
    home: str | None = None,
    base: str = DEFAULT_BASE,
    max_chars: int = MAX_CHARS,
    progress: Callable[[str], None] | None = None,
    jobs: int = 1,
    cache: str | PathLike[str] | None = None,
    tally: Tally | None = None,
) -> Graph:
    """Build one Graph of all documents that `sources` name: files, folders, globs, "-" for standard input.

    `home` says whose texts they are where they do not say so themselves; `base` is what IRIs are made under; `max_chars` is the
    longest document that is read; `progress` is called with each file's name as its turn comes. A file that is there twice
    (the same bytes) is read once. With `jobs` above 1 so many processes read where there is enough to read for several; `cache` is
    a folder (made where it is missing) in which readings are remembered, so that documents that have not changed are not read again;
    `tally` is told how many were read. The graph is the same in any case.

    A source that cannot be read is left out and stands in `skipped`, unless it is the only one: then its InputError is raised, as is one
    where none of several could be read; what of a source could not be read (pages that are pictures) stands there too. Raises UsageError
    for a `home` that names no place and a `base` that makes no IRIs, YishiError where `cache` cannot be written.
    """
    from kg.batch.memory import Memory
    from kg.batch.stream import Stream  # which reads documents by `read_document`

    merger = Merger(base=base)
    missing: list[tuple[Skipped, InputError]] = []
    unread: list[tuple[Skipped, InputError]] = []
    partly: list[Skipped] = []
    usable = False
    tally = tally if tally is not None else Tally()
    options = Options(home, max_chars)
    with Memory(cache, options) as memory:
        stream = Stream(options, memory, jobs=jobs, known=merger, turn=progress)
        with closing(stream.outcomes(_files(sources, missing))) as outcomes:
            for outcome in outcomes:
                usable |= outcome.error is None
                if outcome.error:
                    unread.append((_skipped(outcome.path, outcome.error), outcome.error))
                elif outcome.reading is None:
                    merger.also(outcome.sha256, outcome.name)
                else:
                    merger.add(outcome.reading)
                    source = outcome.reading.document.source
                    partly += [Skipped(source.name, part) for part in source.unread]
                    tally.count(outcome.read)
        if not usable:
            raise _nothing([error for _, error in (*missing, *unread)])
        memory.whole = not missing
    return merger.graph([*(skipped for skipped, _ in (*missing, *unread)), *partly])


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
