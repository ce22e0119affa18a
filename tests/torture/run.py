"""Runs the command over hostile inputs: each alone, then all in one folder with a good document. `python tests/torture/run.py [WORD…]`.

Each run has 4 GB of address space and a time limit, and none of the powers with which root reads what it has no permission for.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from command import START, environment

from torture.inputs import READ, REFUSED, Input, chosen

MEMORY = 4 << 30
SECONDS = 300
GOOD = "2024年6月7日，政协岳阳市委员会在平江县召开读书推进会，红网报道了这次会议。\n"
GOOD_NAME = "好.txt"
_CAPBSET_DROP, _OVERRIDES = 24, (1, 2)  # prctl(2); CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a run: exit code (None: it was ended for its time), seconds, largest memory in bytes, output, and lines of errors."""

    code: int | None
    seconds: float
    memory: int
    out: str
    errors: list[str]


def build(*sources: str, cwd: Path, seconds: float = SECONDS, options: Iterable[str] = ()) -> Came:
    """Run `kg build` on these sources within the limits; the graph is left in cwd/out."""
    started = time.monotonic()
    words = [sys.executable, "-c", START, "build", *sources, "-o", "out", "--json", *options]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(words, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=errors, env=environment(KG_LANG="en"), preexec_fn=_limit, start_new_session=True)  # fmt: skip
        code, memory = _wait(process, started + seconds)
        out.seek(0)
        errors.seek(0)
        lines = errors.read().decode("utf-8", "replace").splitlines()
        return Came(code, time.monotonic() - started, memory, out.read().decode("utf-8", "replace"), lines)


def _wait(process: subprocess.Popen[bytes], until: float) -> tuple[int | None, int]:
    """The exit code, None where it was not done in time and has been ended, and the largest memory in bytes."""
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage.ru_maxrss * 1024
        if time.monotonic() > until:
            os.killpg(process.pid, signal.SIGKILL)
            _, _, usage = os.wait4(process.pid, 0)
            process.returncode = -signal.SIGKILL
            return None, usage.ru_maxrss * 1024
        time.sleep(0.02)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for power in _OVERRIDES:
        ctypes.CDLL(None).prctl(_CAPBSET_DROP, power, 0, 0, 0)  # who has not the right to do so has not the power either


def alone(one: Input, folder: Path, seconds: float = SECONDS) -> tuple[str, Came | None]:
    """What is wrong with what comes of an input that is given alone ("" where nothing is), and what came; None where it cannot be made here."""
    (folder / "in").mkdir()
    try:
        one.make(folder / "in")
    except OSError as error:
        return f"cannot be made here: {error}", None
    came = build("in", cwd=folder, seconds=seconds)
    return wrong_alone(one, came, (folder / "out").exists()), came


def wrong_alone(one: Input, came: Came, written: bool) -> str:
    """What is wrong with the run of one input alone."""
    if came.code is None:
        return "not done in time"
    told = "\n".join(came.errors)
    if any(word in told for word in ("Traceback", "an error inside kg", "out of memory")):
        return told[-400:]
    if any(not line.startswith("kg: ") for line in came.errors):
        return f"more than lines of its own: {told[-400:]}"
    if came.code == 0:
        return "read, but must be refused" if one.expected == REFUSED else "" if written else "nothing is written"
    if came.code not in (1, 3) or not came.errors:
        return f"ends with {came.code}: {told[-400:]}"
    if came.code == 1 and (written or len(came.errors) != 1):
        return f"something is half-written, or not in one line: {told[-400:]}"
    if one.expected == READ:
        return f"refused: {told[-400:]}"
    return "" if one.why in told else f"refused for another reason: {told[-400:]}"


def together(inputs: Iterable[Input], folder: Path, seconds: float, options: Iterable[str] = ()) -> str:
    """What is wrong with a build of all inputs and a good document in one folder; "" where nothing is."""
    corpus = folder / "corpus"
    corpus.mkdir()
    refused = []
    for number, one in enumerate(inputs):
        below = corpus / f"{number:04}"
        below.mkdir()
        try:
            one.make(below)
        except OSError:
            continue
        refused += [one] * (one.expected == REFUSED and not list(below.glob("*.png")))  # pictures illustrate a folder of texts
    (corpus / GOOD_NAME).write_text(GOOD, "utf-8")
    came = build("corpus", cwd=folder, seconds=seconds, options=options)
    if came.code != 3:
        return f"ends with {came.code} after {came.seconds:.0f} s: {' | '.join(came.errors)[-600:]}"
    if any(not line.startswith("kg: skipped ") for line in came.errors):
        return "other lines than one for each that is skipped: " + next(
            e for e in came.errors if not e.startswith("kg: skipped ")
        )
    skipped = json.loads(came.out)["skipped"]
    if len(skipped) < len(refused):
        return f"{len(skipped)} are skipped, {len(refused)} must be"
    if "读书推进会" not in (folder / "out" / "graph.ttl").read_text("utf-8"):
        return "the good document is not in the graph"
    return ""


def main(words: list[str]) -> int:
    """Run the families and the inputs that are named (see `chosen`; all, without words). Returns 1 where one did not hold."""
    inputs = chosen(words)
    bad = 0
    slowest: list[tuple[float, int, str]] = []
    for one in inputs:
        with tempfile.TemporaryDirectory() as name:
            wrong, came = alone(one, Path(name))
            _open(Path(name))
        seconds, memory = (came.seconds, came.memory) if came else (0.0, 0)
        slowest.append((seconds, memory, one.name))
        bad += bool(wrong)
        if wrong or words:
            print(f"{'FAIL' if wrong else 'ok  '} {one.name}: {seconds:.1f} s, {memory >> 20} MB {wrong}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        wrong = together(inputs, Path(name), 20 * SECONDS, ("--no-html",))
        _open(Path(name))
    bad += bool(wrong)
    print(f"all together with a good document: {wrong or 'exit code 3, the good one is built'}")
    print(f"{len(inputs)} inputs alone, {bad} did not hold; largest memory {max(m for _, m, _ in slowest) >> 20} MB; slowest:")
    for seconds, _, of in sorted(slowest, reverse=True)[:5]:
        print(f"  {seconds:6.1f} s  {of}")
    return 1 if bad else 0


def _open(folder: Path) -> None:
    """Give back the permissions, so that the folder can be removed."""
    for path, names, _ in os.walk(bytes(folder)):
        for name in names:
            os.chmod(os.path.join(path, name), 0o700)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
