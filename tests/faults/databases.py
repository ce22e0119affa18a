"""The databases of the faults: how each is started on files of its own, loaded into, and asked whether it holds a graph."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import database_servers
from property_checks import holds
from serving import TOKEN, served
from store_checks import holds_quads

import kg
from kg.load.loader import Login
from kg.load.loaders.bolt import BoltSession


@dataclass(frozen=True)
class Database:
    """A running one. `port` is None where it is a file; `env` is who may load."""

    url: str
    holds: Callable[[kg.Graph], None]
    """Raises AssertionError where it holds another graph."""
    port: int | None = None
    env: dict[str, str] = field(default_factory=dict)
    kill: Callable[[], object] = lambda: None
    """Ends the server without a warning."""

    def behind(self, port: int) -> Database:
        """The same, asked at another port."""
        return replace(self, url=self.url.replace(f":{self.port}", f":{port}"), port=port)


@contextmanager
def falkor(folder: Path) -> Iterator[Database]:
    """FalkorDB that writes each change to its files."""
    with database_servers.falkor(folder, durable=True) as place:
        from falkordb import FalkorDB

        graph = FalkorDB(port=place.port).select_graph("g1")
        yield Database(
            f"{place.url}/g1",
            lambda wanted: holds(lambda query: graph.query(query).result_set, wanted),
            place.port,
            kill=place.kill,
        )


@contextmanager
def bolt(folder: Path) -> Iterator[Database]:
    """ArcadeDB's Bolt server."""
    with database_servers.arcade(folder) as place:
        user, password = str(place.user), str(place.password)

        def held(wanted: kg.Graph) -> None:
            with BoltSession(place.url, Login(user, password)) as session:
                holds(lambda query: [list(row.values()) for row in session.run(query)], wanted)

        yield Database(place.url, held, place.port, {"KG_USER": user, "KG_PASSWORD": password}, place.kill)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Database]:
    """Virtuoso's Graph Store Protocol."""
    with database_servers.virtuoso_store(folder) as place:
        env = {"KG_USER": str(place.user), "KG_PASSWORD": str(place.password)}

        def held(wanted: kg.Graph) -> None:
            holds_quads(place.sparql, place.url.removesuffix("-auth"), wanted)

        yield Database(place.url, held, place.port, env, place.kill)


@contextmanager
def serve(folder: Path) -> Iterator[Database]:
    """`kg serve --writable`, of an empty graph to begin with."""
    with served(folder / "out", "--writable", KG_TOKEN=TOKEN) as running:

        def held(wanted: kg.Graph) -> None:
            holds_quads(f"{running.address}sparql", f"{running.address}rdf-graphs", wanted)

        yield Database(f"{running.address}rdf-graphs", held, running.port, {"KG_TOKEN": TOKEN}, running.process.kill)


@contextmanager
def ladybug(folder: Path) -> Iterator[Database]:
    """A file of LadybugDB."""
    import ladybug as library

    file = folder / "graph.lbug"

    def held(wanted: kg.Graph) -> None:
        copy = file.with_name("asked.lbug")  # its reader would leave files beside the one it reads
        shutil.copy(file, copy)
        with library.Database(str(copy), read_only=True) as database, library.Connection(database) as connection:
            holds(lambda query: [list(row) for row in connection.execute(query).get_all()], wanted, labelled=False)
        copy.unlink()

    yield Database(f"ladybug:{file}", held)


SERVERS = {"falkor": falkor, "bolt": bolt, "virtuoso": virtuoso, "serve": serve}
"""Those that a load reaches over a connection."""
