"""The limits of `kg serve`, set low enough to be met: slow clients, too many at once, answers that are too long."""

from __future__ import annotations

import re
import socket
import threading
import time
from pathlib import Path

import httpx
import pytest
from serving import limited

pytestmark = pytest.mark.alone

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def _closed_after(address: str, sent: bytes) -> tuple[float, bytes]:
    """How long the server waits for the rest of what was sent, and what it says then."""
    port = int(re.findall(r":(\d+)/", address)[0])
    with socket.create_connection(("127.0.0.1", port), timeout=15) as raw:
        raw.sendall(sent.replace(b"PORT", str(port).encode()))
        began = time.monotonic()
        answer = b"".join(iter(lambda: raw.recv(4096), b""))
        return time.monotonic() - began, answer


def test_who_does_not_go_on_is_not_waited_for(seed_graph: Path) -> None:
    with limited(seed_graph, patience=1.0) as address:
        for sent in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Slow: "):
            seconds, answer = _closed_after(address, sent)
            assert seconds < 10
            assert answer == b""
        body = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK"
        seconds, answer = _closed_after(address, body)
        assert seconds < 10
        assert answer.startswith(b"HTTP/1.1 408")


def test_a_patient_client_that_goes_on_is_answered(seed_graph: Path) -> None:
    with limited(seed_graph, patience=2.0) as address:
        port = int(re.findall(r":(\d+)/", address)[0])
        with socket.create_connection(("127.0.0.1", port), timeout=15) as raw:
            for piece in (
                b"POST /sparql HTTP/1.1\r\n",
                f"Host: 127.0.0.1:{port}\r\n".encode(),
                b"Content-Type: application/sparql-query\r\nContent-Length: 6\r\nConnection: close\r\n\r\n",
                b"ASK",
                b" {}",
            ):
                raw.sendall(piece)
                time.sleep(0.3)
            assert b'"boolean":true' in b"".join(iter(lambda: raw.recv(4096), b""))


def test_where_too_many_ask_at_once_the_last_are_told_to_come_again(seed_graph: Path) -> None:
    with limited(seed_graph, workers=1, waiting=1, timeout=4.0) as address:
        answers: list[httpx.Response] = []

        def ask() -> None:
            answers.append(httpx.get(f"{address}sparql", params={"query": ENDLESS}, timeout=60))

        threads = [threading.Thread(target=ask) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statuses = sorted(answer.status_code for answer in answers)
        assert statuses == [503, 503, 503, 504, 504]
        assert all("retry-after" in answer.headers for answer in answers if answer.status_code == 503)
        # The pages and what needs no worker are there all the time.
        assert httpx.get(f"{address}health").status_code == 200


def test_a_bad_query_is_told_so_also_where_nothing_is_given_time(seed_graph: Path) -> None:
    """To come again with it would be in vain, however busy the server is: it is not told to."""
    with limited(seed_graph, workers=1, quick=0.0001, timeout=8.0) as address:
        statuses: list[int] = []

        def ask(query: str) -> None:
            statuses.append(httpx.get(f"{address}sparql", params={"query": query}, timeout=60).status_code)

        endless = threading.Thread(target=ask, args=[ENDLESS])
        endless.start()
        time.sleep(1)  # it has gone on to the only place for long ones
        threads = [threading.Thread(target=ask, args=["SELECT * WHERE { ?s ?p }"]) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [400] * 12
        endless.join()
        assert statuses[-1] == 504


def test_an_answer_that_is_too_long_is_refused_whole(seed_graph: Path) -> None:
    with limited(seed_graph, answer=50_000) as address:
        long = httpx.get(f"{address}sparql", params={"query": "SELECT * WHERE { ?s ?p ?o }"}, timeout=60)
        assert long.status_code == 507
        assert "LIMIT" in long.text
        assert (
            httpx.get(f"{address}sparql", params={"query": "SELECT * WHERE { ?s ?p ?o } LIMIT 5"}, timeout=60).status_code == 200
        )


def test_dropped_files_have_limits(seed_graph: Path) -> None:
    with limited(seed_graph, upload=10_000, files=2) as address:
        token = re.findall(r'name="page-token" content="([^"]+)"', httpx.get(address).text)[0]
        headers = {"X-Yishi-Token": token}
        large = httpx.post(f"{address}builds", files={"files": ("a.txt", b"x" * 20_000)}, headers=headers)
        assert large.status_code == 413
        many = httpx.post(f"{address}builds", files=[("files", (f"{n}.txt", b"x")) for n in range(3)], headers=headers)
        assert many.status_code == 400
        assert "files is 2" in many.text
        none = httpx.post(f"{address}builds", data={"home": "x"}, headers=headers)
        assert none.status_code == 400
        assert httpx.get(f"{address}builds/jobs/none").status_code == 404
        assert httpx.post(f"{address}builds/jobs/none/stop", headers=headers).status_code == 404
        assert httpx.delete(f"{address}builds/..%2f..", headers=headers).status_code == 404
