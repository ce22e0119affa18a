"""A measurement in a process of its own: what one tool has loaded or warmed up is no help to the next."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def measured(benchmark: str, work: str, *words: str, text: str = "") -> dict[str, float]:
    """The figures that `python -m benchmarks.BENCHMARK --child WORK` prints as JSON, `text` on its standard input.

    Raises SystemExit with what it said where it failed.
    """
    command = [sys.executable, "-m", f"benchmarks.{benchmark}", "--child", work, *words]
    done = subprocess.run(command, input=text, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{work}: {done.stderr.strip()}")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
