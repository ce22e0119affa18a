"""`kg serve` as a service: SPARQL beyond the W3C's cases, who may ask and who may write, limits, starting and stopping."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from command import kg as run
from command import one_line
from serving import TOKEN, Served, served

import kg
from kg.graph.query import rows
from kg.graph.query import run as query
from kg.graph.store import open_store

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PLATFORMS = "SELECT ?name WHERE { ?x a kg:Platform ; skos:prefLabel ?name } ORDER BY ?name LIMIT 3"
READ_ONLY_STATUS = 403


@pytest.fixture(scope="module")
def platforms(seed_graph: Path) -> int:
    """How many platforms the seed's graph has."""
    return sum("Platform" in entity.classes for entity in kg.open(seed_graph).entities)


@pytest.fixture(scope="module")
def server(seed_graph: Path) -> Iterator[Served]:
    with served(seed_graph, "--timeout", "3", "--workers", "2") as running:
        yield running


def ask(server: Served, query: str, accept: str = "*/*", **more: str) -> httpx.Response:
    return server.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})


# --- asking -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/json", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("image/png, */*;q=0.1", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
    ],
)
def test_a_table_comes_in_the_form_that_is_asked_for(server: Served, accept: str, media_type: str) -> None:
    answer = ask(server, PLATFORMS, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert "“两山”农情议事会" in answer.text


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_a_graph_comes_in_the_form_that_is_asked_for(server: Served, accept: str, form: ox.RdfFormat, platforms: int) -> None:
    answer = ask(server, "CONSTRUCT { ?x skos:prefLabel ?name } WHERE { ?x a kg:Platform ; skos:prefLabel ?name }", accept)
    assert answer.headers["content-type"].partition(";")[0] == accept
    triples = {quad.triple for quad in ox.parse(answer.content, format=form)}
    assert len(triples) == platforms > 10
    assert all(triple.object.language == "zh" for triple in triples)


def test_the_form_can_be_named_in_the_address(server: Served) -> None:
    assert ask(server, PLATFORMS, format="csv").text.splitlines()[0] == "name"
    assert ask(server, PLATFORMS, format="pdf").status_code == 400


def test_a_form_that_an_answer_cannot_have_is_406(server: Served) -> None:
    answer = ask(server, PLATFORMS, "text/turtle")
    assert answer.status_code == 406
    assert "text/csv" in answer.text
    assert ask(server, "DESCRIBE kg:Platform", "text/csv").status_code == 406
    assert ask(server, PLATFORMS, "image/png").status_code == 406


def test_queries_see_all_documents_at_once_and_the_ontology(server: Served) -> None:
    found = ask(
        server, 'ASK { kg:Platform rdfs:label "平台"@zh . ?st rdf:predicate kg:runs ; rdf:object/skos:prefLabel ?name }'
    ).json()
    assert found["boolean"] is True


def test_a_query_names_one_source_as_its_dataset(server: Served) -> None:
    graphs = ask(server, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a kg:Span } }").json()["results"]["bindings"]
    (source,) = (row["g"]["value"] for row in graphs)
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"

    def counted(query: str, **more: str) -> int:
        return int(ask(server, query, **more).json()["results"]["bindings"][0]["n"]["value"])

    whole, one = counted(count), counted(count, **{"default-graph-uri": source})
    assert 0 < one < whole
    assert counted(count.replace("WHERE", f"FROM <{source}> WHERE")) == one


def test_a_mistake_is_pointed_at(server: Served) -> None:
    answer = ask(server, "SELECT ?x WHERE {\n  ?x a kg:Platform .\n  ?x nope:label ?y }")
    assert answer.status_code == 400
    assert "line 3, column" in answer.text
    assert "a prefix is not declared" in answer.text
    assert len(answer.text.splitlines()) == 1


@pytest.mark.parametrize(
    "query", ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SELECT * { service silent ?s { ?s ?p ?o } }"]
)
def test_no_other_server_is_asked(server: Served, query: str) -> None:
    answer = ask(server, query)
    assert answer.status_code == 400
    assert "another server" in answer.text


def test_the_words_service_and_from_in_a_string_are_no_matter(server: Served) -> None:
    assert ask(server, 'ASK { FILTER("service from" != "x") } # SERVICE <http://x/>').json()["boolean"] is True


