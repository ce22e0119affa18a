"""`kg validate`: what in a graph breaks the graph contract."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from kg.cli.console import Console
from kg.cli.options import graph_option
from kg.cli.say import Say, Table

SAY: Table = {
    "help": ("按图谱约定（SHACL）检查图谱", "check a graph against the graph contract (SHACL)"),
    "shapes": ("改按这个文件里的 SHACL 形状检查（任何 RDF 图都可以）",
               "check against the SHACL shapes of this file instead (of any RDF graph)"),
    "json": ("用 JSON 写", "print as JSON"),
    "most": ("每条规则最多列多少处（默认 5）", "how many to list for each rule (default: 5)"),
    "sound": ("{path}：符合约定", "{path}: conforms"),
    "broken": ("{path}：{n} 处不合约定", "{path}: {n} violation(s)"),
    "more": ("…… 还有 {n} 处", "… and {n} more"),
}  # fmt: skip
MOST = 5


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg validate`."""
    graph_option(parser)
    parser.add_argument("--shapes", metavar="FILE", help=say("shapes"))
    parser.add_argument("--json", action="store_true", help=say("json"))


def run(args: Namespace, console: Console) -> int:
    """Check and print. 0: it conforms; 1: it does not."""
    from kg.graph.validate import validate

    say = console.say(SAY)
    found = validate(Path(args.graph), shapes=args.shapes).violations
    if args.json:
        console.json({"conforms": not found, "violations": [asdict(violation) for violation in found]})
        return 1 if found else 0
    for shape, group in groupby(found, key=lambda violation: violation.shape):
        same = list(group)
        message = same[0].message_zh if console.lang == "zh" else same[0].message_en
        console.print(f"{shape} ({len(same)}): {message}")
        console.print(*("  " + "  ".join(filter(None, (v.focus, v.path, v.value))) for v in same[:MOST]))
        if len(same) > MOST:
            console.print(f"  {say('more', n=len(same) - MOST)}")
    console.print(say("broken", path=args.graph, n=len(found)) if found else say("sound", path=args.graph))
    return 1 if found else 0
