"""Whether an answer, in the bytes of any format that is written here, is the one that a file of the suites has."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, QueryBoolean, QueryResultsFormat, QuerySolutions, parse, parse_query_results

from kg.graph.worker import GRAPHS, RESULTS

from .manifest import address
from .result_set import result_set
from .same import same_rows, same_values

Table = tuple[Sequence[str], list[list[Any]]]
"""The names of the columns, and the rows."""


def fits(form: str, content: bytes, expected: Path, *, ordered: bool = False) -> bool:
    """Whether `content` in the format `form` (one of RESULTS or GRAPHS) says what `expected` does; `ordered`: rows in the same order."""
    if form in GRAPHS:
        return same_values(parse(content, format=GRAPHS[form]), parse(path=str(expected), base_iri=address(expected)))
    if form == "csv":
        return _same(_cells(content), _cells(expected.read_bytes()), ordered=ordered)
    found, wanted = _read(parse_query_results(content, format=RESULTS[form])), _expected(expected)
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    return _same(found, wanted, ordered=ordered)


def _same(one: Table, other: Table, *, ordered: bool) -> bool:
    """Whether two tables have the same columns, in any order, and the same rows."""
    if sorted(one[0]) != sorted(other[0]):
        return False
    places = [one[0].index(name) for name in other[0]]
    return same_rows([[row[at] for at in places] for row in one[1]], other[1], ordered=ordered)


def _expected(file: Path) -> Table | bool:
    form = QueryResultsFormat.from_extension(file.suffix.lstrip("."))
    return result_set(file, address(file)) if form is None else _read(parse_query_results(path=str(file), format=form))


def _read(found: QueryBoolean | QuerySolutions) -> Table | bool:
    if isinstance(found, QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return names, [[solution[name] for name in names] for solution in found]


def _cells(content: bytes) -> Table:
    """CSV has no types: a cell is its text, but for blank nodes, and numbers by their value."""
    names, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    return names, [[_cell(cell) for cell in row] for row in rows]


def _cell(text: str) -> BlankNode | Literal:
    if text.startswith("_:"):
        return BlankNode(text[2:])
    try:
        return Literal(float(text))
    except ValueError:
        return Literal(text)
