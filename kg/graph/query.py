"""SPARQL over a pyoxigraph store: loading it, asking it, and saying where a query is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store

from kg.errors import QueryError
from kg.graph.iri import DEFAULT_BASE
from kg.graph.vocabulary import PREFIXES, XSD

if TYPE_CHECKING:
    from kg.graph.knowledge import Row

Result = QueryBoolean | QuerySolutions | QueryTriples
_INTEGERS = frozenset(XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"))
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.S)
# What a word inside is not: an IRI, a string, a comment.
_QUOTED = re.compile(
    r'<[^<>"{}|^`\\\s]*>|#[^\n]*'
    r'|"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''|'(?:[^'\\\n]|\\.)*'",
    re.S,
)
_SERVICE = re.compile(r"(?<![\w:?$@-])service(?![\w:-])", re.I)

_VERBS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_VERB, _PROLOGUE = re.compile(r"[A-Za-z]+"), re.compile(r"\bprefix\s+\S*:|\bbase\b", re.I)


def load(quads: Iterable[Quad]) -> Store:
    """A store in memory: every triple in the default graph (once) and in its named graph, and the ontology in both."""
    from kg.ontology import ontology_dir

    store = Store()
    store.bulk_load(path=ontology_dir() / "yishi.ttl", format=RdfFormat.TURTLE)
    named = list(quads)
    store.bulk_extend(named)
    store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in named)
    return store


def run(store: Store, sparql: str, *, base: str = DEFAULT_BASE) -> Result:
    """The raw answer of pyoxigraph (which can serialize itself). Raises QueryError as Graph.query does."""
    if len(sparql) > 1_000_000:
        raise QueryError("longer than a million characters", "query")
    refused = _SERVICE.search(_QUOTED.sub(lambda m: " " * len(m[0]), sparql))
    if refused:
        raise QueryError("SERVICE would ask another server", _place(sparql, refused.start()), "ask the graph itself")
    try:
        return store.query(sparql, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        raise _explain(sparql, str(error)) from error
    except (ValueError, OSError) as error:
        raise QueryError(str(error), "query") from error


def rows(result: Result) -> list[Row]:
    """The answer as plain Python rows; see Graph.query."""
    if isinstance(result, QueryBoolean):
        return [{"ask": bool(result)}]
    try:
        if isinstance(result, QuerySolutions):
            names = [variable.value for variable in result.variables]
            return [{name: value(solution[name]) for name in names} for solution in result]
        return [{"subject": value(t.subject), "predicate": value(t.predicate), "object": value(t.object)} for t in result]
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(str(error), "query") from error


def value(term: Any) -> Any:
    """A term as a Python value: IRIs str, figures int, Decimal or float, xsd:boolean bool, other literals str, None None."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    if not isinstance(term, Literal):
        return str(term)
    kind = term.datatype.value
    try:
        if kind in _INTEGERS:
            return int(term.value)
        if kind == XSD + "decimal":
            return Decimal(term.value)
        if kind in (XSD + "double", XSD + "float"):
            return float(term.value)
    except (ArithmeticError, ValueError):
        return term.value  # an ill-typed literal: what is written is all there is
    return term.value in ("true", "1") if kind == XSD + "boolean" else term.value


def _explain(sparql: str, message: str) -> QueryError:
    """The parser's message as a line that points at the place and shows what stands there."""
    match = _PLACE.match(message)
    if not match:
        return QueryError(message, "query")
    line, column, expected = int(match[1]), int(match[2]), match[3]
    lines = sparql.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    here = f"{text[max(0, column - 31) : column - 1]} ⟨here⟩ {text[column - 1 : column + 29]}".strip()
    where = f"query line {line}, column {column}"
    if "Prefix not found" in expected:
        known = ", ".join(f"{name}:" for name in PREFIXES)
        return QueryError(f"a prefix is not declared: {here}", where, f"known without declaring are {known}")
    verb = _VERB.search(_PROLOGUE.sub(" ", _QUOTED.sub(" ", sparql)))
    if not verb or verb[0].upper() not in _VERBS:
        return QueryError(f"not a query: {here}", where, f"a query begins with {', '.join(_VERBS)}; it changes nothing")
    words = dict.fromkeys(re.findall(r'"[^"\s]+"|\b[A-Z]{3,}\b(?!\')', re.sub(r"\[[^]]*\]", "", expected)))
    mend = f"expected here: {', '.join(words)}" if words else "see the SPARQL 1.1 grammar"
    return QueryError(f"cannot be understood: {here}", where, mend)


def _place(sparql: str, offset: int) -> str:
    line = sparql.count("\n", 0, offset) + 1
    return f"query line {line}, column {offset - sparql.rfind(chr(10), 0, offset)}"
