"""SPARQL 1.1 queries by the function that answers both `kg query` and `kg serve` (kg.graph.worker.answer), in every format it writes.

What a case calls its default graph is read into a graph named by its file, which the question names as the protocol's
default-graph-uri: without that a query here sees the union of all graphs, the ontology among them. Its named graphs are named-graph-uri.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, Store

from kg.errors import QueryError
from kg.graph.ask_apart import frame
from kg.graph.elsewhere import bare
from kg.graph.query import run
from kg.graph.question import Question
from kg.graph.store import ontology_quads, read_file
from kg.graph.worker import GRAPHS, answer

from .answers import fits
from .manifest import MF, Case, address, place

QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
# The form of an answer → the formats that say all of it.
FORMATS = {"select": ("json", "xml", "tsv"), "ask": ("json", "xml"), "graph": tuple(GRAPHS)}


def check(case: Case) -> str:
    """ "" where the case passes, else what went wrong."""
    return KINDS[case.kind](case)


def graphs(case: Case, kind: str) -> list[Any]:
    """The names of the case's graphs: "data" (together its default graph) or "graphData" (its named ones)."""
    return case.all(MF + "action", QT + kind)


def query(case: Case) -> Path:
    """The file of the case's query."""
    return place((case.one(MF + "action", QT + "query") or case.one(MF + "action")).value)


def loaded(case: Case) -> Store:
    """The case's data beside the ontology, as in any store of this project."""
    store = Store()
    store.extend(ontology_quads())
    for node in graphs(case, "data") + graphs(case, "graphData"):
        store.add_graph(node)  # an empty file is a graph too, as where it is put to the server
        store.extend(Quad(q.subject, q.predicate, q.object, node) for q in read_file(place(node.value), node.value))
    return store


def question(case: Case, form: str) -> Question:
    """The case's query, to be answered in this format. It names the case's dataset unless the query does so itself (FROM)."""
    text = query(case).read_text("utf-8")
    default, named = ([node.value for node in graphs(case, kind)] for kind in ("data", "graphData"))
    itself = "from" in bare(text).lower().split()
    return Question(
        text,
        address(query(case)),
        default_graphs=None if itself else default,
        named_graphs=None if itself else named,
        **{"triples" if form in GRAPHS else "results": form},
    )


def ask(store: Store, asked: Question) -> tuple[str, bytes]:
    """The form of the answer (select, ask, graph) and its bytes. Raises QueryError."""
    out = io.BytesIO()
    answer(store, asked.as_json(), out)
    out.seek(0)
    form, content = "", b""
    while True:
        kind, data = frame(out)
        assert kind, "the answer breaks off"
        if kind == b"e":
            told = json.loads(data)
            raise QueryError(told["what"], told["where"], told["mend"])
        if kind == b"z":
            return form, content
        if kind == b"h":
            form = json.loads(data)["form"]
        else:
            content += data


def is_ordered(text: str) -> bool:
    """Whether the query itself, not one inside it, has ORDER BY."""
    depth, outside = 0, []
    for letter in bare(text):
        depth += (letter == "{") - (letter == "}")
        outside.append(letter if depth == 0 else " ")
    return "order by" in " ".join("".join(outside).lower().split())


def is_answered(case: Case, form: str, content: bytes) -> bool:
    """Whether `content`, in this format, is the answer that the case expects."""
    ordered = is_ordered(query(case).read_text("utf-8"))
    return fits(form, content, place(case.one(MF + "result").value), ordered=ordered)


def _positive(case: Case) -> str:
    run(Store(), query(case).read_text("utf-8"), base=address(query(case)))
    return ""


def _negative(case: Case) -> str:
    try:
        _positive(case)
    except QueryError:
        return ""
    return "is understood, and should not be"


def _eval(case: Case) -> str:
    store = loaded(case)
    form, _ = ask(store, question(case, "json"))
    wrong = [name for name in FORMATS[form] if not is_answered(case, name, ask(store, question(case, name))[1])]
    return f"another answer ({', '.join(wrong)})" if wrong else ""


def _csv(case: Case) -> str:
    _, content = ask(loaded(case), question(case, "csv"))
    return "" if is_answered(case, "csv", content) else "another answer (csv)"


KINDS: dict[str, Callable[[Case], str]] = {
    "PositiveSyntaxTest11": _positive,
    "NegativeSyntaxTest11": _negative,
    "PositiveSyntaxTest": _positive,
    "NegativeSyntaxTest": _negative,
    "QueryEvaluationTest": _eval,
    "CSVResultFormatTest": _csv,
}
