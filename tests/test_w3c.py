"""The W3C's test suites: what passes and what fails is what docs/conformance.md says; skipped where the suites are not here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import kg, one_line
from pyoxigraph import RdfFormat, parse, serialize
from serving import TOKEN, Served, served
from w3c import SUITES, WHERE, Case, run_suite, sparql, table
from w3c.manifest import MF, place
from w3c.run import Outcome
from w3c.same import same_quads, same_rows
from w3c.shacl import SHT

here = pytest.mark.skipif(not WHERE.is_dir(), reason="the W3C's test suites are not beside this checkout")
WITHOUT_ONTOLOGY = """CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o
  FILTER NOT EXISTS { GRAPH <https://w3id.org/yishi/ontology> { ?s ?p ?o } } }"""
SH = "http://www.w3.org/ns/shacl#"
MEDIA = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
}
COMMAND = {"json": "srj", "xml": "xml", "tsv": "tsv", "ttl": "ttl"}
ASKED = [
    ("SPARQL 1.1 Query Language", "bind/bind01", "xml"),
    ("SPARQL 1.1 Query Language", "aggregates/agg01", "json"),
    ("SPARQL 1.1 Query Language", "property-path/pp14", "tsv"),
    ("SPARQL 1.1 Query Language", "construct/constructwhere01", "ttl"),
    ("SPARQL 1.1 Query Results JSON", "jsonres01", "json"),
    ("SPARQL 1.1 Query Results CSV and TSV", "tsv01", "tsv"),
]
CHECKED = ["node/class-001", "property/minCount-001", "node/closed-002", "property/uniqueLang-001", "validation-reports/shared"]


def case(suite: str, name: str) -> Case:
    """One case by its name."""
    return dict(SUITES[suite].cases())[name]


@here
@pytest.mark.parametrize("suite", SUITES)
def test_a_suite_fails_where_it_is_known_to_and_nowhere_else(suite: str) -> None:
    found = run_suite(suite)
    assert found.total > 0
    assert found.surprises(suite) == []


@here
def test_the_page_shows_what_the_suites_say_now() -> None:
    assert table.shown() == table.made(), "make conformance puts in what they say now"


def test_a_failure_that_is_not_named_and_a_named_one_that_passes_are_both_told() -> None:
    found = Outcome(3, {"tsv01": "another answer (tsv)"}, {})
    assert found.surprises("SPARQL 1.1 Query Results CSV and TSV") == [
        "tsv01 fails: another answer (tsv)",
        "tsv03 is named as failing and does not",
    ]


@here
@pytest.mark.parametrize("suite", SUITES)
def test_every_case_of_a_suite_has_a_name_of_its_own(suite: str) -> None:
    names = [name for name, _ in SUITES[suite].cases()]
    assert len(names) == len(set(names))


