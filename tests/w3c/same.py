"""When two graphs, two tables or two terms are the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad

XSD = "http://www.w3.org/2001/XMLSchema#"
_EXACT = frozenset(
    XSD + name for name in ("integer", "decimal", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger")
)
_FLOATS = frozenset((XSD + "double", XSD + "float"))
BOOLEAN = {"0": False, "false": False, "1": True, "true": True}
Row = Sequence[Any]
"""The terms of one solution, None where a variable is unbound."""


def same_quads(one: Iterable[Quad], other: Iterable[Quad]) -> bool:
    """Whether two sets of quads differ in nothing but the names of their blank nodes. Literals are to be spelled the same."""
    return _canonical(one) == _canonical(other)


def same_values(one: Iterable[Quad], other: Iterable[Quad]) -> bool:
    """As `same_quads`, but numbers and truth values are the same where their type and value are (1.0 and 1.00)."""
    return same_quads(map(_valued, one), map(_valued, other))


def same_rows(one: Sequence[Row], other: Sequence[Row], *, ordered: bool) -> bool:
    """Whether two tables hold the same rows, each as often, up to the names of blank nodes; where `ordered`, in the same order."""
    return len(one) == len(other) and same_quads(_as_quads(one, ordered), _as_quads(other, ordered))


def _canonical(quads: Iterable[Quad]) -> Dataset:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _valued(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, plain(quad.object), quad.graph_name)


def _as_quads(rows: Sequence[Row], ordered: bool) -> list[Quad]:
    """A table as a graph. Rows without blank nodes are counted, so that only the others are nodes that look alike."""
    quads, counted = [], {}
    for position, row in enumerate(rows):
        terms = tuple(plain(term) for term in row)
        at = BlankNode(f"row{position}")
        if ordered:
            quads.append(Quad(at, NamedNode("x:position"), Literal(position)))
        elif not any(isinstance(term, BlankNode) for term in terms):
            counted[terms] = counted.get(terms, 0) + 1
            continue
        quads += [Quad(at, NamedNode(f"x:{column}"), term) for column, term in enumerate(terms) if term is not None]
    for number_of, (terms, count) in enumerate(counted.items()):
        at = BlankNode(f"kind{number_of}")
        quads.append(Quad(at, NamedNode("x:count"), Literal(count)))
        quads += [Quad(at, NamedNode(f"x:{column}"), term) for column, term in enumerate(terms) if term is not None]
    return quads


def plain(term: Any) -> Any:
    """A number or a truth value spelled in one way for each value of its type; any other term as it is."""
    if not isinstance(term, Literal):
        return term
    kind = term.datatype.value
    try:
        if kind in _EXACT:
            value = Decimal(term.value).normalize()
            return Literal(f"{value:f}" if value else "0", datatype=term.datatype)
        if kind == XSD + "boolean":
            return Literal(BOOLEAN[term.value])
        if kind in _FLOATS:
            return Literal(repr(float(term.value.replace("INF", "inf"))), datatype=term.datatype)
    except (InvalidOperation, KeyError, ValueError):
        return term
    return term
