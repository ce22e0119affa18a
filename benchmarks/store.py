"""The store beside rdflib in memory: load, serialisation and five queries over the same triples.

    python -m benchmarks.store [--triples N] [--cpu] [--json]

The triples are the seed page's graph over and over, each time of another city and another document (benchmarks.made): 1 million
unless told otherwise. Every measurement of one tool is made in one process of its own, the two tools one after the other in the
same run: what counts is the ratio. A query is asked three times and its best time taken, rows made into Python values in both.
kg reads N-Quads (it keeps the named graphs) and writes TriG and N-Quads; so does rdflib's Dataset, and what counts is the ratio to it. "rdflib,
triples" is rdflib's Graph over the same triples without their graphs, read from N-Triples, its fastest format, and written as Turtle and N-Triples: less
work than the others have. "on disk" is what kg build leaves, which need not be loaded again to be asked. With --cpu, processor time is measured instead of
the clock: on a machine that others use meanwhile, only that can be compared (it does not show that the store on disk is filled by
two threads at once).
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.child import ROOT, measured

PREFIXES = """PREFIX kg: <https://w3id.org/yishi/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> """
QUERIES = {
    "lookup": "SELECT ?p ?o { ?x skos:prefLabel '新华社'@zh ; ?p ?o }",
    "join": """SELECT ?who ?what ?quote { ?st rdf:predicate kg:runs ; kg:status kg:planned ; rdf:subject ?s ; rdf:object ?o ;
               kg:evidence ?e . ?e kg:quote ?quote . ?s skos:prefLabel ?who . ?o skos:prefLabel ?what }""",
    "aggregate": "SELECT ?class (COUNT(?x) AS ?n) { ?x skos:prefLabel ?name ; a ?class } GROUP BY ?class ORDER BY DESC(?n)",
    "path": "SELECT ?up { ?x skos:prefLabel '安吉县'@zh ; kg:partOf+ ?up }",
    "text": "SELECT ?x ?name { ?x skos:prefLabel ?name FILTER(CONTAINS(?name, '协商')) }",
}


TURTLE, LINES = "write Turtle (TriG)", "write N-Triples (N-Quads)"
_clock = time.perf_counter


def main() -> int:
    """Measure and print a table, or with --json the figures."""
    args = _arguments()
    if args.child:
        global _clock
        _clock = time.process_time if args.cpu else time.perf_counter
        print(json.dumps(CHILDREN[args.child](Path(args.folder))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder), args.triples)
        figures = {name: measured("store", name, "--folder", folder, *(["--cpu"] if args.cpu else [])) for name in CHILDREN}
    result = {"triples": made, **figures, "ratios": ratios(figures)}
    print(json.dumps(result, indent=1, ensure_ascii=False) if args.json else "\n".join(table(result)))
    return 0


def make(folder: Path, triples: int) -> int:
    """Write graph.nq and graph.nt of about so many triples; returns how many they are."""
    import pyoxigraph as ox

    import kg
    from benchmarks.made import made

    seed = kg.build(ROOT / "seeds")
    size = len(list(seed.triples()))
    graph = made(seed, max(1, round(triples / size)))
    quads = list(graph.quads())
    ox.serialize(quads, folder / "graph.nq", format=ox.RdfFormat.N_QUADS)
    ox.serialize((quad.triple for quad in quads), folder / "graph.nt", format=ox.RdfFormat.N_TRIPLES)
    return len(quads)


def in_memory(folder: Path) -> dict[str, float]:
    """kg's store in memory: what Graph.store is, and what kg makes of an RDF file."""
    from kg.graph.store import ontology_quads, open_store

    list(ontology_quads())  # read once, whatever is loaded
    took = {"load": _time(lambda: open_store(folder / "graph.nq"))}
    took["open again"] = took["load"]
    return took | _asked(open_store(folder / "graph.nq"), folder)


def on_disk(folder: Path) -> dict[str, float]:
    """kg's store on disk: what kg build leaves, filled as it fills it and opened as kg query opens it."""
    from kg.graph.store import read_only
    from kg.graph.store_write import load_files

    halves = _halves(folder / "graph.nq")
    took = {"load": _time(lambda: load_files(folder / "store", halves))}
    took["open again"] = _time(lambda: read_only(folder / "store"))
    return took | _asked(read_only(folder / "store"), folder)


