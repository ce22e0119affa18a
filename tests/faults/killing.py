"""Ending a run with kill -9: after so many seconds, or at its n-th change of the disk."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from command import START, environment

# Counts what the command changes on the disk, and ends it at the change that is asked for, before that is made.
_WATCHED = """
import os, sys
asked, log = int(os.environ["FAULTS_AT"]), os.environ["FAULTS_LOG"]
number = 0
def watch(event, args):
    global number
    if event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir") or (event == "open" and isinstance(args[2], int) and args[2] & 3):
        if str(args[0]) == log:
            return
        if log:
            with open(log, "a", encoding="utf-8") as out:
                out.write(f"{event} {args[0]}\\n")
        if number == asked:
            os.kill(os.getpid(), 9)
        number += 1
sys.addaudithook(watch)
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """When a run is killed: so many seconds after its start, or (where `change` is a number) before that change of the disk."""

    seconds: float = 0.0
    change: int | None = None

    def __str__(self) -> str:
        return f"{self.seconds:.3f} s" if self.change is None else f"change {self.change}"


def at_random(number: int, seconds: float, seed: int) -> list[Moment]:
    """So many moments of a run that takes so long, the same ones for the same seed."""
    chance = random.Random(seed)
    return sorted((Moment(chance.uniform(0, seconds)) for _ in range(number)), key=lambda moment: moment.seconds)


def killed(words: Sequence[str], cwd: Path, moment: Moment) -> bool:
    """Run the command and kill it, without a warning, at this moment. Returns False where it had ended before.

    Only the command is killed, as `kill -9` does: the processes that it has started must see for themselves that it is gone.
    """
    start = START if moment.change is None else _WATCHED + START
    change = -1 if moment.change is None else moment.change
    env = environment(KG_LANG="en", FAULTS_AT=str(change), FAULTS_LOG="")
    quiet = dict.fromkeys(("stdout", "stderr"), subprocess.DEVNULL)
    process = subprocess.Popen([sys.executable, "-c", start, *words], cwd=cwd, env=env, stdin=subprocess.DEVNULL, **quiet)
    try:
        process.wait(moment.seconds if moment.change is None else None)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return process.returncode == -signal.SIGKILL


def changes(words: Sequence[str], cwd: Path, log: Path) -> list[str]:
    """What a whole run of the command changes on the disk, in order."""
    env = environment(KG_LANG="en", FAULTS_AT="-1", FAULTS_LOG=str(log))
    subprocess.run([sys.executable, "-c", _WATCHED + START, *words], cwd=cwd, env=env, check=True, capture_output=True)
    return log.read_text("utf-8").splitlines()


def ran(words: Sequence[str], cwd: Path, **env: str) -> tuple[int, str, str, float]:
    """Run the command to its end. Returns its exit code, what it said, its lines of errors, the seconds it took."""
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", START, *words],
        cwd=cwd,
        env=environment(KG_LANG="en", **env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    return done.returncode, done.stdout, done.stderr, time.monotonic() - started


def told(words: Sequence[str], cwd: Path) -> object:
    """What the command says with --json. Raises AssertionError where it fails."""
    code, out, errors, _ = ran([*words, "--json"], cwd)
    assert code == 0, f"kg {words[0]} ends with {code}: {errors}"
    return json.loads(out)


def left(folder: Path) -> set[str]:
    """All that lies in a folder: the paths below it. Of a store only where it is, of the cache (which is no part of a graph) nothing."""
    found = set()
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        inside = parts[0] == "store" and len(parts) > 2
        if not inside and parts[0] != ".yishi-cache":
            found.add("/".join(parts))
    return found
