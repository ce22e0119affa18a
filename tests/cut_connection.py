"""A door before a server that closes after so many bytes: a connection that breaks half-way."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def cut(port: int, after: int) -> Iterator[int]:
    """The port of a door to `port`. When `after` bytes have gone in, all of its connections are closed and no more are let in."""
    left = [after]
    pairs: list[socket.socket] = []
    door = socket.create_server(("127.0.0.1", 0))

    def carry(source: socket.socket, target: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while data := source.recv(16_384):
                if counted:
                    left[0] -= len(data)
                    if left[0] < 0:
                        break
                target.sendall(data)
        for end in pairs if left[0] < 0 else (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        with suppress(OSError):
            while True:
                caller, _ = door.accept()
                if left[0] < 0:
                    caller.close()
                    continue
                server = socket.create_connection(("127.0.0.1", port))
                pairs.extend((caller, server))
                threading.Thread(target=carry, args=(caller, server, True), daemon=True).start()
                threading.Thread(target=carry, args=(server, caller, False), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield door.getsockname()[1]
    finally:
        left[0] = -1
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        door.close()
        for end in pairs:
            with suppress(OSError):
                end.close()
        thread.join(5)
