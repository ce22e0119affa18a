"""Workers that can be killed, asked without waiting: a few processes, each with the store open, that do one task at a time.

The processes are those of `kg.graph.worker` (for queries) and `kg.serve.writer` (for changes); both speak the frames that the former
describes. One that does not answer in time, or whose asker has gone, is killed and another takes its place. So no query runs on for
ever, and none takes more memory than one worker may. Nor do long ones keep short ones waiting: what has run for `quick` seconds goes on
beside them, on one of as many places for long ones; where those are taken too and others wait, it is ended and told to come again.
Time counts from when the worker has begun: on a machine where everything waits, starting one takes longer than most questions do.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any

from kg.graph.ask_apart import START, environment
from kg.graph.worker import HEAD, LENGTH, TOO_DEEP, too_deep
from kg.serve.refusal import Refused
from kg.serve.turns import GONE, Gone, acquired

IN_MEMORY = 1 << 20  # of an answer; what is longer goes to a temporary file
LOOK = 0.2  # seconds until it is looked again whether others wait for the place of a long task
STARTING = 30.0  # seconds in which a worker has to begin: it loads the engine and opens the store
LEAST = 0.01  # seconds: a clock that rings a little early has rung
_TOO_MUCH = "this needs more memory than one query may take: ask for less"


class Busy(Refused):
    """A task that was not looked at, or not to its end, as others wait: it may not even be understood."""


@dataclass(slots=True)
class Answer:
    """What a worker said: what was known before the answer, and the answer as a file, read from its start; its size in bytes."""

    head: dict[str, Any]
    content: SpooledTemporaryFile[bytes]
    size: int


class Pool:
    """Workers of a module for one folder: `size` at a time, `waiting` tasks more; `memory` and `largest` (of an answer) in bytes.

    With `quick` seconds there are up to `size` more, for what takes longer than that; None: nothing is ended because others wait.
    """

    def __init__(
        self, module: str, folder: str, *, size: int, waiting: int, memory: int, largest: int, quick: float | None = None
    ) -> None:
        self._command = [sys.executable, "-c", START, json.dumps(sys.path), module, folder, str(memory)]
        self._size, self._quick = size, quick
        self._free = asyncio.Semaphore(size)
        self._waiting = self._long = 0  # tasks that wait for a place; that have gone on beside the quick ones
        self._room = size + waiting
        self._largest = largest
        self._idle: list[asyncio.subprocess.Process] = []
        self._all: set[asyncio.subprocess.Process] = set()
        self._closed = False

    async def do(self, task: dict[str, Any], timeout: float, gone: Gone | None = None) -> Answer:
        """Have a task done, unless who asked goes away.

        Raises Refused: 503 (Busy) where too many wait, or where it takes long while others wait; 504 where it takes longer than `timeout`
        seconds from when the worker has begun; 507 where it or its answer needs more memory than there is; 400 and what the worker says where the task itself is at
        fault, or is nested too deeply for the engine; 499 where the asker has gone.
        """
        if self._room <= 0:
            raise Busy(503, "too many queries are waiting", {"Retry-After": "2"})
        self._room -= 1
        self._waiting += 1
        try:
            try:
                await acquired(self._free, gone)
            finally:
                self._waiting -= 1
            place = _Place(self)
            try:
                return await self._done(task, timeout, gone, place)
            finally:
                place.leave()
        finally:
            self._room += 1

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for process in list(self._all):
            await self._kill(process)

    async def retire(self) -> None:
        """End all workers when those that are at work have answered."""
        try:
            while len(self._all) > len(self._idle):
                await asyncio.sleep(0.1)
        finally:
            await self.close()

    async def _done(self, task: dict[str, Any], timeout: float, gone: Gone | None, place: _Place) -> Answer:
        worker = self._idle.pop() if self._idle else await self._start()
        if worker.returncode is not None:  # it has died since
            self._all.discard(worker)
            worker = await self._start()
        begun = asyncio.Event()
        asking = asyncio.ensure_future(self._ask(worker, task, begun))
        watching = asyncio.ensure_future(gone()) if gone else None
        usable = False
        try:
            waited: set[asyncio.Future[Any]] = {asking, watching} if watching else {asking}
            done = await self._start_of(waited, begun) or await self._first(waited, timeout, place, worker)
            if asking in done:
                # A worker that has said what is wrong with its task can be given the next one.
                usable = worker.returncode is None and not place.long and isinstance(asking.exception(), Refused | None)
                return asking.result()
            if done:
                raise Refused(GONE, "who asked has gone")
            raise Refused(504, f"stopped after {timeout:g} seconds: ask for less, or start kg serve with a longer --timeout")
        finally:
            for one in (asking, watching):
                if one and not one.done():
                    one.cancel()
                    with suppress(asyncio.CancelledError, Exception):
                        await one
            if usable and not self._closed:
                self._idle.append(worker)
            else:
                await self._kill(worker)

    async def _start_of(self, waited: set[asyncio.Future[Any]], begun: asyncio.Event) -> set[asyncio.Future[Any]]:
        """Wait until the worker has begun: nothing then; otherwise what is done before. Raises Refused where it does not begin."""
        starting = asyncio.ensure_future(begun.wait())
        try:
            done, _ = await asyncio.wait({starting, *waited}, timeout=STARTING, return_when=asyncio.FIRST_COMPLETED)
        finally:
            starting.cancel()
        if not done:
            raise Busy(503, f"no process could begin with it within {STARTING:g} seconds: come again", {"Retry-After": "5"})
        return set() if begun.is_set() else done

    async def _first(
        self, waited: set[asyncio.Future[Any]], timeout: float, place: _Place, worker: asyncio.subprocess.Process
    ) -> set[asyncio.Future[Any]]:
        """What is done first, within `timeout`; meanwhile a task that takes long makes place for others, or is ended (Refused)."""
        clock = asyncio.get_running_loop().time
        end = clock() + timeout
        step = timeout if self._quick is None else min(self._quick, timeout)
        while True:
            done, _ = await asyncio.wait(waited, timeout=step, return_when=asyncio.FIRST_COMPLETED)
            left = end - clock()
            if done or left <= LEAST:
                return done
            if place.long or place.move():
                _be_nice(worker)
                step = left
            elif self._waiting:
                line = f"stopped after {self._quick:g} seconds, as others wait and other long queries run: come again, or ask for less"
                raise Busy(503, line, {"Retry-After": "5"})
            else:
                step = min(LOOK, left)

    async def _ask(self, worker: asyncio.subprocess.Process, task: dict[str, Any], begun: asyncio.Event) -> Answer:
        """Send a task, tell when the worker has begun with it, and read all of the answer."""
        assert worker.stdin is not None and worker.stdout is not None
        content: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (who sends it closes it)
        head: dict[str, Any] = {}
        size = 0
        try:
            data = json.dumps(task, ensure_ascii=False).encode("utf-8", "surrogatepass")
            worker.stdin.writelines((LENGTH.pack(len(data)), data))
            del data
            with suppress(ConnectionError):  # it has ended: what it says last tells why
                await worker.stdin.drain()
            while True:
                kind, length = HEAD.unpack(await worker.stdout.readexactly(HEAD.size))
                data = await worker.stdout.readexactly(length)
                if kind == b"d":
                    size += length
                    if size > self._largest:
                        await self._kill(worker)
                        raise Refused(
                            507, f"the answer is larger than {self._largest >> 20} MB: ask for less, or page with LIMIT"
                        )
                    content.write(data)
                elif kind == b"b":
                    begun.set()
                elif kind == b"h":
                    head = json.loads(data)
                elif kind == b"e":
                    raise _refused(json.loads(data))
                else:
                    content.seek(0)
                    return Answer(head, content, size)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            with suppress(TimeoutError):
                await asyncio.wait_for(worker.wait(), 2)  # its own code says more than ours would
            await self._kill(worker)
            if self._closed:
                raise Refused(503, "the server is stopping") from error
            if too_deep(worker.returncode):
                raise Refused(400, "{} ({})".format(*TOO_DEEP)) from error
            if (worker.returncode or 0) < 0:  # the system or the engine ended it: that is what running out of memory looks like
                raise Refused(507, _TOO_MUCH) from error
            raise Refused(500, f"the process that asks the store ended with code {worker.returncode}") from error

    async def _start(self) -> asyncio.subprocess.Process:
        if self._closed:
            raise Refused(503, "the server is stopping")
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=1 << 18, env=environment()
        )
        self._all.add(process)
        return process

    async def _kill(self, process: asyncio.subprocess.Process) -> None:
        self._all.discard(process)
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        await process.wait()


class _Place:
    """Where a task runs: on one of the places that all begin on, then, where it takes long and there is one, on one for long ones."""

    def __init__(self, pool: Pool) -> None:
        self._pool, self.long = pool, False

    def move(self) -> bool:
        """Go on beside the quick ones; False where there is no place."""
        if self._pool._long < self._pool._size:
            self._pool._long += 1
            self._pool._free.release()
            self.long = True
        return self.long

    def leave(self) -> None:
        """Give the place to the next one."""
        if self.long:
            self._pool._long -= 1
        else:
            self._pool._free.release()


def _be_nice(process: asyncio.subprocess.Process) -> None:
    """Let a process have what the others leave of the processor; it stays so."""
    with suppress(AttributeError, OSError):  # not on this system; it has ended
        os.setpriority(os.PRIO_PROCESS, process.pid, 10)


def _refused(parts: dict[str, Any]) -> Refused:
    """What a worker says is wrong, as the server says it."""
    if parts["kind"] == "OutOfMemory":
        return Refused(507, _TOO_MUCH)
    line = f"{parts['where']}: {parts['what']}" if parts["where"] else parts["what"]
    return Refused(int(parts.get("status", 400)), f"{line} ({parts['mend']})" if parts["mend"] else line)
