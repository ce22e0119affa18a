"""What a user writes for a query's parameters, as the terms that are bound to its variables."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import UsageError, YishiError
from kg.graph.find import find_one
from kg.graph.iri import DEFAULT_BASE
from kg.graph.query import Bound
from kg.graph.vocabulary import TITLE, kg, xsd
from kg.indicator_key import indicator_key
from kg.queries import Named, Parameter

_NUMBER, _SHA = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?"), re.compile(r"[0-9a-f]{8,64}")


def bind(query: Named, given: Mapping[str, str], store: Store, *, base: str = DEFAULT_BASE) -> dict[str, Bound]:
    """Variable → term for what is given (parameter → what the user wrote).

    Raises UsageError for a parameter that the query does not have, that it needs and is not given, or that is not of its type;
    YishiError (UnclearName) where a name is nobody's, or several have it.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            mend = f"it has {', '.join(f'--{other}' for other in known)}" if known else "it has none"
            raise UsageError(f"the query {query.name} has no parameter {name}", f"--{name}", mend)
    for parameter in query.parameters:
        if parameter.name not in given and not parameter.optional:
            raise UsageError(
                f"the query {query.name} needs --{parameter.name}", "query", f"--{parameter.name} …: {parameter.about[1]}"
            )
    return {name: term(known[name], text, store, base=base) for name, text in given.items()}


def term(parameter: Parameter, text: str, store: Store, *, base: str = DEFAULT_BASE) -> Bound:
    """One term. Raises as bind does."""
    where = f"--{parameter.name}"
    if parameter.type == "entity":
        return NamedNode(find_one(store, text, base=base).iri)
    if parameter.type == "source":
        return NamedNode(_source(text, store, where))
    if parameter.type == "year":
        if not re.fullmatch(r"[0-9]{4}", text):
            raise UsageError(f"not a year: {text[:40]!r}", where, "write it as 2022")
        return Literal(text, datatype=xsd("gYear"))
    if parameter.type == "number":
        if not _NUMBER.fullmatch(text):
            raise UsageError(f"not a figure: {text[:40]!r}", where, "write it as 27000 or 5.53")
        return Literal(text, datatype=xsd("decimal" if "." in text else "integer"))
    try:
        return Literal(indicator_key(text), language="zh") if parameter.type == "indicator" else Literal(text)
    except ValueError as error:
        raise UsageError("not a text in Unicode", where) from error


def _source(text: str, store: Store, where: str) -> str:
    """The IRI of the one document that `text` names: its file, its title, or the beginning of its SHA-256."""
    found: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, kg("fileName"), None, None):
        iri: str = quad.subject.value  # type: ignore[union-attr]
        file: str = quad.object.value  # type: ignore[union-attr]
        title = next((q.object.value for q in store.quads_for_pattern(quad.subject, TITLE, None, None)), "")  # type: ignore[union-attr]
        sha = iri.rpartition("/")[2]
        if text in (file, file.rpartition(".")[0], title, iri) or (_SHA.fullmatch(text) and sha.startswith(text)):
            found[iri] = file
    if len(found) == 1:
        return next(iter(found))
    if not found:
        raise YishiError(f"no document is called {text[:60]!r}", where, "kg query sources lists them")
    several = ", ".join(f"{file} ({iri.rpartition('/')[2][:12]})" for iri, file in sorted(found.items())[:5])
    raise YishiError(f"{len(found)} documents are called {text[:60]!r}", where, f"say which by its SHA-256: {several}")
