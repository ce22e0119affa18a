"""`kg build SOURCE... -o DIR`: documents to a graph, its page and the texts it quotes."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.console import Console
from kg.cli.model_options import model_arguments, named_model, told
from kg.cli.options import lexicon_option, positive, usual_jobs
from kg.cli.say import Say, Table
from kg.cli.spark_build import on_spark, spark_arguments
from kg.cli.spark_build import run as run_spark
from kg.cli.table import columns
from kg.graph.mentions import ALL, LEVELS

if TYPE_CHECKING:
    from kg.batch.tally import Tally
    from kg.evaluate.summary import Summary

SAY: Table = {
    "help": ("读文本，建图谱，写进一个文件夹", "read documents and write their graph to a folder"),
    "source": ("文件、文件夹、通配符，或 -（标准输入）", "a file, a folder, a glob, or - for standard input"),
    "output": ("写到哪个文件夹（默认 output）", "the folder to write to (default: output)"),
    "home": ("文本里没有说明时，这是哪里的文本，如 湖州市", "whose text it is where the text does not say, such as 湖州市"),
    "metadata": ("各文件的元数据表（CSV、TSV 或 Excel：文件、标题、日期、发布者、归属地、发文字号），先于文本自己所说和 --home",
                 "what is known of each file: a table (CSV, TSV or Excel: file, title, date, publisher, home, document number); "
                 "it goes before what the text says and before --home"),
    "no-persons": ("图谱里不要人物（原文和引文照旧，里面仍有姓名）",
                   "leave people out of the graph (the texts and the quotes from them stay as they are and still hold names)"),
    "mentions": ("每个实体写下几处提及：全部（all，默认）、每个来源的第一处（first）、不写（none）",
                 "the places that name an entity: all (default), the first in each source, or none"),
    "base": ("实体网址的开头（以 / 结尾）", "what the entities' IRIs begin with (ends in /)"),
    "lexicon": ("自己的词表（TOML；可以给多个）", "a lexicon of your own (TOML; can be given more than once)"),
    "max-chars": ("一份文本最多多少字（默认 500 万）", "the longest document that is read (default: 5 million characters)"),
    "tagger": ("语法没有找到人名、地名、机构名之处，另问哪个标注器：lac（需 yishi[tagger]；默认不问）",
               "what else to ask for people, places and bodies where the grammar finds none: lac (needs yishi[tagger]; default: nothing)"),
    "edits": ("手工更正：合并、拆分、改名、删去、更正、补充（见 docs/edits.md）",
              "what is joined, parted, named, rejected, mended, added by hand (docs/edits.md)"),
    "json": ("摘要用 JSON 写", "print the summary as JSON"),
    "no-html": ("不做网页", "leave the page out"),
    "jobs": ("最多用几个进程读（默认与处理器核数相同，最多 8）", "the most processes that read (default: as many as cores, up to 8)"),
    "no-cache": ("全部重读，也不记下读过的", "read everything anew, and remember nothing"),
    "reading": ("正在读", "reading"),
    "writing": ("正在写", "writing"),
    "skipped": ("跳过 {name}：{reason}", "skipped {name}: {reason}"),
    "unfit": ("{name} 第 {line} 行（{row}）用不上：{why}", "{name}, line {line} ({row}) does not fit: {why}"),
    "followed": ("{name} 第 {line} 行（{row}）：{why}", "{name}, line {line} ({row}): {why}"),
    "edited": ("手工更正 {n:,} 行", "Edits: {n:,} row(s)"),
    "known": ("{name}（未变 {n:,}）", "{name} ({n:,} unchanged)"),
    "head": ("读了 {documents} 份文本，{characters:,} 字。", "Read: {documents} document(s), {characters:,} characters."),
    "unchanged": ("其中 {unchanged:,} 份未变，不必再读；新读 {read:,} 份。", "{unchanged:,} unchanged, {read:,} read anew."),
    "entities": ("实体 {n:,}", "Entities: {n:,}"),
    "facts": ("关系 {n:,}", "Facts: {n:,}"),
    "measures": ("数据 {n:,}", "Figures: {n:,}"),
    "connected": ("联系最多的实体", "Best connected"),
    "ties": ("{n} 条", "{n} facts"),
    "unresolved": ("没能确定所指 {n:,}", "Not resolved: {n:,}"),
    "more": ("…… 还有 {n:,} 个", "… and {n:,} more"),
    "files": ("文件", "Files"),
    "took": ("用时 {seconds:.1f} 秒", "Took {seconds:.1f} s"),
}  # fmt: skip
UNRESOLVED_SHOWN = 10


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg build`."""
    parser.add_argument("source", nargs="+", metavar="SOURCE", help=say("source"))
    parser.add_argument("-o", "--output", default="output", metavar="DIR", help=say("output"))
    parser.add_argument("--home", metavar="PLACE", help=say("home"))
    parser.add_argument("--metadata", metavar="TABLE", help=say("metadata"))
    parser.add_argument("--no-persons", action="store_true", help=say("no-persons"))
    parser.add_argument("--mentions", choices=LEVELS, default=ALL, help=say("mentions"))
    parser.add_argument("--base", metavar="IRI", help=say("base"))
    lexicon_option(parser, say("lexicon"))
    parser.add_argument("--max-chars", type=positive, metavar="N", help=say("max-chars"))
    parser.add_argument("--tagger", metavar="NAME", help=say("tagger"))
    parser.add_argument("--edits", metavar="FILE", help=say("edits"))
    parser.add_argument("--json", action="store_true", help=say("json"))
    parser.add_argument("--no-html", action="store_true", help=say("no-html"))
    parser.add_argument("--jobs", type=positive, metavar="N", help=say("jobs"))
    parser.add_argument("--no-cache", action="store_true", help=say("no-cache"))
    model_arguments(parser, say)
    spark_arguments(parser, say)