def test_an_endless_query_ends_and_the_next_one_is_answered(server: Served) -> None:
    began = time.monotonic()
    answer = ask(server, ENDLESS, timeout="0.5")
    assert answer.status_code == 504
    assert "stopped after 0.5 seconds" in answer.text
    assert ask(server, PLATFORMS).status_code == 200
    assert time.monotonic() - began < 20
    assert ask(server, PLATFORMS, timeout="0").status_code == 400


def test_a_query_ends_when_who_asked_goes_away(server: Served) -> None:
    """Both workers are asked for ever by people who leave: the next one need not wait until the time is over."""
    for _ in range(2):
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.address}sparql", params={"query": ENDLESS}, timeout=0.3)
    time.sleep(0.3)
    began = time.monotonic()
    assert ask(server, PLATFORMS).status_code == 200
    assert time.monotonic() - began < 2.5


def test_a_query_that_wants_too_much_memory_ends_alone(seed_graph: Path) -> None:
    """Text that doubles forty times."""
    doubling = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
    with served(seed_graph, "--memory", "700") as running:
        answer = ask(running, f'SELECT (STRLEN(?a40) AS ?n) WHERE {{ BIND("民生" AS ?a0) {doubling} }}')
        assert answer.status_code == 507, answer.text
        assert "more memory" in answer.text
        assert ask(running, PLATFORMS).status_code == 200


def test_a_browser_that_opens_a_query_sees_it_in_the_editor(server: Served) -> None:
    answer = ask(server, PLATFORMS, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/query?query=SELECT")


def test_a_graph_is_read_by_its_name(server: Served) -> None:
    graphs = ask(server, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").json()["results"]["bindings"]
    for row in graphs:
        got = server.get("/rdf-graphs", params={"graph": row["g"]["value"]}, headers={"Accept": "application/n-triples"})
        assert got.status_code == 200
        assert got.text.count("\n") > 0
        assert server.head("/rdf-graphs", params={"graph": row["g"]["value"]}).status_code == 200
    assert server.get("/rdf-graphs", params={"graph": "http://example.org/none"}).status_code == 404
    assert server.get("/rdf-graphs").status_code == 400
    assert server.get("/rdf-graphs", params={"graph": "http://example.org/none", "default": ""}).status_code == 400
    assert server.get("/rdf-graphs", params={"default": ""}, headers={"Accept": "image/png"}).status_code == 406


# --- writing ----------------------------------------------------------------------------------------------------------------------


def test_nothing_can_be_changed_unless_the_server_was_started_for_it(server: Served) -> None:
    update = {"update": "CLEAR ALL"}
    assert server.post("/sparql", data=update).status_code == READ_ONLY_STATUS
    assert server.post("/sparql", data=update, headers=server.authorized()).status_code == READ_ONLY_STATUS
    for method in ("PUT", "POST", "DELETE"):
        assert server.request(method, "/rdf-graphs", params={"default": ""}).status_code == READ_ONLY_STATUS


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "graph", "--writable", KG_TOKEN=TOKEN) as running:
        yield running


def test_who_has_the_token_can_write_and_others_cannot(writable: Served, tmp_path: Path) -> None:
    insert = {"update": 'INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/a> rdfs:label "甲" } }'}
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}, {"Authorization": "Bearer"}):
        refused = writable.post("/sparql", data=insert, headers=headers)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Bearer")
    assert writable.post("/sparql", data=insert, headers=writable.authorized()).status_code == 204
    assert ask(writable, 'ASK { <http://example.org/a> rdfs:label "甲" }').json()["boolean"] is True
    writable.stop()
    # What was written is the folder's graph, for whoever opens it.
    assert rows(query(open_store(tmp_path / "graph"), "ASK { <http://example.org/a> ?p ?o }")) == [{"ask": True}]
    assert sorted(path.name for path in (tmp_path / "graph").iterdir()) == ["manifest.json", "store"]


def test_writing_refuses_to_fetch(writable: Served) -> None:
    for update in (
        "LOAD <http://127.0.0.1:9/x>",
        "load silent <http://127.0.0.1:9/x> into graph <http://g/>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://x/> { ?s ?p ?o } }",
    ):
        answer = writable.post("/sparql", data={"update": update}, headers=writable.authorized())
        assert answer.status_code == 400
        assert "another server" in answer.text


