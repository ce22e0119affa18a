"""`kg load bolt://…` with the official Neo4j driver, into ArcadeDB's Bolt server: no Neo4j can be installed for the tests."""

from __future__ import annotations

import pytest
from cut_connection import cut
from database_servers import Place
from hostile_cases import NUL, hostile
from load_cases import after, before
from property_checks import answers_as_the_graph_does, holds

import kg
from kg.load import load
from kg.load.loader import Login
from kg.load.loaders import bolt
from kg.load.loaders.bolt import BoltSession


@pytest.fixture
def run(bolt_server: Place):
    """Asks the server's database, which is empty to begin with."""
    bolt_server.empty()
    with BoltSession(bolt_server.url, Login(bolt_server.user, bolt_server.password)) as session:
        yield lambda query: [list(row.values()) for row in session.run(query)]


@pytest.fixture
def into(bolt_server: Place):
    """Loads a graph into the server."""
    return lambda graph, url=bolt_server.url, **more: load(
        graph, url, user=bolt_server.user, password=bolt_server.password, **more
    )


def test_the_seed_s_graph_answers_ten_questions_as_its_sparql_does(run, into, seed_graph):
    graph = kg.open(seed_graph)
    loaded = into(graph)
    assert loaded.changed and not loaded.notes
    answers_as_the_graph_does(run, graph)
    holds(run, graph)
    assert not into(graph).changed, "loading twice changes nothing"
    assert ["Entity", ["iri"]] in run("SHOW CONSTRAINTS YIELD labelsOrTypes, properties RETURN labelsOrTypes[0], properties")


def test_what_somebody_has_deleted_since_is_loaded_again(run, into):
    into(before())
    run("MATCH (m:Measure) DETACH DELETE m")
    loaded = into(before())
    assert loaded.changed and not loaded.mended
    holds(run, before())


def test_loading_a_changed_graph_removes_what_went_and_nothing_of_others(run, into):
    run("CREATE (:Mine {name: '我的'})-[:LIKES {since: 1}]->(:Mine {n: 1})")
    into(before())
    loaded = into(after())
    assert loaded.removed["nodes"] and loaded.removed["edges"]
    assert run("MATCH (a:Mine)-[r:LIKES]->(b:Mine) RETURN a.name, r.since, b.n") == [["我的", 1, 1]]
    holds(run, after())


@pytest.mark.parametrize("bytes_in", [4_000, 9_000, 14_000])
def test_a_broken_connection_is_said_and_the_next_load_mends_it(run, into, bolt_server, bytes_in, monkeypatch):
    monkeypatch.setattr(bolt, "PATIENCE", 0.5)
    into(before())
    with cut(bolt_server.port, bytes_in) as door, pytest.raises(kg.YishiError, match=r"broke off.*run the same command again"):
        into(after(), bolt_server.url.replace(str(bolt_server.port), str(door.port)))
    loaded = into(after())
    assert loaded.changed and loaded.mended
    holds(run, after())


def test_hostile_words_arrive_as_they_are(run, into):
    graph = hostile(NUL)
    assert not into(graph).notes
    holds(run, graph)


def test_a_wrong_password_is_one_line_without_the_password(bolt_server):
    with pytest.raises(kg.YishiError, match="refuses this user and password") as caught:
        load(before(), bolt_server.url, user="root", password="s3cr3t-wrong")
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize("url", ["bolt://127.0.0.1:1/x", "bolt://127.0.0.1:99999", "bolt://[::1", "neo4j://"])
def test_an_address_that_leads_nowhere_is_one_line(url):
    with pytest.raises(kg.YishiError) as caught:
        load(before(), url)
    assert "\n" not in str(caught.value)


def test_a_database_that_is_not_there_is_one_line(bolt_server):
    with pytest.raises(kg.YishiError, match="nowhere") as caught:
        load(before(), bolt_server.url.replace("/g1", "/nowhere"), user=bolt_server.user, password=bolt_server.password)
    assert "\n" not in str(caught.value)
