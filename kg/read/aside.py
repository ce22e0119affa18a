"""Reading in a process of its own, within limits of time and memory: for formats whose libraries a hostile file could stall or bring down.

`python -m kg.read.aside MODULE` reads a file from standard input and writes what the module's `read_here(data, name)` gives, as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from kg.errors import InputError
from kg.model import Text
from kg.read.limits import MEMORY, SECONDS

GRACE = 30
"""Seconds that the other process has beyond its own limit, to say in one line that it was reached."""
_TOO_LONG = ("takes too long to read", "it may be damaged: save it anew, or split it")
_TOO_BIG = ("needs more memory than a document should", "it may be damaged: save it anew, or split it")


def read_aside(module: str, data: bytes, name: str, *, seconds: int = SECONDS) -> Text:
    """What `module`.read_here makes of `data`. Raises its InputError, or one for a file that takes too long or brings the reader down."""
    root = str(Path(__file__).parent.parent.parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
    command = [sys.executable, "-P", "-m", "kg.read.aside", module, name, str(seconds)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, env=environment, timeout=seconds + GRACE, check=False)
    except subprocess.TimeoutExpired:
        raise InputError(_TOO_LONG[0], name, _TOO_LONG[1]) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        if os.environ.get("KG_DEBUG"):
            sys.stderr.write(done.stderr.decode("utf-8", "replace"))
        what = "takes too long to read" if done.returncode in (-24, -14) else "a file that its reader cannot stand"
        raise InputError(what, name, "it may be damaged: save it anew") from None
    if "error" in answer:
        raise InputError(*answer["error"])
    return Text(answer["text"], answer["encoding"], answer["media_type"], tuple(answer["unread"]))


def main(module: str, name: str, seconds: str) -> None:
    """Read standard input, write the answer to standard output."""
    _limit(int(seconds))
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


def _limit(seconds: int) -> None:
    """Set the limits that the system knows: of processor time (all its cores together) and of memory."""
    try:
        import resource
    except ImportError:  # not on this system: the time limit of who waits holds alone
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds * 2, seconds * 2 + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(*sys.argv[1:4])
