"""Waiting for one's turn: only so many at once, only so many that wait, and who goes away gives up the place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from kg.serve.refusal import Refused

GONE = 499  # nobody sees it; other servers write it into their logs
Gone = Callable[[], Awaitable[None]]
"""Returns when nobody waits for the answer any more."""


class Turns:
    """`size` at once, `waiting` more; `what` they are, in the line that refuses the next one."""

    def __init__(self, what: str, *, size: int, waiting: int) -> None:
        self._what = what
        self._free = asyncio.Semaphore(size)
        self._room = size + waiting

    @asynccontextmanager
    async def turn(self, gone: Gone | None = None) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the block ends. Raises Refused: 503 where too many wait, 499 where the asker has gone."""
        if self._room <= 0:
            raise Refused(503, f"too many {self._what} are waiting", {"Retry-After": "2"})
        self._room -= 1
        try:
            await acquired(self._free, gone)
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._room += 1


async def acquired(free: asyncio.Semaphore, gone: Gone | None) -> None:
    """Take one of what is free, as soon as there is one. Raises Refused (499) where the asker goes away before."""
    if gone is None or not free.locked():
        await free.acquire()
        return
    taking, watching = asyncio.ensure_future(free.acquire()), asyncio.ensure_future(gone())
    try:
        await asyncio.wait({taking, watching}, return_when=asyncio.FIRST_COMPLETED)
        if not taking.done():
            raise Refused(GONE, "who asked has gone")
    except BaseException:
        if taking.done() and not taking.cancelled():
            free.release()
        taking.cancel()
        raise
    finally:
        watching.cancel()
