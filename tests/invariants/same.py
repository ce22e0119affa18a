"""Same input, same bytes: whatever the hash seed, the order of the files and the number of processes that read them."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from command import environment

BUILD = """
import sys
import kg
from kg.batch import stream
stream.ENOUGH = stream.BATCH = 1  # processes are started for the smallest work, a batch a document
if __name__ == "__main__":
    jobs, out, *files = sys.argv[1:]
    kg.publish(kg.build(*files, jobs=int(jobs)), out)
"""


def broken(files: Sequence[Path], folder: Path) -> list[str]:
    """Published files that differ from those of a plain build (hash seed 0, one process) where one thing is otherwise. `folder`: room to write."""
    script = folder / "build.py"
    script.write_text(BUILD, "utf-8")
    backwards = [*reversed(files)]
    runs = {
        "plain": (0, 1, files),
        "hash seed 1": (1, 1, files),
        "hash seed 2, another order": (2, 1, backwards),
        "two processes": (0, 2, files),
        "two processes, another order": (3, 2, backwards),
    }
    made = {name: _built(script, folder / str(number), *run) for number, (name, run) in enumerate(runs.items())}
    plain = made.pop("plain")
    found = [f"{name}: other files" for name, other in made.items() if other.keys() != plain.keys()]
    return found + [f"{name}: {file}" for name, other in made.items() for file in plain if other.get(file) != plain[file]]


def _built(script: Path, out: Path, hash_seed: int, jobs: int, files: Sequence[Path]) -> dict[str, str]:
    """The hashes of what a process of its own publishes; the store, whose files its engine stamps, is left aside."""
    command = [sys.executable, str(script), str(jobs), str(out), *map(str, files)]
    subprocess.run(command, check=True, env=environment(PYTHONHASHSEED=str(hash_seed)), capture_output=True)
    paths = (path for path in sorted(out.rglob("*")) if path.is_file() and "store" not in path.relative_to(out).parts)
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
