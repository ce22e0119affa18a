"""`kg path A B`: how two things are connected, with the sentences that say so."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.cli.console import Console
from kg.cli.options import graph_option, json_option, positive
from kg.cli.say import Say, Table
from kg.cli.telling import Name, fact_json, fact_line, sentence_lines

if TYPE_CHECKING:
    from kg.graph.paths import Step

SAY: Table = {
    "help": ("两者怎样联系起来，连同原句", "how two things are connected, with the sentences that say so"),
    "one": ("一端的名称、标识或网址", "one end: its name, id or IRI"),
    "other": ("另一端", "the other end"),
    "most": ("最多列几条路（默认 3）", "how many ways to tell at most (default: 3)"),
    "longest": ("一条路最多几步（默认 8）", "the most steps of a way (default: 8)"),
    "done": ("只走已成的事实，不走计划", "only over what is done, not over what is planned"),
    "json": ("用 JSON 写", "print as JSON"),
    "none": ("{a} 与 {b} 之间没有 {n} 步以内的路", "{a} and {b} are not connected within {n} steps"),
    "same": ("两端是同一个实体：{a}", "both ends are one entity: {a}"),
    "way": ("第 {n} 条，{steps} 步：{names}", "{n}. {steps} step(s): {names}"),
}  # fmt: skip


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg path`."""
    parser.add_argument("one", metavar="A", help=say("one"))
    parser.add_argument("other", metavar="B", help=say("other"))
    parser.add_argument("--most", type=positive, default=3, metavar="N", help=say("most"))
    parser.add_argument("--longest", type=positive, default=8, metavar="N", help=say("longest"))
    parser.add_argument("--done", action="store_true", help=say("done"))
    json_option(parser, say("json"))
    graph_option(parser)


def run(args: Namespace, console: Console) -> int:
    """Find the ways and tell them. 0 also where there is none: then it says so."""
    from kg.errors import UsageError
    from kg.graph.find import find_one
    from kg.graph.paths import paths
    from kg.graph.statements import Reader
    from kg.graph.store import base, open_store
    from kg.graph.terms import terms_of
    from kg.ontology import know

    say = console.say(SAY)
    store, root = open_store(args.graph), base(args.graph)
    know(terms_of(store))
    one, other = (find_one(store, name, base=root) for name in (args.one, args.other))
    if one.iri == other.iri:
        raise UsageError(say("same", a=one.label))
    found = paths(store, one.iri, other.iri, most=args.most, longest=args.longest, planned=not args.done)
    name = Reader(store).label
    if args.json:
        console.json([{"steps": [_step(step, name) for step in way]} for way in found])
    elif not found:
        console.warn(say("none", a=one.label, b=other.label, n=args.longest))
    for number, way in enumerate([] if args.json else found, 1):
        console.print(*_lines(number, way, name, console))
    return 0


def _lines(number: int, way: tuple[Step, ...], name: Name, console: Console) -> Iterator[str]:
    if number > 1:
        yield ""
    names = " – ".join(name(iri) for iri in (way[0].start, *(step.end for step in way)))
    yield console.say(SAY)("way", n=number, steps=len(way), names=names)
    for step in way:
        for fact in step.facts:
            yield f"  {fact_line(fact, name, console.lang)}"
            yield from sentence_lines(fact.sentences, "    ")


def _step(step: Step, name: Name) -> dict[str, object]:
    return {
        "from": {"iri": step.start, "label": name(step.start)},
        "to": {"iri": step.end, "label": name(step.end)},
        "facts": [fact_json(fact, name) for fact in step.facts],
    }
