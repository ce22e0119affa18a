"""`kg stats`: what is in a graph, in figures."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.cli.console import Console
from kg.cli.options import graph_option, json_option
from kg.cli.say import Say, Table
from kg.cli.table import columns, shorten

if TYPE_CHECKING:
    from kg.evaluate.stats import Stats

SAY: Table = {
    "help": ("图谱里有什么，用数字说", "what is in a graph, in figures"),
    "json": ("用 JSON 写", "print as JSON"),
    "triples": ("三元组 {n:,}", "Triples: {n:,}"),
    "documents": ("文本 {n:,}", "Documents: {n:,}"),
    "counts": ("事实 {facts:,}，数据 {figures:,}", "{facts:,} facts, {figures:,} figures"),
    "more": ("…… 还有 {n:,} 份（kg query sources 全列）", "… and {n:,} more (kg query sources lists all)"),
    "entities": ("实体 {n:,}", "Entities: {n:,}"),
    "unresolved": ("其中没能确定所指 {n:,}", "of them not resolved: {n:,}"),
    "facts": ("事实 {n:,}", "Facts: {n:,}"),
    "basis": ("依据", "What they rest on"),
    "figures": ("数据 {n:,}", "Figures: {n:,}"),
    "years": ("年份（事实和数据）", "Years (facts and figures)"),
    "connected": ("联系最多的实体", "Best connected"),
}  # fmt: skip
DOCUMENTS_SHOWN = 10


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg stats`."""
    json_option(parser, say("json"))
    graph_option(parser)


def run(args: Namespace, console: Console) -> int:
    """Count and print."""
    from kg.evaluate.stats import stats
    from kg.graph.documents import leads_of
    from kg.graph.store import open_store
    from kg.graph.terms import terms_of
    from kg.ontology import know

    store = open_store(args.graph)
    know(terms_of(store))
    found = stats(store, leads_of(args.graph))
    if args.json:
        console.json(found.as_json())
    else:
        console.print(*_lines(found, console))
    return 0


def _lines(found: Stats, console: Console) -> Iterator[str]:
    from kg.model import DONE, PLANNED
    from kg.ontology import label

    say, lang = console.say(SAY), console.lang
    yield say("triples", n=found.triples)
    yield from ("", say("documents", n=len(found.documents)))
    told = [
        (d["issued"] or "", d["file"], shorten(d["title"] or "", 60), say("counts", facts=d["facts"], figures=d["figures"]))
        for d in found.documents[:DOCUMENTS_SHOWN]
    ]
    yield from columns(told, "llll")
    if len(found.documents) > DOCUMENTS_SHOWN:
        yield f"  {say('more', n=len(found.documents) - DOCUMENTS_SHOWN)}"
    yield from ("", say("entities", n=found.entities))
    yield from columns([(label(name, lang), f"{n:,}") for name, n in found.classes.items()], "lr")
    if found.unresolved:
        yield f"  {say('unresolved', n=found.unresolved)}"
    yield from ("", say("facts", n=sum(map(sum, (f.values() for f in found.facts.values())))))
    if found.facts:
        head = ("", label(DONE, lang), label(PLANNED, lang))
        yield from columns(
            [head, *((label(name, lang), f"{f[DONE]:,}", f"{f[PLANNED]:,}") for name, f in found.facts.items())], "lrr"
        )
        yield from ("", say("basis"), *columns([(label(name, lang), f"{n:,}") for name, n in found.bases.items()], "lr"))
    yield from ("", say("figures", n=sum(found.figures.values())))
    yield from columns([(label(name, lang), f"{n:,}") for name, n in found.figures.items()], "lr")
    if found.years:
        yield from ("", say("years"), *columns([(year, f"{n:,}") for year, n in found.years.items()], "lr"))
    if found.connected:
        yield from ("", say("connected"), *columns([(name, f"{n:,}") for _, name, n in found.connected], "lr"))
