"""SPARQL over a pyoxigraph store: loading it, asking it, and saying where a query is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Store, Variable

from kg.errors import QueryError
from kg.graph.elsewhere import QUOTED, bare, refuse_service
from kg.graph.iri import DEFAULT_BASE
from kg.graph.vocabulary import PREFIXES, XSD

Row = dict[str, Any]
"""One answer: variable → value (IRIs as str, figures as int, Decimal or float, truth as bool, other literals as str, None unbound)."""
Result = QueryBoolean | QuerySolutions | QueryTriples
Bound = NamedNode | Literal
MAX_QUERY = 1_000_000  # characters
_INTEGERS = frozenset(XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"))
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.S)
_FROM = re.compile(r"(?<![\w:?$@-])from(?![\w:-])", re.I)
_UNBOUND = re.compile(r"variable (\?\w+) in its SELECT")

_VERBS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_VERB, _PROLOGUE = re.compile(r"[A-Za-z]+"), re.compile(r"\bprefix\s+\S*:|\bbase\b", re.I)


def load(quads: Iterable[Quad]) -> Store:
    """A store in memory of the quads in their named graphs, and the ontology in one of its own (see kg.graph.store)."""
    from kg.graph.store import ontology_quads

    store = Store()
    store.bulk_extend(chain(ontology_quads(), quads))
    return store


def run(
    store: Store,
    sparql: str,
    *,
    base: str = DEFAULT_BASE,
    bindings: Mapping[str, Bound] | None = None,
    default_graphs: Sequence[NamedNode] | None = None,
    named_graphs: Sequence[NamedNode] | None = None,
) -> Result:
    """The raw answer of pyoxigraph, which can serialize itself (a format of SPARQL results, or of RDF).

    The default graph is the union of all graphs, unless the query (FROM) or the caller (`default_graphs`, as the SPARQL protocol
    has them) says otherwise. `bindings` (variable → term) are bound as terms, not put into the text; a variable that is bound
    must be in the SELECT line. The prefixes of the vocabulary need no declaration; relative IRIs are under `base`.
    Raises QueryError where the query does not parse (it says where), asks another server (SERVICE), or has no such variable.
    """
    if len(sparql) > MAX_QUERY:
        raise QueryError(f"longer than {MAX_QUERY:,} characters", "query")
    refuse_service(sparql)
    narrowed = default_graphs is not None or named_graphs is not None
    try:
        return store.query(
            sparql,
            base_iri=base,
            prefixes=PREFIXES,
            # The engine lets this win over FROM.
            use_default_graph_as_union=not narrowed and not _FROM.search(bare(sparql)),
            default_graph=list(default_graphs or ()) if narrowed else None,
            named_graphs=list(named_graphs or ()) if narrowed else None,
            substitutions={Variable(name): term for name, term in bindings.items()} if bindings else None,
        )
    except SyntaxError as error:
        raise explain(sparql, str(error)) from error
    except RuntimeError as error:
        unknown = _UNBOUND.search(str(error))
        if unknown:
            mend = f"put {unknown[1]} into its SELECT line"
            raise QueryError(f"{unknown[1]} is given a value, but the query does not select it", "query", mend) from error
        raise QueryError(str(error), "query") from error
    except (ValueError, OSError) as error:
        raise QueryError(str(error), "query") from error


def rows(result: Result | Iterable[Quad]) -> list[Row]:
    """The answer as plain Python rows; see Graph.query."""
    if isinstance(result, QueryBoolean):
        return [{"ask": bool(result)}]
    try:
        if isinstance(result, QuerySolutions):
            names = [variable.value for variable in result.variables]
            return [dict(zip(names, map(value, solution), strict=True)) for solution in result]
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
    if term.language:
        return term.value
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


def to_json(term: Bound) -> dict[str, str]:
    """A term as SPARQL's results in JSON spell it."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    told = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
    return {"type": "literal", "value": term.value, **told}


def from_json(term: Mapping[str, str]) -> Bound:
    """The term that `to_json` spelled."""
    if term["type"] == "uri":
        return NamedNode(term["value"])
    if "xml:lang" in term:
        return Literal(term["value"], language=term["xml:lang"])
    return Literal(term["value"], datatype=NamedNode(term.get("datatype", XSD + "string")))


def explain(sparql: str, message: str, *, update: bool = False) -> QueryError:
    """The parser's message as a line that points at the place and shows what stands there. `update`: it was to change the store."""
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
    if update:
        return QueryError(f"cannot be understood: {here}", where, "see the SPARQL 1.1 Update grammar")
    verb = _VERB.search(_PROLOGUE.sub(" ", QUOTED.sub(" ", sparql)))
    if not verb or verb[0].upper() not in _VERBS:
        return QueryError(f"not a query: {here}", where, f"a query begins with {', '.join(_VERBS)}; it changes nothing")
    words = dict.fromkeys(re.findall(r'"[^"\s]+"|\b[A-Z]{3,}\b(?!\')', re.sub(r"\[[^]]*\]", "", expected)))
    mend = f"expected here: {', '.join(words)}" if words else "see the SPARQL 1.1 grammar"
    return QueryError(f"cannot be understood: {here}", where, mend)
