"""Running the server on this machine's own addresses, until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import uvicorn

from kg.errors import YishiError
from kg.serve.app import make_app
from kg.serve.connection import protocol
from kg.serve.refusal import Refused
from kg.serve.settings import Settings
from kg.serve.site import Site

STOPPING = 5  # seconds that answers under way have to end when the server stops
BACKLOG = 128  # connections that are let in at once


def serve(settings: Settings, started: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM. `started` is called with the address once the server answers.

    Raises YishiError where the port is taken, or a graph that is to be writable cannot be written to.
    """
    if settings.writable:
        asyncio.run(_prepare(settings))
    sockets = listen(settings.port)
    port = sockets[0].getsockname()[1]
    config = uvicorn.Config(
        make_app(settings, port),
        http=protocol(settings),
        ws="none",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=settings.connections + 1,
        backlog=BACKLOG,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=STOPPING,
    )

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                started(f"http://127.0.0.1:{port}/")

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            """Stop; at once where it is said twice. Being told to stop is no failure, so the signal is not raised again at the end."""
            self.force_exit = self.should_exit
            self.should_exit = True

    Server(config).run(sockets=sockets)


async def _prepare(settings: Settings) -> None:
    """A graph that can be written, if it is still an empty one. Raises YishiError where the folder cannot be written to."""
    site = Site(settings.folder, settings, writable=True)
    try:
        await site.prepare()
    except (Refused, OSError) as error:
        line = error.line if isinstance(error, Refused) else f"cannot be written: {error.strerror or error}"
        raise YishiError(line, str(settings.folder), "choose another folder with --graph") from error
    finally:
        await site.close()


def listen(port: int) -> list[socket.socket]:
    """Sockets on the loopback addresses, IPv4 first; 0 is a free port. Raises YishiError where it is taken or not ours to open."""
    first = _bound(socket.AF_INET, "127.0.0.1", port)
    sockets = [first]
    with suppress(OSError, YishiError):  # no IPv6 here, or there the port is another's: then localhost means 127.0.0.1
        sockets.append(_bound(socket.AF_INET6, "::1", first.getsockname()[1]))
    return sockets


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # The protocol is named, as asyncio sends at once (TCP_NODELAY) only where it is: else each answer waits 40 ms for an acknowledgement.
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if family == socket.AF_INET6:
            found.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(BACKLOG)
    except OSError as error:
        found.close()
        what = (
            "the port is taken by another program" if error.errno == errno.EADDRINUSE else f"cannot be opened: {error.strerror}"
        )
        raise YishiError(what, f"port {port}", "choose another with --port, or --port 0 for any free one") from error
    return found
