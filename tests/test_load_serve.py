"""`kg load http://…/rdf-graphs`: into a graph that `kg serve --writable` serves."""

from __future__ import annotations

import shutil

import pytest
from graph_questions import QUESTIONS, answers
from hostile_cases import NUL, hostile
from load_cases import after
from serving import TOKEN, served

import kg
from kg.graph.vocabulary import PREFIXES
from kg.load import load


@pytest.fixture
def server(seed_graph, tmp_path):
    """A server of the seed's graph, in a copy that may be changed."""
    shutil.copytree(seed_graph, tmp_path / "out")
    with served(tmp_path / "out", "--writable", KG_TOKEN=TOKEN) as running:
        yield running


def asked(server, sparql):
    """Rows of a SELECT, as text."""
    told = server.get("/sparql", params={"query": sparql}, headers={"Accept": "application/sparql-results+json"}).json()
    rows = told["results"]["bindings"]
    return [[row.get(name, {}).get("value") for name in told["head"]["vars"]] for row in rows]


def test_a_served_graph_takes_one_more_document_and_gives_it_up_again(server, seed_graph):
    url = f"{server.address}rdf-graphs"
    graph = kg.open(seed_graph)
    assert load(graph, url, token=TOKEN).changed
    assert not load(graph, url, token=TOKEN).changed
    for question in QUESTIONS:
        mine = [[None if cell is None else str(cell) for cell in row.values()] for row in graph.query(question.sparql)]
        assert answers(asked(server, question.sparql)) == answers(mine), question.asks
    loaded = load(after(), url, token=TOKEN)
    assert loaded.removed == {"graphs": 1}
    files = asked(server, f"SELECT ?f {{ ?s <{PREFIXES['kg']}fileName> ?f }}")
    assert files == [[source.name] for source in after().sources.values()]


def test_hostile_words_arrive_as_they_are(server):
    graph = hostile(NUL)
    load(graph, f"{server.address}rdf-graphs", token=TOKEN)
    labels = {row[0] for row in asked(server, f"SELECT ?l {{ ?x <{PREFIXES['skos']}prefLabel> ?l }}")}
    assert {entity.label for entity in graph.entities} <= labels


@pytest.mark.parametrize("token", [None, "wrong-s3cr3t"])
def test_without_its_token_nothing_is_written(server, token):
    with pytest.raises(kg.YishiError, match=r"refuses this login") as caught:
        load(after(), f"{server.address}rdf-graphs", token=token)
    assert "s3cr3t" not in str(caught.value)


def test_a_server_that_only_reads_says_so_in_one_line(seed_graph):
    with served(seed_graph) as server, pytest.raises(kg.YishiError, match=r"403.*--writable") as caught:
        load(after(), f"{server.address}rdf-graphs", token=TOKEN)
    assert "\n" not in str(caught.value)
