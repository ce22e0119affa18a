"""`kg export FORMAT -o FILE`: a built graph in another format."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from kg.cli.console import Console
from kg.cli.options import graph_option, json_option
from kg.cli.say import Say, Table
from kg.cli.table import columns

SAY: Table = {
    "help": ("把图谱写成别的格式", "write a graph in another format"),
    "format": ("格式；不给则列出所有格式", "the format; without one, all formats are listed"),
    "output": ("写到哪个文件（或文件夹）；不给则写到标准输出", "the file (or folder) to write to; default: standard output"),
    "json": ("用 JSON 写", "print as JSON"),
    "writing": ("正在写", "writing"),
    "folder": ("文件夹", "folder"),
    "needs": ("需 yishi[{extra}]", "needs yishi[{extra}]"),
    "where": ("{format} 写不到标准输出：请用 -o 指定", "{format} does not go to standard output: name a place with -o"),
    "wrote": ("已写 {path}", "wrote {path}"),
}  # fmt: skip
STDOUT = "-"


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg export`."""
    parser.add_argument("format", nargs="?", metavar="FORMAT", help=say("format"))
    parser.add_argument("-o", "--output", metavar="PATH", help=say("output"))
    json_option(parser, say("json"))
    graph_option(parser)


def run(args: Namespace, console: Console) -> int:
    """Write, and say what the format does not hold. 0: nothing is lost; 3: part of this graph is."""
    import kg
    from kg.errors import UsageError
    from kg.export.exporter import export, exporter, to_stream

    say = console.say(SAY)
    if args.format is None:
        _list(args, console)
        return 0
    chosen = exporter(args.format)
    to_stdout = args.output in (None, STDOUT)
    if to_stdout and chosen.BINARY:
        raise UsageError(say("where", format=args.format), "export")
    graph = kg.open(args.graph)
    with console.progress(say("writing")) as tell:
        tell(args.format)
        if to_stdout:
            notes = to_stream(graph, args.format, sys.stdout, lang=console.page_lang)
        else:
            notes = export(graph, args.format, args.output, lang=console.page_lang)
    lines = [note.zh if console.lang == "zh" else note.en for note in notes]
    for line in lines:
        console.warn(line)
    if args.json and not to_stdout:
        console.json({"path": args.output, "notes": lines})
    elif not to_stdout:
        console.print(say("wrote", path=args.output))
    return 3 if any(note.lost for note in notes) else 0


def _list(args: Namespace, console: Console) -> None:
    from kg.export.exporter import FOLDER, exporters

    say = console.say(SAY)
    found = exporters()
    if args.json:
        console.json([
            {"format": name, "about": one.ABOUT[console.lang == "en"], "suffix": one.SUFFIX, "extra": one.EXTRA}
            for name, one in found.items()
        ])  # fmt: skip
        return
    rows = []
    for name, one in found.items():
        kind = say("folder") if one.SUFFIX == FOLDER else one.SUFFIX
        rows.append((name, kind, one.ABOUT[console.lang == "en"], say("needs", extra=one.EXTRA) if one.EXTRA else ""))
    console.print(*columns(rows, "llll", indent=""))
