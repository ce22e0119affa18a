"""Running `kg` in the tests: in this process where that is enough, in one of its own where the process matters."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

START = "import sys; from kg.cli import main; sys.exit(main(sys.argv[1:]))"


def kg(*words: str | Path, cwd: Path | None = None, text: str = "", lang: str = "en", timeout: float = 300, **env: str):
    """Run the command in a process of its own. Returns what subprocess.run returns, with text output."""
    return subprocess.run(
        [sys.executable, "-c", START, *map(str, words)],
        cwd=cwd,
        input=text,
        env=environment(KG_LANG=lang, **env),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
    )


def environment(**more: str) -> Mapping[str, str]:
    """The environment of the tests, in which `kg` is this checkout's and speaks English unless told otherwise."""
    root = str(Path(__file__).resolve().parent.parent)
    return {**os.environ, "PYTHONPATH": root, "PYTHONUTF8": "1", **more}


def one_line(errors: str) -> str:
    """The one line that standard error holds, without the command's name."""
    lines = errors.splitlines()
    assert len(lines) == 1, errors
    assert lines[0].startswith("kg: "), errors
    return lines[0].removeprefix("kg: ")
