"""The documents of a build, one outcome each, in the order they were named in, whoever read them and whenever it was done.

What is remembered is taken from the cache here; the rest goes to processes in batches, once there is so much of it that they are worth
starting. So much and no more is under way at once: it does not matter for the memory how many documents there are.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Container, Generator, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePath

from kg.batch.cache import unpacked
from kg.batch.index import Stamp
from kg.batch.memory import Memory
from kg.batch.one import Outcome, Read, outcome_of
from kg.batch.options import Options
from kg.batch.pool import Answer, Pool
from kg.read import STDIN, document_name

ENOUGH = 300_000
"""Bytes that must be there to read before processes are started: less is read in the time that starting them takes."""
BATCH, BATCH_FILES = 48_000, 32
"""Bytes and files after which a batch is full."""
UNDER_WAY = 16 << 20
"""Bytes that are read ahead of what is taken; but there are always batches for all processes, whatever their size."""
LEAST = 1_000
"""Bytes that a file counts for at least: it takes room here even where there is nothing to read."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to come. `sha256`: of what it holds, where that is known; else it must be looked at. `size` in bytes, 0 where nothing is to read."""

    path: str
    name: str
    sha256: str | None
    size: int
    stamp: Stamp | None = None


Slot = tuple[list[File], Future[list[Answer]] | None, int]
"""Files whose turn comes together, the answers of the process that reads them (None: it is done here), their bytes."""


class Stream:
    """The way of the files of one build. `jobs`: the most processes; `known`: SHA-256 of what has been taken in so far, which whoever takes
    the outcomes fills; `turn` is told the name of each file as its turn comes; `read` makes the readings, in this process, where it is given.
    """

    def __init__(
        self,
        options: Options,
        memory: Memory,
        *,
        jobs: int = 1,
        known: Container[str] = (),
        turn: Callable[[str], None] | None = None,
        read: Read | None = None,
    ) -> None:
        self._options, self._memory = options, memory
        self._jobs, self._known, self._turn, self._read = jobs, known, turn, read

    def outcomes(self, paths: Iterable[str]) -> Generator[Outcome, None, None]:
        """What comes of each file, in order.

        Raises UsageError where an option makes no sense, YishiError where the cache cannot be written or no process starts.
        """
        files: Iterator[File] = map(self._file, paths)
        if self._jobs > 1:
            first, worth = _first(files)
            files = chain(first, files)
            if worth:
                yield from self._apart(files)
                return
        for file in files:
            self._tell(file)
            yield self._here(file)

    def _file(self, path: str) -> File:
        name = document_name(PurePath(path).name)
        sha = self._memory.unchanged(path) if path != STDIN else None
        try:
            size = os.stat(path).st_size if sha is None else 0
        except (OSError, ValueError):  # whoever reads it says why
            size = 0
        return File(path, name, sha, size)

    def _here(self, file: File) -> Outcome:
        """The outcome of a file, in this process."""
        if file.sha256 is not None:
            if file.sha256 in self._known:
                return self._noted(Outcome(file.path, file.name, file.sha256, file.stamp))
            reading = self._memory.reading(file.sha256, file.path, file.name)
            if reading is not None:
                return self._noted(Outcome(file.path, file.name, file.sha256, file.stamp, reading))
        return self._noted(outcome_of(file.path, self._options, self._memory, self._known, self._read))

    def _apart(self, files: Iterable[File]) -> Iterator[Outcome]:
        """The outcomes of files, by processes."""
        cache = self._memory.cache
        pool = Pool(self._jobs, self._options, cache.folder if cache else None)
        try:
            waiting: deque[Slot] = deque()
            under_way = 0
            for slot in _slots(files, pool):
                waiting.append(slot)
                under_way += slot[2]
                while waiting and (_ready(waiting[0]) or (under_way > UNDER_WAY and len(waiting) > self._jobs + 1)):
                    under_way -= waiting[0][2]
                    yield from self._taken(waiting.popleft())
            while waiting:
                yield from self._taken(waiting.popleft())
        finally:
            pool.end()

    def _taken(self, slot: Slot) -> Iterator[Outcome]:
        """The outcomes of files whose turn it is."""
        files, answers, _ = slot
        self._tell(files[0])
        told = answers.result() if answers else [None] * len(files)
        for number, (file, answer) in enumerate(zip(files, told, strict=True)):
            if number:
                self._tell(file)
            yield self._here(file) if answer is None else self._answered(file, answer)

    def _answered(self, file: File, answer: Answer) -> Outcome:
        """The outcome of a file that a process has looked at."""
        if answer.error:
            return Outcome(file.path, file.name, error=answer.error)
        if answer.data is None:
            return self._here(replace(file, sha256=answer.sha256, stamp=answer.stamp))
        new = answer.sha256 not in self._known
        reading = unpacked(answer.data) if new else None
        return self._noted(Outcome(file.path, file.name, answer.sha256, answer.stamp, reading, read=new))

    def _noted(self, outcome: Outcome) -> Outcome:
        """The outcome, remembered."""
        if outcome.error is None and outcome.path != STDIN:
            self._memory.note(outcome.path, outcome.sha256, outcome.stamp)
        return outcome

    def _tell(self, file: File) -> None:
        if self._turn:
            self._turn(file.name)


def _first(files: Iterator[File]) -> tuple[list[File], bool]:
    """The files up to where processes are worth starting, and whether they are."""
    first: list[File] = []
    size = number = 0
    for file in files:
        first.append(file)
        size += file.size
        number += file.sha256 is None and file.path != STDIN
        if size >= ENOUGH and number > 1:
            return first, True
    return first, False


def _slots(files: Iterable[File], pool: Pool) -> Iterator[Slot]:
    """The files in batches; each is being read when it comes out."""
    batch: list[File] = []
    size = 0
    for file in files:
        apart = file.sha256 is None and file.path != STDIN
        if batch and (not apart or size + file.size > BATCH or len(batch) >= BATCH_FILES):
            yield batch, pool.read([one.path for one in batch]), size
            batch, size = [], 0
        if apart:
            batch.append(file)
            size += max(file.size, LEAST)
        else:
            yield [file], None, LEAST
    if batch:
        yield batch, pool.read([one.path for one in batch]), size


def _ready(slot: Slot) -> bool:
    return slot[1] is None or slot[1].done()
