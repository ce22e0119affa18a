"""`python -m tests.w3c`: count every case of every suite; `--write` puts the table into docs/conformance.md."""

from __future__ import annotations

import sys

from . import SUITES, WHERE, run_suite
from .table import PAGE, made, write


def main(words: list[str]) -> int:
    """0: it is as known.KNOWN says; 1: it is not, or the suites are not there; 2: wrong usage."""
    if words not in ([], ["--write"]):
        print("usage: python -m tests.w3c [--write]", file=sys.stderr)
        return 2
    if not WHERE.is_dir():
        print("the W3C's test suites are not beside this checkout", file=sys.stderr)
        return 1
    surprises = [f"{name}: {line}" for name in SUITES for line in run_suite(name).surprises(name)]
    for line in surprises:
        print(line, file=sys.stderr)
    if surprises:
        return 1
    if words:
        write()
        print(f"{PAGE.name} is written")
    else:
        print(made(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
