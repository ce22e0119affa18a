"""Asking where a query can be ended: the engine cannot stop one that has begun, so it runs in a process that can be killed.

    with Workers("output") as workers:
        answer = workers.ask(Question("SELECT …", limit=1000), timeout=10)
        for piece in answer: ...           # bytes of answer.format as they come
    rows = ask("output", Question("SELECT …"), timeout=10)

A worker opens the store of a published folder (read-only, beside any writer) or an RDF file, keeps it open from question to
question, and is started anew where it was ended or the folder was published again. Its memory is limited, and so is what waits
in the pipe: who reads slowly slows the query down.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Generator
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import IO

from kg import errors
from kg.errors import OutOfTime, QueryError, YishiError
from kg.graph.query import Row
from kg.graph.question import Answer, Question
from kg.graph.store import place
from kg.graph.worker import HEAD, LENGTH, TOO_DEEP, too_deep

__all__ = ["MEMORY", "START", "Answer", "Question", "Worker", "Workers", "ask", "environment"]
MEMORY = 4 << 30  # bytes of address space
# starts MODULE.main(FOLDER, MEMORY) with the same path: `python -c START PATH MODULE FOLDER MEMORY`
START = "import importlib, json, sys; sys.path[:] = json.loads(sys.argv[1]); importlib.import_module(sys.argv[2]).main(sys.argv[3], int(sys.argv[4]))"


def environment() -> dict[str, str]:
    """The variables of a process whose address space is limited: those of this one, and one heap for all its threads.

    glibc otherwise sets aside 64 MB of address space for each thread that asks for memory, and the engine has as many threads as
    the machine has cores: 674 MB before the first question on two cores, 215 MB with one heap.
    """
    return {**os.environ, "MALLOC_ARENA_MAX": "1"}


class Worker:
    """One process that answers one question at a time."""

    def __init__(self, graph: str | PathLike[str], *, memory: int = MEMORY) -> None:
        self._graph, self._memory = Path(graph), memory
        self._process: subprocess.Popen[bytes] | None = None
        self._at: Path | None = None

    def ask(self, question: Question, *, timeout: float | None = None) -> Answer:
        """Begin to answer; `timeout` seconds from now the process is ended, also in the middle of the answer.

        Raises QueryError (at once) where the query does not parse or is nested too deeply for the engine, OutOfTime and YishiError (also while the answer is read) where
        it takes longer or more memory than it may. An answer that is not read to its end costs the process.
        """
        process = self._running()
        clock = _Clock(process, timeout)
        frames = self._frames(process, clock)
        try:
            data = json.dumps(question.as_json()).encode()
            assert process.stdin is not None
            process.stdin.write(LENGTH.pack(len(data)) + data)
            process.stdin.flush()
            kind, head = next(frames)
        except OSError:
            kind, head = next(frames)  # it has ended: the frames say why
        except BaseException:
            clock.stop()
            frames.close()
            raise
        assert kind == b"h", kind
        answer = Answer(json.loads(head))
        answer.pieces = _pieces(frames, answer)
        return answer

    def end(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process:
            process.kill()
            with contextlib.suppress(OSError):  # what was still to be sent has nowhere to go
                process.communicate()

    def _running(self) -> subprocess.Popen[bytes]:
        at = self._graph if self._graph.is_file() else place(self._graph)
        if self._process and (at != self._at or self._process.poll() is not None):
            self.end()
        if not self._process:
            self._at = at
            self._process = subprocess.Popen(
                [sys.executable, "-c", START, json.dumps(sys.path), "kg.graph.worker", str(self._graph), str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
        return self._process

    def _frames(self, process: subprocess.Popen[bytes], clock: _Clock) -> Generator[tuple[bytes, bytes], None, None]:
        """What the process says, to the end of the answer. Whoever stops before that, ends it."""
        whole = False
        try:
            assert process.stdout is not None
            while True:
                kind, data = frame(process.stdout)
                if kind == b"e":
                    whole = True
                    raise _error(json.loads(data))
                if not kind:
                    raise clock.reason()
                if kind == b"b":
                    continue
                yield kind, data
                if kind == b"z":
                    whole = True
                    return
        finally:
            clock.stop()
            if not whole or clock.rang:
                self.end()


class Workers:
    """Several workers over one graph, for several who ask at once (threads)."""

    def __init__(self, graph: str | PathLike[str], size: int = 2, *, memory: int = MEMORY) -> None:
        self._free = [Worker(graph, memory=memory) for _ in range(size)]
        self._all = tuple(self._free)
        self._change = threading.Condition()

    def ask(self, question: Question, *, timeout: float | None = None, patience: float | None = None) -> Answer:
        """As Worker.ask, by the first worker that is free. Raises OutOfTime where none is within `patience` seconds.

        The worker is free again when the answer has been read, or its iterator closed.
        """
        with self._change:
            if not self._change.wait_for(lambda: bool(self._free), patience):
                raise OutOfTime("all workers are busy", "query", "ask again later")
            worker = self._free.pop()
        try:
            answer = worker.ask(question, timeout=timeout)
        except BaseException:
            self._give_back(worker)
            raise
        answer.pieces = self._until_read(worker, answer.pieces)
        next(answer.pieces)  # begun, so that closing it gives the worker back
        return answer

    def end(self) -> None:
        """End all processes."""
        for worker in self._all:
            worker.end()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    def _until_read(self, worker: Worker, pieces: Generator[bytes, None, None]) -> Generator[bytes, None, None]:
        try:
            yield b""
            yield from pieces
        finally:
            pieces.close()
            self._give_back(worker)

    def _give_back(self, worker: Worker) -> None:
        with self._change:
            self._free.append(worker)
            self._change.notify()


def ask(graph: str | PathLike[str], question: Question, *, timeout: float | None = None) -> list[Row]:
    """The rows of one answer, by a process of its own. Raises as Worker.ask does."""
    worker = Worker(graph)
    try:
        return worker.ask(question, timeout=timeout).read()
    finally:
        worker.end()


class _Clock:
    """Ends a process when its time is over."""

    def __init__(self, process: subprocess.Popen[bytes], timeout: float | None) -> None:
        self.rang = False
        self._process, self._timeout = process, timeout
        self._timer = threading.Timer(timeout, self._ring) if timeout is not None else None
        if self._timer:
            self._timer.daemon = True
            self._timer.start()

    def stop(self) -> None:
        if self._timer:
            self._timer.cancel()

    def reason(self) -> YishiError:
        """Why the process has ended."""
        if self.rang:
            return OutOfTime(f"took longer than {self._timeout:g} s", "query", "ask for less, or allow more time with --timeout")
        if too_deep(self._process.wait()):
            what, mend = TOO_DEEP
            return QueryError(what, "query", mend)
        return YishiError("needs more memory than a query may take", "query", "ask for less")

    def _ring(self) -> None:
        self.rang = True
        self._process.kill()


def _pieces(frames: Generator[tuple[bytes, bytes], None, None], answer: Answer) -> Generator[bytes, None, None]:
    try:
        for kind, data in frames:
            if kind == b"d":
                yield data
            else:
                end = json.loads(data)
                answer.rows, answer.cut = end["rows"], end["cut"]
    finally:
        frames.close()


def frame(source: IO[bytes]) -> tuple[bytes, bytes]:
    """The next frame; two empty ones where there is none any more."""
    head = source.read(HEAD.size)
    if len(head) < HEAD.size:
        return b"", b""
    kind, length = HEAD.unpack(head)
    data = source.read(length)
    return (kind, data) if len(data) == length else (b"", b"")


def _error(parts: dict[str, str]) -> YishiError:
    if parts["kind"] == "OutOfMemory":
        return YishiError("needs more memory than a query may take", "query", "ask for less")
    kind = getattr(errors, parts["kind"], YishiError)
    error: YishiError = kind(parts["what"], parts["where"], parts["mend"])
    return error
