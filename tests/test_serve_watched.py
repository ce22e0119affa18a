"""What `kg serve` and its processes open and call, seen by the system itself (strace), while it is asked for files and other servers."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from absent import absent
from serving import TOKEN, Served, served

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's")

CALLS = "openat,openat2,open,creat,connect"
LATER = 60.0  # seconds for strace to write what it saw
_OPENED = re.compile(r'\b(?:openat2?|open|creat)\((?:AT_FDCWD|\d+)?,? ?"((?:[^"\\]|\\.)*)"')


@contextmanager
def watched(process: int, log: Path) -> Iterator[None]:
    """Write down what a process, its threads and all processes that it starts from now on open and call."""
    if shutil.which("strace") is None:
        absent("no strace: apt-get install strace, or make test as root")
    strace = subprocess.Popen(
        ["strace", "-f", "-qq", "-s", "4096", "-e", f"trace={CALLS}", "-o", str(log), "-p", str(process)],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until = time.monotonic() + LATER
        while "TracerPid:\t0\n" in Path(f"/proc/{process}/status").read_text():
            if strace.poll() is not None or time.monotonic() > until:
                assert strace.stderr is not None
                pytest.skip(f"processes cannot be watched here: {strace.stderr.read().strip()}")
            time.sleep(0.02)
        yield
    finally:
        strace.terminate()
        strace.wait(LATER)


def opened(log: Path) -> set[str]:
    """The paths that were opened, as they were named."""
    return set(_OPENED.findall(log.read_text("utf-8", "replace")))


def outside(paths: set[str], *inside: Path) -> list[str]:
    """Those that are neither below one of the folders nor what Python, its packages, our own code and the system's libraries are made of."""
    own = Path(__file__).resolve().parent.parent
    fine = [
        own / "kg", own / "ontology", own / "queries", Path(sys.prefix), Path(sys.base_prefix), Path("/usr"), Path("/lib"), Path("/lib64"),
        Path("/proc"), Path("/sys"), *(Path(f"/dev/{name}") for name in ("null", "urandom", "random", "shm", "tty")),
        *(Path(f"/etc/{name}") for name in ("ld.so.cache", "ld.so.preload", "localtime", "mime.types", "nsswitch.conf", "host.conf", "ssl")), *inside,
    ]  # fmt: skip
    named = {path for path in paths if path.startswith("/") and path != str(own)}  # its own folder is looked through for modules
    return sorted(path for path in named if not any(Path(path).is_relative_to(one) for one in fine))


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that any reader of triples could read, and a folder that nobody serves."""
    path = tmp_path / "secret" / "secret.ttl"
    path.parent.mkdir()
    path.write_text("<urn:a> <urn:b> 'secret' .", "utf-8")
    return path


def asked(server: Served, secret: Path, elsewhere: str) -> list[int]:
    """Ask for a file and for another server in every way there is. Returns the statuses."""
    write, found = server.authorized(), []
    token = re.findall(r'name="page-token" content="([^"]+)"', server.get("/").text)[0]
    for iri in (secret.as_uri(), f"file:{secret}", str(secret), elsewhere):
        queries = [
            f"SELECT * FROM <{iri}> {{ ?s ?p ?o }}",
            f"SELECT * {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE <{iri}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ VALUES ?u {{ <{iri}> }} SERVICE SILENT ?u {{ ?s ?p ?o }} }}",
            f"DESCRIBE <{iri}>",
        ]
        updates = [
            f"LOAD <{iri}>",
            f"LOAD SILENT <{iri}> INTO GRAPH <urn:g>",
            f"COPY <{iri}> TO DEFAULT",
            f"ADD SILENT <{iri}> TO <urn:g>",
        ]
        pages = [
            ("/id", {"iri": iri}), ("/card", {"iri": iri}), ("/around", {"iri": iri}), ("/rdf-graphs", {"graph": iri}),
            ("/sparql", {"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": iri}), ("/find", {"q": iri}), ("/api/facts", {"iri": iri}),
        ]  # fmt: skip
        found += [server.post("/sparql", data={"query": query}).status_code for query in queries]
        found += [server.post("/sparql", data={"update": update}, headers=write).status_code for update in updates]
        found += [server.get(path, params=params).status_code for path, params in pages]
        entity = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{iri}">]><r xmlns="urn:e">&x;</r>'
        for form, body in (
            ("text/turtle", f"@base <{iri}> . <> <urn:p> <x> ."),
            ("application/rdf+xml", entity),
            ("application/ld+json", f'{{"@context": "{iri}", "@id": "urn:a", "urn:b": "c"}}'),
        ):
            headers = {"Content-Type": form, **write}
            found.append(server.put("/rdf-graphs", params={"graph": "urn:put"}, content=body, headers=headers).status_code)
    for path in (
        f"/static/..%2f..%2f..{secret}",
        f"/source/..%2f..%2f..{secret}",
        f"/..%2f..%2f..{secret}",
        f"/builds/..%2f..{secret}/",
    ):
        found.append(server.get(path).status_code)
    page = f'<html><body><p>湖州市政协召开座谈会。<img src="{elsewhere}"><link rel="stylesheet" href="{elsewhere}"><iframe src="{secret.as_uri()}"></iframe>'
    drawing = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><p>&x; 湖州市政协召开座谈会。</p></html>'
    files = [
        ("files", (f"../{secret.name}", page, "text/html")),
        ("files", ("a.xhtml", drawing, "text/html")),
        ("files", (str(secret), "安吉县。", "text/plain")),
    ]
    dropped = server.post("/builds", files=files, headers={"X-Yishi-Token": token})
    found.append(dropped.status_code)
    while server.get(f"/builds/jobs/{dropped.json()['id']}").json()["state"] not in ("done", "failed", "stopped"):
        time.sleep(0.2)
    return found


def test_no_request_opens_a_file_of_the_machine_or_calls_anybody(seed_graph: Path, secret: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_graph, tmp_path / "out")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    log = tmp_path / "strace.txt"
    with (
        served(tmp_path / "out", "--writable", KG_TOKEN=TOKEN, TMPDIR=str(temporary)) as server,
        watched(server.process.pid, log),
    ):
        statuses = asked(server, secret, "http://127.0.0.1:9/elsewhere")
    assert max(statuses) < 500 and 200 in statuses and 202 in statuses and 400 in statuses
    paths = opened(log)
    assert any(path.startswith(str(tmp_path / "out")) for path in paths), "what is served was opened, so opening is seen"
    assert outside(paths, tmp_path / "out", temporary) == []
    assert "connect(" not in log.read_text("utf-8", "replace")


def test_what_is_opened_outside_would_be_seen(secret: Path, tmp_path: Path) -> None:
    """The watching itself: a process that does open the file and does call."""
    doing = "import socket, sys, time\ninput()\nopen(sys.argv[1]).close()\nsocket.socket().connect_ex(('127.0.0.1', 9))"
    process = subprocess.Popen([sys.executable, "-c", doing, str(secret)], stdin=subprocess.PIPE, text=True)
    log = tmp_path / "strace.txt"
    with watched(process.pid, log):
        process.communicate("\n")
    assert outside(opened(log), tmp_path / "out") == [str(secret)]
    assert "AF_INET" in log.read_text()
