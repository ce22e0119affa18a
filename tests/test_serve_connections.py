"""Connections to `kg serve` that wait, dribble, send without end or never take their answer: each comes to an end and none keeps others out."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from serving import limited

pytestmark = pytest.mark.alone
MB = 1 << 20
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def _port(address: str) -> int:
    return int(re.findall(r":(\d+)/", address)[0])


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    with closing(socket.create_connection(("127.0.0.1", _port(address)), timeout=20)) as raw:
        yield raw


def _head(address: str, line: str = "GET /health", *headers: str) -> bytes:
    return "\r\n".join([f"{line} HTTP/1.1", f"Host: 127.0.0.1:{_port(address)}", *headers, "", ""]).encode()


def _answer(raw: socket.socket) -> tuple[int, str]:
    """The status and the text of what comes until the server ends the connection."""
    data = b""
    with suppress(ConnectionError):
        while piece := raw.recv(1 << 16):
            data += piece
    head, _, text = data.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 "), data
    return int(head.split()[1]), text.decode()


# --- those who do not go on ---------------------------------------------------------------------------------------------------------

WAITING = {
    "says nothing": "",
    "half a line": "GET / HT",
    "half a head": "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    "half a body": "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK",
}


@pytest.mark.parametrize("how", WAITING)
def test_who_waits_makes_room_for_who_asks(seed_graph: Path, how: str) -> None:
    """Three times as many connections as the server keeps, each waiting; and beside them whoever asks is answered."""
    with limited(seed_graph, connections=20, patience=60.0) as address, ExitStack() as held:
        for number in range(60):
            raw = held.enter_context(_connected(address))
            raw.sendall(WAITING[how].replace("PORT", str(_port(address))).encode())
            if number % 6 == 5:
                assert httpx.get(f"{address}health", timeout=10).status_code == 200
        ask = httpx.get(f"{address}sparql", params={"query": "ASK { ?s ?p ?o }"}, timeout=20)
        assert (ask.status_code, ask.json()["boolean"]) == (200, True)


def test_who_is_being_answered_is_not_sent_away_for_the_next_one(seed_graph: Path) -> None:
    with limited(seed_graph, connections=10, timeout=4.0) as address, ExitStack() as held:
        asking = held.enter_context(_connected(address))
        asking.sendall(
            _head(address, f"GET /sparql?query={httpx.QueryParams(q=ENDLESS)['q'].replace(' ', '%20')}", "Connection: close")
        )
        time.sleep(0.5)
        for _ in range(30):
            held.enter_context(_connected(address))
        status, text = _answer(asking)
        assert status == 504
        assert "stopped after 4 seconds" in text


def test_a_head_that_dribbles_is_ended_as_one_that_stops(seed_graph: Path) -> None:
    """A byte now and then does not begin the wait anew."""
    with limited(seed_graph, patience=2.0) as address, _connected(address) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\n")
        began = time.monotonic()
        with pytest.raises(ConnectionError):
            for _ in range(100):
                raw.sendall(b"X-A: b\r\n")
                time.sleep(0.2)
        assert time.monotonic() - began < 12


def test_the_second_request_of_a_connection_has_the_same_time(seed_graph: Path) -> None:
    with limited(seed_graph, patience=1.5) as address, _connected(address) as raw:
        raw.sendall(_head(address))
        assert raw.recv(4096).startswith(b"HTTP/1.1 200")
        raw.sendall(b"GET /health HTTP/1.1\r\n")
        began = time.monotonic()
        while raw.recv(4096):
            pass
        assert time.monotonic() - began < 10


def test_a_body_that_dribbles_is_refused_with_a_reason(seed_graph: Path) -> None:
    with limited(seed_graph, patience=1.0, slowest=100_000) as address, _connected(address) as raw:
        raw.sendall(_head(address, "POST /sparql", "Content-Type: application/sparql-query", "Content-Length: 1000000"))
        with suppress(ConnectionError):
            for _ in range(25):
                raw.sendall(b"# abc\n")
                time.sleep(0.2)
        status, text = _answer(raw)
        assert status == 408
        assert "did not come to its end in time" in text


def test_who_does_not_take_the_answer_is_ended(seed_graph: Path) -> None:
    """Else a connection and what waits for it would be kept for ever."""
    asked = 60
    with limited(seed_graph, patience=1.0) as address, closing(socket.socket()) as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.settimeout(20)
        raw.connect(("127.0.0.1", _port(address)))
        raw.sendall(_head(address, "GET /graph.ttl") * asked)  # many megabytes: more than the system keeps on the way
        time.sleep(4)
        taken = 0
        with suppress(ConnectionError):
            while piece := raw.recv(1 << 16):
                taken += len(piece)
        assert 0 < taken < (seed_graph / "graph.ttl").stat().st_size * asked


# --- those who send without end -----------------------------------------------------------------------------------------------------


def _too_much(address: str) -> dict[str, tuple[bytes, int, str]]:
    """What is sent, the status, and a part of the reason."""
    query = ("POST /sparql", "Content-Type: application/sparql-query")
    long = b"x" * (10 * MB)
    return {
        "an address": (b"GET /" + long, 414, "the address is longer than 16,384 bytes"),
        "an address that is finished": (b"GET /" + long + b" HTTP/1.1\r\n\r\n", 414, "the address is longer than 16,384 bytes"),
        "a query in the address": (b"GET /sparql?query=" + long, 414, "send a long query by POST"),
        "a method": (long, 414, "the address is longer"),
        "a header": (
            _head(address)[:-2] + b"X-Long: " + long + b"\r\n\r\n",
            431,
            "the header lines are longer than 32,768 bytes",
        ),
        "a million headers": (_head(address)[:-2] + b"X-A: b\r\n" * MB, 431, "the header lines are longer"),
        "cookies": (_head(address)[:-2] + b"Cookie: a=" + b"b" * 40_000 + b"\r\n\r\n", 431, "the header lines are longer"),
        "a body": (_head(address, *query, f"Content-Length: {len(long)}") + long, 413, "larger than 8 MB"),
        "a body in chunks": (
            _head(address, *query, "Transfer-Encoding: chunked") + b"%x\r\n" % len(long) + long + b"\r\n0\r\n\r\n",
            413,
            "larger than 8 MB",
        ),
        "a body for a page": (
            _head(address, "POST /api/neighbourhood", f"Content-Length: {len(long)}") + long,
            413,
            "larger than 8 MB",
        ),
    }


def test_the_refusal_arrives_also_where_the_connection_is_to_be_closed(address: str) -> None:
    """As Python's own urllib asks, which reads nothing before it has sent all."""
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    for path, headers in (
        ("sparql", {"Content-Type": "application/sparql-query"}),
        ("nowhere", {}),
        ("sparql", {"Origin": "http://x"}),
    ):
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(f"{address}{path}", b"x" * 10 * MB, headers), timeout=20)
        assert refused.value.code == (403 if "Origin" in headers else 413)
        assert refused.value.read()


