"""Coverage-guided fuzzing of the way from a file's bytes to the graph: `python tests/fuzz.py [--seconds N] [FILE…]`, or `make fuzz`.

It starts from real texts and says in one line how many inputs were tried, how much of `kg` they reached and what failed. Where an input
breaks something it is left in the folder as crash-… (or timeout-…, oom-…), and the exit code is 1; given as FILE it is tried again. What led
to new code stays in the folder's corpus for the next run; log.txt is what libFuzzer said. What an input is: see fuzz_target.py.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "tests" / "fuzz_target.py"
FORMATS = (".txt", ".html", ".md")
LONGEST = 2000
"""Bytes of an input: half a page of text, which takes some 50 ms to read and check."""
SLOWEST = 60
"""Seconds after which an input is a finding."""
PIECES = 4
"""A long text gives so many pieces to start from, from all over it."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a run: seconds, inputs tried, branches of `kg` reached, and what failed with the file of its input ("" where nothing did)."""

    seconds: float
    inputs: int
    reached: int
    failed: str


def fitting(data: bytes, longest: int = LONGEST) -> bytes:
    """The data, cut where it is too long, and not within a character."""
    return data if len(data) <= longest else data[:longest].decode("utf-8", "ignore").encode()


def starting() -> Iterator[bytes]:
    """The inputs to start from: pieces of the project's own texts and of the corpus where it is there, and lines put together."""
    from invariants import generate, texts

    for path in {**texts.own(), **texts.of_corpus()}.values():
        if path.suffix in FORMATS:
            kind, text = b"%d" % FORMATS.index(path.suffix), path.read_text("utf-8", "ignore")
            step = max(LONGEST // 3, len(text) // PIECES)
            yield from (fitting(kind + text[at:].encode()) for at in range(0, len(text), step))
    for number in range(30):
        made = generate.text(Random(number), texts.lines(), most=4).encode("utf-8", "replace")
        yield fitting(b"%d" % (number % len(FORMATS)) + made)


def run(folder: Path, seconds: int, seed: int = 0, program: Sequence[str] = (str(TARGET),)) -> Came:
    """Fuzz for so many seconds with what stands in folder/corpus and the inputs to start from; seed 0: another each time."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(starting()):
        (corpus / f"start-{number:03}").write_bytes(data)
    return _told(folder, [
        *program, f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", "-rss_limit_mb=3000", f"-seed={seed}",
        f"-artifact_prefix={folder}/", "-print_final_stats=1", str(corpus),
    ])  # fmt: skip


def _told(folder: Path, words: Sequence[str]) -> Came:
    """What libFuzzer says of a run of these words, which stays in folder/log.txt."""
    log, started = folder / "log.txt", time.monotonic()
    with log.open("wb") as file:
        code = subprocess.run(
            [sys.executable, *words], stdout=file, stderr=file, env={**os.environ, "PYTHONHASHSEED": "0"}
        ).returncode
    said = log.read_text("utf-8", "replace")
    tried = [int(one) for one in re.findall(r"^(?:#|stat::number_of_executed_units: )(\d+)", said, re.M)]
    reached = [int(one) for one in re.findall(r"\bcov: (\d+)", said)]
    failed = (_failed(said) or f"ended with {code}, see {log}") if code else ""
    return Came(time.monotonic() - started, max(tried, default=0), max(reached, default=0), failed)


def _failed(said: str) -> str:
    """What broke, and the file of the input that broke it."""
    why = re.search(r"Uncaught Python exception: ===\n(.*)|ERROR: libFuzzer: (.*)", said)
    file = re.search(r"Test unit written to (.*)", said)
    return f"{why[1] or why[2]}" + (f" ({file[1]})" if file else "") if why else ""


def main(words: list[str]) -> int:
    """Fuzz for a while, or try inputs again. Returns 1 where something failed."""
    parser = argparse.ArgumentParser(description="coverage-guided fuzzing of what kg reads")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "fuzz", help="for the corpus and what is found")
    parser.add_argument("--seed", type=int, default=0, help="of the random choices; 0: another each time")
    parser.add_argument("files", nargs="*", type=Path, help="inputs to try again")
    told = parser.parse_args(words)
    if not importlib.util.find_spec("atheris"):
        print("fuzz: needs atheris, which is installed on Linux with Python 3.11", file=sys.stderr)
        return 1
    told.folder.mkdir(parents=True, exist_ok=True)
    if told.files:
        came = _told(told.folder, [str(TARGET), *map(str, told.files)])
        print(f"{len(told.files)} inputs: {came.failed or 'nothing failed'}")
    else:
        came = run(told.folder, told.seconds, told.seed)
        print(
            f"{came.inputs:,} inputs in {came.seconds:.0f} s, {came.reached:,} branches reached: {came.failed or 'nothing failed'}"
        )
    return 1 if came.failed else 0


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    sys.exit(main(sys.argv[1:]))
