"""Kills builds, loads, a server that writes and databases at so many random moments. `python tests/faults/run.py [MOMENTS [SEED [WHAT …]]]`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pytest
from command import kg

from faults.building import Build
from faults.databases import SERVERS
from faults.loading import FileLoad, Graphs, ServerLoad, after_its_database_was_killed
from faults.writing import Writing

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def main(words: list[str]) -> int:
    """Run, and print what did not hold. Returns 1 where something did not."""
    number, seed = (int(word) for word in (*words, "50", "1")[:2]) if len(words) != 1 else (int(words[0]), 1)
    with tempfile.TemporaryDirectory() as name:
        bad = [bad for what, run in RUNS.items() if what in (words[2:] or RUNS) for bad in run(Path(name) / what, number, seed)]
    return 1 if bad else 0


def build(folder: Path, number: int, seed: int) -> list[str]:
    """A build, at random and at each change of the disk around publishing."""
    made = Build(folder / "work", html=True, documents=3)
    return _each(
        f"a build of {made.seconds:.1f} s", made.moments(number, seed), lambda moment: made.wrong(moment, thorough=False)
    )


def loads(folder: Path, number: int, seed: int) -> list[str]:
    """Loads into each kind of database, a part of the moments each."""
    graphs, bad, part = Graphs(folder), [], -(-number // (len(SERVERS) + 1))
    file = FileLoad(graphs, folder / "file")
    bad += _each("a load into a file", file.moments(part, seed), file.wrong)
    for name, starting in SERVERS.items():
        (folder / name).mkdir()
        with starting(folder / name) as database:
            load = ServerLoad(graphs, database)
            bad += _each(f"a load of {load.bytes:,} bytes into {name}", load.moments(part, seed), load.wrong)
    return bad


def databases(folder: Path, number: int, seed: int) -> list[str]:
    """Each kind of database, killed after parts of what a load sends to it."""
    graphs, bad, part = Graphs(folder), [], max(1, number // 10)
    for name, starting in SERVERS.items():
        (folder / name).mkdir()
        with starting(folder / name) as database:
            moments = ServerLoad(graphs, database).moments(part, seed)

        def wrong(after: int, name: str = name) -> tuple[str, bool]:
            files = folder / f"{name} {after}"
            files.mkdir()
            return after_its_database_was_killed(graphs, name, files, after), True

        bad += _each(f"{name}, killed in a load", moments, wrong)
    return bad


def writes(folder: Path, number: int, seed: int) -> list[str]:
    """A server, one update after the other."""
    folder.mkdir()
    done = kg("build", SEEDS, "-o", folder / "graph", "--no-html")
    assert done.returncode == 0, done.stderr
    writing = Writing(folder / "served", folder / "graph")
    bad = _each("a server that writes", writing.moments(number, seed), writing.wrong)
    return bad + _each("the build after it", [0.0], lambda _: (writing.next_build(SEEDS), False))


def _each(what: str, moments: Iterable[Any], wrong: Callable[[Any], tuple[str, bool]]) -> list[str]:
    moments, bad, killed = list(moments), [], 0
    for moment in moments:
        said, was_killed = wrong(moment)
        killed += was_killed
        if said:
            bad.append(said)
            print(f"FAIL {what}, {moment}: {said}", flush=True)
    print(f"{what}: {len(moments)} moments, {killed} killed, {len(bad)} did not hold", flush=True)
    return bad


RUNS: dict[str, Callable[[Path, int, int], list[str]]] = {
    "build": build,
    "loads": loads,
    "databases": databases,
    "writes": writes,
}

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except pytest.skip.Exception as missing:
        sys.exit(f"not run: {missing}")
