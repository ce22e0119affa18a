"""The interactive page of a graph: one file that holds everything and asks for nothing.

The network (nodes, edges, options) is pyvis's, drawn by the vis-network that pyvis ships and that is put into the page when it is
written; the frame around it is ours. Positions are worked out beforehand (`layout`), so nothing moves until the reader does.
"""

from __future__ import annotations

import html
import json
import tomllib
from collections import defaultdict
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.export.files import write_whole
from kg.export.page.data import page_data
from kg.export.page.layout import Point, arrange
from kg.export.page.style import EDGE, PLANNED, STYLES
from kg.model import CLASSES, PROPERTIES
from kg.ontology import label

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

HERE = Path(__file__).parent
VIS = "lib/vis-9.1.2/vis-network.min.js"  # in the installed pyvis
LANGUAGES = {"zh": "zh-Hans", "en": "en"}
SMALLEST, GROWTH = 10.0, 3.6  # a node's radius in pixels without relations, and what the root of their number adds
LARGEST = 52.0
STATUSES = ("done", "planned", "stated", "carried", "inName", "table", "user", "model")


def write_page(graph: Graph, path: str | PathLike[str], *, lang: str = "zh") -> None:
    """Write the page of `graph` to `path` (aside, then renamed), in Chinese ("zh") or English ("en").

    The same graph gives the same bytes. Raises UsageError for another language, YishiError where the file cannot be written.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"no language {lang!r}", "lang", "zh or en")
    write_whole(path, page(graph, lang).encode())


def page(graph: Graph, lang: str) -> str:
    """The HTML of the page."""
    words = _words(tuple(sorted({entity.kind for entity in graph.entities if entity.kind})))
    title = next((info.title for info in graph.documents.values() if info.title), None) if len(graph.documents) == 1 else None
    parts = {
        "LANG": LANGUAGES[lang],
        "TITLE": html.escape(" ".join((title or words[lang]["title"]).split())),
        "CSS": _asset("page.css"),
        "DATA": _embedded(
            {
                **network(graph),
                "words": words,
                "styles": [STYLES[name] for name in CLASSES],
                "lines": {"done": EDGE, "planned": PLANNED},
            }
        ),
        "VIS": _vis(),
        "GRAPH": _asset("graph.js"),
        "CARD": _asset("card.js"),
        "PAGE": _asset("page.js"),
    }
    # The template's marks stand between two @; what is put in is never looked through for others.
    pieces = _asset("template.html").split("@")
    return "".join(parts[piece] if number % 2 else piece for number, piece in enumerate(pieces))


@cache
def _words(kinds: tuple[str, ...]) -> dict[str, Any]:
    """The page's words by language, with the ontology's labels of classes (and finer `kinds`), relations, statuses, bases as "terms"."""
    words = tomllib.loads((HERE / "words.toml").read_text("utf-8"))
    for lang in LANGUAGES:
        words[lang]["terms"] = {term: label(term, lang) for term in (*CLASSES, *PROPERTIES, *kinds, *STATUSES)}
    return words


def network(graph: Graph) -> dict[str, Any]:
    """pyvis's nodes, edges and options with positions, and the page's own data under "graph"."""
    from pyvis.network import Network

    data = page_data(graph)
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, fact in enumerate(data["facts"]):
        together[fact["s"], fact["o"]].append(number)
    degree = [0] * len(data["entities"])
    for one, two in together:
        degree[one] += 1
        degree[two] += 1
    groups = [entity["class"] for entity in data["entities"]]
    net = Network(directed=True)
    # pyvis's own add_node and add_edge look through all there is each time: the lists are filled directly
    net.nodes = [
        _node(number, entity, degree[number], place)
        for number, (entity, place) in enumerate(
            zip(data["entities"], arrange(len(groups), sorted(together), groups).places, strict=True)
        )
    ]
    net.edges = [_edge(number, ends, facts, data["facts"]) for number, (ends, facts) in enumerate(sorted(together.items()))]
    net.set_options(json.dumps(OPTIONS))
    return {"nodes": net.nodes, "edges": net.edges, "options": net.options, "graph": data}


OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {
        "hover": True,
        "multiselect": False,
        "hideEdgesOnDrag": True,
        "keyboard": {"enabled": False},
        "tooltipDelay": 120,
    },
    "edges": {
        "smooth": {"enabled": True, "type": "continuous", "roundness": 0.3},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.4}},
        "width": 1.5,
    },
    "nodes": {"borderWidth": 1, "borderWidthSelected": 3},
    "layout": {"improvedLayout": False},
}


def _node(number: int, entity: dict[str, Any], degree: int, place: Point) -> dict[str, Any]:
    fill, shape, hollow = STYLES[CLASSES[entity["class"]]]
    return {
        "id": number, "x": place[0], "y": place[1], "shape": shape,
        "size": round(min(LARGEST, SMALLEST + GROWTH * degree**0.5), 1),
        "color": {"background": fill, "border": fill},
        "borderWidth": 2.5 if hollow else 1,
    }  # fmt: skip


def _edge(number: int, ends: tuple[int, int], facts: list[int], all_facts: list[dict[str, Any]]) -> dict[str, Any]:
    planned = all(all_facts[fact]["planned"] for fact in facts)
    return {
        "id": number, "from": ends[0], "to": ends[1], "facts": facts, "dashes": [6, 5] if planned else False,
        "color": {"color": PLANNED if planned else EDGE},
    }  # fmt: skip


def _embedded(data: dict[str, Any]) -> str:
    """JSON that can stand in a script element: nothing in it can end the element or begin a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


@cache
def _asset(name: str) -> str:
    return (HERE / name).read_text("utf-8")


@cache
def _vis() -> str:
    import pyvis

    return (Path(pyvis.__file__).parent / VIS).read_text("utf-8").replace("</script", "<\\/script")