def _asked(store: Any, folder: Path) -> dict[str, float]:
    import pyoxigraph as ox

    from kg.graph.query import rows, run

    took = {}
    for name, form in ((TURTLE, ox.RdfFormat.TRIG), (LINES, ox.RdfFormat.N_QUADS)):
        with (folder / "out").open("wb") as out:
            took[name] = _time(lambda form=form, out=out: store.dump(out, format=form))  # type: ignore[misc]
    for name, query in QUERIES.items():
        took[name] = min(_time(lambda query=query: rows(run(store, query))) for _ in range(3))  # type: ignore[misc]
        took[f"{name} rows"] = len(rows(run(store, query)))
    return took | {"peak MB": _peak()}


def with_rdflib(folder: Path) -> dict[str, float]:
    """rdflib's Dataset, in memory: the same quads."""
    import rdflib

    return _in_rdflib(rdflib.Dataset(default_union=True), folder / "graph.nq", {TURTLE: "trig", LINES: "nquads"})


def with_rdflib_triples(folder: Path) -> dict[str, float]:
    """rdflib's Graph, in memory: the triples alone."""
    import rdflib

    return _in_rdflib(rdflib.Graph(), folder / "graph.nt", {TURTLE: "turtle", LINES: "nt"})


def _in_rdflib(graph: Any, path: Path, forms: dict[str, str]) -> dict[str, float]:
    """What rdflib takes to read a file, to write it in these formats, and for the queries."""
    took = {"load": _time(lambda: graph.parse(path, format=forms[LINES]))}
    took["open again"] = took["load"]
    for name, form in forms.items():
        took[name] = _time(lambda form=form: graph.serialize(path.with_suffix(".rdflib"), format=form, encoding="utf-8"))  # type: ignore[misc]
    for name, query in QUERIES.items():
        took[name] = min(_time(lambda query=query: _answers(graph, query)) for _ in range(3))  # type: ignore[misc]
        took[f"{name} rows"] = len(_answers(graph, query))
    return took | {"peak MB": _peak()}


CHILDREN: dict[str, Callable[[Path], dict[str, float]]] = {
    "memory": in_memory,
    "disk": on_disk,
    "rdflib": with_rdflib,
    "rdflib triples": with_rdflib_triples,
}


def ratios(figures: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """How many times as long rdflib's Dataset takes as the others. All must have answered the same."""
    theirs = figures["rdflib"]
    wrong = [name for name in QUERIES for tool in figures if figures[tool][f"{name} rows"] != theirs[f"{name} rows"]]
    if wrong:
        raise SystemExit(f"kg and rdflib do not answer the same: {', '.join(wrong)}")
    works = [name for name in theirs if name != "peak MB" and not name.endswith(" rows")]
    return {name: {tool: theirs[name] / figures[tool][name] for tool in figures if tool != "rdflib"} for name in works}


def table(result: dict[str, Any]) -> list[str]:
    """The figures as a Markdown table."""
    lines = [f"{result['triples']:,} triples; × is how many times as long rdflib takes for the same quads.", ""]
    lines += [
        "| | kg, in memory | × | kg, on disk | × | rdflib, in memory | rdflib, triples | rows |",
        "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for name, ratio in result["ratios"].items():
        memory, disk, theirs, bare = (_told(result[tool][name]) for tool in CHILDREN)
        rows = result["disk"].get(f"{name} rows")
        told = "" if rows is None else f"{rows:,.0f}"
        times = (f"{ratio[tool]:,.1f}" for tool in ("memory", "disk"))
        lines.append(f"| {name} | {memory} | {next(times)} | {disk} | {next(times)} | {theirs} | {bare} | {told} |")
    peaks = [f"{result[tool]['peak MB']:,.0f} MB" for tool in CHILDREN]
    return [*lines, f"| memory | {peaks[0]} | | {peaks[1]} | | {peaks[2]} | {peaks[3]} | |"]


def _told(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def _answers(graph: Any, query: str) -> list[dict[str, Any]]:
    found = graph.query(PREFIXES + query)
    return [{str(name): None if value is None else value.toPython() for name, value in row.asdict().items()} for row in found]


def _halves(path: Path) -> list[Path]:
    """A file of lines as two."""
    data = path.read_bytes()
    middle = data.index(b"\n", len(data) // 2) + 1
    parts = [path.with_suffix(".1.nq"), path.with_suffix(".2.nq")]
    parts[0].write_bytes(data[:middle])
    parts[1].write_bytes(data[middle:])
    return parts


def _time(work: Callable[[], object]) -> float:
    start = _clock()
    work()
    return _clock() - start


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--cpu", action="store_true", help="processor time instead of the clock")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", choices=sorted(CHILDREN), help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
