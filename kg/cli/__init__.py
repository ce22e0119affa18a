"""The command `kg`. One file a verb in `kg.cli.verbs`; see `kg.cli.verb` for what such a file holds."""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with the arguments (default: those of the process) and return its exit code.

    0 all read; 1 nothing usable, or it failed; 2 wrong usage; 3 part of the input was skipped (or rows of --edits do not fit) and the rest is done;
    130 interrupted; 141 who reads the output has gone.
    """
    from kg.cli.command import run

    return run(argv)
