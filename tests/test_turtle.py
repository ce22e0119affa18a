"""The Turtle reads well, says the same to every parser, and is the same bytes whatever order the triples come in."""

from __future__ import annotations

import random
import re
import tracemalloc

import graph_cases as cases
import pyoxigraph as ox
import rdflib
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.export.turtle import graph_to_turtle, to_turtle
from kg.graph.merge import merge

BASE = "https://w3id.org/yishi/id/"
WORDS = st.text(
    st.one_of(st.sampled_from("\"'\\\n\r\t\x00\x07\u2028\u202e\ufeff\u200b“”@^<>.;#政协"), st.characters(codec="utf-8"))
)
SOURCE = "source/" + "0a" * 32
BELOW = (
    *("org/湖州市/政协", "thing/a%2Fb", "thing/%2E%2E", "thing/x：y", "thing/a:b", "a:b", "a//b", "/a", "../a", "a/../b"),
    *("a/./b", "a?b", "#a", "./", "thing/.", "thing/“a”", "thing/a…b", "thing/'", "thing/(a)", "thing/a,b;c.", "thing/a\u200bb"),
)
SPANS = [SOURCE, f"{SOURCE}#offset_9_10", f"{SOURCE}#offset_10_11", f"source/{'0b' * 32}#offset_1_2"]
TERMS = ["runs", "Span", "evidence", "a/b", "湖州", "-a", "a."]
IRIS = st.sampled_from(
    [
        *(BASE + rest for rest in ("", *BELOW, *SPANS)),
        *("https://w3id.org/yishi/ontology#" + name for name in ("", *TERMS)),
        *("http://x/", "urn:x:y", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
    ]
).map(ox.NamedNode)
XSD = "http://www.w3.org/2001/XMLSchema#"
LITERALS = st.one_of(
    WORDS.map(ox.Literal),
    WORDS.map(lambda text: ox.Literal(text, language="zh")),
    st.integers().map(lambda n: ox.Literal(str(n), datatype=ox.NamedNode(XSD + "integer"))),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(
        lambda n: ox.Literal(f"{n:f}", datatype=ox.NamedNode(XSD + "decimal"))
    ),
    st.tuples(WORDS, IRIS).map(lambda pair: ox.Literal(pair[0], datatype=pair[1])),
)
TRIPLES = st.lists(st.builds(ox.Triple, IRIS, IRIS, st.one_of(IRIS, LITERALS)), max_size=12)


def by_pyoxigraph(turtle: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(turtle.encode(), ox.RdfFormat.TURTLE)}


def by_rdflib(turtle: str) -> set[tuple[object, ...]]:
    graph = rdflib.Graph()
    graph.parse(data=turtle, format="turtle")
    return {tuple((type(term), str(term), getattr(term, "language", None)) for term in triple) for triple in graph}


@given(TRIPLES)
def test_both_parsers_read_back_what_was_written(triples):
    turtle = to_turtle(triples, BASE)
    assert by_pyoxigraph(turtle) == set(triples)
    plain = "".join(f"{triple} .\n" for triple in set(triples))
    as_rdflib_reads_n_triples = rdflib.Graph().parse(data=plain, format="nt11") if triples else rdflib.Graph()
    want = {tuple((type(t), str(t), getattr(t, "language", None)) for t in triple) for triple in as_rdflib_reads_n_triples}
    assert by_rdflib(turtle) == want


@given(TRIPLES, st.randoms())
def test_the_bytes_do_not_depend_on_the_order(triples, chance):
    again = triples * 2
    chance.shuffle(again)
    assert to_turtle(again, BASE) == to_turtle(triples, BASE)


def test_a_graph_reads_as_a_person_would_write_it():
    turtle = merge([cases.reading()]).to_turtle()
    assert turtle.startswith("@base <https://w3id.org/yishi/id/> .\n@prefix kg: <https://w3id.org/yishi/ontology#> .\n")
    block = re.search(r"^<org/湖州市/政协> .*?\.$", turtle, re.S | re.M)[0]
    assert block.split("\n")[:4] == [
        "<org/湖州市/政协> a kg:Organization ;",
        '    skos:prefLabel "政协湖州市委员会"@zh ;',
        '    skos:altLabel "市政协"@zh, "湖州市政协"@zh ;',
        "    kg:runs <thing/湖州市/民生议事堂> ;",
    ]
    headings = re.findall(r"^# (.*)$", turtle, re.M)
    kinds = ["Organization", "District", "Platform", "Document", "Person"]
    assert headings == [*kinds, "Statements", "Measures", "Spans", "Sources", "The build"]
    assert "\\u" not in turtle


def test_statements_stand_in_the_order_of_what_they_are_about_and_spans_in_that_of_the_text():
    turtle = merge([cases.reading()]).to_turtle()
    subjects = re.findall(r"rdf:subject <(.*?)>", turtle)
    assert subjects == sorted(subjects)
    starts = [int(start) for start in re.findall(r"^t\w+:offset_(\d+)_\d+ a kg:Span", turtle, re.M)]
    assert starts == sorted(starts)
    assert len(starts) > 5


def test_a_graph_written_source_by_source_is_the_same_bytes_as_its_triples_in_one_heap(two_graph):
    for graph in (kg.open(two_graph), merge([cases.reading()]), merge([])):
        assert graph_to_turtle(graph) == to_turtle(graph.triples(), graph.base)


def test_a_long_text_is_written_in_memory_of_a_few_times_its_turtle(tmp_path):
    (tmp_path / "long.txt").write_text(
        "2022年3月5日，湖州市政协在安吉县召开民主协商座谈会，新华社报道了这次会议。\n" * 500, "utf-8"
    )
    graph = kg.build(tmp_path / "long.txt")
    graph_to_turtle(graph)  # what is loaded once
    tracemalloc.start()
    turtle = graph_to_turtle(graph)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 13 * len(turtle)  # 19 times, where all spans were held as triples: 5 million characters took over 4 GB


def test_hostile_text_stays_text():
    evil = '"""@zh . <x> <y> <z> . # \\" \u202e </script>'
    turtle = to_turtle([ox.Triple(ox.NamedNode(BASE + "a"), ox.NamedNode(BASE + "b"), ox.Literal(evil))], BASE)
    assert len(by_pyoxigraph(turtle)) == 1
    assert "\u202e" not in turtle


def test_two_hundred_thousand_triples_take_seconds_not_minutes():
    import time

    term = [ox.NamedNode(f"{BASE}thing/湖州市/第{n}号平台") for n in range(20_000)]
    pred = [ox.NamedNode(f"https://w3id.org/yishi/ontology#p{n}") for n in range(10)]
    triples = [ox.Triple(s, p, random.Random(n).choice(term)) for n, s in enumerate(term) for p in pred]
    begin = time.process_time()
    turtle = to_turtle(triples, BASE)
    assert time.process_time() - begin < 20
    assert turtle.count(" ;\n") > 100_000