def test_a_put_that_breaks_off_half_way_leaves_the_graph_as_it_was(writable: Served) -> None:
    at = {"graph": "http://example.org/g"}
    headers = {"Content-Type": "text/turtle", **writable.authorized()}
    assert writable.put("/rdf-graphs", params=at, content="<http://a/> <http://b/> 1, 2 .", headers=headers).status_code == 201
    broken = writable.put("/rdf-graphs", params=at, content="<http://a/> <http://b/> 3 . <http://a/> <http://b", headers=headers)
    assert broken.status_code == 400
    assert "text/turtle" in broken.text
    kept = writable.get("/rdf-graphs", params=at, headers={"Accept": "application/n-triples"}).text
    assert sorted(re.findall(r'"(\d)"', kept)) == ["1", "2"]
    names = [
        row["g"]["value"] for row in ask(writable, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").json()["results"]["bindings"]
    ]
    assert not [name for name in names if name.startswith("urn:yishi")]
    assert (
        writable.put("/rdf-graphs", params=at, content="x", headers={**headers, "Content-Type": "application/pdf"}).status_code
        == 415
    )


def test_an_endless_update_ends_and_changes_nothing(tmp_path: Path, seed_graph: Path) -> None:
    shutil.copytree(seed_graph, tmp_path / "graph")
    with served(tmp_path / "graph", "--writable", "--timeout", "1", KG_TOKEN=TOKEN) as running:
        update = "INSERT { GRAPH <http://x/> { ?a ?e ?i } } WHERE { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?j { ?g2 ?h2 ?i } }"
        assert running.post("/sparql", data={"update": update}, headers=running.authorized()).status_code == 504
        assert ask(running, "ASK { GRAPH <http://x/> { ?a ?b ?c } }").json()["boolean"] is False
        assert ask(running, PLATFORMS).json()["results"]["bindings"]
        good = running.post("/sparql", data={"update": "INSERT DATA { <http://a/> <http://b/> 1 }"}, headers=running.authorized())
        assert good.status_code == 204


def test_a_token_is_made_where_none_is_given_and_shown_once(tmp_path: Path) -> None:
    with served(tmp_path / "graph", "--writable") as running:
        token = re.search(r"Token for changes: (\S{24,})", running.said)
        assert token
        done = running.post("/sparql", data={"update": "CLEAR ALL"}, headers={"Authorization": f"Bearer {token[1]}"})
        assert done.status_code == 204


# --- who may ask ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:{port}",
        "",
        "127.0.0.1:{port}@evil",
    ],
)
def test_a_foreign_name_for_this_machine_is_refused(server: Served, host: str) -> None:
    """DNS rebinding: a site's own name, made to point here, is not a name of ours."""
    for path in ("/", "/sparql?query=ASK{}", "/health", "/static/serve.css"):
        assert server.get(path, headers={"Host": host.format(port=server.port)}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}", "LOCALHOST:{port}"])
def test_our_own_names_are_answered(server: Served, host: str) -> None:
    assert server.get("/health", headers={"Host": host.format(port=server.port)}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ],
)
def test_another_site_may_send_us_nothing(server: Served, headers: dict[str, str]) -> None:
    assert server.post("/sparql", data={"query": "ASK {}"}, headers=headers).status_code == 403
    assert server.post("/builds", files={"files": ("a.txt", "文本")}, headers=headers).status_code == 403
    if "Sec-Fetch-Mode" in headers:
        assert server.get("/api/search?q=x", headers=headers).status_code == 403


def test_another_site_may_link_to_us(server: Served) -> None:
    assert server.get("/", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}).status_code == 200


def test_only_the_first_page_itself_may_build(server: Served) -> None:
    """A program on this machine that posts files without the page's token is refused, with no Origin at all too."""
    assert server.post("/builds", files={"files": ("a.txt", "文本")}).status_code == 403
    assert server.post("/builds", files={"files": ("a.txt", "文本")}, headers={"X-Yishi-Token": "guess"}).status_code == 403
    assert server.delete("/builds/x").status_code == 403


def test_every_answer_says_what_a_browser_may_do_with_it(server: Served) -> None:
    for path in ("/", "/query", "/walk", "/static/walk.js", "/nothing", "/sparql", "/health"):
        headers = server.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/builds/../manifest.json",
        "/builds/%2e%2e/graph.ttl",
        "/builds/..%2f/",
        "/static/",
        "/builds/",
        "/sources/",
    ],
)
def test_no_file_beside_the_pages_is_given(server: Served, path: str) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.split(b" ", 2)[1] in (b"404", b"405", b"307"), answer[:300]
    assert b"import" not in answer


