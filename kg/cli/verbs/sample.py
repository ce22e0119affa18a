"""`kg sample`: facts drawn at random, with their quotes, for a person to judge."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.console import Console
from kg.cli.options import graph_option, positive
from kg.cli.say import Say, Table

if TYPE_CHECKING:
    from kg.evaluate.sample import Drawn, End

SAY: Table = {
    "help": ("随机抽取若干事实，连同原句，供人评判", "draw facts at random, with their quotes, for a person to judge"),
    "number": ("抽多少条（默认 60）", "how many (default: 60)"),
    "seed": ("随机数种子：同一种子抽到同样的事实（默认 0）", "the seed: the same one draws the same facts (default: 0)"),
    "format": ("text 供阅读，md 供填写评判，json 供程序", "text to read, md to fill in verdicts, json for scripts"),
    "status": ("状态", "status"),
    "period": ("时间", "period"),
    "role": ("职务", "post"),
    "written": ("文中作", "written"),
    "context": ("承前", "carried from"),
    "fact": ("事实", "fact"),
    "quote": ("原句", "quote"),
    "verdict": ("对错", "right?"),
}  # fmt: skip


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg sample`."""
    parser.add_argument("-n", "--number", type=positive, default=60, metavar="N", help=say("number"))
    parser.add_argument("--seed", type=int, default=0, metavar="N", help=say("seed"))
    parser.add_argument("--format", choices=("text", "md", "json"), default="text", help=say("format"))
    graph_option(parser)


def run(args: Namespace, console: Console) -> int:
    """Draw and print."""
    from kg.evaluate.folder import open_graph
    from kg.evaluate.sample import draw

    drawn = draw(open_graph(Path(args.graph)), args.number, args.seed)
    if args.format == "json":
        console.json([asdict(fact) for fact in drawn])
    elif args.format == "md":
        console.print(*_markdown(drawn, console))
    else:
        for number, fact in enumerate(drawn, 1):
            console.print(*_text(number, fact, console))
    return 0


def _text(number: int, fact: Drawn, console: Console) -> Iterator[str]:
    yield f"{number}. {_said(fact, console)}"
    yield f"   {_how(fact, console)}"
    for quote in fact.quotes:
        yield f"   “{' '.join(quote.split())}”"
    if fact.context:
        yield f"   {console.say(SAY)('context')}: “{' '.join(fact.context.split())}”"
    yield ""


def _markdown(drawn: list[Drawn], console: Console) -> Iterator[str]:
    """A table whose last column is left for the verdict. It does not show the rule: a judge sees only facts and quotes."""
    say = console.say(SAY)
    yield f"| # | {say('fact')} | {say('status')} | {say('quote')} | {say('verdict')} |"
    yield "| --: | --- | --- | --- | --- |"
    for number, fact in enumerate(drawn, 1):
        quotes = "<br>".join(_cell(quote) for quote in fact.quotes)
        context = f"<br>{say('context')}: {_cell(fact.context)}" if fact.context else ""
        yield f"| {number} | {_cell(_said(fact, console))} | {_cell(_how(fact, console))} | {quotes}{context} | |"


def _said(fact: Drawn, console: Console) -> str:
    from kg.ontology import label

    return f"{_end(fact.subject, console)} —{label(fact.property, console.lang)}→ {_end(fact.object, console)}"


def _end(end: End, console: Console) -> str:
    other = [name for name in end.written if name != end.label]
    return f"{end.label}（{console.say(SAY)('written')} {'、'.join(other)}）" if other else end.label


def _how(fact: Drawn, console: Console) -> str:
    from kg.ontology import label

    say = console.say(SAY)
    parts = [label(name, console.lang) for name in (fact.status, fact.basis)]
    parts += [f"{say('period')} {fact.period}"] if fact.period else []
    parts += [f"{say('role')} {fact.role}"] if fact.role else []
    return " · ".join(parts)


def _cell(text: str) -> str:
    """Text that stays in its cell and is no markup."""
    line = " ".join(text.split())
    for char in "\\|<>*_`[]":
        line = line.replace(char, f"\\{char}" if char not in "<>" else {"<": "&lt;", ">": "&gt;"}[char])
    return line
