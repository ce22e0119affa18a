"""Builds the sdist and the wheel so that one commit gives the same bytes wherever and whenever it is built.

    python tools/dist.py FOLDER

The time written into both is that of the last commit, unless SOURCE_DATE_EPOCH tells another; hatchling orders the files and levels
their modes. The build runs in the environment that this Python belongs to (requirements-build.lock), and needs no network.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def committed() -> str:
    """When the last commit was made, in seconds since 1970: as git says, or as an unpacked sdist does, whose files carry that time."""
    unpacked = ROOT / "PKG-INFO"
    if unpacked.is_file():
        return str(int(unpacked.stat().st_mtime))
    return subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


def main(words: list[str]) -> int:
    if len(words) != 1 or words[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        told = os.environ.get("SOURCE_DATE_EPOCH") or committed()
    except (OSError, subprocess.CalledProcessError):
        print("dist: git does not tell when the last commit was made: set SOURCE_DATE_EPOCH", file=sys.stderr)
        return 1
    build = [sys.executable, "-m", "hatchling", "build", "--directory", str(Path(words[0]).resolve())]
    return subprocess.run(build, cwd=ROOT, env={**os.environ, "SOURCE_DATE_EPOCH": told}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
