"""`kg score GOLD.json...`: how near a graph is to what a careful expert reads out of the text."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.console import Console
from kg.cli.options import lexicon_option
from kg.cli.say import Say, Table
from kg.cli.table import columns

if TYPE_CHECKING:
    from kg.evaluate.score import Score

SAY: Table = {
    "help": ("拿图谱与金标准比", "compare a graph with gold graphs"),
    "gold": ("金标准（JSON）", "gold graphs in JSON"),
    "graph": ("kg build 写的文件夹，或一个 Turtle 文件", "the folder that kg build wrote, or a Turtle file"),
    "texts": ("不给 --graph 时：到这些文件夹里找金标准的原文，现场建图谱",
              "without --graph: folders in which the gold's texts are; each graph is built anew, in memory"),
    "text": ("只给 Turtle 文件时：核对引文用的原文", "with a Turtle file: the text that its quotes must be of"),
    "lexicon": ("自己的词表（TOML；可以给多个）", "a lexicon of your own (TOML; can be given more than once)"),
    "errors": ("列出每一个错误", "list everything that is wrong"),
    "kinds": ("逐类列出（只有一份金标准时总是列出）", "the figures of each class and property (always, for one gold)"),
    "json": ("用 JSON 写（一份金标准时与公用评分程序同样的键）", "print as JSON"),
    "missing": ("没有找到 {text}，跳过 {gold}（用 --texts 指出它在哪）",
                "{text} was not found, {gold} is skipped (say where it is with --texts)"),
    "head-gold": ("金标准", "gold"),
    "entity": ("实体", "entities"),
    "relation": ("关系", "relations"),
    "measure": ("数据", "figures"),
    "periods": ("时间", "periods"),
    "labels": ("名称", "labels"),
    "whole": ("证据齐全", "whole"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "counts": ("对 {tp}，错 {fp}，漏 {fn}", "{tp} right, {fp} wrong, {fn} missed"),
    "evidence": ("证据", "evidence"),
    "which": ("--graph 与 --texts 选一个", "say either --graph or --texts"),
}  # fmt: skip
PARTS = ("entity", "relation", "measure")


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg score`."""
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.json", help=say("gold"))
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--graph", type=Path, metavar="DIR", help=say("graph"))
    where.add_argument("--texts", type=Path, nargs="+", metavar="DIR", help=say("texts"))
    parser.add_argument("--text", type=Path, metavar="FILE", help=say("text"))
    lexicon_option(parser, say("lexicon"))
    parser.add_argument("--errors", action="store_true", help=say("errors"))
    parser.add_argument("--kinds", action="store_true", help=say("kinds"))
    parser.add_argument("--json", action="store_true", help=say("json"))


def run(args: Namespace, console: Console) -> int:
    """Score and print. 0: every gold was scored; 3: the texts of some are not there; 1: of all."""
    scores = dict(_scores(args, console))
    if not scores:
        return 1
    if args.json:
        figures = {name: score.figures for name, score in scores.items()}
        console.json(figures if len(args.gold) > 1 else next(iter(figures.values())))
    else:
        console.print(*_summary(scores, console.say(SAY)))
        for name, score in scores.items():
            if args.kinds or len(args.gold) == 1:
                console.print("", name, *_kinds(score.figures, console.say(SAY)))
            if args.errors:
                console.print("", *("\t".join((name, m.part, m.why, m.kind, m.what)) for m in score.misses))
    return 0 if len(scores) == len(args.gold) else 3


def _scores(args: Namespace, console: Console) -> Iterator[tuple[str, Score]]:
    """Name of the gold → its score."""
    from kg.evaluate.folder import Opened, open_graph, read_text
    from kg.evaluate.gold import read_gold
    from kg.evaluate.golds import find_text, score_graph, score_opened

    stems = [path.stem for path in args.gold]
    golds = {path.stem if stems.count(path.stem) == 1 else str(path): read_gold(path) for path in args.gold}
    if args.graph:
        opened = open_graph(args.graph)
        if opened.texts is None and args.text:
            opened = Opened(opened.triples, read_text(args.text))
        yield from ((name, score_opened(gold, opened)) for name, gold in golds.items())
        return
    from kg.pipeline import build

    for name, gold in golds.items():
        path = find_text(gold, args.texts)
        if path is None:
            console.warn(console.say(SAY)("missing", text=gold.text, gold=name))
        else:
            yield name, score_graph(gold, build(path, lexicon=args.lexicon))


def _summary(scores: dict[str, Score], say: Say) -> list[str]:
    """One line for each gold: precision, recall and F1 of the three parts, and whether all is backed."""
    head = [say("head-gold")]
    for part in PARTS:
        head += [say(part), "P", "R", "F1"]
    rows: list[list[str]] = [[*head, say("labels"), say("periods"), say("whole")]]
    for name, score in scores.items():
        row = [name]
        for part in PARTS:
            total = score.figures[part]["all"]
            row += ["", *(f"{total[key]:.3f}" for key in ("precision", "recall", "f1"))]
        labels, periods = score.figures["entity"]["all"]["labels"], score.figures["measure"]["all"]["periods"]
        rows.append([*row, _of(labels), _of(periods), say("yes" if score.figures["evidence"]["whole"] else "no")])
    return columns(rows, "l" + "lrrr" * 3 + "rrl", indent="")


def _of(count: str) -> str:
    return count.replace(" of ", "/")


def _kinds(figures: dict[str, Any], say: Say) -> list[str]:
    rows = []
    for part in PARTS:
        for kind, f in figures[part].items():
            rates = (f"{name} {f[key]:.3f}" for name, key in (("P", "precision"), ("R", "recall"), ("F1", "f1")))
            rows.append([say(part), kind, *rates, say("counts", tp=f["tp"], fp=f["fp"], fn=f["fn"])])
    counts = "  ".join(f"{name}={n}" for name, n in figures["evidence"].items())
    return [*columns(rows, "llrrrl"), f"  {say('evidence')}  {counts}"]
