"""Reading in a process of its own, within limits of time and memory: for formats whose libraries a hostile file could stall or bring down.

`python -m kg.read.aside MODULE` reads a file from standard input and writes what the module's `read_here(data, name)` gives, as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from kg.errors import InputError
from kg.model import Text
from kg.read.limits import MEMORY, SECONDS

CORES = 4
"""Processor seconds that count as one second of work: libraries use several cores."""
_TOO_LONG = ("takes too long to read", "it may be damaged: save it anew, or split it")
_TOO_BIG = ("needs more memory than a document should", "it may be damaged: save it anew, or split it")


def read_aside(module: str, data: bytes, name: str, *, longest: int = 2 * SECONDS) -> Text:
    """What `module`.read_here makes of `data`, in `longest` seconds at most. Raises its InputError, or one for a file that takes too long or
    brings the reader down.
    """
    root = str(Path(__file__).parent.parent.parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
    command = [sys.executable, "-P", "-m", "kg.read.aside", module, name]
    try:
        done = subprocess.run(command, input=data, capture_output=True, env=environment, timeout=longest, check=False)
    except subprocess.TimeoutExpired:
        raise InputError(_TOO_LONG[0], name, _TOO_LONG[1]) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        if os.environ.get("KG_DEBUG"):
            sys.stderr.write(done.stderr.decode("utf-8", "replace"))
        if done.returncode == -getattr(signal, "SIGXCPU", 24):
            raise InputError(_TOO_LONG[0], name, _TOO_LONG[1]) from None
        raise InputError("a file that brings its reader down", name, "it may be damaged: save it anew") from None
    if "error" in answer:
        raise InputError(*answer["error"])
    return Text(answer["text"], answer["encoding"], answer["media_type"], tuple(answer["unread"]))


def allow(seconds: int = SECONDS) -> None:
    """From here on this process may work so long and no longer; called again where a new piece of work begins (the next page)."""
    try:
        import resource
    except ImportError:  # not on this system: the time limit of who waits holds alone
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime) + CORES * seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main(module: str, name: str) -> None:
    """Read standard input, write the answer to standard output."""
    _limit_memory()
    allow()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no part of the answer
    answer: dict[str, object]
    try:
        text: Text = import_module(module).read_here(sys.stdin.buffer.read(), name)
        answer = {"text": text.text, "encoding": text.encoding, "media_type": text.media_type, "unread": text.unread}
    except InputError as error:
        answer = {"error": [error.what, error.where, error.mend]}
    except MemoryError:
        answer = {"error": [_TOO_BIG[0], name, _TOO_BIG[1]]}
    with out:
        out.write(json.dumps(answer).encode("ascii"))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(*sys.argv[1:3])
