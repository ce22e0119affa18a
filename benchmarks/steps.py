"""Each step from text to facts and files, beside what it takes jieba to cut the same text into words.

    python -m benchmarks.steps [--texts FOLDER...] [--json]

Texts, processes and the clock are those of benchmarks.posseg: no text twice, a process of its own for each measurement, the first pass
over the texts, the processor's time, dictionaries loaded before. `kg` is read_document, from parsing to relating; its steps are timed in
another process. `floor` is what no way of doing it in Python can do without: reading the file, its words by rjieba with their tags, one look
for all words of the tables, and making each name, entity, fact and measure that is found once. The growth is the time a character takes over all texts by that over the first tenth of them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from benchmarks.child import measured
from benchmarks.posseg import CORPUS, WARM_UP, distinct, first_part, with_posseg

READING = ("parse", "tokenize", "extract", "resolve", "relate")
STEPS = ("read", *READING, "merge", "turtle", "store")
BESIDE = ("jieba.cut", "rjieba.cut", "jieba.posseg", "floor")
Spent = dict[str, float]


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
    parts = {"tenth": first_part(texts, 0.1), "all": texts}
    spent: dict[str, Spent] = {name: {} for name in parts}
    for work in WORKS:
        for name, part in parts.items():
            spent[name].update(measured("steps", work, text="\n".join(map(str, part))))
    result = summary(spent)
    print(json.dumps(result, indent=1) if args.json else "\n".join(table(result)))
    return 0


def measure(work: str, paths: list[Path]) -> Spent:
    """The seconds that one of WORKS takes over the texts, step by step, and how many characters they have."""
    return {**WORKS[work](paths), "characters": sum(len(path.read_text("utf-8")) for path in paths)}


def summary(spent: dict[str, Spent]) -> dict[str, Any]:
    """For each step: seconds, characters a second, how many times jieba.cut's time, and growth; `spent` is of a tenth and of all texts."""
    size = {name: seconds["characters"] for name, seconds in spent.items()}
    rows = {}
    for step in ("kg", *STEPS, *BESIDE):
        seconds, tenth = spent["all"][step], spent["tenth"][step]
        rows[step] = {
            "seconds": seconds,
            "pace": size["all"] / seconds,
            "of jieba.cut": seconds / spent["all"]["jieba.cut"],
            "growth": (seconds / size["all"]) / (tenth / size["tenth"]),
        }
    return {"characters": size["all"], "steps": rows}


def table(result: dict[str, Any]) -> list[str]:
    """The figures as a Markdown table."""
    lines = [
        f"{result['characters']:,.0f} characters",
        "",
        "| | s | characters/s | of jieba.cut | growth |",
        "| --- | --: | --: | --: | --: |",
    ]
    for name, row in result["steps"].items():
        called = "**text to facts**" if name == "kg" else name
        lines.append(
            f"| {called} | {row['seconds']:.3f} | {row['pace']:,.0f} | {row['of jieba.cut']:.2f} | {row['growth']:.2f} |"
        )
    return lines


def _whole(paths: list[Path]) -> Spent:
    from kg.pipeline import read_document
    from kg.read import read_source

    _warmed_up()
    sources = [read_source(path) for path in paths]
    spent: Spent = {}
    for source in sources:
        _timed(spent, "kg", lambda source=source: read_document(source))
    return spent


def _by_step(paths: list[Path]) -> Spent:
    """Step by step; with the collector paused while a document is read, as read_document does it."""
    from kg.collector import paused
    from kg.extract import extract
    from kg.graph.merge import Merger
    from kg.graph.store_write import write_store
    from kg.model import Reading
    from kg.parse import parse
    from kg.read import read_source
    from kg.relate import relate
    from kg.resolve import resolve
    from kg.words import tokenize

    _warmed_up()
    spent: Spent = {}
    merger = Merger()
    for path in paths:
        source = _timed(spent, "read", lambda path=path: read_source(path))
        with paused():
            document = _timed(spent, "parse", lambda source=source: parse(source))
            tokens = _timed(spent, "tokenize", lambda document=document: tokenize(document.text))
            mentions = _timed(spent, "extract", lambda document=document, tokens=tokens: extract(document, tokens))
            linked = _timed(
                spent, "resolve", lambda document=document, tokens=tokens, mentions=mentions: resolve(document, tokens, mentions)
            )
            facts, measures = _timed(spent, "relate", lambda linked=linked: relate(linked))
        entities = tuple(linked.entities[key] for key in sorted(linked.entities))
        reading = Reading(document, entities, facts, measures, linked.home, linked.body, linked.notes)
        _timed(spent, "merge", lambda reading=reading: merger.add(reading))
    graph = _timed(spent, "merge", merger.graph)
    with tempfile.TemporaryDirectory() as folder:
        _timed(spent, "turtle", lambda: graph.to_turtle(Path(folder) / "graph.ttl"))
        _timed(spent, "store", lambda: write_store(graph, Path(folder), None))
    return spent


def _cut(paths: list[Path]) -> Spent:
    import jieba

    with_posseg()  # loads jieba's words, its cache in a folder of its own
    return _over("jieba.cut", paths, lambda text: sum(1 for _ in jieba.cut(text)))


def _cut_quickly(paths: list[Path]) -> Spent:
    import rjieba

    rjieba.cut(WARM_UP)
    return _over("rjieba.cut", paths, lambda text: len(rjieba.cut(text)))


def _tagged(paths: list[Path]) -> Spent:
    import jieba.posseg

    with_posseg()
    return _over("jieba.posseg", paths, lambda text: sum(1 for _ in jieba.posseg.cut(text)))


def _floor(paths: list[Path]) -> Spent:
    from kg.collector import paused
    from kg.extract import Scan, extract
    from kg.parse import parse
    from kg.read import read_source
    from kg.relate import relate
    from kg.resolve import resolve
    from kg.words import tokenize

    _warmed_up()
    spent: Spent = {}
    for path in paths:
        document = parse(read_source(path))
        tokens = tokenize(document.text)
        mentions = extract(document, tokens)
        linked = resolve(document, tokens, mentions)
        facts, measures = relate(linked)
        made = [
            (type(one), [getattr(one, field.name) for field in fields(one)])
            for one in (*mentions, *linked.entities.values(), *facts, *measures)
        ]
        with paused():
            _timed(spent, "floor", lambda path=path: read_source(path))
            tokens = _timed(spent, "floor", lambda document=document: tokenize(document.text))
            _timed(spent, "floor", lambda document=document, tokens=tokens: Scan(document, tokens))
            _timed(spent, "floor", lambda made=made: [make(*values) for make, values in made])
    return spent


WORKS: dict[str, Callable[[list[Path]], Spent]] = {
    "kg": _whole,
    "steps": _by_step,
    "cut": _cut,
    "rcut": _cut_quickly,
    "tag": _tagged,
    "floor": _floor,
}


def _warmed_up() -> None:
    from kg.pipeline import build

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.txt"
        page.write_text(WARM_UP, "utf-8")
        build(page, home="湖州市").to_turtle()


def _over(name: str, paths: list[Path], work: Callable[[str], int]) -> Spent:
    spent: Spent = {}
    for path in paths:
        text = path.read_text("utf-8")
        _timed(spent, name, lambda text=text: work(text))
    return spent


def _timed(spent: Spent, name: str, work: Callable[[], Any]) -> Any:
    start = time.process_time()
    result = work()
    spent[name] = spent.get(name, 0.0) + time.process_time() - start
    return result


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", nargs="+", type=Path, default=[CORPUS], metavar="FOLDER")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", choices=sorted(WORKS), help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
