"""Queries that are nested, or joined of parts, more than the engine's stack can hold: each is told of, and nothing else comes to harm."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import kg, one_line
from serving import TOKEN, Served, served

from kg.errors import QueryError
from kg.graph.ask_apart import Question, Worker

DEEP = {
    "{": "SELECT * " + "{" * 30_000 + "}" * 30_000,
    "(": "SELECT * { FILTER(" + "(" * 300_000,
    "||": "SELECT * { FILTER(" + "?x||" * 200_000 + "?x) }",
    "OPTIONAL": "SELECT * { " + "OPTIONAL{?s ?p ?o}" * 30_000 + " }",
}
"""By what stands in them again and again."""
SAID = "nested too deeply, or too long a chain of parts"


@pytest.fixture(scope="module")
def server(seed_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("deep") / "out"
    shutil.copytree(seed_graph, folder)
    with served(folder, "--writable", KG_TOKEN=TOKEN) as running:
        yield running


@pytest.mark.parametrize("what", DEEP)
def test_a_worker_says_so_and_the_next_query_is_answered(seed_graph: Path, what: str) -> None:
    worker = Worker(seed_graph)
    with pytest.raises(QueryError, match=f"{SAID}.*flatter or shorter"):
        worker.ask(Question(DEEP[what]), timeout=60).read()
    assert worker.ask(Question("ASK { ?s ?p ?o }"), timeout=60).read()
    worker.end()


def test_the_command_says_so_in_one_line(seed_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "deep.rq").write_text(DEEP["{"], "utf-8")
    done = kg("query", tmp_path / "deep.rq", "--graph", seed_graph)
    assert done.returncode == 2 and SAID in one_line(done.stderr)


@pytest.mark.parametrize("what", DEEP)
def test_the_server_refuses_it_with_this_reason(server: Served, what: str) -> None:
    answer = server.post("/sparql", content=DEEP[what].encode(), headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code == 400
    assert SAID in answer.text
    assert server.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).status_code == 200


def test_an_update_changes_nothing_of_what_comes_before_it(server: Served) -> None:
    update = "DELETE WHERE { ?s ?p ?o } ; INSERT { <urn:x> <urn:p> 1 } WHERE " + DEEP["{"].removeprefix("SELECT * ")
    answer = server.post("/sparql", data={"update": update}, headers=server.authorized())
    assert (answer.status_code, SAID in answer.text) == (400, True)
    small = server.post("/sparql", data={"update": "INSERT DATA { <urn:x> <urn:p> 2 }"}, headers=server.authorized())
    assert small.status_code == 204
    csv = {"Accept": "text/csv"}
    assert server.get("/sparql", params={"query": "SELECT ?o { <urn:x> <urn:p> ?o }"}, headers=csv).text.split() == ["o", "2"]
    assert server.get("/sparql", params={"query": "SELECT ?x { ?x a kg:Platform }"}, headers=csv).text.count("\n") > 3
