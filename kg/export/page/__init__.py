"""The interactive page of a graph: one file that holds everything and asks for nothing.

The network (nodes, places, options) is a pyvis one, drawn by the vis-network that pyvis ships and that is put into the page when it is
written; the frame around it is ours. Positions are worked out beforehand (`layout`), so nothing moves until the reader does.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import tomllib
from functools import cache
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import __version__
from kg.errors import UsageError
from kg.export.files import write_whole
from kg.export.page.data import BASES, page_data
from kg.export.page.style import STYLES
from kg.export.page.texts import BUDGET
from kg.model import CLASSES, DONE, PLANNED, PROPERTIES
from kg.ontology import knowing, label

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

HERE = Path(__file__).parent
VIS = "lib/vis-9.1.2/vis-network.min.js"  # in the installed pyvis
LANGUAGES = {"zh": "zh-Hans", "en": "en"}
SCRIPTS = (
    "dom", "data", "words", "state", "arrange", "paths", "scenes", "marks", "labels", "reading", "documents", "facts",
    "card", "search", "filters", "timeline", "cite", "take_table", "take_turtle", "take_sparql", "take_svg", "take", "list", "keys",
    "panes", "main",
)  # fmt: skip
"""The files of the page's script, one idea each, in the order in which they stand in it. Nothing runs before the last of them."""
VIEWS = {
    False: ("view_vis",),
    True: (
        "large_raster", "large_paint", "large_labels", "large_service", "large_worker", "large_pick", "large_hands", "large_frame",
        "view_large",
    ),
}  # fmt: skip
"""Those of them that draw the picture, of a small graph and of a large one; they stand before "reading"."""
WORKER = ("marks", "labels", "large_raster", "large_paint", "large_labels", "large_service")
"""What a large graph's worker consists of: it can load nothing, so the page holds these files for it once more, as a text."""
LARGE_NODES, LARGE_EDGES = 600, 1500
"""A graph of more entities or more related pairs is large: about here vis-network falls below 30 frames a second (`benchmarks.page`)."""


def write_page(graph: Graph, path: str | PathLike[str], *, lang: str = "zh", budget: int = BUDGET) -> None:
    """Write the page of `graph` to `path` (aside, then renamed), in Chinese ("zh") or English ("en").

    The same graph gives the same bytes. Where its texts have more than `budget` bytes together, the page holds what facts quote from
    them. Raises UsageError for another language, YishiError where the file cannot be written.
    """
    write_whole(path, page(graph, lang, budget=budget).encode())


def page(graph: Graph, lang: str = "zh", *, budget: int = BUDGET) -> str:
    """The HTML of the page. Raises UsageError for a language it does not speak."""
    if lang not in LANGUAGES:
        raise UsageError(f"no language {lang!r}", "lang", "zh or en")
    own = [term.iri for term in graph.terms]
    with knowing(graph.terms):
        words = _words((*sorted({entity.kind for entity in graph.entities if entity.kind} - {*own}), *own))
    title = next((info.title for info in graph.documents.values() if info.title), None) if len(graph.documents) == 1 else None
    styles = [{"shape": style.shape, "hollow": style.hollow} for style in STYLES.values()]
    large = len(graph.entities) > LARGE_NODES or len({(fact.subject, fact.object) for fact in graph.facts}) > LARGE_EDGES
    data = {**page_data(graph, budget=budget), "say": words, "styles": styles, "version": __version__, "large": large}
    style, scripts = _sheet(), ("" if large else _vis(), _script(large))
    parts = {
        "LANG": LANGUAGES[lang],
        "TITLE": html.escape(" ".join((title or words[lang]["title"]).split())),
        "POLICY": policy(style, *scripts),
        "CSS": style,
        "DATA": embedded(data),
        "VIS": scripts[0],
        "SCRIPT": scripts[1],
    }
    # The template's marks stand between two @; what is put in is never looked through for others.
    pieces = _asset("template.html").split("@")
    return "".join(parts[piece] if number % 2 else piece for number, piece in enumerate(pieces))


def policy(style: str, *scripts: str) -> str:
    """The Content-Security-Policy of a page with this style element and these script elements: they run, and nothing else does or loads."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _words(kinds: tuple[str, ...]) -> dict[str, Any]:
    """The page's words by language, with the ontology's labels of classes (and finer `kinds`), relations, statuses, bases as "terms"."""
    words = tomllib.loads((HERE / "words.toml").read_text("utf-8"))
    for lang in LANGUAGES:
        words[lang]["terms"] = {term: label(term, lang) for term in (*CLASSES, *PROPERTIES, *kinds, *BASES, DONE, PLANNED)}
    return words


def embedded(data: dict[str, Any]) -> str:
    """JSON that can stand in a script element: nothing in it can end the element or begin a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


@cache
def _sheet() -> str:
    """The style sheet with the colours of the classes, on light and on dark ground, as --sort0, --sort1 …"""
    sheet = _asset("page.css") + _asset("narrow.css")
    for mark, ground in (("@LIGHT@", "light"), ("@DARK@", "dark")):
        colours = (f"--sort{number}: {getattr(style, ground)};" for number, style in enumerate(STYLES.values()))
        sheet = sheet.replace(mark, " ".join(colours))
    own = (f".sort{number} {{ --own: var(--sort{number}); color: var(--sort{number}); }}" for number in range(len(STYLES)))
    return sheet.replace("@SORTS@", "\n".join(own))


@cache
def _script(large: bool) -> str:
    """All files of the page's script as one, in a scope of their own."""
    views = SCRIPTS.index("reading")
    files = [_asset(f"{name}.js") for name in (*SCRIPTS[:views], *VIEWS[large], *SCRIPTS[views:])]
    if large:
        worker = json.dumps("\n".join(_asset(f"{name}.js") for name in WORKER)).replace("</", "<\\/")
        files.insert(0, f"const LARGE_WORKER = {worker};")
    return '"use strict";\n(() => {\n' + "\n".join(files) + "})();\n"


@cache
def _asset(name: str) -> str:
    return (HERE / name).read_text("utf-8")


@cache
def _vis() -> str:
    # found, not imported: pyvis loads networkx, jinja2 and, where it is installed, IPython, which takes longer than to make the page
    spec = find_spec("pyvis")
    assert spec is not None and spec.origin is not None
    return (Path(spec.origin).parent / VIS).read_text("utf-8").replace("</script", "<\\/script")
