"""`kg mcp`: the graph for language models, over standard input and output."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from kg.cli.console import Console
from kg.cli.options import graph_option, positive
from kg.cli.say import Say, Table

SAY: Table = {
    "help": ("把图谱提供给大语言模型（MCP，标准输入输出）", "give the graph to language models (MCP, over standard input and output)"),
    "timeout": ("一个查询最多多少秒（默认 20）", "the seconds a query may take (default: 20)"),
    "absent": ("没有安装 MCP 的软件包：pip install 'yishi[mcp]'", "the MCP package is not installed: pip install 'yishi[mcp]'"),
    "epilog": ('在模型的客户端里登记：{"mcpServers": {"yishi": {"command": "kg", "args": ["mcp", "--graph", "/路径/output"]}}}',
               'For the model\'s client: {"mcpServers": {"yishi": {"command": "kg", "args": ["mcp", "--graph", "/path/to/output"]}}}'),
}  # fmt: skip


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg mcp`."""
    graph_option(parser)
    parser.add_argument("--timeout", type=positive, default=20, metavar="SECONDS", help=say("timeout"))


def run(args: Namespace, console: Console) -> int:
    """Serve until standard input ends. Raises YishiError where there is no graph; 1 where the extra is not installed."""
    from kg.graph.ask_apart import Workers
    from kg.graph.store import place

    place(args.graph)
    try:
        from kg.mcp.server import make_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "pydantic"):
            raise
        console.warn(console.say(SAY)("absent"))
        return 1
    with Workers(args.graph, size=2) as workers:
        make_server(Path(args.graph), workers, float(args.timeout)).run()
    return 0
