"""`kg query 'SELECT …'`: ask a graph in SPARQL."""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from kg.cli.console import Console
from kg.cli.options import graph_option
from kg.cli.say import Say, Table
from kg.cli.table import columns, shorten

SAY: Table = {
    "help": ("用 SPARQL 查询图谱", "ask a graph in SPARQL"),
    "query": ("SPARQL 查询（kg:、skos: 等前缀不必声明），或 -（从标准输入读）",
              "the query (kg:, skos: and the like need no declaration), or - to read it from standard input"),
    "format": ("table 供阅读，csv、json 供程序", "table to read, csv or json for scripts"),
    "none": ("没有结果", "no answers"),
}  # fmt: skip
WIDEST = 60


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg query`."""
    parser.add_argument("query", metavar="QUERY", help=say("query"))
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help=say("format"))
    graph_option(parser)


def run(args: Namespace, console: Console) -> int:
    """Ask and print. A query that does not parse is wrong usage."""
    from pyoxigraph import Quad

    from kg.evaluate.folder import open_graph
    from kg.graph.query import load, rows
    from kg.graph.query import run as ask

    sparql = sys.stdin.read() if args.query == "-" else args.query
    store = load(Quad(t.subject, t.predicate, t.object) for t in open_graph(Path(args.graph)).triples)
    answers = rows(ask(store, sparql))
    if args.format == "json":
        console.json([{name: _plain(value) for name, value in row.items()} for row in answers])
    elif args.format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answers[0] if answers else ())
        writer.writerows(["" if value is None else value for value in row.values()] for row in answers)
    elif not answers:
        console.warn(console.say(SAY)("none"))
    else:
        cells = [[shorten("" if value is None else str(value), WIDEST) for value in row.values()] for row in answers]
        sides = "".join("r" if all(_number(row[name]) for row in answers) else "l" for name in answers[0])
        console.print(*columns([list(answers[0]), *cells], sides, indent=""))
    return 0


def _number(value: Any) -> bool:
    from decimal import Decimal

    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _plain(value: Any) -> Any:
    """A value as JSON has it: decimals as numbers where they lose nothing, else as text."""
    if not _number(value) or isinstance(value, int | float):
        return value
    number = float(value)
    return number if str(number) == str(value) else str(value)
