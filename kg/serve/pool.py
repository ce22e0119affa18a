"""Workers that can be killed: a few processes, each with the store open, that do one task at a time.

A worker that does not answer in time, or whose asker has gone, is killed and another takes its place. So no query runs on for ever,
and none takes more memory than one worker may.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

from kg.serve import frames
from kg.serve.refusal import Refused

IN_MEMORY = 1 << 20  # of an answer; what is longer goes to a temporary file
Gone = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Answer:
    """What a worker said: what was known before the answer, and the answer as a file, read from its start; its size in bytes."""

    begin: dict[str, Any]
    content: SpooledTemporaryFile[bytes]
    size: int


class Pool:
    """Workers for one store. `mode` is read or write; `size` workers at most, `waiting` tasks more; see kg.serve.worker."""

    def __init__(self, mode: str, store: Path, *, size: int, waiting: int, memory: int, largest: int) -> None:
        self._command = [sys.executable, "-P", "-m", "kg.serve.worker", mode, str(store), str(memory)]
        self._free = asyncio.Semaphore(size)
        self._room = size + waiting
        self._largest = largest
        self._idle: list[asyncio.subprocess.Process] = []
        self._all: set[asyncio.subprocess.Process] = set()
        self._closed = False

    async def do(self, task: dict[str, Any], timeout: float, gone: Gone | None = None) -> Answer:
        """Have a task done. `gone` returns when nobody waits for the answer any more.

        Raises Refused: 503 where too many wait, 504 where it takes longer than `timeout` seconds, 507 where it or its answer needs
        more memory than there is, what the worker says where the task itself is at fault; ConnectionError where the asker has gone.
        """
        if self._room <= 0:
            raise Refused(503, "too many queries are waiting", {"Retry-After": "2"})
        self._room -= 1
        try:
            async with self._free:
                return await self._done(task, timeout, gone)
        finally:
            self._room += 1

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for process in list(self._all):
            await self._kill(process)

    async def _done(self, task: dict[str, Any], timeout: float, gone: Gone | None) -> Answer:
        worker = self._idle.pop() if self._idle else await self._start()
        if worker.returncode is not None:  # it has died since
            self._all.discard(worker)
            worker = await self._start()
        asking = asyncio.ensure_future(self._ask(worker, {**task, "timeout": timeout}))
        watching = asyncio.ensure_future(gone()) if gone else None
        whole = False
        try:
            done, _ = await asyncio.wait(
                {asking, watching} if watching else {asking}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED
            )
            if asking in done:
                answer = asking.result()
                whole = True
                return answer
            if done:
                raise ConnectionError("the asker has gone")
            raise Refused(504, f"stopped after {timeout:g} seconds: ask for less, or start kg serve with a longer --timeout")
        except Refused:
            whole = asking.done() and asking.exception() is not None and worker.returncode is None
            raise
        finally:
            for one in (asking, watching):
                if one and not one.done():
                    one.cancel()
                    with suppress(asyncio.CancelledError, Exception):
                        await one
            if whole and not self._closed:
                self._idle.append(worker)
            else:
                await self._kill(worker)

    async def _ask(self, worker: asyncio.subprocess.Process, task: dict[str, Any]) -> Answer:
        """Send a task and read all of the answer. A Refused from the worker leaves it usable, any other exception does not."""
        assert worker.stdin is not None and worker.stdout is not None
        content: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(IN_MEMORY)
        begin: dict[str, Any] = {}
        size = 0
        try:
            worker.stdin.write(frames.pack_json(frames.TASK, task))
            await worker.stdin.drain()
            while True:
                kind, length = frames.unpack_head(await worker.stdout.readexactly(frames.HEAD))
                data = await worker.stdout.readexactly(length)
                if kind == frames.DATA:
                    size += length
                    if size > self._largest:
                        await self._kill(worker)
                        raise Refused(507, f"the answer is larger than {self._largest >> 20} MB: ask for less, or page with LIMIT")
                    content.write(data)
                elif kind == frames.BEGIN:
                    begin = json.loads(data)
                elif kind == frames.FAIL:
                    failed = json.loads(data)
                    raise Refused(failed["status"], failed["line"])
                else:
                    content.seek(0)
                    return Answer(begin, content, size)
        except (asyncio.IncompleteReadError, ConnectionError, BrokenPipeError) as error:
            with suppress(TimeoutError):
                await asyncio.wait_for(worker.wait(), 2)  # its own code says more than ours would
            await self._kill(worker)
            if self._closed:
                raise Refused(503, "the server is stopping") from error
            if (worker.returncode or 0) < 0:  # the system or the engine ended it: that is what running out of memory looks like
                raise Refused(507, "this needs more memory than one query may take: ask for less") from error
            raise Refused(500, f"the process that asks the store ended with code {worker.returncode}") from error

    async def _start(self) -> asyncio.subprocess.Process:
        if self._closed:
            raise Refused(503, "the server is stopping")
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=4 * frames.PIECE
        )
        self._all.add(process)
        return process

    async def _kill(self, process: asyncio.subprocess.Process) -> None:
        self._all.discard(process)
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        await process.wait()
