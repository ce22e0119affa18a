"""The process that reads documents for `kg.batch.pool`: `main` is all it runs.

It reads from standard input what it is to do (four bytes of length, and JSON): first the folder of the cache ("" for none) and the
options, then lists of paths. It writes frames to standard output: a letter, four
bytes of length, and so many bytes. The first is an `s`, then there is one for each path, in their order.

    s  nothing: started
    r  a line of JSON (SHA-256 and stamp), and the reading, packed: it was read now
    k  JSON (SHA-256 and stamp): there is a reading of these bytes in the cache
    e  JSON: the error in its parts

When standard input ends, whoever asked is gone: the process ends at once, with the programs that it has started.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
from itertools import count
from typing import Any

from kg.batch.cache import Cache, packed
from kg.batch.one import content_of, reading_of
from kg.batch.options import Options
from kg.errors import YishiError
from kg.graph.worker import listen, say


def main(_: str, __: int) -> None:
    """Read until standard input ends."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no part of the answer
    tasks = listen(sys.stdin.buffer, gone)
    told = json.loads(tasks.get())
    options = Options.from_json(told["options"])
    cache = Cache(told["cache"], options) if told["cache"] else None
    try:
        say(out, b"s", b"")
        for number in count():
            for path in json.loads(tasks.get()):
                say(out, *_answer(path, options, cache))
            if not number:  # the tables are loaded now and stay: there is no need to look for garbage in them again and again
                gc.collect()
                gc.freeze()
    except BrokenPipeError:
        gone()


def gone() -> None:
    """End this process and those that it has started: they are one group, of which it is the first."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(0)


def _answer(path: str, options: Options, cache: Cache | None) -> tuple[bytes, bytes]:
    """The frame that says what came of a file."""
    try:
        content = content_of(path, options)
        head = json.dumps([content.sha256, content.stamp]).encode()
        key = cache.key(content.sha256, path) if cache else ""
        if cache and cache.has(key):
            return b"k", head
        data = packed(reading_of(content.data, path, options))
        if cache:
            cache.put(key, data)
        return b"r", head + b"\n" + data
    except YishiError as error:
        return b"e", _parts(type(error).__name__, error.what, error.where, error.mend)
    except Exception as error:  # a mistake of ours: who asked raises it
        return b"e", _parts("", f"{type(error).__name__}: {error}", path, traceback.format_exc())


def _parts(*parts: Any) -> bytes:
    return json.dumps(parts).encode()
