"""Text to facts beside part-of-speech tagging alone: `kg` and `jieba.posseg` over the same texts.

    python -m benchmarks.posseg [--texts FOLDER...] [--json]

Every measurement is a process of its own, one after the other. The time is the processor's, which other work on the machine
changes least. It is that of the texts, from the first character to the last fact (read, parsed, words, names, entities, facts,
measures, merged to one graph), after the dictionaries are loaded; loading is given beside it. No text is taken twice: copies of
one text count once. The growth is the time a character takes over all texts by that over the first tenth of them: 1.0 is linear.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from benchmarks.child import measured

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
WARM_UP = (ROOT / "benchmarks" / "warm_up.txt").read_text("utf-8")
"""An invented page of the genre, read before the clock starts: it has the tables opened and the patterns made that are a tool's loading."""
Work = Callable[[list[Path]], int]


def main() -> int:
    """Measure and print a table, or with --json the figures."""
    args = _arguments()
    if args.child:
        print(json.dumps(measure(args.child, [Path(line) for line in sys.stdin.read().splitlines()])))
        return 0
    texts = distinct(args.texts)
    if not texts:
        print(f"no texts in {', '.join(map(str, args.texts))}", file=sys.stderr)
        return 1
    tenth = first_part(texts, 0.1)
    figures = {
        f"{work}-{name}": measured("posseg", work, text="\n".join(map(str, part)))
        for work in WORKS
        for name, part in (("tenth", tenth), ("all", texts))
    }
    result = summary(figures)
    print(json.dumps(result, indent=1) if args.json else "\n".join(table(result)))
    return 0


def distinct(folders: list[Path]) -> list[Path]:
    """The *.txt files below the folders, sorted by name, copies of one text left out."""
    seen: dict[str, Path] = {}
    for path in sorted((path for folder in folders for path in folder.rglob("*.txt")), key=lambda path: path.name):
        seen.setdefault(sha256(path.read_bytes()).hexdigest(), path)
    return list(seen.values())


def first_part(texts: list[Path], part: float) -> list[Path]:
    """Texts, spread evenly over the list, that make at least this part of all characters."""
    sizes = [len(path.read_text("utf-8")) for path in texts]
    chosen, size = [], 0
    for number in sorted(range(len(texts)), key=lambda n: (n * 7919) % len(texts)):
        if size >= part * sum(sizes):
            break
        chosen.append(texts[number])
        size += sizes[number]
    return chosen


def with_kg() -> Work:
    """Text to facts: the library's own build, loaded and warmed up."""
    from kg.graph.merge import Merger
    from kg.pipeline import read_document
    from kg.read import read_source

    def work(paths: list[Path]) -> int:
        merger = Merger()
        for path in paths:
            merger.add(read_document(read_source(path)))
        graph = merger.graph()
        return len(graph.facts) + len(graph.measures)

    with tempfile.TemporaryDirectory() as folder:
        sentence = Path(folder) / "warm-up.txt"
        sentence.write_text(WARM_UP, "utf-8")
        work([sentence])
    return work


def with_posseg() -> Work:
    """Tagging alone: jieba.posseg over the same text, loaded and warmed up."""
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        jieba.dt.tmp_dir = folder
        jieba.dt.initialize()
    list(jieba.posseg.cut(WARM_UP))
    return lambda paths: sum(1 for path in paths for _ in jieba.posseg.cut(path.read_text("utf-8")))


WORKS: dict[str, Callable[[], Work]] = {"kg": with_kg, "posseg": with_posseg}


def measure(name: str, paths: list[Path]) -> dict[str, float]:
    """Load one of the two, let it work, and say how long both took (seconds) and how much memory the process had (MB)."""
    start = time.process_time()
    work = WORKS[name]()
    loaded = time.process_time()
    found = work(paths)
    done = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    characters = sum(len(path.read_text("utf-8")) for path in paths)
    return {"load": loaded - start, "seconds": done - loaded, "peak_mb": peak, "characters": characters, "found": found}


def summary(figures: dict[str, dict[str, float]]) -> dict[str, object]:
    """The figures, the ratio of the two over all texts (above 1: kg is slower), and each one's growth."""

    def pace(key: str) -> float:
        return figures[key]["seconds"] / figures[key]["characters"]

    return {
        "runs": figures,
        "ratio": pace("kg-all") / pace("posseg-all"),
        "growth": {work: pace(f"{work}-all") / pace(f"{work}-tenth") for work in WORKS},
    }


def table(result: dict[str, object]) -> list[str]:
    """The figures as a Markdown table."""
    lines = ["| | characters | load s | work s | characters/s | peak MB |", "| --- | --: | --: | --: | --: | --: |"]
    for name, run in result["runs"].items():  # type: ignore[attr-defined]
        pace = run["characters"] / run["seconds"]
        cells = (f"{run['characters']:,}", f"{run['load']:.2f}", f"{run['seconds']:.2f}", f"{pace:,.0f}", f"{run['peak_mb']:.0f}")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    growth = ", ".join(f"{work} {value:.2f}" for work, value in result["growth"].items())  # type: ignore[attr-defined]
    return [
        *lines,
        "",
        f"kg / jieba.posseg: {result['ratio']:.2f} (below 1: kg is faster); growth of the time a character takes: {growth}",
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", nargs="+", type=Path, default=[CORPUS], metavar="FOLDER")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", choices=sorted(WORKS), help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
