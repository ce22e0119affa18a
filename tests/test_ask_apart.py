"""Queries that can be ended: what they may take is bounded, and whoever asks goes on asking afterwards."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import graph_cases as cases
import pytest
from pyoxigraph import NamedNode

import kg
from kg.errors import OutOfTime, QueryError, YishiError
from kg.graph.ask_apart import Question, Worker, Workers, ask
from kg.graph.merge import merge

pytestmark = pytest.mark.alone

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ONE = Question("SELECT ?l { ?x a kg:Person ; skos:prefLabel ?l FILTER(?l IN ('张文华'@zh, '李上葵'@zh)) } ORDER BY ?l")
TWO = [{"l": "张文华"}, {"l": "李上葵"}]


@pytest.fixture
def worker(seed_graph):
    found = Worker(seed_graph)
    yield found
    found.end()


def test_rows_are_what_the_graph_itself_answers(seed_graph):
    query = "SELECT ?name ?value { ?m kg:about/skos:prefLabel ?name ; kg:value ?value } ORDER BY ?name ?value"
    assert ask(seed_graph, Question(query)) == kg.open(seed_graph).query(query)
    construct = "CONSTRUCT { ?x skos:prefLabel ?n } WHERE { ?x a kg:Person ; skos:prefLabel ?n }"
    assert len(ask(seed_graph, Question(construct))) == 3
    assert ask(seed_graph, Question("ASK { ?x a kg:Nothing }")) == [{"ask": False}]


def test_terms_are_bound_and_graphs_chosen(seed_graph):
    graph = kg.open(seed_graph)
    hall = NamedNode(graph.iri("thing/湖州市/民生议事堂"))
    assert ask(seed_graph, Question("SELECT ?x ?l { ?x skos:prefLabel ?l }", bindings={"x": hall})) == [
        {"x": hall.value, "l": "民生议事堂"}
    ]
    facts = Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", default_graphs=[f"{graph.base}graph/facts"])
    done = {(f.subject, f.property, f.object) for f in graph.facts if f.status == "done"}
    assert ask(seed_graph, facts) == [{"n": len(done)}]


def test_an_endless_query_is_ended_and_the_next_one_answered(worker):
    started = time.monotonic()
    with pytest.raises(OutOfTime, match=r"took longer than 0\.5 s"):
        list(worker.ask(Question(ENDLESS), timeout=0.5))
    assert time.monotonic() - started < 10
    assert worker.ask(ONE, timeout=60).read() == TWO


def test_a_huge_answer_waits_for_its_reader_and_is_ended_with_it(worker):
    answer = worker.ask(Question(HUGE), timeout=60)
    pieces = iter(answer)
    assert len(next(pieces)) < 1_000_000
    process = worker._process
    time.sleep(0.3)
    assert memory(process.pid) < 1_000_000_000
    pieces.close()
    assert process.poll() is not None
    assert worker.ask(ONE).read() == TWO


def memory(pid: int) -> int:
    """Bytes that a process has in memory."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("no /proc on this system")
    return int(next(line for line in status.read_text().splitlines() if line.startswith("VmRSS")).split()[1]) * 1024


def test_a_limit_stops_a_huge_answer(worker):
    answer = worker.ask(Question(HUGE, results="json", limit=5), timeout=60)
    assert len(json.loads(b"".join(answer))["results"]["bindings"]) == 5
    assert (answer.rows, answer.cut) == (5, True)
    assert worker.ask(ONE).read() == TWO


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize(("limit", "rows", "cut"), [(2, 2, True), (3, 3, False), (0, 0, True)])
def test_a_limit_counts_rows_in_every_format(worker, form, limit, rows, cut):
    answer = worker.ask(Question("SELECT ?x ?l { ?x a kg:Person ; skos:prefLabel ?l }", results=form, limit=limit))
    text = b"".join(answer).decode()
    assert (answer.rows, answer.cut, answer.format) == (rows, cut, form)
    assert sum(name in text for name in ("李上葵", "张文华", "习近平")) == rows


