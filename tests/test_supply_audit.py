"""`make audit`: what is known against the packages that are pinned, and silence that is not taken for a clean bill."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from command import environment

KNOWN = ("jinja2", "2.10")  # what the tool asks about first
PINNED = ("rdflib", "7.6.0")
HASH = f"--hash=sha256:{'0' * 64}"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock file of two packages, as `make lock` writes them."""
    path = tmp_path / "some.lock"
    path.write_text(f"jieba==0.42.1 \\\n    {HASH}\nrdflib==7.6.0 \\\n    {HASH}\n", "utf-8")
    return path


def vulnerability(name: str, fixed: str) -> dict[str, object]:
    """One answer in the form of OSV."""
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": fixed}]}]
    return {"id": f"PYSEC-{name}", "affected": [{"package": {"name": name, "ecosystem": "PyPI"}, "ranges": ranges}]}


@contextmanager
def service(answers: Mapping[tuple[str, str], object], broken: tuple[str, str] | None = None) -> Iterator[str]:
    """A vulnerability service on this machine. It knows nothing but `answers`, and fails when it is asked about `broken`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            package = (asked["package"]["name"], asked["version"])
            answer = {"vulns": [answers[package]]} if package in answers else {}
            self.send_response(500 if package == broken else 200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        server.server_close()


def audit(root: Path, url: str, *words: str | Path) -> tuple[int, str, str]:
    told = environment(PIP_AUDIT_VULNERABILITY_SERVICE="osv", PIP_AUDIT_OSV_URL=url, NO_PROXY="127.0.0.1")
    command = [sys.executable, str(root / "tools" / "audit.py"), *map(str, words)]
    done = subprocess.run(command, env=told, capture_output=True, text=True, encoding="utf-8", timeout=120)
    return done.returncode, done.stdout, done.stderr


def test_where_nothing_is_known_it_says_how_many_packages_were_looked_up(root, lock):
    with service({KNOWN: vulnerability("jinja2", "2.10.1")}) as url:
        assert audit(root, url, lock) == (0, "some.lock: 2 packages audited, known vulnerabilities: 0\n", "")


def test_a_vulnerability_fails_the_audit_and_is_told_with_the_version_that_mends_it(root, lock):
    with service({KNOWN: vulnerability("jinja2", "2.10.1"), PINNED: vulnerability("rdflib", "7.6.1")}) as url:
        code, said, _ = audit(root, url, lock)
        assert code == 1
        assert said.splitlines() == [
            "rdflib 7.6.0: PYSEC-rdflib, mended in 7.6.1",
            "some.lock: 2 packages audited, known vulnerabilities: 1",
        ]
        assert audit(root, url, lock, "--ignore-vuln", "PYSEC-rdflib")[0] == 0


def test_a_service_that_finds_nothing_in_what_is_known_to_be_vulnerable_has_audited_nothing(root, lock):
    with service({}) as url:
        code, said, _ = audit(root, url, lock)
    assert code == 0
    assert said == "not audited: the vulnerability service could not be asked (it finds nothing in jinja2==2.10)\n"


def test_a_service_that_is_not_there_has_audited_nothing(root, lock):
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        code, said, _ = audit(root, f"http://127.0.0.1:{taken.getsockname()[1]}/v1/query", lock)
    assert code == 0
    assert said.startswith("not audited: the vulnerability service could not be asked (")
    assert len(said.splitlines()) == 1
    assert "known vulnerabilities" not in said


def test_a_service_that_fails_on_the_way_fails_the_audit(root, lock):
    with service({KNOWN: vulnerability("jinja2", "2.10.1")}, broken=PINNED) as url:
        code, said, errors = audit(root, url, lock)
    assert (code, said) == (1, "")
    assert errors.startswith("audit: some.lock: ")


def test_a_package_that_the_service_cannot_name_is_not_counted_as_audited(root, monkeypatch):
    monkeypatch.syspath_prepend(root / "tools")
    from audit import told

    packages = [{"name": "jieba", "version": "0.42.1", "vulns": []}, {"name": "ours", "skip_reason": "Dependency not found"}]
    lines, found = told(Path("some.lock"), packages)
    assert not found
    assert lines == [
        "some.lock: 1 packages audited, known vulnerabilities: 0",
        "not audited: some.lock: ours: the service does not know them",
    ]


def test_a_lock_file_that_is_not_there_is_wrong_usage(root, tmp_path):
    code, _, errors = audit(root, "http://127.0.0.1:1/", tmp_path / "no.lock")
    assert code == 2
    assert "no such file" in errors
