"""Names that carry another language's words (Turtle, SPARQL, Cypher, HTML, formulas, XML, a shell) go through every format, and through
the queries, and come out as the same text. One test for each pair of a family of payloads and a format.

The pages are tested in test_page_hostile.py, test_report.py and test_serve_pages.py, the databases in test_load_*.py.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from hostile_cases import hostile

from kg.export.exporter import export
from kg.graph.knowledge import Graph

FAMILIES = {
    "Turtle": ('" . <http://x/a> <http://x/b> "c', '"""@zh . <x> <y> <z> .', "\\u0022 . \\", "> . <x> <y> <z> . <", "甲@en , 乙^^<x>"),
    "SPARQL": ('" } } DROP ALL #', "?s ?p ?o } UNION { ?s", "' || STR(?x) || '", '") FILTER(true) #', "# 注释\n} SELECT *"),
    "Cypher": ("`}) DETACH DELETE n //", "' OR 1=1 WITH 1 AS x MATCH (n) DELETE n //", "$param {a: 1}", "\\' RETURN 1 //", "/* 甲 */"),
    "HTML": ("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "&lt;b&gt;&amp;", "<!--"),
    "formulas": ('=HYPERLINK("http://x";"点")', "+1+1", "-2+3", "@SUM(1)", "\t=1", "＝cmd|' /C calc'!A0", "'=1", "1;2,3\"4"),
    "XML": ("]]><data key='d0'>x</data>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;", "</node></graph>", "&#0;&#x41;", "<![CDATA["),
    "JSON": ('", "@id": "http://x', '{"@context": {"@vocab": "x"}}', "\\u0041\\n", "__proto__", "@type"),
    "a shell": ("$(touch /tmp/x)", "`reboot`", "; rm -rf / #", "| cat /etc/passwd", "甲 && 乙 > 丙", "../../etc/passwd", "%00%s%n"),
}  # fmt: skip
RDF = {"turtle": ox.RdfFormat.TURTLE, "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD, "nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}  # fmt: skip
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
NETWORKS = {"graphml": lambda path: nx.read_graphml(path, force_multigraph=True), "gexf": nx.read_gexf}


@cache
def graph_of(family: str) -> Graph:
    """A graph whose entities, units, roles and rules are called so."""
    return hostile(*FAMILIES[family])


@pytest.fixture(params=FAMILIES)
def family(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def wanted(family: str) -> set[str]:
    return set(FAMILIES[family])


@pytest.mark.parametrize("name", RDF)
def test_rdf(family: str, name: str, tmp_path: Path) -> None:
    export(graph_of(family), name, tmp_path / "g")
    quads = list(ox.parse(path=str(tmp_path / "g"), format=RDF[name]))
    labels = {quad.object.value for quad in quads if quad.predicate.value == LABEL and isinstance(quad.object, ox.Literal)}
    assert wanted(family) <= labels
    assert not [quad for quad in quads if quad.predicate.value in ("http://x/b", "y")], "no triple of the payload's own"


@pytest.mark.parametrize("name", NETWORKS)
def test_networks(family: str, name: str, tmp_path: Path) -> None:
    export(graph_of(family), name, tmp_path / "g")
    network = NETWORKS[name](tmp_path / "g")
    assert wanted(family) <= {values["label"] for _, values in network.nodes(data=True)}


@pytest.mark.parametrize("name", ["csv", "neo4j-csv"])
def test_tables(family: str, name: str, tmp_path: Path) -> None:
    export(graph_of(family), name, tmp_path / "g")
    cells: set[str] = set()
    for path in (tmp_path / "g").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells |= {cell for row in csv.reader(file) for cell in row}
    # where a spreadsheet would run a cell, an apostrophe stands before it, and before one that begins with an apostrophe
    assert all(payload in cells or f"'{payload}" in cells for payload in wanted(family))
    assert name == "neo4j-csv" or not [cell for cell in cells if cell[:1] in "=@＝＋＠" and cell]


def test_json(family: str, tmp_path: Path) -> None:
    export(graph_of(family), "networkx", tmp_path / "g")
    network = nx.node_link_graph(json.loads((tmp_path / "g").read_text("utf-8")), edges="links")
    assert wanted(family) <= {values["label"] for _, values in network.nodes(data=True)}


def test_a_query_whose_value_is_the_payload_finds_the_one_that_is_called_so(family: str) -> None:
    """The payload goes in as a literal of SPARQL, escaped as the library does it, and comes out as the label."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in graph_of(family).triples())
    for payload in FAMILIES[family]:
        query = f"SELECT ?label WHERE {{ ?e <{LABEL}> ?label FILTER(STR(?label) = {ox.Literal(payload)}) }}"
        assert {row["label"].value for row in store.query(query)} == {payload}
