"""A process that asks or changes a store for the server, and that can be killed in the middle of it: the engine cannot be told to stop.

    python -m kg.serve.worker read  STORE MEMORY      answers queries on a read-only store
    python -m kg.serve.worker write STORE MEMORY      changes a store, and leaves a read-only copy of it after each change

Tasks come in on standard input, answers go out on standard output (kg.serve.frames). It ends when its input does.
"""

from __future__ import annotations

import io
import json
import math
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

from pyoxigraph import Store

from kg.errors import YishiError
from kg.serve import frames, tasks

Tell = Callable[[bytes, Any], None]


class Pipe(io.RawIOBase):
    """A file that sends what is written to it as DATA frames."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Any) -> int:
        """Send one frame."""
        self._out.write(frames.pack(frames.DATA, bytes(data)))
        return len(data)


def main(mode: str, path: str, memory: int) -> None:
    """Do the tasks that come in until there are no more."""
    _limit_memory(memory)
    # Whatever else prints must not get into the answers.
    out, source = os.fdopen(os.dup(1), "wb"), os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)
    store = Store.read_only(path) if mode == "read" else tasks.open_to_write(path)
    known = tasks.READING if mode == "read" else tasks.WRITING
    while frame := frames.read(source):
        task = json.loads(frame[1])
        _limit_time(float(task["timeout"]))

        def tell(kind: bytes, value: Any) -> None:
            out.write(frames.pack_json(kind, value))

        try:
            with io.BufferedWriter(Pipe(out), frames.PIECE) as answer:
                known[task["do"]](store, task, lambda value: tell(frames.BEGIN, value), answer)
            tell(frames.END, {})
        except tasks.Failed as failed:
            tell(frames.FAIL, {"status": failed.status, "line": failed.line})
        except YishiError as error:
            tell(frames.FAIL, {"status": 400, "line": str(error)})
        except OSError as error:
            tell(frames.FAIL, {"status": 500, "line": f"the store cannot be read or written: {error}"})
        except MemoryError:
            tell(frames.FAIL, {"status": 507, "line": "this needs more memory than one query may take: ask for less"})
        except Exception as error:  # ours: said to the asker, shown to who runs the server
            traceback.print_exc()
            tell(frames.FAIL, {"status": 500, "line": f"an error inside kg ({type(error).__name__}: {error})"})
        out.flush()


def _limit_memory(memory: int) -> None:
    """A query that wants more than its share ends its own worker, not the machine."""
    with suppress(ImportError, ValueError, OSError):  # a system without such limits
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _limit_time(timeout: float) -> None:
    """A second guard beside the server's: should the server die, an endless query still ends."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used + timeout * 2 + 5), resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    with suppress(BrokenPipeError, KeyboardInterrupt):
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
