"""All tables in one file, with the machine they were made on and the goals beside what was reached.

    python -m benchmarks.results [--all] [--to benchmarks/results.md]

Each benchmark is run as it stands and its table taken over. With --all the long ones too (minutes to an hour). A benchmark that cannot run
here (no texts, no browser) is named with its reason; nothing is made up in its place.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.child import ROOT

SHORT = {
    "Step by step": ("steps",),
    "Beside part-of-speech tagging": ("posseg",),
    "Web pages": ("pages",),
    "Many documents": ("many",),
    "From 1 to 10 MB": ("growth", "--megabytes", "1", "10"),
    "The store": ("store", "--triples", "100000", "--cpu"),
}
LONG = {
    "From 1 to 100 MB": ("growth",),
    "The page": ("page",),
    "A cluster": ("spark",),
    "The store, 1 million triples": ("store", "--cpu"),
    "10 million triples written and loaded": ("bulk",),
}
KG = "import sys; from kg.cli import main; sys.exit(main())"  # what the installed command is
ELSEWHERE = (
    "What was tried where a goal is missed: docs/quality.md, Speed. 10 million triples and 100 MB of text: docs/incremental.md. 1 million triples beside rdflib: "
    "docs/query.md. A cluster: docs/scale.md. The page: docs/page.md. The server: docs/reliability.md."
)
PAGE_SECONDS, HELP_SECONDS, CUTS, JOBS = 1.5, 0.3, 1.0, 1.8


def main() -> int:
    """Run, print and write. 0: all ran; 3: some could not; 1: none could."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="the long ones too")
    parser.add_argument("--to", type=Path, default=ROOT / "benchmarks" / "results.md", metavar="FILE")
    args = parser.parse_args()
    tables: dict[str, str] = {}
    missing: dict[str, str] = {}
    for title, (name, *words) in {**SHORT, **(LONG if args.all else {})}.items():
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            missing[title] = (done.stderr.strip().splitlines() or ["failed"])[-1].replace(str(ROOT.parent), "…")
        else:
            tables[title] = done.stdout.strip()
    text = document(machine(), goals(tables), tables, missing)
    print(text)
    half = args.to.with_suffix(".half")
    half.write_text(text + "\n", "utf-8")
    half.replace(args.to)
    return 0 if not missing else 3 if tables else 1


def machine() -> str:
    """Cores, processor, memory, system and Python; no names and no paths."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30 if hasattr(os, "sysconf") else 0
    return ", ".join(
        part
        for part in (
            f"{os.cpu_count()} cores",
            _processor(),
            f"{pages:.0f} GB of memory" if pages else "",
            f"{platform.system()} {platform.machine()}",
            f"{platform.python_implementation()} {platform.python_version()}",
        )
        if part
    )


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor()


def goals(tables: dict[str, str], runs: int = 3) -> list[tuple[str, str, str]]:
    """What is aimed at, the goal, and what was reached ("not measured" where its table is missing); commands are run so often."""
    return [
        ("text to facts, in times of `jieba.cut`", f"≤ {CUTS}", _found(r"\*\*text to facts\*\* \| \S+ \| \S+ \| (\S+)", tables)),
        ("two processes, in times of one", f"≥ {JOBS}", _found(r"times as fast as one \((\S+) at best", tables)),
        ("`kg --help`, seconds", f"< {HELP_SECONDS}", f"{_seconds(runs, '--help'):.2f}"),
        ("`kg build` of one page, seconds", f"< {PAGE_SECONDS}", f"{_seconds(runs, 'build', 'seeds', '--no-html'):.2f}"),
        ("the same with the interactive page", f"< {PAGE_SECONDS}", f"{_seconds(runs, 'build', 'seeds'):.2f}"),
    ]


def _found(pattern: str, tables: dict[str, str]) -> str:
    found = re.search(pattern, "\n".join(tables.values()))
    return found[1] if found else "not measured"


def _seconds(runs: int, *words: str) -> float:
    """The quickest of so many runs of the command, each new; a build goes to a folder of its own."""
    from tempfile import TemporaryDirectory

    spent = []
    # As for who uses it: what Python has compiled once is kept.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(runs):
        with TemporaryDirectory() as folder:
            more = ["-o", folder] if words[0] == "build" else []
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", KG, *words, *more], cwd=ROOT, env=env, capture_output=True, check=True)
            spent.append(time.perf_counter() - began)
    return min(spent)


def document(made_on: str, aims: list[tuple[str, str, str]], tables: dict[str, str], missing: dict[str, str]) -> str:
    """The file, in Markdown."""
    lines = ["# Measured", "", f"`make bench` wrote this on: {made_on}.", "", "| | goal | reached |", "| --- | --: | --: |"]
    lines += [f"| {what} | {goal} | {reached} |" for what, goal, reached in aims]
    lines += ["", ELSEWHERE]
    for title, table in tables.items():
        shown = table if "| --- |" in table else f"```\n{table}\n```"
        lines += ["", f"## {title}", "", shown]
    if missing:
        lines += ["", "## Not run", "", *(f"- {title}: {why}" for title, why in missing.items())]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
