"""Edits files for the tests: rows as dictionaries, and graphs to apply them to."""

from __future__ import annotations

import csv
import io

import graph_cases as cases

from kg.edits.apply import edit
from kg.edits.rows import parse_edits
from kg.graph.knowledge import Graph
from kg.graph.merge import merge

SECOND_TEXT = "按：" + cases.TEXT
FIRST, SECOND = cases.source(), cases.source(SECOND_TEXT, "二.txt")


def one() -> Graph:
    """The graph of one text."""
    return merge([cases.reading(FIRST)])


def two() -> Graph:
    """The graph of two texts that say the same."""
    return merge([cases.reading(FIRST), cases.reading(SECOND)])


def table(*rows: dict[str, str]) -> str:
    """Rows as an edits file; the columns are those that a row has."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter="\t", restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def edited(graph: Graph, *rows: dict[str, str], fits: bool = True) -> Graph:
    """The graph after these rows, all of which fit (unless told otherwise)."""
    new = edit(graph, parse_edits(table(*rows)))
    assert new.edited
    assert not fits or not new.edited.unfit, new.edited.unfit
    return new


def why(graph: Graph, *rows: dict[str, str]) -> list[tuple[int, str]]:
    """Line and reason of the rows that do not fit."""
    told = edited(graph, *rows, fits=False).edited
    assert told
    return [(one.line, one.en) for one in told.unfit]


def facts(graph: Graph) -> set[tuple[str, str, str, str, str]]:
    """What the facts say: subject, property, object, status, period."""
    return {
        (f.subject, f.property, f.object, f.status, f"{f.period.start}/{f.period.end}" if f.period else "") for f in graph.facts
    }
