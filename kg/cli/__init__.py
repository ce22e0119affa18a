"""The command `kg`. One file a verb in `kg.cli.verbs`; see `kg.cli.verb` for what such a file holds."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

ALLOCATIONS = 100_000
"""Objects made between two searches for cycles, in a process that is the command: loading alone makes some hundred thousand, without one."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with the arguments (default: those of the process) and return its exit code.

    0 all read; 1 nothing usable, or it failed; 2 wrong usage; 3 part of the input was skipped (or rows of --edits do not fit) and the rest is done;
    130 interrupted; 141 who reads the output has gone.
    """
    if argv is None:
        gc.set_threshold(ALLOCATIONS, 20, 20)
        if "build" in sys.argv[1:]:
            # The page tells how each character is said; pypinyin's dictionary of phrases takes a quarter of a second to load, for searches.
            os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from kg.cli.command import run

    return run(argv)
