"""Processes that read documents, several at once: each has a thread here that gives it batches and takes what it answers.

They are started as any process of this package is (kg.graph.ask_apart.START): nothing of this process is copied into them, so that a
program with threads can build too, on every system. Each loads the tables anew, which takes about a second and 90 MB.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg import errors
from kg.batch.index import Stamp
from kg.batch.options import Options
from kg.errors import InputError, YishiError
from kg.graph.ask_apart import START, frame
from kg.graph.worker import LENGTH

_DIED = ("the process that read it was ended: it may need more memory than there is", "build with --jobs 1, or cut the file")

_NO_START = ("a process to read documents in does not start", "", "build with --jobs 1")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process says of one file: `data` is its reading, packed; None where the cache has it. Or the error that there was."""

    path: str
    sha256: str = ""
    stamp: Stamp | None = None
    data: bytes | None = None
    error: InputError | None = None


class Pool:
    """So many processes; `end` it, whatever happens."""

    def __init__(self, jobs: int, options: Options, cache: Path | None) -> None:
        setup = json.dumps({"cache": str(cache.absolute()) if cache else "", "options": options.as_json()})
        self._setup = setup.encode()  # which may be too long for a command line: it is told first
        self._command = [sys.executable, "-c", START, json.dumps(sys.path), "kg.batch.worker", "", "0"]
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="yishi-read")
        self._mine = threading.local()
        self._change = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._ended = False

    def read(self, paths: Sequence[str]) -> Future[list[Answer]]:
        """Have these files read, one after the other. The result has an answer for each, in their order.

        A file whose process ends has an InputError for an answer, and the others are read by a new one. What is not about one file
        (an option that makes no sense, a cache that cannot be written) is raised by the result.
        """
        return self._threads.submit(self._batch, tuple(paths))

    def end(self) -> None:
        """End all processes, whatever they do."""
        with self._change:
            self._ended = True
            for process in self._running:
                _kill(process)
        self._threads.shutdown(cancel_futures=True)
        for process in self._running:
            _close(process)

    def _batch(self, paths: tuple[str, ...]) -> list[Answer]:
        found: list[Answer] = []
        while left := paths[len(found) :]:
            process = self._process()
            assert process.stdin is not None and process.stdout is not None
            data = json.dumps(left).encode()
            with suppress(OSError):  # it has ended: there are no answers
                process.stdin.write(LENGTH.pack(len(data)) + data)
                process.stdin.flush()
            found += self._answers(process.stdout, left)
            if len(found) < len(paths):
                self._gone(process)
                found.append(Answer(paths[len(found)], error=InputError(_DIED[0], paths[len(found)], _DIED[1])))
        return found

    def _answers(self, source: IO[bytes], paths: tuple[str, ...]) -> list[Answer]:
        """The answers that come before the process ends."""
        found = []
        for path in paths:
            kind, data = frame(source)
            if not kind:
                break
            found.append(_answer(path, kind, data))
        return found

    def _process(self) -> subprocess.Popen[bytes]:
        """This thread's process, begun. Raises YishiError where it does not start."""
        process: subprocess.Popen[bytes] | None = getattr(self._mine, "process", None)
        if process is None:
            with self._change:
                if self._ended:
                    raise YishiError("the build has been stopped")
                process = self._start()
                self._running.add(process)
            self._mine.process = process
            assert process.stdin is not None and process.stdout is not None
            with suppress(OSError):  # it has ended: it does not answer
                process.stdin.write(LENGTH.pack(len(self._setup)) + self._setup)
                process.stdin.flush()
            if frame(process.stdout)[0] != b"s":
                raise YishiError(*_NO_START)
        return process

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if os.environ.get("KG_DEBUG") else subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the one who waits for them
            )
        except OSError as error:
            raise YishiError(*_NO_START) from error

    def _gone(self, process: subprocess.Popen[bytes]) -> None:
        self._mine.process = None
        with self._change:
            self._running.discard(process)
        _kill(process)
        _close(process)


def _answer(path: str, kind: bytes, data: bytes) -> Answer:
    if kind == b"e":
        name, what, where, mend = json.loads(data)
        if name == "InputError":
            return Answer(path, error=InputError(what, where, mend))
        if not name:
            error = RuntimeError(f"{what} ({where})")
            error.add_note(mend)
            raise error
        raise getattr(errors, name, YishiError)(what, where, mend)
    head, _, packed = data.partition(b"\n")
    sha, stamp = json.loads(head)
    return Answer(path, sha, tuple(stamp) if stamp else None, packed if kind == b"r" else None)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and those that it has started, which are of its group."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError, PermissionError):  # no groups on this system, or it has ended
        process.kill()


def _close(process: subprocess.Popen[bytes]) -> None:
    """Let go of a process that was ended."""
    with suppress(OSError):  # what was still to be sent has nowhere to go
        process.communicate()
