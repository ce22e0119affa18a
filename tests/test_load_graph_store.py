"""`kg load http://…`: a store of named graphs (Virtuoso) holds the graph, triple for triple, and answers as it does."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cut_connection import cut
from database_servers import Place, send
from graph_questions import QUESTIONS, answers
from hostile_cases import NUL, hostile
from load_cases import after, before
from store_checks import ask, holds_quads, named

import kg
from kg.load import load

MINE = "http://elsewhere/mine"


@pytest.fixture
def store(virtuoso: Place):
    """The server, with no graph of ours in it and one of somebody else's."""
    virtuoso.empty()
    send(virtuoso.url, "dba", "dba", "PUT", MINE, b"<http://x/a> <http://x/b> 'mine' .")
    return virtuoso


@pytest.fixture
def into(virtuoso: Place):
    """Loads a graph into the server."""
    return lambda graph, url=virtuoso.url, **more: load(graph, url, user=virtuoso.user, password=virtuoso.password, **more)


def holds(place: Place, graph: kg.Graph) -> None:
    """All named graphs of the graph, each with just its triples, and what was there before."""
    holds_quads(place.sparql, place.url.removesuffix("-auth"), graph)
    assert MINE in named(place.sparql)


def test_the_seed_s_graph_is_there_triple_for_triple_and_answers_ten_questions(store, into, seed_graph):
    graph = kg.open(seed_graph)
    loaded = into(graph)
    assert loaded.changed and loaded.counts["triples"] > 5000
    holds(store, graph)
    for question in QUESTIONS:
        mine = [[None if cell is None else str(cell) for cell in row.values()] for row in graph.query(question.sparql)]
        assert answers(ask(store.sparql, question.sparql)) == answers(mine), question.asks
    assert not into(graph).changed, "loading twice changes nothing"


def test_loading_a_changed_graph_puts_only_what_changed_and_removes_what_went(store, into):
    into(before())
    told: list[str] = []
    loaded = into(after(), tell=told.append)
    assert loaded.removed == {"graphs": 1}
    assert set(told) <= {quad.graph_name.value for quad in after().quads()}
    holds(store, after())
    told.clear()
    renamed = replace(after(), sources={sha: replace(source, name="改名.txt") for sha, source in after().sources.items()})
    into(renamed, tell=told.append)
    assert told == [f"{renamed.base}source/{sha}" for sha in renamed.sources], "only the source's own graph has changed"
    holds(store, renamed)


@pytest.mark.parametrize("bytes_in", [4_000, 9_000, 13_000])
def test_a_broken_connection_is_said_and_the_next_load_mends_it(store, into, bytes_in):
    into(before())
    with cut(store.port, bytes_in) as door, pytest.raises(kg.YishiError, match=r"broke off.*run the same command again"):
        into(after(), store.url.replace(str(store.port), str(door.port)))
    loaded = into(after())
    assert loaded.changed and loaded.mended
    holds(store, after())


def test_hostile_words_arrive_as_they_are(store, into):
    graph = hostile(NUL)
    into(graph)
    holds(store, graph)


@pytest.mark.parametrize("password", ["wrong-s3cr3t", None])
def test_a_refused_login_is_one_line_without_the_password(store, password):
    with pytest.raises(kg.YishiError, match=r"refuses this login \(401\)") as caught:
        load(before(), store.url, user="dba", password=password)
    assert "s3cr3t" not in str(caught.value)


# ---- other servers, played by a small one ----


@contextmanager
def playing(reply):
    """A server that answers each request as `reply(handler)` says: a status, or a status and headers."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers = reply(self)
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        do_GET = do_PUT = do_DELETE = answer

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/data"
    finally:
        server.shutdown()
        server.server_close()


def test_a_token_goes_in_the_header_and_nowhere_else():
    seen = []

    def reply(request):
        seen.append((request.command, request.path, request.headers.get("Authorization")))
        return (404 if request.command == "GET" else 201), {}

    with playing(reply) as url:
        load(before(), url, token="t0k3n")
    assert {word for _, _, word in seen} == {"Bearer t0k3n"}
    assert not any("t0k3n" in path for _, path, _ in seen)


def test_basic_authentication_is_offered_only_where_the_server_asks_for_it():
    seen = []

    def reply(request):
        seen.append(request.headers.get("Authorization"))
        if request.headers.get("Authorization") is None:
            return 401, {"WWW-Authenticate": 'Basic realm="store"'}
        return (404 if request.command == "GET" else 201), {}

    with playing(reply) as url:
        load(before(), url, user="政协", password="密:码")
    assert seen.count(None) == 1 and seen[0] is None, "a body is not sent to be refused"
    assert len(seen) > 3


def test_a_body_that_the_server_wants_again_with_a_login_comes_whole():
    bodies = []

    def reply(request):
        bodies.append((request.command, len(request.body), request.headers.get("Authorization") is not None))
        if request.command == "PUT" and request.headers.get("Authorization") is None:
            return 401, {"WWW-Authenticate": 'Basic realm="store"'}
        return (404 if request.command == "GET" else 201), {}

    with playing(reply) as url:
        load(before(), url, user="a", password="b")
    assert bodies[1][1] == bodies[2][1] > 100
    assert all(login for _, _, login in bodies[2:])


def test_an_address_with_chinese_in_it_is_asked_as_such():
    seen = []
    with playing(lambda request: (seen.append(request.path), (404 if request.command == "GET" else 201, {}))[1]) as url:
        load(before(), f"{url}/库")
    assert all(path.startswith("/data/%E5%BA%93?graph=") for path in seen)


def test_a_redirection_is_not_followed_with_the_login():
    elsewhere = (302, {"Location": "http://127.0.0.1:1/elsewhere"})
    with (
        playing(lambda _: elsewhere) as url,
        pytest.raises(kg.YishiError, match=r"sends elsewhere: http://127.0.0.1:1/elsewhere"),
    ):
        load(before(), url, user="a", password="b")


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_server_without_the_protocol_is_told_from_one_that_has_it(status):
    says = rf"{status}.*Graph Store Protocol.*Virtuoso"
    with (
        playing(lambda request: (404 if request.command == "GET" else status, {})) as url,
        pytest.raises(kg.YishiError, match=says),
    ):
        load(before(), url)


@pytest.mark.parametrize("url", ["http://", "http:x", "http://[::1", "http://127.0.0.1:1/x", "https://127.0.0.1:1/x"])
def test_an_address_that_leads_nowhere_is_one_line(url):
    with pytest.raises(kg.YishiError) as caught:
        load(before(), url)
    assert "\n" not in str(caught.value)
