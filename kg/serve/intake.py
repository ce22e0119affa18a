"""What a request sends after its head: only so much, only so slowly, and all of them together only so much in memory."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic

from starlette.types import Message, Receive

from kg.serve.refusal import Refused
from kg.serve.settings import Settings

CLOSING = {"Connection": "close"}
LINGER, MOST_DISCARDED = 2.0, 64 << 20  # seconds and bytes that a refused request is still read: else its sender sees no answer


class Held:
    """The bytes of bodies that are in memory now, of all requests."""

    def __init__(self) -> None:
        self.bytes = 0


class Intake:
    """Calling it is `receive`, which raises Refused where the body is too large (`most` bytes), too slow, or one too many.

    `held` counts what stays in memory until `done`; None where the body goes to a file as it comes.
    """

    def __init__(self, receive: Receive, settings: Settings, most: int, held: Held | None) -> None:
        self._receive, self._settings, self._most, self._held = receive, settings, most, held
        self._taken = self._kept = 0
        self._whole, self._began = False, monotonic()

    async def __call__(self) -> Message:
        """The next piece; when all of it is there, what waits until the other side goes away."""
        if self._whole:
            return await self._receive()
        settings = self._settings
        left = self._began + settings.patience + self._taken / settings.slowest - monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), min(settings.patience, max(0.0, left)))
        except TimeoutError:
            raise Refused(408, "the request did not come to its end in time", CLOSING) from None
        piece = len(message.get("body", b""))
        self._taken += piece
        self._whole = not message.get("more_body", False)
        if self._held:
            self._held.bytes += piece
            self._kept += piece
            if self._held.bytes > settings.held:
                raise Refused(503, "too many long queries are on their way in", {"Retry-After": "2"})
        if self._taken > self._most:
            raise Refused(413, too_large(self._most))
        return message

    async def discard(self) -> None:
        """Read the rest and throw it away, if it comes soon."""
        end = monotonic() + LINGER
        with suppress(TimeoutError):
            while not self._whole and self._taken < MOST_DISCARDED:
                message = await asyncio.wait_for(self._receive(), max(0.0, end - monotonic()))
                self._taken += len(message.get("body", b""))
                self._whole = not message.get("more_body", False)

    def done(self) -> None:
        """The request has ended: nothing of it is in memory any more."""
        if self._held:
            self._held.bytes -= self._kept


def too_large(most: int) -> str:
    """What is said of a body that is larger than `most` bytes."""
    return f"larger than {most / (1 << 20):g} MB, the most that is taken here"
