"""`kg query`: ask a graph, in SPARQL or by the name of a query."""

from __future__ import annotations

import sys
from argparse import REMAINDER, SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.cli.console import Console
from kg.cli.options import graph_option, positive, seconds
from kg.cli.parser import Parser, common
from kg.cli.say import Say, Table
from kg.cli.table import columns

if TYPE_CHECKING:
    from kg.graph.ask_apart import Answer
    from kg.queries import Named

SAY: Table = {
    "help": ("查询图谱：SPARQL、.rq 文件或有名称的查询；不写则列出有名称的查询",
             "ask a graph: SPARQL, an .rq file or a named query; without one, list the named queries"),
    "query": ("SPARQL（有花括号的；kg:、skos: 等前缀不必声明）、.rq 文件、查询的名称，或 -（从标准输入读）；其后可写它的参数，如 --entity 新华社",
              "SPARQL (what has a brace; kg:, skos: and the like need no declaration), an .rq file, the name of a query, or - to read "
              "it from standard input; then its parameters, such as --entity 新华社"),
    "format": ("table 供阅读；csv、json（一行一个对象）供程序；srj、xml、tsv 是 W3C 的结果格式；ttl、nt 写图（CONSTRUCT、DESCRIBE）",
               "table to read; csv and json (an object a row) for scripts; srj, xml and tsv are W3C's formats of results; ttl and nt for "
               "graphs (CONSTRUCT, DESCRIBE)"),
    "limit": ("最多多少行", "the most rows"),
    "timeout": ("最多多少秒，到时即止（默认不限）", "seconds after which the query is ended (default: none)"),
    "json": ("等于 --format json", "the same as --format json"),
    "param": ("给查询的参数（也可写 --NAME VALUE）", "a parameter of the query (--NAME VALUE does as well)"),
    "none": ("没有结果", "no answers"),
    "cut": ("只列出前 {n} 行（--limit）", "only the first {n} rows (--limit)"),
    "asking": ("正在查询", "asking"),
    "library": ("有名称的查询（kg query NAME --help 说明各自的参数）",
                "Named queries (kg query NAME --help tells the parameters of each)"),
    "parameters": ("这个查询的参数", "parameters of this query"),
    "optional": ("可不给", "optional"),
    "rows": ("结果是一张表，不能写成 {format}", "the answer is a table, which cannot be written as {format}"),
    "graph": ("结果是图，不能写成 {format}", "the answer is a graph, which cannot be written as {format}"),
    "choose": ("可选 {formats}", "choose one of {formats}"),
}  # fmt: skip
OURS = ("table", "csv", "json")
ROWS = {"srj": "json", "xml": "xml", "tsv": "tsv"}  # W3C's formats by the engine's names
GRAPHS = {"ttl": "ttl", "nt": "nt"}
EXAMPLES = {
    "zh": """例子：
  kg query
  kg query coverage --entity 新华社
  kg query 'SELECT ?name WHERE { ?x a kg:Platform ; skos:prefLabel ?name }' --format csv""",
    "en": """examples:
  kg query
  kg query coverage --entity 新华社
  kg query 'SELECT ?name WHERE { ?x a kg:Platform ; skos:prefLabel ?name }' --format csv""",
}
SAY = {**SAY, "epilog": (EXAMPLES["zh"], EXAMPLES["en"])}


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg query`. What follows the query is read once it is known what it takes."""
    _general(parser, say)
    parser.add_argument("query", nargs=REMAINDER, metavar="QUERY", help=say("query"))


def _general(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("--format", choices=(*OURS, *ROWS, *GRAPHS), default="table", help=say("format"))
    parser.add_argument("--json", action="store_const", const="json", dest="format", default=SUPPRESS, help=say("json"))
    parser.add_argument("--limit", type=positive, metavar="N", help=say("limit"))
    parser.add_argument("--timeout", type=seconds, metavar="SECONDS", help=say("timeout"))
    parser.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help=say("param"))
    graph_option(parser)


def run(args: Namespace, console: Console) -> int:
    """Ask and print. A query that does not parse is wrong usage; one that takes too long has failed."""
    if not args.query:
        _list(args.format, console)
        return 0
    what, *rest = args.query
    if what.startswith("-") and what != "-":
        Parser("kg query", add_help=False).error(f"unrecognized arguments: {what}")
    query = _query(what)
    try:
        options, given = _options(query, rest, args, console)
    except SystemExit as stop:  # argparse has said what is wrong, or has shown the help of this query
        return stop.code if isinstance(stop.code, int) else 2
    from kg.graph.ask_apart import Question, Worker
    from kg.graph.parameters import bind
    from kg.graph.store import base, open_store
    from kg.graph.terms import terms_of
    from kg.ontology import know

    root = base(options.graph)
    bindings = {}
    if given or query.parameters or query.columns:
        store = open_store(options.graph)
        know(terms_of(store))
        bindings = bind(query, given, store, base=root)
    question = Question(
        query.sparql,
        base=root,
        bindings=bindings,
        results=ROWS.get(options.format, "tsv"),
        triples=GRAPHS.get(options.format, "nt"),
        limit=options.limit,
    )
    worker = Worker(options.graph)
    try:
        with console.progress(console.say(SAY)("asking")):
            answer = worker.ask(question, timeout=options.timeout)
            show = _shown(answer, query, options.format, console)
    finally:
        worker.end()
    show()
    if answer.cut:
        console.warn(console.say(SAY)("cut", n=options.limit))
    return 0


def _query(what: str) -> Named:
    """The query that the user means."""
    from kg.queries import named, parse_query, read_query

    if what == "-":
        return parse_query(sys.stdin.read())
    if "{" in what:
        return parse_query(what)
    return read_query(what) if what.endswith(".rq") else named(what)


def _options(query: Named, rest: list[str], args: Namespace, console: Console) -> tuple[Namespace, dict[str, str]]:
    """The options before and after the query, and what its parameters are given."""
    say = console.say(SAY)
    parser = Parser(f"kg query {query.name}", description=query.title[console.lang == "en"], add_help=False, allow_abbrev=False)
    _general(parser, say)
    taken = {option for action in parser._actions for option in action.option_strings}
    group = parser.add_argument_group(say("parameters"))
    for parameter in query.parameters:
        if f"--{parameter.name}" not in taken:
            about = parameter.about[console.lang == "en"]
            note = f"（{say('optional')}）" if console.lang == "zh" else f" ({say('optional')})"
            group.add_argument(
                f"--{parameter.name}", dest=f"given_{parameter.name}", metavar=parameter.type.upper(),
                help=(about + (note if parameter.optional else "")).replace("%", "%%"), default=SUPPRESS,
            )  # fmt: skip
    common(parser)
    parser.set_defaults(**{name: value for name, value in vars(args).items() if name != "param"})
    options = parser.parse_args(rest)
    given = {}
    for pair in (*args.param, *options.param):
        name, equals, value = pair.partition("=")
        if not equals:
            parser.error(f"argument --param: {pair!r} is not NAME=VALUE")
        given[name] = value
    given |= {name.removeprefix("given_"): value for name, value in vars(options).items() if name.startswith("given_")}
    return options, given


def _list(form: str, console: Console) -> None:
    """The named queries with what each answers."""
    from kg.queries import library

    number = console.lang == "en"
    if form == "json":
        told = [
            {
                "name": query.name,
                "title": query.title[number],
                "parameters": [
                    {"name": p.name, "type": p.type, "optional": p.optional, "about": p.about[number]} for p in query.parameters
                ],
            }
            for query in library().values()
        ]
        console.json(told)
        return
    rows = []
    for query in library().values():
        takes = " ".join(f"[--{p.name}]" if p.optional else f"--{p.name}" for p in query.parameters)
        rows.append((query.name, query.title[number], takes))
    console.print(console.say(SAY)("library"), *columns(rows, "lll"))


def _shown(answer: Answer, query: Named, form: str, console: Console) -> Callable[[], None]:
    """What prints the answer, once all of it has been read: nothing is printed of one that breaks off."""
    from kg.cli.answer import csv_text, objects, read, table_lines
    from kg.errors import UsageError

    say = console.say(SAY)
    if answer.form == "graph" and form in ROWS:
        raise UsageError(say("graph", format=form), "--format", say("choose", formats=", ".join((*OURS, *GRAPHS))))
    if answer.form != "graph" and form in GRAPHS:
        raise UsageError(say("rows", format=form), "--format", say("choose", formats=", ".join((*OURS, *ROWS))))
    if form not in OURS:
        text = b"".join(answer).decode()
        return lambda: console.data(text if text.endswith("\n") else f"{text}\n")
    names, rows = read(answer, {parameter.name for parameter in query.parameters}, console.lang if query.columns else None)
    if form == "json":
        return lambda: console.json(objects(names, rows))
    if form == "csv":
        return lambda: console.data(csv_text(names, rows))
    if not rows:
        return lambda: console.warn(say("none"))
    headings = [query.heading(name, console.lang) for name in names]
    return lambda: console.print(*table_lines(headings, rows))
