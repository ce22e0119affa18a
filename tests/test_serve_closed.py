"""No request makes `kg serve` read a file or open a connection: a socket that nobody calls, a file whose words never show."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from serving import TOKEN, Served, served

from kg.errors import QueryError
from kg.graph.elsewhere import refuse_load, refuse_service
from kg.graph.query import rows, run

SECRET = "SECRET-OF-THIS-MACHINE"


class Listener:
    """A socket that counts who calls."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.calls = 0
        self.at = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.socket.shutdown(socket.SHUT_RDWR)
    listening.socket.close()


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that any reader of triples could read."""
    path = tmp_path_factory.mktemp("secret") / "secret.ttl"
    path.write_text(f'<http://example.org/a> <http://example.org/b> "{SECRET}" .', "utf-8")
    return path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("closed") / "graph", "--writable", KG_TOKEN=TOKEN) as running:
        insert = {"update": "INSERT DATA { <http://example.org/x> <http://example.org/y> 1 }"}
        assert running.post("/sparql", data=insert, headers=running.authorized()).status_code == 204
        yield running


# --- ways to write SERVICE and LOAD that the engine understands --------------------------------------------------------------------

E = "PREFIX e: <http://e/> "
ASKING = {
    "plain": "SELECT * { SERVICE U { ?a ?b ?c } }",
    "small": "SELECT * { service silent U { ?a ?b ?c } }",
    "no space": "SELECT * { SERVICESILENTU { ?a ?b ?c } }",
    "after a number": "SELECT * { OPTIONAL { ?s ?p 1SERVICE U { ?a ?b ?c } } }",
    "after a truth value": "SELECT * { OPTIONAL { ?s ?p trueSERVICE U { ?a ?b ?c } } }",
    "a comment that a carriage return ends": "SELECT * { # x\r SERVICE U { ?a ?b ?c } }",
    "a name with an escaped #": E + r"SELECT * { OPTIONAL { ?s e:x\# ?o } SERVICE U { ?a ?b ?c } }",
    "a name with an escaped '": E + r"SELECT * { OPTIONAL { ?s e:x\' ?o } SERVICE U { ?a ?b ?c } OPTIONAL { ?s e:x\' ?o } }",
    "an IRI with a \\u escape and a #": r"SELECT * { OPTIONAL { ?s <http://e/\u0041#x> ?o } SERVICE U { ?a ?b ?c } }",
    "an IRI with a wide space and a #": "SELECT * { OPTIONAL { ?s <http://e/\u3000#x> ?o } SERVICE U { ?a ?b ?c } }",
    "an empty prefix": "PREFIX : U SELECT * { SERVICE:x { ?a ?b ?c } }",
    "another prefix": "PREFIX x: U SELECT * { SERVICE x:y { ?a ?b ?c } }",
    "a variable": "SELECT * { VALUES ?u { U } SERVICE ?u { ?a ?b ?c } }",
    "in a subquery": "SELECT * { { SELECT * { SERVICE U { ?a ?b ?c } } } }",
    "in EXISTS": "ASK { ?s ?p ?o FILTER EXISTS { SERVICE U { ?a ?b ?c } } }",
    "after less than": "SELECT * { ?s ?p ?o FILTER(?o<2||'>'='>') SERVICE U { ?a ?b ?c } }",
    "in CONSTRUCT": "CONSTRUCT { ?a ?b ?c } WHERE { SERVICE U { ?a ?b ?c } }",
    "in DESCRIBE": "DESCRIBE ?a { SERVICE U { ?a ?b ?c } }",
}
FETCHING = {
    "plain": "LOAD U",
    "silent": "load silent U into graph <http://g/>",
    "no space": "LOADSILENTU",
    "a name": "PREFIX x: U LOADx:y",
    "an empty prefix": "PREFIX : U LOAD:x",
    "after another": "CLEAR SILENT GRAPH <http://g/>;LOADU",
    "after a comment": "# x\rLOAD U",
    "a service": "INSERT { ?a ?b ?c } WHERE { SERVICE U { ?a ?b ?c } }",
    "a hidden service": "INSERT { ?a ?b ?c } WHERE { # x\r SERVICESILENTU { ?a ?b ?c } }",
}


@pytest.mark.parametrize("how", ASKING)
def test_no_query_calls_another_server(server: Served, listener: Listener, how: str) -> None:
    query = ASKING[how].replace("U", f"<{listener.at}>")
    answer = server.post("/sparql", data={"query": query})
    assert answer.status_code == 400
    assert "SERVICE would ask another server" in answer.text
    assert listener.calls == 0


@pytest.mark.parametrize("how", FETCHING)
@pytest.mark.parametrize("what", ["server", "file"])
def test_no_update_fetches_also_with_the_token(server: Served, listener: Listener, secret: Path, how: str, what: str) -> None:
    update = FETCHING[how].replace("U", f"<{listener.at if what == 'server' else secret.as_uri()}>")
    answer = server.post("/sparql", data={"update": update}, headers=server.authorized())
    assert answer.status_code == 400
    assert "another server" in answer.text
    assert listener.calls == 0
    assert SECRET not in _everything(server)


def _everything(server: Served) -> str:
    return server.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"}).text


PIECES = [
    "?s ?p ?o.", "?s ?p 'a'.", '?s ?p """a"b""".', r"?s ?p 'it\'s'.", "?s ?p 1.", "OPTIONAL{?s ?p 1}", "OPTIONAL{?s ?p 'x'@en}", "{}", " ", "\n",
    "#\r", "#\n", "# '\r", '# """\n', "# <\r", r"OPTIONAL{?s e:x\# ?o}", r"OPTIONAL{?s e:x\' ?o}", r"OPTIONAL{?s <http://e/\u0041#x> ?o}",
    "OPTIONAL{?s <http://e/\u3000#x> ?o}", "FILTER(?o<2||'>'='>')", "FILTER(?o<2||2>?o)", "BIND(1 AS ?n)", "FILTER NOT EXISTS{?s ?p 2}",
]  # fmt: skip
ASKS = ["SERVICE<URL>{}", "SERVICESILENT<URL>{}", "service x:y{}", "SERVICE:z{}", "SERVICE#\r<URL>#\n{}"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=5), st.sampled_from(ASKS), st.lists(st.sampled_from(PIECES), max_size=3))
def test_whatever_stands_around_it(before: list[str], asks: str, after: list[str]) -> None:
    """What passes our search is never something that the engine calls another server for."""
    if not _listening:
        _listening.append(Listener())
    found = _listening[0]
    text = f"PREFIX e: <http://e/> PREFIX x: <{found.at}> PREFIX : <{found.at}> SELECT * {{{''.join([*before, asks, *after])}}}"
    with suppress(QueryError):
        rows(run(SMALL, text.replace("URL", found.at)))
    assert found.calls == 0, text


