"""`kg load URL`: a built graph into a database."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from kg.cli.console import Console
from kg.cli.options import graph_option, json_option
from kg.cli.say import Say, Table

SAY: Table = {
    "help": ("把图谱载入数据库", "load a graph into a database"),
    "epilog": ("地址：http(s)://…（SPARQL 1.1 图存储协议：Virtuoso、Fuseki、GraphDB、kg serve --writable）\n"
               "      bolt://主机:7687/数据库（Neo4j 及同协议者）、falkor://主机:6379/图名、ladybug:文件.lbug\n"
               "载两次没有改动；图谱变了，去掉的也随之去掉；中断了，再运行一次即补全。",
               "Addresses: http(s)://… (SPARQL 1.1 Graph Store Protocol: Virtuoso, Fuseki, GraphDB, kg serve --writable)\n"
               "           bolt://HOST:7687/DATABASE (Neo4j and its like), falkor://HOST:6379/GRAPH, ladybug:FILE.lbug\n"
               "Loading twice changes nothing; what a changed graph no longer has is taken away; broken off, run it again."),
    "url": ("数据库的地址", "the address of the database"),
    "user": ("用户名（默认取 KG_USER）", "who loads (default: KG_USER)"),
    "password": ("密码（默认取 KG_PASSWORD，别人看不到）", "the password (default: KG_PASSWORD, which nobody else sees)"),
    "token": ("令牌（默认取 KG_TOKEN）", "a bearer token (default: KG_TOKEN)"),
    "force": ("全部重载，不管看来有没有变", "load all of it again, even what seems to be there"),
    "json": ("用 JSON 写", "print as JSON"),
    "loading": ("正在载入", "loading"),
    "same": ("{url}：已是这个图谱，没有改动", "{url}: holds this graph already, nothing changed"),
    "mended": ("上次载入中断，现已补全", "an earlier load had been broken off; this one has mended it"),
    "loaded": ("{url}：已载入 {counts}", "{url}: loaded {counts}"),
    "removed": ("移去 {counts}", "removed {counts}"),
    "nodes": ("{n:,} 个节点", "{n:,} nodes"),
    "edges": ("{n:,} 条边", "{n:,} edges"),
    "graphs": ("{n:,} 个命名图", "{n:,} named graphs"),
    "triples": ("{n:,} 个三元组", "{n:,} triples"),
    "comma": ("、", ", "),
    "took": ("用时 {seconds:.1f} 秒", "Took {seconds:.1f} s"),
}  # fmt: skip


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg load`."""
    parser.add_argument("url", metavar="URL", help=say("url"))
    parser.add_argument("--user", metavar="NAME", help=say("user"))
    parser.add_argument("--password", metavar="WORD", help=say("password"))
    parser.add_argument("--token", metavar="WORD", help=say("token"))
    parser.add_argument("--force", action="store_true", help=say("force"))
    json_option(parser, say("json"))
    graph_option(parser)


def run(args: Namespace, console: Console) -> int:
    """Load. 0: the database holds the graph; 3: it does, but for what it cannot hold."""
    import kg
    from kg.load import load
    from kg.load.loader import without_login

    say = console.say(SAY)
    started = time.perf_counter()
    graph = kg.open(args.graph)
    login = {name: getattr(args, name) or os.environ.get(f"KG_{name.upper()}") for name in ("user", "password", "token")}
    with console.progress(say("loading")) as tell:
        loaded = load(graph, args.url, **login, force=args.force, tell=tell)
    for note in loaded.notes:
        console.warn(note.zh if console.lang == "zh" else note.en)
    url, seconds = without_login(args.url), time.perf_counter() - started
    if args.json:
        console.json({"url": url, **asdict(loaded), "seconds": round(seconds, 3)})
    elif not loaded.changed:
        console.print(say("same", url=url))
    else:
        lines = [say("loaded", url=url, counts=_counted(loaded.counts, say))]
        lines += [say("removed", counts=_counted(loaded.removed, say))] if any(loaded.removed.values()) else []
        lines += [say("mended")] if loaded.mended else []
        console.print(*lines, say("took", seconds=seconds))
    return 3 if any(note.lost for note in loaded.notes) else 0


def _counted(counts: dict[str, int], say: Say) -> str:
    return say("comma").join(say(what, n=n) for what, n in counts.items() if n)
