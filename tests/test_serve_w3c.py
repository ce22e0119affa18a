"""The W3C's own cases of the SPARQL 1.1 Protocol, Graph Store Protocol and Service Description, against `kg serve`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from conftest import SHARED
from rdflib import RDF, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from serving import TOKEN, Served, served

SUITE = SHARED / "w3c" / "sparql" / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT, CNT = Namespace("http://www.w3.org/2011/http#"), Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RDFS = rdflib.RDFS
NAMED = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"),
}
MANIFESTS = ("protocol/manifest.ttl", "graph-store-protocol/manifest-direct.ttl", "graph-store-protocol/manifest-indirect.ttl")


def _manifest(name: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    text = (SUITE / name).read_text("utf-8")
    # One literal of the suite spells the line ends of multipart/form-data as \r and a line break.
    graph.parse(data=text, format="turtle", publicID=(SUITE / name).as_uri())
    return graph


def _cases() -> list[Any]:
    """All that are in the lists of the manifests (and those that stand beside them: head_non_existing_direct)."""
    if not SUITE.is_dir():
        return [pytest.param(None, None, marks=pytest.mark.skip(reason="the W3C's cases are not beside this checkout"))]
    found = []
    for name in MANIFESTS:
        graph = _manifest(name)
        cases = {*graph.subjects(RDF.type, MF.ProtocolTest), *graph.subjects(RDF.type, MF.GraphStoreProtocolTest)}
        found += [pytest.param(graph, case, id=re.split(r"[#/]", str(case))[-1]) for case in sorted(cases)]
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("w3c") / "graph", "--writable", KG_TOKEN=TOKEN) as running:
        yield running


@pytest.mark.parametrize(("graph", "case"), _cases())
def test_the_w3c_case(server: Served, graph: rdflib.Graph, case: Any) -> None:
    """Each request of the case is answered as the case expects."""
    cleared = server.post("/sparql", data={"update": "DROP ALL"}, headers=server.authorized())
    assert cleared.status_code == 204, cleared.text
    for data in graph.objects(case, UT.graphData):
        file, name = graph.value(data, UT.graph), graph.value(data, RDFS.label)
        content = Path(str(file).removeprefix("file://")).read_bytes()
        put = server.put(
            "/rdf-graphs",
            params={"graph": str(name)},
            content=content,
            headers={"Content-Type": "application/n-triples", **server.authorized()},
        )
        assert put.status_code in (201, 204), put.text
    variables: dict[str, str] = {}
    requests = Collection(graph, graph.value(graph.value(case, MF.action), HT.requests))
    assert len(requests) > 0
    for request in requests:
        _check(server, graph, request, variables)


def _check(server: Served, graph: rdflib.Graph, request: Any, variables: dict[str, str]) -> None:
    method, path = str(graph.value(request, HT.methodName)), str(graph.value(request, HT.absolutePath))
    for name, value in variables.items():
        path = path.replace(name, value)
    path = re.sub(r"^/gsp(?=[/?]|$)", "/rdf-graphs", path)
    headers = {str(k): str(v) for k, v in _headers(graph, request)} | server.authorized()
    body = graph.value(request, HT.body)
    sent = server.request(method, path, headers=headers, content=_body(graph, body, headers) if body else None)
    expected = graph.value(request, HT.resp)
    statuses = [str(status).rpartition("#")[2] for status in graph.objects(expected, MF.expectedStatus)]
    assert any(_is(sent.status_code, status) for status in statuses), f"{method} {path}: {sent.status_code} {sent.text}"
    media_type = sent.headers.get("content-type", "").partition(";")[0]
    if (kind := graph.value(expected, MF.expectedFormat)) is not None:
        assert media_type in FORMATS[str(kind)]
    if (truth := graph.value(expected, MF.expectedBoolean)) is not None:
        assert sent.json()["boolean"] is truth.toPython()
    if (variable := graph.value(expected, MF.expectedLocation)) is not None:
        variables[str(variable)] = sent.headers["location"]
    if (content := graph.value(expected, HT.body)) is not None:
        wanted = rdflib.Graph().parse(data=str(graph.value(content, CNT.chars)), format="turtle")
        assert media_type == "text/turtle"
        assert isomorphic(rdflib.Graph().parse(data=sent.text, format="turtle"), wanted), sent.text


def _headers(graph: rdflib.Graph, message: Any) -> Iterator[tuple[Any, Any]]:
    if (head := graph.value(message, HT.headers)) is not None:
        for header in Collection(graph, head):
            yield graph.value(header, HT.fieldName), graph.value(header, HT.fieldValue)


def _body(graph: rdflib.Graph, body: Any, headers: dict[str, str]) -> bytes:
    text = str(graph.value(body, CNT.chars))
    if headers.get("content-type", "").startswith("multipart/"):
        text = re.sub(r"\r?\n", "\r\n", text)
    return text.encode(str(graph.value(body, CNT.characterEncoding)))


def _is(status: int, expected: str) -> bool:
    """Whether a status is the named one (Created), or of the class (StatusCode4xx)."""
    if found := re.fullmatch(r"StatusCode(\d)xx", expected):
        return status // 100 == int(found[1])
    return status == NAMED[expected]


def test_the_service_describes_itself(server: Served) -> None:
    """The three cases of the suite's service description: it is RDF, it names its endpoint, and it keeps to the schema."""
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    answer = server.get("/sparql")
    assert answer.headers["content-type"].startswith("text/turtle")
    said = rdflib.Graph().parse(data=answer.text, format="turtle")
    (service,) = said.subjects(RDF.type, sd.Service)
    assert [str(o) for o in said.objects(service, sd.endpoint)] == [f"{server.address}sparql"]
    assert set(said.objects(service, sd.supportedLanguage)) == {sd.SPARQL11Query, sd.SPARQL11Update}
    (dataset,) = said.objects(service, sd.defaultDataset)
    assert (dataset, RDF.type, sd.Dataset) in said
    assert (said.value(dataset, sd.defaultGraph), RDF.type, sd.Graph) in said