NO_HTTP = {
    "a greeting": b"EHLO example.org\r\n\r\n",
    "bytes": bytes(range(256)) * 4 + b"\r\n\r\n",
    "TLS": bytes.fromhex("160301020001000001fc0303") + b"\r\n\r\n",
    "two lengths": b"POST /sparql HTTP/1.1\r\nHost: H\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nASK",
    "a length and chunks": b"POST /sparql HTTP/1.1\r\nHost: H\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a length below zero": b"POST /sparql HTTP/1.1\r\nHost: H\r\nContent-Length: -3\r\n\r\nASK",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "a folded header": b"GET / HTTP/1.1\r\nHost: H\r\nX: a\r\n : b\r\nX y: z\r\n\r\n",
    "an unknown coding": b"POST /sparql HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: gzip\r\n\r\nASK",
    "chunks that are none": b"POST /sparql HTTP/1.1\r\nHost: H\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nASK\r\n",
}


@pytest.fixture(scope="module")
def address(seed_graph: Path) -> Iterator[str]:
    with limited(seed_graph) as running:
        yield running


@pytest.mark.parametrize("what", _too_much("http://127.0.0.1:1/"))
def test_ten_megabytes_of_it_are_refused_with_a_reason(address: str, what: str) -> None:
    sent, expected, reason = _too_much(address)[what]
    with _connected(address) as raw:
        raw.sendall(sent)  # all of it: a server that closed at once would have its answer lost on the way
        raw.shutdown(socket.SHUT_WR)
        status, text = _answer(raw)
    assert (status, reason in text) == (expected, True), text
    assert httpx.get(f"{address}health").status_code == 200


