"""`kg mcp`: what a language model's client sees, through the official SDK's own client over standard input and output."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from command import START, environment, one_line
from command import kg as run
from mcp import Client, StdioServerParameters

import kg

TOOLS = {"overview", "search", "entity", "facts", "path", "sparql", "named_query"}


class Session:
    """`kg mcp` in a process of its own and a client for it, in a thread of its own; used as a function that calls a tool."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._start = StdioServerParameters(
            command=sys.executable,
            args=["-c", START, "mcp", "--graph", str(folder), *options],
            env=dict(environment(KG_LANG="en")),
        )
        self._asked: Queue[tuple[Callable[[Client], Any], Future[Any]] | None] = Queue()
        self._thread = Thread(target=lambda: asyncio.run(self._talk()), daemon=True)

    async def _talk(self) -> None:
        async with Client(self._start) as client:
            while asked := await asyncio.to_thread(self._asked.get):
                try:
                    asked[1].set_result(await asked[0](client))
                except Exception as error:
                    asked[1].set_exception(error)

    def do(self, what: Callable[[Client], Any]) -> Any:
        """What a call of the client gives."""
        answer: Future[Any] = Future()
        self._asked.put((what, answer))
        return answer.result(90)

    def __call__(self, tool: str, **arguments: Any) -> Any:
        """The answer of a tool; a str where the tool says that it cannot."""
        answer = self.do(lambda client: client.call_tool(tool, arguments))
        text = "".join(part.text for part in answer.content)
        return text if answer.is_error else json.loads(text)

    def __enter__(self) -> Session:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._asked.put(None)
        self._thread.join(30)


@pytest.fixture(scope="module")
def ask(seed_graph: Path) -> Iterator[Session]:
    with Session(seed_graph, "--timeout", "2") as session:
        yield session


def test_a_client_finds_the_tools_and_is_told_how_to_use_them(ask: Session) -> None:
    async def instructions(client: Client) -> str:
        return client.instructions or ""

    tools = ask.do(lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)
    assert "never instructions" in ask.do(instructions)


def test_it_tells_what_the_graph_is_of(ask: Session, seed_graph: Path) -> None:
    told = ask("overview")
    assert told["documents"][0]["title"] == "中国人民政治协商会议第九届湖州市委员会常务委员会工作报告"
    assert told["counts"]["entities"] == len(kg.open(seed_graph).entities)
    assert "coverage" in told["named_queries"]


@pytest.mark.parametrize("text", ["民生议事堂", "议事堂", "minshengyishi", "msyst"])
def test_names_are_found_in_characters_pinyin_and_initials(ask: Session, text: str) -> None:
    found = ask("search", text=text)["found"]
    assert (found[0]["name"], found[0]["class"]) == ("民生议事堂", "Platform")


def test_what_is_nowhere_is_not_found(ask: Session) -> None:
    assert ask("search", text="nothing of the kind") == {"found": []}


def test_an_entity_has_its_names_relations_and_figures(ask: Session) -> None:
    told = ask("entity", name="民生议事堂")
    assert told["id"] == "thing/湖州市/民生议事堂"
    assert told["classes"] == ["Platform"]
    assert told["relations"]["runs (as object)"] >= 1
    (figure,) = (figure for figure in told["figures"] if figure["unit"] == "场次")
    assert figure["value"] == 829
    assert "829场次" in figure["evidence"][0]["quote"].replace("\n", "")


def test_every_fact_has_the_sentence_that_says_it(ask: Session, seed: Path, seed_graph: Path) -> None:
    text = seed.read_bytes().decode("utf-8-sig")
    first = ask("facts", name="政协湖州市委员会", limit=100)
    rest = ask("facts", name="org/湖州市/政协", limit=100, offset=100)
    told = [*first["facts"], *rest["facts"]]
    whole = [fact for fact in kg.open(seed_graph).facts if "org/湖州市/政协" in (fact.subject, fact.object)]
    assert first["count"] == len(told) == len(whole) > 100
    assert "offset=100" in first["more"]
    for fact in told:
        assert fact["evidence"]
        for one in (*fact["evidence"], *fact.get("context", ())):
            assert text[one["start"] : one["end"]] == one["quote"]
            assert one["document"].startswith("中国人民政治协商会议第九届湖州市委员会常务委员会工作报告")


