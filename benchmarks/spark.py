"""A build on Spark beside one with --jobs: the same documents, the same cores, one after the other in the same run.

    python -m benchmarks.spark [--texts FOLDER] [--documents 1000] [--cores 2] [--json]

The documents are cut from real texts (benchmarks.corpus). `jobs` is kg.build and kg.publish without the page; `spark` is --engine spark on
this machine's cores (`local[N]`, one JVM), by half of the documents and by all of them. Each is a process of its own; `start` is what the JVM
takes until it has counted to ten. Seconds are the clock's. Bytes are of what is left on the disk, `records` of what lies there between
reading and merging. `most said` is the entity that stands in most documents: how many have it, and how many different things (label, names,
class) they say of it, which is all that reaches the machine that folds it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.child import measured
from benchmarks.corpus import write
from benchmarks.posseg import CORPUS


def main() -> int:
    """Measure and print a table, or with --json the figures."""
    args = _arguments()
    if args.child:
        print(json.dumps(WORKS[args.child](Path(args.folder), args.cores)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        texts = write(args.texts, Path(folder, "all"), args.documents, 2500)
        half = Path(folder, "half")
        half.mkdir()
        for number, text in enumerate(texts[: len(texts) // 2]):
            (half / f"{number:06}.txt").write_text(text, "utf-8", newline="")
        runs = {work: measured("spark", work, "--folder", folder, "--cores", str(args.cores)) for work in WORKS}
    result = {"cores": args.cores, "documents": len(texts), "characters": sum(map(len, texts)), "runs": runs}
    print(json.dumps(result, indent=1, ensure_ascii=False) if args.json else "\n".join(table(result)))
    return 0


def with_jobs(folder: Path, cores: int) -> dict[str, Any]:
    """A build in the processes of this machine, and its graph as Turtle and in the store."""
    import kg

    began = time.perf_counter()
    graph = kg.build(folder / "all", jobs=cores)
    read = time.perf_counter()
    kg.publish(graph, folder / "jobs", html=False)
    done = time.perf_counter()
    return {"seconds": {"reading": read - began, "writing": done - read}, "total": done - began, "entities": len(graph.entities)}


def on_spark(folder: Path, cores: int, texts: str) -> dict[str, Any]:
    """A build by Spark, with what lies on the disk of it."""
    from kg.spark.engine import STAGE, build
    from kg.spark.session import session

    to, held = folder / f"spark-{texts}", {}

    def progress(step: str) -> None:
        if step == "writing":
            held.update(_records(to / STAGE / "records"))

    began = time.perf_counter()
    with session(f"local[{cores}]") as spark:
        spark.range(10).count()
        start = time.perf_counter() - began
        began = time.perf_counter()
        built = build(folder / texts, output=to, master=f"local[{cores}]", progress=progress)
    total = time.perf_counter() - began
    sizes = {name: _size(to / name) for name in ("nquads", "parquet")}
    return {
        "seconds": built.seconds,
        "total": total,
        "start": start,
        "documents": built.documents,
        "entities": built.entities,
        "quads": built.quads,
        "bytes": {**sizes, "records": held.pop("bytes")},
        **held,
    }


def _records(folder: Path) -> dict[str, Any]:
    """What lies between reading and merging: its bytes, and of the entity that most documents name how many do, and how variously."""
    import pyarrow.parquet as parquet

    documents: defaultdict[str, int] = defaultdict(int)
    variants: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(folder.glob("part-*.parquet")):
        for said in parquet.read_table(path, columns=["entities"])["entities"].to_pylist():
            for entity in said or ():
                documents[entity["id"]] += 1
                told = {name: entity[name] for name in ("classes", "label", "alt", "kind", "resolved", "code", "year", "origin")}
                variants[entity["id"]].add(repr(told))
    most = max(documents, key=lambda id_: (documents[id_], id_))
    widest = max(variants, key=lambda id_: (len(variants[id_]), id_))
    return {
        "bytes": _size(folder),
        "most said": [most, documents[most], len(variants[most])],
        "most various": [widest, documents[widest], len(variants[widest])],
    }


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


WORKS = {
    "jobs": with_jobs,
    "half": lambda folder, cores: on_spark(folder, cores, "half"),
    "spark": lambda folder, cores: on_spark(folder, cores, "all"),
}


def table(result: dict[str, Any]) -> list[str]:
    """The figures as Markdown."""
    runs = result["runs"]
    lines = [
        f"{result['documents']:,} documents, {result['characters']:,} characters, {result['cores']} cores; the JVM starts in {runs['spark']['start']:.1f} s.",
        "",
        "| | documents | reading | merging | writing | together | × jobs |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    jobs = runs["jobs"]
    for name, run in runs.items():
        steps = [f"{run['seconds'][step]:.1f} s" if step in run["seconds"] else "" for step in ("reading", "merging", "writing")]
        times = f"{run['total'] / jobs['total']:.2f}" if name != "half" else ""
        documents = run.get("documents", result["documents"])
        lines.append(f"| {name} | {documents:,} | {' | '.join(steps)} | {run['total']:.1f} s | {times} |")
    lines += ["", "| bytes a document | records | N-Quads | Parquet |", "| --- | --: | --: | --: |"]
    for name in ("half", "spark"):
        run = runs[name]
        sizes = (f"{run['bytes'][part] / run['documents']:,.0f}" for part in ("records", "nquads", "parquet"))
        lines.append(f"| {name} | {' | '.join(sizes)} |")
    lines += ["", "| | entity | documents that name it | different things said of it |", "| --- | --- | --: | --: |"]
    for name in ("half", "spark"):
        for what in ("most said", "most various"):
            entity, number, various = runs[name][what]
            lines.append(f"| {name}: {what} | {entity} | {number:,} | {various:,} |")
    return lines


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=CORPUS)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", choices=sorted(WORKS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