def test_answers_are_the_same_up_to_order_and_the_names_of_blank_nodes_only() -> None:
    a, b, c, d = parse_terms('_:a _:b <x:c> "1.0"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    one = parse_terms('"1"^^<http://www.w3.org/2001/XMLSchema#decimal>')[0]
    assert same_rows([[a, c], [b, d]], [[a, one], [b, c]], ordered=False)
    assert not same_rows([[a, c], [b, d]], [[a, one], [b, c]], ordered=True)
    assert not same_rows([[a, c], [b, d]], [[a, c], [a, d]], ordered=False)
    assert same_rows([[a, c], [a, c]], [[b, c], [b, c]], ordered=False)
    assert not same_rows([[a, c], [a, c]], [[a, c], [b, c]], ordered=False)
    assert not same_rows([[c], [c]], [[c], [d]], ordered=False)
    assert not same_rows([[c], [c], [d]], [[c], [d], [d]], ordered=False)
    assert not same_rows([[c, None]], [[None, c]], ordered=False)


def parse_terms(text: str) -> list[Any]:
    """Terms as N-Triples spells them."""
    return [quad.object for quad in parse(f"<x:s> <x:p> {', '.join(text.split(' '))} .", format=RdfFormat.TURTLE)]


@here
@pytest.mark.parametrize("name", ["nested_collection", "turtle-eval-struct-01", "literal_with_escaped_CARRIAGE_RETURN"])
def test_the_command_reads_a_file_as_the_suite_has_it(name: str) -> None:
    one = case("RDF 1.1 Turtle", name)
    done = kg("query", WITHOUT_ONTOLOGY, "--graph", place(one.one(MF + "action").value), "--format", "nt")
    assert done.returncode == 0, done.stderr
    wanted = parse(path=str(place(one.one(MF + "result").value)))
    assert same_quads(parse(done.stdout, format=RdfFormat.N_TRIPLES), wanted)


@here
@pytest.mark.parametrize("name", ["turtle-syntax-bad-uri-01", "turtle-syntax-bad-struct-09", "turtle-syntax-bad-string-05"])
def test_the_command_refuses_a_file_that_the_suite_calls_bad_in_one_line(name: str) -> None:
    done = kg("query", "ASK {}", "--graph", place(case("RDF 1.1 Turtle", name).one(MF + "action").value))
    assert done.returncode != 0 and "is not well formed" in one_line(done.stderr)


@here
@pytest.mark.parametrize(("suite", "name", "form"), ASKED)
def test_the_command_answers_as_the_suite_has_it(suite: str, name: str, form: str, tmp_path: Path) -> None:
    """`kg query` has no option for a dataset: the query's own FROM names it, the data are in a TriG file."""
    one = case(suite, name)
    data = tmp_path / "data.trig"
    data.write_bytes(serialize(sparql.loaded(one), format=RdfFormat.TRIG))
    clauses = " ".join(f"FROM {node}" for node in sparql.graphs(one, "data"))
    text = re.sub(r"(?i)(?=\bwhere\b|\{)", clauses + " ", sparql.query(one).read_text("utf-8"), count=1)
    done = kg("query", text, "--graph", data, "--format", COMMAND[form])
    assert done.returncode == 0, done.stderr
    assert sparql.is_answered(one, form, done.stdout.encode())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("w3c") / "graph", "--writable", KG_TOKEN=TOKEN) as running:
        yield running


@here
@pytest.mark.parametrize(("suite", "name", "form"), [*ASKED, ("SPARQL 1.1 Query Results CSV and TSV", "csv02", "csv")])
def test_the_server_answers_as_the_suite_has_it(server: Served, suite: str, name: str, form: str) -> None:
    one = case(suite, name)
    for node in sparql.graphs(one, "data"):
        put = server.put(
            "/rdf-graphs",
            params={"graph": node.value},
            content=place(node.value).read_bytes(),
            headers={"Content-Type": "text/turtle", **server.authorized()},
        )
        assert put.status_code in (201, 204), put.text
    asked = {
        "query": sparql.query(one).read_text("utf-8"),
        "default-graph-uri": [node.value for node in sparql.graphs(one, "data")],
    }
    answer = server.get("/sparql", params=asked, headers={"Accept": MEDIA[form]})
    assert answer.status_code == 200, answer.text
    assert sparql.is_answered(one, form, answer.content)


@here
@pytest.mark.parametrize("name", CHECKED)
def test_the_command_finds_what_the_suite_says_breaks_its_shapes(name: str) -> None:
    one = case("SHACL Core", name)
    data, shapes = (place(one.one(MF + "action", SHT + kind).value) for kind in ("dataGraph", "shapesGraph"))
    done = kg("validate", "--graph", data, "--shapes", shapes, "--json")
    told = json.loads(done.stdout)
    focus = sorted(
        node.value for result in one.all(MF + "result", SH + "result") for node in one.manifest.all(result, SH + "focusNode")
    )
    assert done.stderr == ""
    assert sorted(violation["focus"] for violation in told["violations"]) == focus
    assert told["conforms"] is (not focus) and done.returncode == (1 if focus else 0)
