"""`kg load falkor://…`: FalkorDB holds the graph and answers as it does."""

from __future__ import annotations

import uuid

import pytest
from cut_connection import cut
from database_servers import Place
from hostile_cases import NUL, hostile
from load_cases import after, before
from property_checks import answers_as_the_graph_does, holds

import kg
from kg.load import load


@pytest.fixture
def database(falkor_server: Place):
    """An empty graph of the server: its address, and how to ask it."""
    from falkordb import FalkorDB

    name = f"g{uuid.uuid4().hex}"
    graph = FalkorDB(port=falkor_server.port).select_graph(name)
    return f"{falkor_server.url}/{name}", lambda query: graph.query(query).result_set


def test_the_seed_s_graph_answers_ten_questions_as_its_sparql_does(database, seed_graph):
    graph = kg.open(seed_graph)
    url, run = database
    loaded = load(graph, url)
    assert loaded.changed and loaded.counts["nodes"] > 300 and not loaded.notes
    answers_as_the_graph_does(run, graph)
    holds(run, graph)


def test_loading_twice_changes_nothing(database, seed_graph):
    graph = kg.open(seed_graph)
    url, run = database
    load(graph, url)
    assert not load(graph, url).changed
    assert load(graph, url, force=True).changed
    holds(run, graph)


def test_loading_a_changed_graph_removes_what_went_and_nothing_of_others(database):
    url, run = database
    run("CREATE (:Entity {iri: 'http://elsewhere/mine', name: '我的'})-[:LIKES {since: 1}]->(:Mine {n: 1})")
    load(before(), url)
    loaded = load(after(), url)
    assert loaded.removed["nodes"] and loaded.removed["edges"]
    assert run("MATCH (a:Entity)-[r:LIKES]->(b:Mine) RETURN a.name, r.since, b.n") == [["我的", 1, 1]]
    run("MATCH (n:Entity {name: '我的'}) DETACH DELETE n")
    holds(run, after())


@pytest.mark.parametrize("bytes_in", [3_000, 8_000, 15_000])
def test_a_broken_connection_is_said_and_the_next_load_mends_it(database, falkor_server, bytes_in):
    url, run = database
    load(before(), url)
    with cut(falkor_server.port, bytes_in) as door, pytest.raises(kg.YishiError, match=r"broke off.*run the same command again"):
        load(after(), url.replace(str(falkor_server.port), str(door.port)))
    loaded = load(after(), url)
    assert loaded.changed and loaded.mended
    holds(run, after())


def test_hostile_words_arrive_as_they_are_but_for_nul_which_is_said(database):
    url, run = database
    graph = hostile(NUL)
    loaded = load(graph, url)
    assert ["FalkorDB" in note.en and note.lost for note in loaded.notes] == [True]
    holds(run, graph, fit=lambda value: value.replace("\0", "\ufffd") if isinstance(value, str) else value)


def test_two_nodes_of_one_iri_are_refused_before_anything_is_written(database):
    url, run = database
    run("CREATE (:Entity {iri: 'x'}), (:Entity {iri: 'x'})")
    with pytest.raises(kg.YishiError, match="cannot be told apart"):
        load(before(), url)
    assert run("MATCH (n) RETURN count(n)") == [[2]]


def test_a_server_that_is_not_there_is_one_line():
    with pytest.raises(kg.YishiError, match="cannot be reached") as caught:
        load(before(), "falkor://127.0.0.1:1/x")
    assert "\n" not in str(caught.value)