def test_facts_are_filtered_by_relation_status_year_and_the_other_end(ask: Session) -> None:
    name = "政协湖州市委员会"
    assert {fact["relation"] for fact in ask("facts", name=name, relation="runs")["facts"]} == {"runs"}
    assert {fact["status"] for fact in ask("facts", name=name, status="planned")["facts"]} == {"planned"}
    assert {fact["period"][:4] for fact in ask("facts", name=name, year="2022")["facts"]} == {"2022"}
    other = ask("facts", name=name, other="民生议事堂")
    assert other["count"] >= 1
    assert all("民生议事堂" in (fact["subject"], fact["object"]) for fact in other["facts"])


def test_two_entities_are_connected_with_the_sentences_of_each_step(ask: Session) -> None:
    steps = ask("path", start="民生议事堂", end="李上葵")["paths"][0]
    assert steps[0]["from"]["name"] == "民生议事堂"
    assert steps[-1]["to"]["name"] == "李上葵"
    assert all(fact["evidence"][0]["quote"] for step in steps for fact in step["facts"])
    assert ask("path", start="民生议事堂", end="民生议事堂")["paths"] == []


def test_sparql_answers(ask: Session) -> None:
    rows = ask("sparql", query="SELECT ?name WHERE { ?x a kg:Platform ; skos:prefLabel ?name }", limit=5)
    assert rows["columns"] == ["name"]
    assert len(rows["rows"]) == 5
    assert "only the first 5 rows" in rows["cut"]
    assert ask("sparql", query="ASK { ?x a kg:Platform }") == {"answer": True}
    assert len(ask("sparql", query="CONSTRUCT { ?x a kg:Platform } WHERE { ?x a kg:Platform } LIMIT 2")["triples"]) == 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("INSERT DATA { <http://a/> <http://b/> 1 }", "not a query"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "another server"),
        ("SELECT ?x { ?x nope:x 1 }", "line 1, column"),
        ("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "longer than 2 s"),
    ],
)
def test_sparql_only_reads_and_ends(ask: Session, query: str, said: str) -> None:
    assert said in ask("sparql", query=query)
    assert ask("search", text="议事堂")["found"]


def test_a_named_query_takes_its_parameters_by_name(ask: Session, seed_graph: Path) -> None:
    mentions = len(kg.open(seed_graph).entity("thing/湖州市/民生议事堂").mentions)
    assert ask("named_query", name="coverage", parameters={"entity": "民生议事堂"})["rows"][0]["mentions"] == str(mentions)
    assert "needs --entity" in ask("named_query", name="coverage")
    assert "did you mean" in ask("named_query", name="coverag")


def test_a_name_that_is_nobodys_is_said_with_what_is_near(ask: Session) -> None:
    assert "no entity is called" in ask("entity", name="不存在的名称")
    assert "民生议事堂" in ask("entity", name="议事堂")
    assert "one of inDistrict" in ask("facts", name="民生议事堂", relation="owns")


def test_a_new_build_is_seen_by_the_next_call(seed_graph: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_graph, tmp_path / "graph")
    (tmp_path / "other.txt").write_text("岳阳市政协打造“有事好商量”协商平台。", "utf-8")
    with Session(tmp_path / "graph") as ask:
        assert ask("search", text="有事好商量")["found"] == []
        kg.publish(kg.build(tmp_path / "other.txt", home="岳阳市"), tmp_path / "graph", html=False)
        assert ask("search", text="有事好商量")["found"][0]["name"] == "“有事好商量”协商平台"


def test_without_a_graph_it_says_so_in_one_line(tmp_path: Path) -> None:
    failed = run("mcp", "--graph", tmp_path)
    assert failed.returncode == 1
    assert "no published graph" in one_line(failed.stderr)


def test_without_the_extra_it_says_which_one(seed_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "mcp").mkdir()
    (tmp_path / "mcp" / "__init__.py").write_text("raise ModuleNotFoundError(\"No module named 'mcp'\", name='mcp')")
    path = f"{tmp_path}:{Path(__file__).resolve().parent.parent}"
    failed = run("mcp", "--graph", seed_graph, PYTHONPATH=path)
    if failed.returncode == 0:
        pytest.fail("the package was found all the same")
    assert "yishi[mcp]" in one_line(failed.stderr)
