"""`kg export turtle`, `nquads`, `trig`, `rdfxml`, `jsonld`: read back, by two parsers, each is the graph that it was."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
import rdflib
from export_cases import CASES, graph
from hostile_cases import NUL, hostile

from kg.export.exporter import export
from kg.export.network import to_rdflib

FORMATS = {"turtle": ox.RdfFormat.TURTLE, "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}
RDFLIB = {"turtle": "turtle", "rdfxml": "xml", "jsonld": "json-ld", "nquads": "nquads", "trig": "trig"}


def for_xml(text: str) -> str:
    return "".join("\ufffd" if (char < " " and char not in "\t\n\r") or char in "\ufffe\uffff" else char for char in text)


def as_xml_holds(triple: ox.Triple) -> ox.Triple:
    literal = triple.object
    if not isinstance(literal, ox.Literal):
        return triple
    kind = None if literal.language else literal.datatype
    return ox.Triple(
        triple.subject, triple.predicate, ox.Literal(for_xml(literal.value), language=literal.language, datatype=kind)
    )


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", FORMATS)
def test_every_triple_comes_back(name, case, tmp_path):
    notes = export(graph(case), name, tmp_path / "g")
    wanted = set(graph(case).triples())
    if name == "rdfxml":
        assert bool(notes) == (case == "hostile"), "what XML cannot hold is said, and nothing else"
        wanted = {as_xml_holds(triple) for triple in wanted}
    else:
        assert not notes
    assert {quad.triple for quad in ox.parse(path=str(tmp_path / "g"), format=FORMATS[name])} == wanted


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", ["nquads", "trig"])
def test_every_quad_comes_back_in_its_named_graph(name, case, tmp_path):
    assert not export(graph(case), name, tmp_path / "g")
    kind = ox.RdfFormat.N_QUADS if name == "nquads" else ox.RdfFormat.TRIG
    assert set(ox.parse(path=str(tmp_path / "g"), format=kind)) == set(graph(case).quads())


@pytest.mark.parametrize("name", RDFLIB)
def test_rdflib_reads_the_same_graph(name, tmp_path):
    export(graph("two documents"), name, tmp_path / "g")
    if name in ("nquads", "trig"):
        back = rdflib.Dataset()
        back.parse(tmp_path / "g", format=RDFLIB[name])
        found = {quad[:3] for quad in back.quads()}
    else:
        found = set(rdflib.Graph().parse(tmp_path / "g", format=RDFLIB[name]))
    assert found == set(to_rdflib(graph("two documents")))


def test_a_carriage_return_survives_every_xml_parser(tmp_path):
    export(hostile(), "rdfxml", tmp_path / "g")
    quotes = [str(o) for o in rdflib.Graph().parse(tmp_path / "g", format="xml").objects() if isinstance(o, rdflib.Literal)]
    assert "行\r\n一" in quotes and "行\r三" in quotes


def test_a_nul_is_carried_by_every_text_format(tmp_path):
    for name in ("turtle", "jsonld"):
        assert not export(hostile(NUL), name, tmp_path / "g")
        assert {quad.triple for quad in ox.parse(path=str(tmp_path / "g"), format=FORMATS[name])} == set(hostile(NUL).triples())


def test_json_ld_reads_as_a_script_wants_it(tmp_path):
    export(graph("small"), "jsonld", tmp_path / "g")
    told = json.loads((tmp_path / "g").read_text("utf-8"))
    things = {thing["@id"]: thing for thing in told["@graph"]}
    body = things["org/湖州市/政协"]
    assert body["@type"] == "Organization" and body["skos:prefLabel"] == "政协湖州市委员会"
    assert body["runs"] == "thing/湖州市/民生议事堂"
    (figure,) = (thing for thing in things.values() if thing["@type"] == "Measure")
    assert (figure["value"], figure["unit"], figure["status"], figure["bound"]) == (27000, "人次", "done", "atLeast")
    assert not any("http" in value for value in told["@context"].values() if value == "http"), "nothing is fetched"