# --- limits -----------------------------------------------------------------------------------------------------------------------


def test_what_is_too_large_is_refused_in_one_line(server: Served) -> None:
    long = server.get(f"/sparql?query={'x' * 17_000}")
    assert long.status_code == 414
    assert "POST" in long.text
    assert server.get("/health", headers={f"X-{n}": "y" * 4000 for n in range(10)}).status_code == 431
    body = server.post("/sparql", content=b"x" * (9 << 20), headers={"Content-Type": "application/sparql-query"})
    assert body.status_code == 413
    letters = server.post("/sparql", content=b"#" * 1_000_001, headers={"Content-Type": "application/sparql-query"})
    assert letters.status_code == 413
    assert len(letters.text.splitlines()) == 1


def test_a_body_that_does_not_say_how_long_it_is_is_stopped_too(server: Served) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(200):
            yield b"x" * (1 << 17)

    try:
        answer = server.post("/sparql", content=endless(), headers={"Content-Type": "application/sparql-query"})
    except httpx.TransportError:
        return  # the server closed while we were still sending
    assert answer.status_code == 413


def test_other_methods_are_refused(server: Served) -> None:
    refused = server.put("/sparql", content="x")
    assert refused.status_code == 405
    assert {method.strip() for method in refused.headers["allow"].split(",")} == {"GET", "HEAD", "POST"}


# --- starting and stopping --------------------------------------------------------------------------------------------------------


def test_health_says_that_there_is_a_graph(server: Served) -> None:
    assert server.get("/health").json() == {"status": "ok", "version": kg.__version__, "graph": True, "writable": False}


def test_a_port_that_is_taken_is_said_in_one_line(seed_graph: Path, server: Served) -> None:
    failed = run("serve", "--graph", seed_graph, "--port", str(server.port))
    assert failed.returncode == 1
    assert (
        one_line(failed.stderr)
        == f"port {server.port}: the port is taken by another program (choose another with --port, or --port 0 for any free one)"
    )


def test_a_folder_that_cannot_be_written_to_is_said_in_one_line() -> None:
    failed = run("serve", "--graph", "/proc/nothing", "--port", "0", "--writable")
    assert failed.returncode == 1
    assert "/proc/nothing" in one_line(failed.stderr)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_it_is_told_to_also_in_the_middle_of_a_query(seed_graph: Path, how: signal.Signals) -> None:
    with served(seed_graph, "--timeout", "60") as running:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{running.address}sparql", params={"query": ENDLESS}, timeout=0.4)
        children = _children(running.process.pid)
        assert running.stop(how) == 0
        assert running.process.stdout is not None
        assert "Stopped" in running.process.stdout.read()
        deadline = time.monotonic() + 5
        while any(map(_alive, children)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not any(map(_alive, children))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_wrong_usage_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for words in (
        ["--port", "70000"],
        ["--port", "x"],
        ["--graph", tmp_path / "file"],
        ["--token", "x" * 20],
        ["--writable", "--token", "short"],
    ):
        failed = run("serve", *words)
        assert failed.returncode == 2
        one_line(failed.stderr)


def test_a_new_build_is_seen_without_a_restart(tmp_path: Path, seed_graph: Path, platforms: int) -> None:
    shutil.copytree(seed_graph, tmp_path / "graph")
    with served(tmp_path / "graph") as running:
        assert len(ask(running, "SELECT ?x WHERE { ?x a kg:Platform }").json()["results"]["bindings"]) == platforms
        (tmp_path / "other.txt").write_text("岳阳市政协打造“有事好商量”协商平台。", "utf-8")
        kg.publish(kg.build(tmp_path / "other.txt", home="岳阳市"), tmp_path / "graph", html=False)
        found = ask(running, "SELECT ?name WHERE { ?x a kg:Platform ; skos:prefLabel ?name }").json()["results"]["bindings"]
        assert [row["name"]["value"] for row in found] == ["“有事好商量”协商平台"]
        assert running.get("/api/search?q=有事").json()[0]["name"] == "“有事好商量”协商平台"