SMALL = ox.Store()
SMALL.add(ox.Quad(ox.NamedNode("http://e/x"), ox.NamedNode("http://e/p"), ox.Literal(1)))
_listening: list[Listener] = []


@pytest.mark.parametrize(
    "query",
    [
        'ASK { FILTER("service load" != "x") } # SERVICE <http://x/>',
        "PREFIX e: <http://e/service/> SELECT ?service { ?service e:service <http://e/SERVICE#load> }",
        "PREFIX e: <http://e/> ASK { e:a-service e:b:load _:service }",
        "ASK { ?s ?p '''a SERVICE <http://x/> \\''' b''' }",
        "ASK { ?s ?p ?o } #\\\n",
    ],
)
def test_the_words_themselves_are_no_matter_in_names_strings_and_comments(query: str) -> None:
    refuse_service(query)
    refuse_load(query)
    run(ox.Store(), query)


def test_a_refusal_points_at_the_word() -> None:
    with pytest.raises(QueryError) as refused:
        refuse_service("SELECT * {\n  # service\n  SERVICE <http://x/> {}\n}")
    assert refused.value.where == "query line 3, column 3"


# --- files --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM F { ?s ?p ?o }",
        "SELECT * FROM NAMED F { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH F { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } FROM F WHERE { ?s ?p ?o }",
        "DESCRIBE F",
    ],
)
def test_the_name_of_a_file_is_a_name_and_nothing_is_read(server: Served, secret: Path, listener: Listener, query: str) -> None:
    for iri in (secret.as_uri(), listener.at):
        for more in ({}, {"default-graph-uri": iri}, {"named-graph-uri": iri}):
            answer = server.get("/sparql", params={"query": query.replace("F", f"<{iri}>", 1), **more})
            assert answer.status_code in (200, 400)
            assert SECRET not in answer.text
    assert listener.calls == 0


def test_the_graph_store_reads_no_file_by_its_name(server: Served, secret: Path, listener: Listener) -> None:
    for iri in (secret.as_uri(), str(secret), listener.at, f"file:{secret}"):
        answer = server.get("/rdf-graphs", params={"graph": iri})
        assert answer.status_code in (400, 404)
        assert SECRET not in answer.text
    for path in ("/rdf-graphs/..%2f..%2f..%2fetc/passwd", f"/rdf-graphs/{secret.as_uri()}", "/rdf-graphs/%2e%2e/manifest.json"):
        assert server.get(path).status_code == 404
    assert listener.calls == 0


