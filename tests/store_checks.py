"""What must hold of every store of named graphs, whatever its kind: it has those of the graph, triple for triple."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request

import pyoxigraph as ox

import kg
from kg.graph.vocabulary import PREFIXES

LISTED = "https://w3id.org/yishi/id/graph/loaded"


def ask(endpoint: str, sparql: str) -> list[list[str | None]]:
    """Rows of a SELECT asked of a SPARQL endpoint, as text."""
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    form = urllib.parse.urlencode({"query": prefixes + sparql})
    headers = {"Accept": "application/sparql-results+json"}
    with urllib.request.urlopen(urllib.request.Request(f"{endpoint}?{form}", headers=headers)) as reply:
        told = json.load(reply)
    return [[row.get(name, {}).get("value") for name in told["head"]["vars"]] for row in told["results"]["bindings"]]


def named(endpoint: str) -> set[str]:
    """The graphs that the store holds."""
    return {row[0] or "" for row in ask(endpoint, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}


def holds_quads(endpoint: str, store: str, graph: kg.Graph) -> None:
    """All named graphs of the graph, each with just its triples, as `store` (a Graph Store Protocol) gives them, and no others of ours."""
    ours = {name for name in named(endpoint) if name.startswith(graph.base)} - {LISTED}
    wanted: dict[str, set[ox.Triple]] = {}
    for quad in graph.quads():
        assert isinstance(quad.graph_name, ox.NamedNode)
        wanted.setdefault(quad.graph_name.value, set()).add(quad.triple)
    assert ours == set(wanted)
    for name, triples in wanted.items():
        address = f"{store}?graph={urllib.parse.quote(name, safe='')}"
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": "text/turtle"})) as reply:
            assert {quad.triple for quad in ox.parse(reply.read(), ox.RdfFormat.TURTLE)} == triples, name
