"""One connection: uvicorn's HTTP/1.1, with an end to every wait, room for who comes next, and refusals that say why."""

from __future__ import annotations

import asyncio
import sys
from typing import cast

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from kg.serve.guard import HEADERS, head_too_long, url_too_long
from kg.serve.intake import LINGER, MOST_DISCARDED
from kg.serve.settings import Settings


class Connection(H11Protocol):
    """What uvicorn lets wait for ever ends here.

    A request's head must be whole within `patience` seconds of its first byte, the first one of the connection's beginning; a piece of
    an answer must be taken within `patience`. Where there are more than `connections` of them, one that has nothing to be answered yet
    makes room: of those without a request the one that has waited the longest, else the one that has been sending its body the longest.
    `protocol` makes the class for a server's settings.
    """

    settings: Settings
    _head: asyncio.TimerHandle | None = None  # ends the wait for a head
    _taking: asyncio.TimerHandle | None = None  # ends the wait for the other side to take what was written
    _refused = False  # what still comes is thrown away
    _discarded = 0
    _since = 0.0

    @property
    def idle(self) -> bool:
        """Whether no request is under way."""
        return self.cycle is None or self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request; where there are too many, end the wait of another."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._await_head()
        if len(self.connections) > self.settings.connections:
            others = [
                one for one in cast("set[Connection]", self.connections) if one is not self and not one.transport.is_closing()
            ]
            waited_for = [one for one in others if one.idle or one.cycle.more_body]
            if waited_for:
                min(waited_for, key=lambda one: (not one.idle, one._since)).transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take what comes; a whole head has come when there is a request."""
        if self._refused:
            self._discarded += len(data)
            if self._discarded > MOST_DISCARDED:
                self.transport.close()
            return
        super().data_received(data)
        if not self.idle:
            self._head = _cancelled(self._head)
        elif self._head is None:
            self._await_head()

    def on_response_complete(self) -> None:
        """The other side may begin its next request."""
        self._since = self.loop.time()
        super().on_response_complete()
        if self.transport.is_closing():
            self._await_taking()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing more was asked."""
        super().timeout_keep_alive_handler()
        self._await_taking()

    def pause_writing(self) -> None:
        """The other side does not take what we write as fast as we do."""
        super().pause_writing()
        self._await_taking()

    def resume_writing(self) -> None:
        """It has taken it."""
        super().resume_writing()
        self._taking = _cancelled(self._taking)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._head, self._taking = _cancelled(self._head), _cancelled(self._taking)
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP, or has a head that is too long: said, and what still comes is read for a while, so that the answer arrives."""
        self._head = _cancelled(self._head)
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):  # an answer is under way: it cannot be taken back
            self.transport.close()
            return
        if self.cycle is not None:  # a body that breaks its form: who waits for the rest waits no more
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        status, line = self._reason(sys.exception())
        text = f"{line}\n".encode()
        length = ("Content-Length", str(len(text)))
        headers = [("Content-Type", "text/plain; charset=utf-8"), length, ("Connection", "close"), *HEADERS.items()]
        self.transport.write(
            b"".join(
                self.conn.send(event) or b""
                for event in (
                    h11.Response(status_code=status, headers=headers, reason=STATUS_PHRASES[status]),
                    h11.Data(data=text),
                    h11.EndOfMessage(),
                )
            )
        )
        self._refused = True
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._head = self.loop.call_later(LINGER, self.transport.abort)

    def _reason(self, error: BaseException | None) -> tuple[int, str]:
        """The status and the line for what h11 says of a request."""
        if isinstance(error, h11.RemoteProtocolError) and error.error_status_hint == 431:
            line_ended = b"\n" in self.conn.trailing_data[0]
            return (431, head_too_long(self.settings)) if line_ended else (414, url_too_long(self.settings))
        return 400, f"this is not a request of HTTP/1.1: {error}".encode("ascii", "backslashreplace").decode()

    def _await_head(self) -> None:
        self._head = self.loop.call_later(self.settings.patience, self.transport.abort)

    def _await_taking(self) -> None:
        if self._taking is None:
            self._taking = self.loop.call_later(self.settings.patience, self.transport.abort)


def protocol(settings: Settings) -> type[Connection]:
    """The class of a server's connections."""
    return type("Connection", (Connection,), {"settings": settings})


def _cancelled(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """No timer, where there was one or none."""
    if timer is not None:
        timer.cancel()
    return None