def run(args: Namespace, console: Console) -> int:
    """Build and publish. 0: all read; 3: part was skipped, or rows of the edits do not fit."""
    from kg.batch.cache import NAME
    from kg.batch.tally import Tally
    from kg.evaluate.summary import summarize
    from kg.export.publish import publish
    from kg.ontology import know
    from kg.pipeline import build

    if on_spark(args):
        return run_spark(args, console)
    say, tally = console.say(SAY), Tally()
    cache = None if args.no_cache else Path(args.output, NAME)
    started = time.perf_counter()
    model = named_model(args)
    limits = {name: value for name, value in (("base", args.base), ("max_chars", args.max_chars)) if value is not None}
    with console.progress(say("reading")) as tell:

        def progress(name: str) -> None:
            tell(say("known", name=name, n=tally.unchanged) if tally.unchanged else name)

        graph = build(
            *args.source,
            home=args.home,
            metadata=args.metadata,
            persons=not args.no_persons,
            lexicon=args.lexicon,
            tagger=args.tagger,
            model=model,
            edits=args.edits,
            progress=progress,
            jobs=args.jobs or usual_jobs(),
            cache=cache,
            tally=tally,
            **limits,
        )
    for skipped in graph.skipped:
        console.warn(say("skipped", name=skipped.name, reason=skipped.reason))
    if edited := graph.edited:
        for row in edited.told:
            how = "followed" if row.obeyed else "unfit"
            console.warn(say(how, name=edited.name, line=row.line, row=row.row, why=row.why(console.lang)))
    with console.progress(say("writing")):
        files = publish(graph, args.output, html=not args.no_html, lang=console.page_lang, mentions=args.mentions)
    know(graph.terms)
    summary, seconds = summarize(graph), time.perf_counter() - started
    if args.json:
        paths = {name: str(path) for name, path in files.items()}
        asked = {"model": {"name": model.name, **model.tally.as_json()}} if model else {}
        by_hand = {"edits": asdict(edited)} if edited else {}
        more = {**asdict(tally), **asked, **by_hand}
        console.json({**summary.as_json(), **more, "files": paths, "seconds": round(seconds, 3)})
    else:
        console.print(
            *_report(summary, tally, Path(args.output), list(files), seconds, console),
            *(told(model.name, model.tally, console) if model else []),
            *([say("edited", n=edited.obeyed)] if edited else []),
        )
    return 3 if graph.skipped or (edited and edited.unfit) else 0


def _report(summary: Summary, tally: Tally, folder: Path, files: list[str], seconds: float, console: Console) -> list[str]:
    """The summary as a person likes to read it."""
    from kg.model import DONE, PLANNED
    from kg.ontology import label

    say = console.say(SAY)
    lines = [say("head", documents=summary.documents, characters=summary.characters)]
    lines += [say("unchanged", unchanged=tally.unchanged, read=tally.read)] if tally.unchanged else []
    lines += ["", say("entities", n=summary.entities)]
    lines += columns([(label(name, console.lang), n) for name, n in summary.classes.items()], "lr")
    lines += ["", say("facts", n=summary.facts())]
    rows = [(label(name, console.lang), *counts.values()) for name, counts in summary.properties.items()]
    lines += columns([("", label(DONE, console.lang), label(PLANNED, console.lang)), *rows], "lrr") if rows else []
    lines += ["", say("measures", n=summary.measures)]
    if summary.connected:
        lines += ["", say("connected")]
        named = [(e.label, label(e.classes[0], console.lang), say("ties", n=n)) for e, n in summary.connected]
        lines += columns([(f"{place}.", *row) for place, row in enumerate(named, 1)], "rllr")
    if summary.unresolved:
        lines += ["", say("unresolved", n=len(summary.unresolved))]
        lines += [f"  {name}" for name in summary.unresolved[:UNRESOLVED_SHOWN]]
        left = len(summary.unresolved) - UNRESOLVED_SHOWN
        lines += [f"  {say('more', n=left)}"] if left > 0 else []
    shown = [str(folder / name) for name in files if "/" not in name]
    return [
        *lines,
        "",
        say("files"),
        *(f"  {path}" for path in [*shown, f"{folder / 'sources'}/", f"{folder / 'store'}/"]),
        "",
        say("took", seconds=seconds),
    ]
