"""The process that builds dropped files: it says what it does, a line of JSON at a time, on standard output.

python -m kg.serve.builder FILES FOLDER LANG HOME [LEXICON…]
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import Any

from kg.errors import YishiError

MEMORY = 4 << 30


def main(files: str, folder: str, lang: str, home: str, *lexicon: str) -> None:
    """Build all files below `files` into `folder`."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(**said: Any) -> None:
        out.write(json.dumps(said) + "\n")
        out.flush()

    from kg.export.publish import publish
    from kg.pipeline import build

    try:
        graph = build(files, home=home or None, lexicon=lexicon, progress=lambda name: tell(reading=name))
        tell(state="writing")
        publish(graph, folder, lang=lang)
    except YishiError as error:
        tell(state="failed", line=str(error).replace(files, "").strip("/: "))
    except MemoryError:
        tell(state="failed", line="more memory is needed than there is: drop less at once")
    else:
        tell(state="done", skipped=[{"name": one.name, "reason": one.reason} for one in graph.skipped])


if __name__ == "__main__":
    with suppress(BrokenPipeError, KeyboardInterrupt):
        main(*sys.argv[1:])