@pytest.mark.parametrize(
    "verb", ["ADD F TO DEFAULT", "COPY F TO DEFAULT", "MOVE F TO <http://g/>", "CLEAR GRAPH F", "DROP GRAPH F"]
)
def test_an_update_takes_the_name_of_a_file_for_a_graph(server: Served, secret: Path, verb: str) -> None:
    for silent in (verb, verb.replace(" ", " SILENT ", 1)):
        update = silent.replace("F", f"<{secret.as_uri()}>", 1)
        answer = server.post("/sparql", data={"update": update}, headers=server.authorized())
        assert answer.status_code in (204, 400)
        assert SECRET not in answer.text + _everything(server)
        assert SECRET in secret.read_text("utf-8")


@pytest.mark.parametrize(
    ("form", "body"),
    [
        ("text/turtle", "@base <file:///etc/> . @prefix : <F> . :a :b <passwd> ."),
        ("application/rdf+xml", '<!DOCTYPE r [<!ENTITY x SYSTEM "F">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="http://a/"><x xmlns="http://e/">&x;</x></rdf:Description></rdf:RDF>'),
        ("application/ld+json", '{"@context": "F", "@id": "http://a/", "http://e/b": "c"}'),
        ("application/ld+json", '{"@context": {"@import": "F"}, "@id": "http://a/", "http://e/b": "c"}'),
    ],
)  # fmt: skip
def test_data_that_is_put_pulls_nothing_in(server: Served, secret: Path, listener: Listener, form: str, body: str) -> None:
    for iri in (secret.as_uri(), listener.at):
        headers = {"Content-Type": form, **server.authorized()}
        answer = server.put("/rdf-graphs", params={"graph": "http://g/put"}, content=body.replace("F", iri, 1), headers=headers)
        assert answer.status_code in (201, 204, 400), answer.text
        assert SECRET not in answer.text + _everything(server)
    assert listener.calls == 0


def test_dropped_files_stay_in_their_folder(server: Served, tmp_path: Path) -> None:
    """Whatever they are called: paths, device names, links' names, bytes that are no text."""
    token = re.findall(r'name="page-token" content="([^"]+)"', server.get("/").text)[0]
    outside = tmp_path / "outside.txt"
    names = [
        "../../outside.txt",
        str(outside),
        "..\\..\\outside.txt",
        "a/../../../outside.txt",
        "..",
        ".",
        "con",
        "x\x00.txt",
        "é\u202egpj.txt",
    ]
    files = [("files", (name, "湖州市政协召开座谈会。".encode(), "text/plain")) for name in names]
    answer = server.post("/builds", files=files, headers={"X-Yishi-Token": token})
    assert answer.status_code == 202, answer.text
    job = answer.json()["id"]
    while (told := server.get(f"/builds/jobs/{job}").json())["state"] not in ("done", "failed", "stopped"):
        time.sleep(0.2)
    assert told["state"] == "done", told
    assert not outside.exists()
    assert "/" not in told["address"].removeprefix("/builds/")


# --- the token ----------------------------------------------------------------------------------------------------------------------


def test_tokens_are_compared_so_that_time_tells_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Both of them by hmac.compare_digest, whole, whatever was sent."""
    import hmac

    from starlette.testclient import TestClient

    import kg.serve.access as access
    import kg.serve.building as building
    from kg.serve.app import make_app
    from kg.serve.settings import Settings

    compared: list[tuple[bytes, bytes]] = []

    def recording(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return hmac.compare_digest(one, other)

    assert access.compare_digest is building.compare_digest is hmac.compare_digest
    for module in (access, building):
        monkeypatch.setattr(module, "compare_digest", recording)
    app = make_app(Settings(tmp_path / "graph", writable=True, write_token=TOKEN, page_token="of-the-page"), 80)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert (
            client.delete("/rdf-graphs?default", headers={"Authorization": "Bearer wröng".encode("latin-1")}).status_code == 401
        )
        assert client.delete("/builds/x", headers={"X-Yishi-Token": "guess"}).status_code == 403
    (sent, ours), of_page = compared
    assert sent.startswith(b"wr") and ours == TOKEN.encode()
    assert of_page == (b"guess", b"of-the-page")


@pytest.mark.parametrize(
    "sent", ["", "Bearer", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Token {TOKEN}", f"Bearer {TOKEN.upper()}"]
)
def test_nothing_but_the_token_opens(server: Served, sent: str) -> None:
    for ask in (
        lambda headers: server.post("/sparql", data={"update": "CLEAR ALL"}, headers=headers),
        lambda headers: server.put("/rdf-graphs?default", content="", headers={"Content-Type": "text/turtle", **headers}),
        lambda headers: server.delete("/rdf-graphs?default", headers=headers),
    ):
        answer: httpx.Response = ask({"Authorization": sent})
        assert answer.status_code == 401
        assert TOKEN not in answer.text
