"""RDF 1.1: Turtle, TriG, N-Triples and N-Quads by the reader of every RDF file that `kg query`, `kg validate` … are given."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import Store, parse

from kg.errors import InputError
from kg.graph.store import read_file

from .manifest import MF, Case, address, place
from .same import same_quads


def check(case: Case) -> str:
    """ "" where the case passes, else what went wrong."""
    return next(run for end, run in KINDS.items() if case.kind.endswith(end))(case)


def _read(case: Case) -> Store:
    file = place(case.one(MF + "action").value)
    return read_file(file, address(file))


def _positive(case: Case) -> str:
    _read(case)
    return ""


def _negative(case: Case) -> str:
    try:
        _read(case)
    except InputError:
        return ""
    return "is read, and should not be"


def _eval(case: Case) -> str:
    expected = parse(path=str(place(case.one(MF + "result").value)))
    return "" if same_quads(_read(case), expected) else "is read as other triples"


# The end of the type's name → what runs it.
KINDS: dict[str, Callable[[Case], str]] = {"PositiveSyntax": _positive, "NegativeSyntax": _negative, "Eval": _eval}
