"""JSON-LD as a web page or a script reads it: short keys, relative addresses, one object for each thing.

Every key is explained by the context in the file, so nothing is fetched. Named graphs are left to N-Quads and TriG: each
statement, figure and mention names its span, and the span its source.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.carried import Note

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.graph.knowledge import Graph

ABOUT = ("JSON-LD：一件事物一个对象，键短，自带上下文", "JSON-LD: an object for each thing, short keys, its own context")
SUFFIX, EXTRA, BINARY = ".jsonld", "", False

_PLAIN_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # as JSON has it, and exact wherever JSON is read
# Below the base, what resolving gives back unchanged: no empty part, no dots alone, no colon, no query.
_RELATIVE = re.compile(r"(?!\.{1,2}(?:[/#]|$))[^/:?#]+(?:/(?!\.{1,2}(?:[/#]|$))[^/:?#]+)*(?:#[^#]*)?")


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write every triple once."""
    from kg.graph.vocabulary import KG, PREFIXES

    triples = sorted(graph.triples(), key=str)
    always = _always(triples)
    context: dict[str, Any] = {"@base": graph.base, "@vocab": KG}
    context |= {name: iri for name, iri in PREFIXES.items() if name != "kg"}
    context |= {_short(predicate): kind for predicate, kind in sorted(always.items())}
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"@context": ' + json.dumps(context, ensure_ascii=False) + ',\n"@graph": [')
        for number, thing in enumerate(_things(triples, always, graph.base)):
            file.write((",\n" if number else "\n") + json.dumps(thing, ensure_ascii=False))
        file.write("\n]}\n")
    return ()


def _always(triples: list[Triple]) -> dict[str, dict[str, str]]:
    """Predicates whose objects are all things, or all words of one language: the context says so, each value need not."""
    from kg.graph.vocabulary import RDF

    kinds: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for triple in triples:
        kinds[triple.predicate.value].add(_kind(triple.object))
    kinds.pop(RDF + "type", None)  # JSON-LD has a key of its own for it
    return {name: dict(found) for name, found in kinds.items() if len(found) == 1 and ("@language", "") not in found}


def _kind(term: Any) -> tuple[str, str]:
    if hasattr(term, "datatype"):
        return "@language", term.language or ""
    return "@type", "@vocab" if _short(term.value).isalnum() else "@id"


def _things(triples: list[Triple], always: dict[str, dict[str, str]], base: str) -> Iterator[dict[str, Any]]:
    from kg.graph.vocabulary import RDF

    for subject, said in groupby(triples, key=lambda triple: triple.subject):
        thing: dict[str, Any] = {"@id": _relative(str(getattr(subject, "value", subject)), base)}
        for predicate, same in groupby(said, key=lambda triple: triple.predicate):
            if predicate.value == RDF + "type":
                thing["@type"] = _one_or_all([_short(t.object.value) for t in same])  # type: ignore[union-attr]
                continue
            values = [_value(t.object, base) for t in same]
            if predicate.value in always:
                values = [_inside(value, always[predicate.value]) for value in values]
            thing[_short(predicate.value)] = _one_or_all(values)
        yield thing


def _inside(value: dict[str, str], kind: dict[str, str]) -> str:
    """What is left of a value where the context says what kind it is."""
    if "@id" not in value:
        return value["@value"]
    return _short(value["@id"]) if kind["@type"] == "@vocab" else value["@id"]


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _value(term: Any, base: str) -> Any:
    from kg.graph.vocabulary import XSD

    if not hasattr(term, "datatype"):
        return {"@id": _relative(term.value, base)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    kind = term.datatype.value
    if kind == XSD + "string":
        return term.value
    if kind == XSD + "integer" and _PLAIN_INTEGER.fullmatch(term.value):
        return int(term.value)
    return {"@value": term.value, "@type": _short(kind)}


def _short(iri: str) -> str:
    """A term as the context spells it: without its prefix in the vocabulary of the graph, else with one."""
    from kg.graph.vocabulary import KG, PREFIXES

    for name, namespace in PREFIXES.items():
        rest = iri[len(namespace) :]
        if iri.startswith(namespace) and rest.isascii() and rest.isalnum():
            return rest if namespace == KG else f"{name}:{rest}"
    return iri


def _relative(iri: str, base: str) -> str:
    rest = iri[len(base) :]
    return rest if iri.startswith(base) and _RELATIVE.fullmatch(rest) else iri
