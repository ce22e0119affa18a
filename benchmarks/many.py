"""A corpus of many documents: from reading to facts on one core and on several, and building again.

    python -m benchmarks.many [--texts FOLDER] [--documents 1000] [--jobs 2] [--rounds 1] [--json]

The documents are cut from real texts (benchmarks.corpus). Every measurement is a process of its own: `alone` and `apart` read all of them to
one graph, by one process and by --jobs of them; `same` builds once more with nothing changed, `one` with one document changed; `publish`
writes what `one` built, over what was there. Wall seconds, processor seconds (children included) and the highest memory of the building
process. Alone and apart are measured in turn, --rounds times, and the median is given, since other work on the machine disturbs the clock;
`at best` is what the processor seconds come to where each core does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.child import measured
from benchmarks.corpus import write
from benchmarks.posseg import CORPUS

WORKS = ("alone", "apart", "same", "one", "publish")


def main() -> int:
    """Measure and print a table, or with --json the figures."""
    args = _arguments()
    if args.child:
        print(json.dumps(measure(args.child, args.folder, args.jobs)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        texts = write(args.texts, Path(folder, "texts"), args.documents, 2500)
        time.sleep(2.1)  # a file that was changed just now is looked at once more: here they are to be older
        runs: dict[str, list[dict[str, float]]] = {work: [] for work in WORKS}
        for _ in range(args.rounds):
            for work in ("alone", "apart"):
                runs[work].append(measured("many", work, "--folder", folder, "--jobs", str(args.jobs)))
        for work in ("same", "one", "publish"):
            if work == "one":
                Path(folder, "texts", "000000.txt").write_text(texts[0] + "湖州市政协召开座谈会。\n", "utf-8")
            runs[work].append(measured("many", work, "--folder", folder, "--jobs", str(args.jobs)))
    result = summary(runs, args.jobs) | {"documents": len(texts), "characters": sum(map(len, texts))}
    print(json.dumps(result, indent=1) if args.json else "\n".join(table(result)))
    return 0


def measure(work: str, folder: str, jobs: int) -> dict[str, float]:
    """One build of FOLDER/texts (and what else `work` says). "alone" and "apart" begin with an empty cache."""
    import shutil

    import kg
    from kg.batch.tally import Tally

    cache, tally = Path(folder, "out", ".yishi-cache"), Tally()
    if work in ("alone", "apart"):
        shutil.rmtree(cache, ignore_errors=True)
    graph = None
    if work == "publish":
        graph = kg.build(Path(folder, "texts"), cache=cache)
    began, used = time.perf_counter(), _used()
    if graph:
        kg.publish(graph, Path(folder, "out"))
    else:
        graph = kg.build(Path(folder, "texts"), cache=cache, jobs=1 if work == "alone" else jobs, tally=tally)
    return {
        "seconds": time.perf_counter() - began,
        "processor": _used() - used,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024),
        "read": tally.read,
        "unchanged": tally.unchanged,
        "facts": len(graph.facts),
    }


def _used() -> float:
    return sum(os.times()[:4])


def summary(runs: dict[str, list[dict[str, float]]], jobs: int) -> dict[str, object]:
    """The medians of the runs, and how many times faster `apart` was than `alone`: by the clock, and at best."""
    middle = {work: {name: median(run[name] for run in found) for name in found[0]} for work, found in runs.items() if found}
    return {
        "jobs": jobs,
        "runs": middle,
        "faster": middle["alone"]["seconds"] / middle["apart"]["seconds"],
        "at_best": middle["alone"]["processor"] / (middle["apart"]["processor"] / jobs),
    }


def table(result: dict[str, object]) -> list[str]:
    """The figures as a Markdown table."""
    lines = ["| | read | unchanged | seconds | processor s | peak MB |", "| --- | --: | --: | --: | --: | --: |"]
    for name, run in result["runs"].items():  # type: ignore[attr-defined]
        cells = (f"{run['read']:,.0f}", f"{run['unchanged']:,.0f}", *(f"{run[n]:.1f}" for n in ("seconds", "processor")))
        lines.append(f"| {name} | {' | '.join(cells)} | {run['peak_mb']:.0f} |")
    return [
        *lines,
        "",
        f"{result['documents']:,} documents, {result['characters']:,} characters; {result['jobs']} processes are "
        f"{result['faster']:.2f} times as fast as one ({result['at_best']:.2f} at best)",
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=CORPUS, metavar="FOLDER")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", choices=WORKS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
