"""A door before a server that closes after so many bytes: a connection that breaks half-way, or an end of it that is killed then."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass


@dataclass
class Door:
    """Where to knock instead, and how many bytes have gone in."""

    port: int
    passed: int = 0


@contextmanager
def cut(port: int, after: int, then: Callable[[], object] = lambda: None) -> Iterator[Door]:
    """A door to `port`. When more than `after` bytes would go in, `then` is called, all of its connections are closed and no more are let in.

    Where HTTP names the door as the host, the server behind it reads its own name: one that answers to no other is asked too.
    """
    closed = threading.Event()
    pairs: list[socket.socket] = []
    listening = socket.create_server(("127.0.0.1", 0))
    door, counting = Door(listening.getsockname()[1]), threading.Lock()
    outside, inside = (f"Host: 127.0.0.1:{number}\r\n".encode() for number in (door.port, port))

    def carry(source: socket.socket, target: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while data := source.recv(16_384):
                if counted:
                    with counting:
                        door.passed += len(data)
                        if door.passed > after and not closed.is_set():
                            closed.set()
                            then()
                    if closed.is_set():
                        break
                target.sendall(data.replace(outside, inside) if counted else data)
        for end in pairs if closed.is_set() else (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        with suppress(OSError):
            while True:
                caller, _ = listening.accept()
                try:
                    if closed.is_set():
                        raise ConnectionRefusedError
                    server = socket.create_connection(("127.0.0.1", port))
                except OSError:
                    caller.close()
                    continue
                pairs.extend((caller, server))
                threading.Thread(target=carry, args=(caller, server, True), daemon=True).start()
                threading.Thread(target=carry, args=(server, caller, False), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield door
    finally:
        closed.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for end in pairs:
            with suppress(OSError):
                end.close()
        thread.join(5)
