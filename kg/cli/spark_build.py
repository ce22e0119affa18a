"""`kg build … --engine spark`: its options, what of the others a cluster cannot follow, and what is said of what came of it."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from kg.cli.console import Console
from kg.cli.say import Say, Table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.spark.engine import Built

LOCAL, SPARK = "local", "spark"
ELSEWHERE = ("model", "model_name", "model_cache", "model_limit", "edits", "jobs")
"""Options that only a build on this machine follows."""
SAY: Table = {
    "engine": ("在哪里建：本机（local，默认），或 Spark 集群（spark，需 yishi[spark] 和 Java 17；见 docs/scale.md）",
               "where it is built: local (this machine, the default) or spark (a cluster; needs yishi[spark] and Java 17: docs/scale.md)"),
    "master": ("Spark 集群的地址，如 yarn、spark://HOST:7077、local[4]（默认：Spark 自己的配置，没有就用本机各核）",
               "the cluster: yarn, spark://HOST:7077, local[4] … (default: what Spark is configured with, else this machine's cores)"),
    "reading": ("正在读", "reading"),
    "merging": ("正在合并", "merging"),
    "writing": ("正在写", "writing"),
    "skipped": ("跳过 {name}：{reason}", "skipped {name}: {reason}"),
    "more": ("还跳过了 {n:,} 份，见 {where}", "skipped {n:,} more: {where} names them all"),
    "head": ("读了 {documents:,} 份文本，{characters:,} 字。", "Read: {documents:,} document(s), {characters:,} characters."),
    "entities": ("实体 {n:,}", "Entities: {n:,}"),
    "facts": ("关系 {n:,}", "Facts: {n:,}"),
    "measures": ("数据 {n:,}", "Figures: {n:,}"),
    "quads": ("语句 {n:,}", "Statements (N-Quads): {n:,}"),
    "files": ("文件", "Files"),
    "took": ("用时 {seconds:.1f} 秒", "Took {seconds:.1f} s"),
}  # fmt: skip


def spark_arguments(parser: ArgumentParser, console_say: Say) -> None:
    """--engine, --master."""
    say = Say(SAY, console_say.lang)
    parser.add_argument("--engine", choices=(LOCAL, SPARK), default=LOCAL, help=say("engine"))
    parser.add_argument("--master", metavar="URL", help=say("master"))


def on_spark(args: Namespace) -> bool:
    """Whether a cluster is to build. Raises UsageError for options that the one who is to build would not follow."""
    if args.engine == LOCAL:
        if args.master is not None:
            raise UsageError("says nothing without --engine spark", "--master", "add --engine spark")
        return False
    for name in ELSEWHERE:
        if getattr(args, name) is not None:
            option = f"--{name.replace('_', '-')}"
            mend = (
                "say with --master how many cores" if name == "jobs" else f"leave {option} out, or build without --engine spark"
            )
            raise UsageError("does not go with --engine spark", option, mend)
    return True


def run(args: Namespace, console: Console) -> int:
    """Build on the cluster. 0: all read; 3: part was skipped."""
    from kg.spark.engine import build
    from kg.spark.write import PARQUET

    say = console.say(SAY)
    started = time.perf_counter()
    limits = {name: value for name, value in (("base", args.base), ("max_chars", args.max_chars)) if value is not None}
    with console.progress("Spark:") as tell:
        built = build(
            *args.source,
            output=args.output,
            master=args.master,
            home=args.home,
            metadata=args.metadata,
            persons=not args.no_persons,
            lexicon=args.lexicon,
            tagger=args.tagger,
            mentions=args.mentions,
            progress=lambda step: tell(say(step)),
            **limits,
        )
    for skipped in built.skipped:
        console.warn(say("skipped", name=skipped.name, reason=skipped.reason))
    if (more := built.left_out - len(built.skipped)) > 0:
        console.warn(say("more", n=more, where=f"{args.output}/{PARQUET}/skipped"))
    seconds = time.perf_counter() - started
    if args.json:
        console.json({**asdict(built), "seconds": {**built.seconds, "all": round(seconds, 3)}})
    else:
        console.print(*_report(built, args.output, seconds, say))
    return 3 if built.left_out else 0


def _report(built: Built, output: str, seconds: float, say: Say) -> list[str]:
    """The summary as a person likes to read it."""
    from kg.spark.engine import BUILD
    from kg.spark.write import NQUADS, PARQUET

    return [
        say("head", documents=built.documents, characters=built.characters),
        "",
        *(say(name, n=getattr(built, name)) for name in ("entities", "facts", "measures", "quads")),
        "",
        say("files"),
        *(f"  {output.rstrip('/')}/{name}" for name in (f"{NQUADS}/", f"{PARQUET}/", BUILD)),
        "",
        say("took", seconds=seconds),
    ]
