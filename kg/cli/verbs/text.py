"""`kg text FILE...`: what the reader makes of a file, which is what the graph's quotes are from."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from kg.cli.console import Console
from kg.cli.options import positive
from kg.cli.say import Say, Table

SAY: Table = {
    "help": ("显示从文件读出的文本（引文就出自它）", "show the text as read from a file: what quotes are from"),
    "source": ("文件、文件夹、通配符，或 -（标准输入）", "a file, a folder, a glob, or - for standard input"),
    "max-chars": ("一份文本最多多少字（默认 500 万）", "the longest document that is read (default: 5 million characters)"),
    "json": ("用 JSON 写，带格式和编码", "print as JSON, with the kind of file and its encoding"),
    "reading": ("正在读", "reading"),
    "unread": ("跳过 {name}：{reason}", "skipped {name}: {reason}"),
}  # fmt: skip


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg text`."""
    parser.add_argument("source", nargs="+", metavar="SOURCE", help=say("source"))
    parser.add_argument("--max-chars", type=positive, metavar="N", help=say("max-chars"))
    parser.add_argument("--json", action="store_true", help=say("json"))


def run(args: Namespace, console: Console) -> int:
    """Read and print. 0: all read; 3: some could not be; where none could, the InputError of the first is raised."""
    from kg.errors import InputError
    from kg.read import MAX_CHARS, expand, read_source

    say = console.say(SAY)
    paths = list(expand(args.source))
    failed: list[InputError] = []
    found: list[dict[str, object]] = []
    partly = False
    for path in paths:
        try:
            with console.progress(say("reading")) as tell:
                tell(os.path.basename(path))
                source = read_source(path, max_chars=args.max_chars or MAX_CHARS)
        except InputError as error:
            if len(paths) == 1:
                raise
            failed.append(error)
            console.warn(str(error))
            continue
        for part in source.unread:
            partly = True
            console.warn(say("unread", name=source.name, reason=part))
        if args.json:
            found.append(
                {
                    "name": source.name,
                    "sha256": source.sha256,
                    "format": source.media_type,
                    "encoding": source.encoding,
                    "text": source.text,
                }
            )
        else:
            console.print(*([f"==> {source.name} <=="] if len(paths) > 1 else []), source.text.rstrip("\n"))
    if args.json:
        console.json(found)
    if len(failed) == len(paths):
        return 1
    return 3 if failed or partly else 0
