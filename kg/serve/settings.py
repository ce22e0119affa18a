"""What the server allows: limits on size, time and number, in one place."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is to run. Sizes are bytes, times are seconds."""

    folder: Path  # of the served graph; builds of dropped files go to `builds/` in it
    port: int = 0
    lang: str = "zh"
    writable: bool = False
    write_token: str = ""  # what Authorization: Bearer must hold to change anything; "" where nothing can be changed
    timeout: float = 30.0  # of a query or an update
    workers: int = field(default_factory=lambda: max(2, min(4, os.cpu_count() or 1)))
    quick: float = 0.3  # of a query, before it goes on beside the others: there `workers` long ones have a place
    waiting: int = 64  # queries that may wait for a worker; what comes beyond them is told to come again
    pages: int = 4  # that are made at once; a large one beside them
    waiting_pages: int = 100  # that may wait to be made
    waiting_large: int = 8
    memory: int = 4 << 30  # of address space that one worker may take
    answer: int = 256 << 20  # of one answer
    url: int = 16 << 10
    headers: int = 32 << 10
    body: int = 8 << 20  # of a query: a million characters, percent-encoded
    written: int = 256 << 20  # of a graph that is put or posted
    held: int = 64 << 20  # of all queries that are on their way in at once
    connections: int = 200  # at once; the ones that have waited the longest make room for new ones
    patience: float = 20.0  # for a request's head, for the next piece of its body, for a piece of an answer to be taken
    slowest: int = 10_000  # bytes a second that a body must come at, beyond `patience`
    upload: int = 64 << 20  # of all files dropped at once
    files: int = 200  # that can be dropped at once
    building: float = 1800.0  # that one build may take
    lexicon: tuple[Path, ...] = ()  # the user's own, with which dropped files are built
    page_token: str = field(default_factory=lambda: secrets.token_urlsafe(24))  # only our own pages know it
