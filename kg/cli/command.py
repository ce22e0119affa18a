"""The command itself: finds the verb, runs it, and turns what goes wrong into one line and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from typing import IO

from kg import __version__
from kg.cli.console import Console
from kg.cli.parser import WRONG_USAGE, Parser, common
from kg.cli.say import Say, Table, language, page_language
from kg.cli.verb import Verb, verbs
from kg.errors import QueryError, UsageError, YishiError

FAILED, INTERRUPTED, PIPE_CLOSED = 1, 130, 141
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

SAY: Table = {
    "about": ("议事图谱：把中文公共事务文本读成知识图谱，每条事实都带着说出它的原句。",
              "Knowledge graphs from Chinese public-affairs text, every fact with the sentence that says it."),
    "codes": ("退出码：0 全部读完；1 没有可用的输入或出错；2 用法不对；3 跳过了一部分输入，或手工更正有用不上的行。",
              "Exit codes: 0 all read; 1 nothing usable, or it failed; 2 wrong usage; 3 part of the input was skipped, or rows of --edits do not fit."),
    "verbs": ("命令", "verbs"),
    "options": ("选项", "options"),
    "arguments": ("参数", "arguments"),
    "usage": ("用法：", "usage: "),
    "help": ("显示帮助", "show this help"),
    "version": ("显示版本", "show the version"),
    "lang": ("输出的语言（默认看 KG_LANG，再看系统语言；网页默认中文）",
             "language of what is said (default: KG_LANG, else the locale; pages: Chinese)"),
    "mend": ("用法见 {prog} --help", "see {prog} --help"),
    "stopped": ("已中断，没有留下写了一半的文件", "interrupted; nothing is left half-written"),
    "memory": ("内存不够，请用较小的输入，或降低 --max-chars", "out of memory: give it less at once, or a lower --max-chars"),
    "full": ("写不下（{reason}）：请在磁盘上腾出空间，临时文件夹所在的磁盘也要有", "cannot be written: {reason} (make room on the disk, and on that of temporary files)"),
    "bug": ("程序内部错误（{error}）；设 KG_DEBUG=1 可看到出错之处", "an error inside kg ({error}); set KG_DEBUG=1 to see where"),
}  # fmt: skip


def run(argv: Sequence[str] | None = None) -> int:
    """Run `kg` with these arguments (default: those of the process). Returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    console = Console(language(words), page_language(words))
    say = console.say(SAY)
    for stream in (sys.stdout, sys.stderr):
        _never_fail(stream)
    try:
        code = _dispatch(words, console)
        sys.stdout.flush()
        return code
    except YishiError as error:
        console.warn(str(error))
        return WRONG_USAGE if isinstance(error, UsageError | QueryError) else FAILED
    except KeyboardInterrupt:
        console.warn(say("stopped"))
        return INTERRUPTED
    except BrokenPipeError:
        _silence()
        return PIPE_CLOSED
    except MemoryError:
        console.warn(say("memory"))
        return FAILED
    except OSError as error:
        if error.errno not in FULL:
            return _mistake(error, console, say)
        console.warn(say("full", reason=error.strerror))
        _silence()
        return FAILED
    except Exception as error:
        return _mistake(error, console, say)


def _mistake(error: Exception, console: Console, say: Say) -> int:
    """What only a mistake of ours can raise, in one line; with KG_DEBUG it is raised."""
    if os.environ.get("KG_DEBUG"):
        raise error
    console.warn(say("bug", error=f"{type(error).__name__}: {error}"))
    return FAILED


def _silence() -> None:
    """Nothing more can be written to standard output, so the last flush at exit must not try."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _dispatch(words: list[str], console: Console) -> int:
    known = verbs()
    parser = _parser(known, console.say(SAY), console)
    try:
        args = parser.parse_args(words)
    except SystemExit as stop:  # argparse has said what is wrong, or has shown its help
        return stop.code if isinstance(stop.code, int) else WRONG_USAGE
    return known[args.verb].run(args, console)


def _parser(known: dict[str, Verb], say: Say, console: Console) -> ArgumentParser:
    Parser.say = say
    parser = Parser(
        "kg", description=say("about"), epilog=say("codes"), add_help=False, formatter_class=RawDescriptionHelpFormatter
    )
    common(parser)
    parser.add_argument("--version", action="version", version=f"kg {__version__}", help=say("version"))
    choices = parser.add_subparsers(title=say("verbs"), dest="verb", metavar="VERB", required=True)
    for name, verb in known.items():
        own = console.say(verb.SAY)
        child = choices.add_parser(
            name,
            help=own("help"),
            description=own("help"),
            epilog=own("epilog") if "epilog" in verb.SAY else None,
            add_help=False,
            formatter_class=RawDescriptionHelpFormatter,
        )
        verb.arguments(child, own)
        common(child)
    return parser


def _never_fail(stream: IO[str]) -> None:
    """Let what the terminal's encoding does not have be spelled out instead of ending the run."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
