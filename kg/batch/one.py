"""One file to what came of it: a reading, new or remembered, or the error that says why there is none."""

from __future__ import annotations

import time
from collections.abc import Callable, Container
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.batch.cache import packed
from kg.batch.index import Stamp, settled, stamp_of
from kg.batch.memory import Memory
from kg.batch.options import Options
from kg.errors import InputError
from kg.model import Reading, Source
from kg.pipeline import read_document
from kg.read import STDIN, document_name, read_bytes, read_file, read_stdin

if TYPE_CHECKING:
    from kg.llm import ModelServer

Read = Callable[[Source], Reading]
"""What makes the reading of a source."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its bytes (none where only their hash was needed), their SHA-256, and the file's stamp where it can be relied on."""

    data: bytes
    sha256: str
    stamp: Stamp | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file. `reading` is None where these bytes had been taken in before, and where there is an `error`.

    `name` is what the document is called, `sha256` of its bytes ("" with an error), `read`: it was read now and not remembered.
    """

    path: str
    name: str
    sha256: str = ""
    stamp: Stamp | None = None
    reading: Reading | None = None
    read: bool = False
    error: InputError | None = None


def content_of(path: str, options: Options) -> Content:
    """What the file holds. Raises InputError as kg.read.read_file does."""
    now = time.time_ns()
    data, status = read_file(path, max_chars=options.max_chars)
    stamp = stamp_of(status)
    return Content(data, sha256(data).hexdigest(), stamp if settled(stamp, now) else None)


def reading_of(data: bytes, path: str, options: Options, read: Read | None = None) -> Reading:
    """The reading of a file with this content; `read` makes it of the source where it is not `within_memory`. Raises InputError where it cannot be read, UsageError where an option makes no sense."""
    name = PurePath(path).name
    source = read_bytes(data, name, max_chars=options.max_chars, home=options.home, where=path)
    return read(options.source(path, source)) if read else within_memory(options.source(path, source), options)


def outcome_of(path: str, options: Options, memory: Memory, known: Container[str], read: Read | None = None) -> Outcome:
    """What comes of a file in this process; `read` as in `reading_of`. `known`: SHA-256 of what has been taken in. Raises YishiError where the cache cannot be written."""
    if path == STDIN:
        return _standard_input(options, read)
    name = document_name(PurePath(path).name)
    try:
        content = content_of(path, options)
        sha, stamp = content.sha256, content.stamp
        if sha in known:
            return Outcome(path, name, sha, stamp)
        remembered = memory.reading(sha, path, name)
        if remembered:
            return Outcome(path, name, sha, stamp, remembered)
        reading = reading_of(content.data, path, options, read)
    except InputError as error:
        return Outcome(path, name, error=error)
    if memory.cache:
        memory.cache.put(memory.cache.key(sha, path), packed(reading))
    return Outcome(path, name, sha, stamp, reading, read=True)


def _standard_input(options: Options, read: Read | None) -> Outcome:
    try:
        source = options.source(STDIN, read_stdin(max_chars=options.max_chars, home=options.home))
        reading = read(source) if read else within_memory(source, options)
        return Outcome(STDIN, source.name, source.sha256, reading=reading, read=True)
    except InputError as error:
        return Outcome(STDIN, STDIN, error=error)


def within_memory(
    source: Source, options: Options, model: ModelServer | None = None, progress: Callable[[str], None] | None = None
) -> Reading:
    """`read_document`, where a text too large for the machine's memory is an InputError as another limit is."""
    try:
        return read_document(source, lexicon=options.own(), tagger=options.tagger, model=model, progress=progress)
    except MemoryError:
        size = f"{len(source.text):,}"
    raise InputError(f"{size} characters need more memory than there is", source.name, "cut the file, or lower --max-chars")