def test_a_process_keeps_its_memory_for_the_query_however_many_threads_the_engine_has(seed_graph):
    """A heap for each thread would take 64 MB of address space each, before the first question."""
    for _ in range(5):
        worker = Worker(seed_graph, memory=300_000_000)
        try:
            assert worker.ask(Question("SELECT ?x WHERE { ?x a kg:Platform } ORDER BY ?x LIMIT 3")).read()
        finally:
            worker.end()


def test_more_memory_than_allowed_ends_the_query_with_one_line(seed_graph):
    worker = Worker(seed_graph, memory=700_000_000)
    try:
        with pytest.raises(YishiError, match="memory"):
            list(worker.ask(Question(f"{HUGE} ORDER BY ?i"), timeout=120))
        assert worker.ask(ONE).read() == TWO
    finally:
        worker.end()


def test_a_wrong_query_costs_no_process(worker):
    assert worker.ask(ONE).read() == TWO
    process = worker._process
    with pytest.raises(QueryError, match="line 1, column 7"):
        worker.ask(Question("SELECT"))
    assert worker.ask(ONE).read() == TWO
    assert worker._process is process


def test_a_process_that_was_killed_is_told_of_and_replaced(worker):
    assert worker.ask(ONE).read() == TWO
    os.kill(worker._process.pid, signal.SIGKILL)
    worker._process.wait()
    assert worker.ask(ONE).read() == TWO


def test_a_rebuilt_folder_is_asked_as_it_is_now(seed_graph, tmp_path):
    shutil.copytree(seed_graph, tmp_path / "out")
    worker = Worker(tmp_path / "out")
    try:
        assert worker.ask(ONE).read() == TWO
        kg.publish(merge([cases.reading()]), tmp_path / "out", html=False)
        assert worker.ask(ONE).read() == TWO[1:]
    finally:
        worker.end()


def test_many_ask_at_once_and_one_endless_query_stops_nobody(seed_graph):
    found: list[object] = []
    with Workers(seed_graph, size=2) as workers:

        def one(question: Question, timeout: float) -> None:
            try:
                found.append(workers.ask(question, timeout=timeout, patience=60).read())
            except OutOfTime as error:
                found.append(error)

        threads = [threading.Thread(target=one, args=(Question(ENDLESS), 1.0))]
        threads += [threading.Thread(target=one, args=(ONE, 60.0)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(isinstance(one, OutOfTime) for one in found) == 1
    assert found.count(TWO) == 8


def test_who_cannot_wait_is_told_that_all_are_busy(seed_graph):
    with Workers(seed_graph, size=1) as workers:
        pieces = iter(workers.ask(Question(HUGE)))
        with pytest.raises(OutOfTime, match="busy"):
            workers.ask(ONE, patience=0.1)
        pieces.close()
        assert workers.ask(ONE, patience=5).read() == TWO


def test_a_worker_does_not_outlive_who_started_it(seed_graph):
    code = f"""
import sys
from kg.graph.ask_apart import Question, Worker
worker = Worker(sys.argv[1])
import threading

threading.Timer(0.5, lambda: (print(worker._process.pid, flush=True), __import__("os").kill(__import__("os").getpid(), 9))).start()
list(worker.ask(Question({ENDLESS!r})))
"""
    root = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", code, str(seed_graph)], cwd=root, capture_output=True, text=True, timeout=60)
    pid = int(done.stdout)
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.1)
    pytest.fail("the worker goes on without anybody to answer")


def test_without_a_graph_it_is_one_clear_line(tmp_path):
    with pytest.raises(YishiError, match="kg build"):
        ask(tmp_path, ONE)
    (tmp_path / "x.ttl").write_text("no turtle", "utf-8")
    with pytest.raises(YishiError, match="not well formed"):
        ask(tmp_path / "x.ttl", ONE)
