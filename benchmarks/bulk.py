"""A large graph written as Turtle and N-Quads and put into the store, beside Oxigraph's own bulk loader and writers, and rdflib.

    python -m benchmarks.bulk [--triples N] [--json]

The graph is the seed page's over and over, each time of another city and another document (benchmarks.made): 10 million triples unless
told otherwise. Every measurement is a process of its own. `kg` makes the triples out of entities, facts and figures and writes them; the
rows "Oxigraph" are given the same triples as a finished N-Quads file, which no graph in memory comes as: they are the floor. rdflib is
given a tenth of them, as N-Triples. Wall seconds and processor seconds (more than
wall where two loaders work at once); `held` is what the process has before it begins (for kg: the graph), `peak` the most it has.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.child import ROOT, measured

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

LESS = 10
"""What part of the triples rdflib is given: one in so many."""
Spent = dict[str, float]


def main() -> int:
    """Measure and print a table, or with --json the figures."""
    args = _arguments()
    if args.child:
        print(json.dumps(WORKS[args.child][1](Path(args.folder), args.triples)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        runs = {name: measured("bulk", name, "--folder", folder, "--triples", str(args.triples)) for name in WORKS}
    print(json.dumps(runs, indent=1) if args.json else "\n".join(table(runs)))
    return 0


def grown(triples: int) -> Graph:
    """A graph of about so many triples."""
    import kg
    from benchmarks.made import made

    seed = kg.build(ROOT / "seeds")
    return made(seed, max(1, round(triples / sum(1 for _ in seed.triples()))))


def kg_quads(folder: Path, triples: int) -> Spent:
    """The triples to an N-Quads file as they are made; the files that the others read are left in the folder."""
    import pyoxigraph as ox

    graph = grown(triples)
    spent = _spent(lambda: ox.serialize(graph.quads(), folder / "graph.nq", format=ox.RdfFormat.N_QUADS))
    every = ox.parse(path=folder / "graph.nq", format=ox.RdfFormat.N_QUADS)
    tenth = (quad.triple for number, quad in enumerate(every) if number % LESS == 0)
    ox.serialize(tenth, folder / "tenth.nt", format=ox.RdfFormat.N_TRIPLES)
    return spent | {"triples": _lines(folder / "graph.nq")}


def kg_turtle(folder: Path, triples: int) -> Spent:
    """Turtle after the contract: grouped, sorted, the same bytes each time."""
    graph = grown(triples)
    return _spent(lambda: graph.to_turtle(folder / "graph.ttl")) | {"triples": _lines(folder / "graph.nq")}


def kg_store(folder: Path, triples: int) -> Spent:
    """A store on disk, as a build leaves it."""
    from kg.graph.store_write import write_store

    graph = grown(triples)
    return _spent(lambda: write_store(graph, folder, None)) | {"triples": _lines(folder / "graph.nq")}


def kg_all(folder: Path, triples: int) -> Spent:
    """All that a build publishes but for its pages: Turtle, store, texts."""
    from kg.export.publish import publish

    graph = grown(triples)
    return _spent(lambda: publish(graph, folder / "out", html=False)) | {"triples": _lines(folder / "graph.nq")}


def kg_none(folder: Path, triples: int) -> Spent:
    """The same without mentions; `triples` are those that are left."""
    from kg.export.publish import publish
    from kg.graph.mentions import NONE, keep_mentions

    graph = grown(triples)
    spent = _spent(lambda: publish(graph, folder / "none", html=False, mentions=NONE))
    return spent | {"triples": sum(1 for _ in keep_mentions(graph, NONE).triples())}


def bulk_load(folder: Path, _: int) -> Spent:
    """Oxigraph's bulk loader over one file."""
    import pyoxigraph as ox

    store = ox.Store(str(folder / "bulk"))

    def load() -> None:
        store.bulk_load(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS, lenient=True)
        store.flush()

    return _spent(load) | {"triples": _lines(folder / "graph.nq")}


def convert(form: str) -> Callable[[Path, int], Spent]:
    """Oxigraph's reader and writer alone: from N-Quads to a format."""

    def work(folder: Path, _: int) -> Spent:
        import pyoxigraph as ox

        def quads() -> Iterator[ox.Quad]:
            return ox.parse(path=folder / "graph.nq", format=ox.RdfFormat.N_QUADS, lenient=True)

        def write() -> None:
            kind = ox.RdfFormat.TURTLE if form == "ttl" else ox.RdfFormat.N_QUADS
            ox.serialize((quad.triple for quad in quads()) if form == "ttl" else quads(), folder / f"other.{form}", format=kind)

        return _spent(write) | {"triples": _lines(folder / "graph.nq")}

    return work


def with_rdflib(work: str) -> Callable[[Path, int], Spent]:
    """rdflib over a tenth of the triples: to read them, or to write them as Turtle or as lines."""

    def run(folder: Path, _: int) -> Spent:
        import rdflib

        graph = rdflib.Graph()
        count = {"triples": _lines(folder / "tenth.nt")}
        if work == "load":
            return _spent(lambda: graph.parse(folder / "tenth.nt", format="nt")) | count
        graph.parse(folder / "tenth.nt", format="nt")
        return _spent(lambda: graph.serialize(folder / "rdflib", format=work, encoding="utf-8")) | count

    return run


WORKS: dict[str, tuple[str, Callable[[Path, int], Spent]]] = {
    "quads": ("N-Quads, kg", kg_quads),
    "convert-quads": ("N-Quads, Oxigraph", convert("nq")),
    "rdflib-quads": ("N-Triples, rdflib", with_rdflib("nt")),
    "turtle": ("Turtle, kg", kg_turtle),
    "convert-turtle": ("Turtle, Oxigraph", convert("ttl")),
    "rdflib-turtle": ("Turtle, rdflib", with_rdflib("turtle")),
    "store": ("store, kg", kg_store),
    "bulk": ("store, Oxigraph's bulk load", bulk_load),
    "rdflib-load": ("in memory, rdflib", with_rdflib("load")),
    "all": ("all that is published, kg", kg_all),
    "none": ("… with `--mentions none`", kg_none),
}


def table(runs: dict[str, Spent]) -> list[str]:
    """The figures as a Markdown table."""
    lines = ["| | triples | s | processor s | triples/s | held MB | peak MB |", "| --- | --: | --: | --: | --: | --: | --: |"]
    for name, run in runs.items():
        cells = [f"{run['triples']:,.0f}", *(f"{run[key]:.1f}" for key in ("seconds", "processor"))]
        cells += [f"{value:,.0f}" for value in (run["triples"] / run["seconds"], run["held"], run["peak"])]
        lines.append(f"| {WORKS[name][0]} | {' | '.join(cells)} |")
    return lines


def _spent(work: Callable[[], Any]) -> Spent:
    held, began, used = _peak(), time.perf_counter(), time.process_time()
    work()
    return {"seconds": time.perf_counter() - began, "processor": time.process_time() - used, "held": held, "peak": _peak()}


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=10_000_000, metavar="N")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", choices=sorted(WORKS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