@pytest.mark.parametrize("what", NO_HTTP)
def test_what_is_no_request_is_told_why(address: str, what: str) -> None:
    with _connected(address) as raw:
        raw.sendall(NO_HTTP[what].replace(b"Host: H", f"Host: 127.0.0.1:{_port(address)}".encode()))
        status, text = _answer(raw)
    assert status in (400, 421)
    assert text.strip() and text.count("\n") == 1
    assert "Traceback" not in text


def test_queries_on_their_way_in_take_only_so_much_memory_together(seed_graph: Path) -> None:
    with limited(seed_graph, held=1 * MB) as address, ExitStack() as held:
        head = _head(address, "POST /sparql", "Content-Type: application/sparql-query", f"Content-Length: {MB}")
        for _ in range(3):
            held.enter_context(_connected(address)).sendall(head + b"#" * (MB // 3 - 10))
        time.sleep(1)
        with _connected(address) as raw:
            raw.sendall(head.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + b"#" * MB)
            status, text = _answer(raw)
        assert (status, "too many long queries" in text) == (503, True)
        held.close()  # when those have gone, there is room again
        time.sleep(0.5)
        answer = httpx.post(
            f"{address}sparql", content="ASK {}" + " " * (MB // 2), headers={"Content-Type": "application/sparql-query"}
        )
        assert answer.status_code == 200


def test_a_long_body_is_decoded_beside_the_others(address: str) -> None:
    """Undoing the percent signs of 8 MB takes seconds, in which everyone else is answered."""
    from threading import Thread

    answers: list[httpx.Response] = []
    body = "query=" + httpx.QueryParams({"q": "政"}).__str__()[2:] * 900_000
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    threads = [
        Thread(target=lambda: answers.append(httpx.post(f"{address}sparql", content=body, headers=headers, timeout=120)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    waited = []
    while any(thread.is_alive() for thread in threads):
        began = time.monotonic()
        assert httpx.get(f"{address}health", timeout=60).status_code == 200
        waited.append(time.monotonic() - began)
    assert max(waited) < 2, waited
    assert [answer.status_code for answer in answers] == [400, 400]
    assert all("query line 1, column 1" in answer.text for answer in answers)


# --- those who ask for long ---------------------------------------------------------------------------------------------------------


def test_queries_without_end_do_not_keep_short_ones_waiting(seed_graph: Path) -> None:
    """With two places, two that never end go on aside, further ones are ended when others wait, and short ones are answered."""
    from threading import Thread

    with limited(seed_graph, workers=2, timeout=8.0, quick=0.5) as address:
        ended: list[httpx.Response] = []

        def ask() -> None:
            ended.append(httpx.get(f"{address}sparql", params={"query": ENDLESS}, timeout=60))

        threads = [Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        short = [httpx.get(f"{address}sparql", params={"query": "ASK { ?s ?p ?o }"}, timeout=60) for _ in range(5)]
        assert all(answer.status_code == 200 and json.loads(answer.text)["boolean"] for answer in short)
        assert any(thread.is_alive() for thread in threads)  # the short ones were there before the long ones had ended
        for thread in threads:
            thread.join()
        assert {answer.status_code for answer in ended} == {503, 504}
        for answer in ended:
            assert ("others wait" if answer.status_code == 503 else "stopped after 8 seconds") in answer.text
