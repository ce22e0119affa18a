"""The Graph object: what the contract asks of its RDF, and what a user asks of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import graph_cases as cases
import networkx
import pytest
import rdflib

import kg
from kg.errors import QueryError
from kg.graph.merge import merge
from kg.graph.values import number, time
from kg.model import Source

KG = rdflib.Namespace("https://w3id.org/yishi/ontology#")


@pytest.fixture(scope="module")
def graph():
    return merge([cases.reading()])


@pytest.fixture(scope="module")
def rdf(graph):
    return rdflib.Graph().parse(data=graph.to_turtle(), format="turtle")


def node(graph, entity_id):
    return rdflib.URIRef(graph.iri(entity_id))


def test_an_entity_has_its_classes_one_label_and_its_other_names_in_chinese(graph, rdf):
    news, body = node(graph, cases.NEWS), node(graph, cases.CPPCC)
    assert set(rdf.objects(news, rdflib.RDF.type)) == {KG.Organization, KG.MediaOutlet}
    assert list(rdf.objects(body, rdflib.SKOS.prefLabel)) == [rdflib.Literal("政协湖州市委员会", lang="zh")]
    assert set(rdf.objects(body, rdflib.SKOS.altLabel)) == {rdflib.Literal(name, lang="zh") for name in ("市政协", "湖州市政协")}
    assert rdf.value(node(graph, cases.COUNTY_CPPCC), KG.resolution) == KG.unresolved
    city = node(graph, cases.CITY)
    assert rdf.value(city, KG.divisionCode) == rdflib.Literal("330500")
    assert rdf.value(city, KG.divisionYear).n3().startswith('"2023"^^')


def test_every_quote_is_what_the_source_says_between_its_offsets(graph, rdf):
    text = cases.source().text
    spans = list(rdf.subjects(rdflib.RDF.type, KG.Span))
    assert len(spans) > 10
    for span in spans:
        start, end = int(rdf.value(span, KG.start)), int(rdf.value(span, KG.end))
        assert str(rdf.value(span, KG.quote)) == text[start:end]
        assert str(span) == f"{rdf.value(span, KG.source)}#offset_{start}_{end}"


def test_what_is_planned_is_said_by_a_statement_alone(graph, rdf):
    body = node(graph, cases.CPPCC)
    assert (body, KG.runs, node(graph, cases.HALL)) in rdf
    assert (body, KG.hosts, node(graph, cases.MEETING)) not in rdf
    (plan,) = rdf.subjects(KG.status, KG.planned)
    assert rdf.value(plan, rdflib.RDF.object) == node(graph, cases.MEETING)


def test_every_plain_triple_has_a_statement_that_says_done(rdf):
    entities = set(rdf.subjects(rdflib.SKOS.prefLabel))
    done = {
        (rdf.value(s, rdflib.RDF.subject), rdf.value(s, rdflib.RDF.predicate), rdf.value(s, rdflib.RDF.object))
        for s in rdf.subjects(KG.status, KG.done)
        if (s, rdflib.RDF.type, rdflib.RDF.Statement) in rdf
    }
    plain = {t for t in rdf if t[0] in entities and t[2] in entities}
    assert plain == done
    assert len(plain) == 4


def test_a_statement_tells_time_ground_rule_and_evidence(graph, rdf):
    (made,) = rdf.subjects(rdflib.RDF.object, node(graph, cases.HALL))
    assert rdf.value(made, KG.period).n3() == '"2022"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    assert rdf.value(made, KG.basis) == KG.stated
    assert str(rdf.value(made, KG.rule)) == "test-rule"
    assert "民生议事堂" in rdf.value(rdf.value(made, KG.evidence), KG.quote)
    (reported,) = rdf.subjects(KG.basis, KG.carried)
    assert str(rdf.value(rdf.value(reported, KG.context), KG.quote)) == "2022年"


def test_a_post_is_a_membership_with_its_role(graph, rdf):
    org = rdflib.Namespace("http://www.w3.org/ns/org#")
    (post,) = rdf.subjects(rdflib.RDF.type, org.Membership)
    assert (post, rdflib.RDF.type, rdflib.RDF.Statement) in rdf
    assert rdf.value(post, org.member) == node(graph, cases.CHAIR)
    assert rdf.value(post, org.organization) == node(graph, cases.CPPCC)
    assert rdf.value(post, KG.role) == rdflib.Literal("主席", lang="zh")


def test_a_measure_tells_what_it_counts(graph, rdf):
    (figure,) = rdf.subjects(rdflib.RDF.type, KG.Measure)
    told = {str(p).removeprefix(KG): o for p, o in rdf.predicate_objects(figure)}
    assert told["value"].toPython() == 27000
    assert str(told["asWritten"]) == "2.7万多\r\n人次"
    assert told["indicator"] == rdflib.Literal("开展协商", lang="zh")
    assert (told["bound"], told["kind"], told["status"]) == (KG.atLeast, KG.level, KG.done)
    assert told["about"] == node(graph, cases.HALL)


def test_the_source_is_told_apart_from_the_report_it_carries(graph, rdf):
    (source,) = rdf.subjects(rdflib.RDF.type, KG.Source)
    terms = rdflib.DCTERMS
    assert str(source).endswith(cases.source().sha256)
    assert str(rdf.value(source, terms.title)) == "政协湖州市委员会工作报告"
    assert rdf.value(source, terms.issued).n3().startswith('"2023-03-06"^^')
    assert rdf.value(source, terms.creator) == node(graph, cases.CHAIR)
    assert str(rdf.value(source, terms.publisher)) == "湖州日报"
    assert str(rdf.value(source, KG.fileName)) == "报告.txt"
    assert rdf.value(source, KG.encodes) == node(graph, cases.REPORT)
    (build,) = rdf.subjects(rdflib.RDF.type, rdflib.PROV.Activity)
    assert str(rdf.value(build, rdflib.SDO.softwareVersion)) == kg.__version__
    assert rdf.value(build, rdflib.PROV.used) == source


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (5530000000000, '"5530000000000"^^xsd:integer'),
        (Decimal("76.0"), '"76"^^xsd:integer'),
        (Decimal("5.30"), '"5.3"^^xsd:decimal'),
        (Decimal("1E+3"), '"1000"^^xsd:integer'),
        (Decimal("-0.0"), '"0"^^xsd:integer'),
        (Decimal("1E-7"), '"0.0000001"^^xsd:decimal'),
    ],
)
def test_figures_are_written_in_one_way(value, written):
    literal = number(value)
    assert f'"{literal.value}"^^xsd:{literal.datatype.value.rpartition("#")[2]}' == written


@pytest.mark.parametrize(
    ("value", "kind"),
    [("2022", "gYear"), ("2022-06", "gYearMonth"), ("2022-06-30", "date"), ("2022-06-31", "gYearMonth"), ("2022-13", "gYear")],
)
def test_times_are_typed_by_their_precision(value, kind):
    assert time(value).datatype.value.endswith(f"#{kind}")


@pytest.mark.parametrize("value", ["22", "2022年", "2022-6", "0000", "2022-06-30T10:00", ""])
def test_what_is_no_iso_time_is_refused(value):
    with pytest.raises(ValueError, match="ISO"):
        time(value)


def test_a_query_knows_the_prefixes_and_gives_python_values(graph):
    rows = graph.query("SELECT ?name ?value { ?m kg:value ?value ; kg:about/skos:prefLabel ?name }")
    assert rows == [{"name": "民生议事堂", "value": 27000}]
    assert graph.query("SELECT (COUNT(?m) AS ?n) { <org/湖州市/政协> kg:mention ?m }") == [{"n": 4}]
    assert graph.query("ASK { ?x a kg:MediaOutlet }") == [{"ask": True}]
    (triple,) = graph.query("CONSTRUCT { ?x rdfs:label ?l } WHERE { ?x a kg:Person ; skos:prefLabel ?l }")
    assert triple["object"] == "李上葵"
    assert graph.query("SELECT ?x ?code { ?x a kg:Organization OPTIONAL { ?x kg:divisionCode ?code } }")[0]["code"] is None


def test_a_fact_of_two_sources_counts_once_and_each_source_is_a_named_graph():
    two = merge([cases.reading(), cases.reading(cases.source("按：" + cases.TEXT, "二.txt"))])
    plain = "{ <org/湖州市/政协> kg:runs ?x }"
    assert two.query(f"SELECT (COUNT(*) AS ?n) {plain}") == [{"n": 1}]
    assert two.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {plain} }}") == [{"n": 1}]
    said = "{ ?st rdf:subject <org/湖州市/政协> ; rdf:predicate kg:runs }"
    assert two.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {said} }}") == [{"n": 2}]
    named = two.query("SELECT DISTINCT ?g { GRAPH ?g { ?s a rdf:Statement } }")
    assert {row["g"].rpartition("/")[2] for row in named} == set(two.sources)
    assert two.query("SELECT DISTINCT ?g { GRAPH ?g { ?x skos:prefLabel ?l } }") == [{"g": two.base + "graph/entities"}]


def test_two_persons_of_one_name_are_near_matches_not_one():
    one, other = cases.reading(), cases.reading(cases.source("另：" + cases.TEXT, "二.txt"))
    entities = tuple(replace(e, id="person/德清县/李上葵") if e.id == cases.CHAIR else e for e in other.entities)
    two = merge([one, replace(other, entities=entities, facts=())])
    rows = two.query("SELECT ?a ?b { ?a a kg:Person ; skos:closeMatch ?b . ?b a kg:Person }")
    assert rows == [{"a": two.iri(cases.CHAIR), "b": two.iri("person/德清县/李上葵")}]


def test_the_ontologys_labels_are_there_to_be_asked_for(graph):
    rows = graph.query("SELECT ?label { <org/新华社> a ?c . ?c rdfs:label ?label FILTER(lang(?label) = 'zh') } ORDER BY ?label")
    assert {"组织机构", "媒体"} == {row["label"] for row in rows}


@pytest.mark.parametrize(
    ("sparql", "where", "what"),
    [
        ("SELECT * WHERE {\n ?s ?p ?o", "line 2, column", "⟨here⟩"),
        ("SELECT * {\n ?s foo:bar ?o }", "line 2", "prefix"),
        ("SELEC * { ?s ?p ?o }", "line 1", "begins with SELECT"),
        ("DELETE WHERE { ?s ?p ?o }", "line 1", "changes nothing"),
        ("", "line 1", "begins with"),
        ("SELECT * { ?s ?p ?o SERVICE <http://127.0.0.1/> { ?a ?b ?c } }", "line 1, column 21", "another server"),
        ("SELECT * { ?s ?p '#' . service ?x { } }", "line 1, column 24", "another server"),
    ],
)
def test_a_wrong_query_is_explained_in_one_line_that_points_at_the_place(graph, sparql, where, what):
    with pytest.raises(QueryError) as caught:
        graph.query(sparql)
    line = str(caught.value)
    assert "\n" not in line
    assert where in line
    assert what in line


def test_the_word_service_is_no_harm_in_a_name_a_string_or_a_comment(graph):
    assert (
        graph.query("SELECT ?service { ?service skos:prefLabel 'service', \"SERVICE {\" ; kg:service ?x # SERVICE <x> {\n }")
        == []
    )


def test_networkx_has_what_the_graph_has(graph):
    network = graph.to_networkx()
    assert isinstance(network, networkx.MultiDiGraph)
    assert set(network) == {entity.id for entity in graph.entities}
    assert network.nodes[cases.CPPCC]["label"] == "政协湖州市委员会"
    assert network.nodes[cases.NEWS]["classes"] == ("Organization",)
    edges = {(s, data["property"], o): data for s, o, data in network.edges(data=True)}
    assert edges[cases.CPPCC, "hosts", cases.MEETING]["status"] == "planned"
    assert edges[cases.CPPCC, "runs", cases.HALL]["period"] == "2022"
    assert "民生议事堂" in edges[cases.CPPCC, "runs", cases.HALL]["evidence"][0]


def test_rdflib_has_what_the_turtle_says(graph, rdf):
    assert set(graph.to_rdflib()) == set(rdf)
    assert dict(graph.to_rdflib().namespaces())["kg"] == rdflib.URIRef(KG)


def test_turtle_goes_to_a_file_only_when_told(graph, tmp_path):
    path = tmp_path / "neu" / "graph.ttl"
    assert graph.to_turtle(path) is None
    assert path.read_text("utf-8") == graph.to_turtle()
    assert [file.name for file in path.parent.iterdir()] == ["graph.ttl"]
    with pytest.raises(kg.YishiError, match="cannot be written"):
        graph.to_turtle(path / "below" / "a-file.ttl")


def test_an_entity_is_found_by_id_and_by_iri(graph):
    assert graph.entity(cases.HALL) is graph.entity(graph.iri(cases.HALL))
    with pytest.raises(KeyError):
        graph.entity("thing/没有")


def test_a_source_text_is_kept_as_it_was_read(graph):
    (source,) = graph.sources.values()
    assert isinstance(source, Source)
    assert source.text == cases.TEXT


def test_importing_the_package_is_quick_and_loads_nothing():
    import subprocess
    import sys

    heavy = ("rdflib", "jieba", "networkx", "pyoxigraph")
    code = f"import sys, kg; assert kg.__version__; print([m for m in sys.modules if m in {heavy}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert set(kg.__all__) <= set(dir(kg))
    assert kg.Graph.__name__ == "Graph"
    with pytest.raises(AttributeError):
        _ = kg.nothing
