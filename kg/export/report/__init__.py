"""The report on a build: one page that tells a careful reader what to check. It holds everything and asks for nothing.

Both languages stand in it; the reader switches. What is in the texts is only ever shown, never run: templates escape all of it.
"""

from __future__ import annotations

from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg import __version__
from kg.errors import UsageError
from kg.export.files import write_whole
from kg.export.page import policy
from kg.export.report.gather import USUAL, Limits, gather
from kg.export.report.words import LANGUAGES, words
from kg.ontology import label

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

HERE = Path(__file__).parent


def write_report(graph: Graph, path: str | PathLike[str], *, lang: str = "zh") -> None:
    """Write the report on `graph` to `path` (aside, then renamed); it opens in Chinese ("zh") or English ("en").

    The same graph gives the same bytes. Raises UsageError for another language, YishiError where the file cannot be written.
    """
    write_whole(path, report(graph, lang).encode())


def report(graph: Graph, lang: str = "zh", limits: Limits = USUAL) -> str:
    """The HTML of the report, of which `limits` say how long it may get. Raises UsageError for a language it does not speak."""
    if lang not in LANGUAGES:
        raise UsageError(f"no language {lang!r}", "lang", "zh or en")
    style, script = (_asset(name) for name in ("report.css", "report.js"))
    return _environment().get_template("template.html").render(
        told=gather(graph, limits),
        lang=LANGUAGES[lang],
        title=words()[lang]["title"],
        policy=policy(style, script),
        style=Markup(style),
        script=Markup(script),
        version=__version__,
    )  # fmt: skip


def say(key: str, **values: Any) -> Markup:
    """The words of `key` in both languages, of which the page shows one."""
    return _both(*(words()[lang][key].format(**values) for lang in LANGUAGES))


def term(name: str) -> Markup:
    """The ontology's label of a class in both languages."""
    return _both(*(label(name, lang) for lang in LANGUAGES))


def _both(*said: str) -> Markup:
    spans = (
        Markup('<span class="{}" lang="{}">{}</span>').format(lang, code, text)
        for (lang, code), text in zip(LANGUAGES.items(), said, strict=True)
    )
    return Markup("").join(spans)


def parts(one: int, whole: int) -> str:
    """How much of a bar of 100 is `one` of `whole`."""
    return f"{100 * one / whole:.2f}" if whole else "0"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(say=say, term=term, parts=parts)
    return environment


@cache
def _asset(name: str) -> str:
    return (HERE / name).read_text("utf-8")
