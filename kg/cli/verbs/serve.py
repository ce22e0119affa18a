"""`kg serve`: the graph as pages and as a SPARQL endpoint, for this machine only."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from kg.cli.console import Console
from kg.cli.options import graph_option, lexicon_option, positive
from kg.cli.say import Say, Table

SAY: Table = {
    "help": ("在本机打开图谱：网页、SPARQL 端点、拖入文件即可建图谱",
             "open the graph on this machine: pages, a SPARQL endpoint, graphs of files you drop"),
    "port": ("端口（默认 8377；0 为任一空闲端口）", "the port (default: 8377; 0: any that is free)"),
    "open": ("打开浏览器", "open the browser"),
    "timeout": ("一个查询最多多少秒（默认 30）", "the seconds a query may take (default: 30)"),
    "workers": ("同时处理多少个查询（默认看处理器）", "the queries that run at once (default: by the processors)"),
    "memory": ("一个查询最多用多少 MB 内存（默认 4096）", "the memory in MB that one query may take (default: 4096)"),
    "lexicon": ("放入文件时用的自己的词表（TOML；可以给多个）", "a lexicon of your own for files that are dropped (TOML; can be given more than once)"),
    "writable": ("允许凭令牌修改图谱（SPARQL Update、图存储协议）", "let who has the token change the graph (SPARQL Update, Graph Store Protocol)"),
    "token": ("修改用的令牌，或放在 KG_TOKEN 里；都没有时生成一个并显示一次", "the token for changes, or in KG_TOKEN; where there is none, one is made and shown once"),
    "at": ("图谱在 {address}（按 Ctrl+C 停止）", "The graph is at {address} (stop with Ctrl+C)"),
    "empty": ("{folder} 里还没有图谱：在网页上放入文件即可建立", "there is no graph in {folder} yet: drop files on the page to build one"),
    "made": ("修改用的令牌：{token}", "Token for changes: {token}"),
    "stopped": ("已停止", "Stopped"),
}  # fmt: skip
PORT = 8377
SHORTEST_TOKEN = 16


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg serve`."""
    graph_option(parser)
    parser.add_argument("--port", type=_port, default=PORT, metavar="N", help=say("port"))
    parser.add_argument("--open", action="store_true", help=say("open"))
    parser.add_argument("--timeout", type=positive, default=30, metavar="SECONDS", help=say("timeout"))
    parser.add_argument("--workers", type=positive, metavar="N", help=say("workers"))
    parser.add_argument("--memory", type=positive, default=4096, metavar="MB", help=say("memory"))
    lexicon_option(parser, say("lexicon"))
    parser.add_argument("--writable", action="store_true", help=say("writable"))
    parser.add_argument("--token", metavar="TOKEN", help=say("token"))


def run(args: Namespace, console: Console) -> int:
    """Serve until interrupted. 1 where the port is taken; the address is printed once the server answers."""
    import os
    import secrets
    import webbrowser
    from threading import Thread

    from kg.errors import UsageError
    from kg.graph.manifest import MANIFEST
    from kg.lexicon.own import read
    from kg.serve.run import serve
    from kg.serve.settings import Settings

    say, folder = console.say(SAY), Path(args.graph)
    if folder.exists() and not folder.is_dir():
        raise UsageError("is not a folder", str(folder), "--graph names the folder that kg build wrote")
    token = args.token or os.environ.get("KG_TOKEN") or secrets.token_urlsafe(24)
    given = bool(args.token or os.environ.get("KG_TOKEN"))
    if args.token and not args.writable:
        raise UsageError("a token is for changes", "--token", "say --writable too")
    if (
        given
        and args.writable
        and (len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token)
    ):
        raise UsageError(f"a token has at least {SHORTEST_TOKEN} ASCII characters and no spaces", "--token")
    read(args.lexicon or ())  # a mistake in it is told now, not when files are dropped
    settings = Settings(
        folder=folder,
        lexicon=tuple(Path(file).resolve() for file in args.lexicon or ()),
        port=args.port,
        lang=console.page_lang,
        writable=args.writable,
        write_token=token if args.writable else "",
        timeout=float(args.timeout),
        memory=args.memory << 20,
        **({"workers": args.workers} if args.workers else {}),
    )

    def started(address: str) -> None:
        if not args.writable and not (folder / MANIFEST).is_file():
            console.warn(say("empty", folder=folder))
        console.print(say("at", address=address), *([say("made", token=token)] if args.writable and not given else []))
        _flush()
        if args.open:
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()  # a browser in the terminal would hold us up

    serve(settings, started)
    console.print(say("stopped"))
    return 0


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > 65535:
        raise ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")
    return int(text)


def _flush() -> None:
    """A script that started us waits for the address."""
    import sys

    sys.stdout.flush()
