"""FalkorDB by its own client: falkor://HOST:PORT/GRAPH (falkors:// for TLS)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from kg.errors import UsageError, YishiError
from kg.export.carried import NUL, Carrier
from kg.export.property_graph import Row
from kg.load.cypher import synchronise
from kg.load.loader import Loaded, Login, Tell

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

SCHEMES = ("falkor", "falkors")
EXTRA = "falkordb"
PORT, NAME = 6379, "yishi"
PATIENCE = 10.0  # seconds to wait for a connection
WAIT = 60.0  # seconds for a constraint to have looked at what is there


def load(graph: Graph, url: str, login: Login, *, force: bool, tell: Tell) -> Loaded:
    """Load into the graph that the address names after the port (none: yishi)."""
    from dataclasses import replace

    session = FalkorSession(url, login)
    loaded = synchronise(session, graph, force=force, tell=tell)
    return replace(loaded, notes=(*loaded.notes, *session.carrier.notes("FalkorDB", "FalkorDB")))


class FalkorSession:
    """One graph of a FalkorDB server. Its protocol ends a text at a NUL: `carrier` puts U+FFFD there."""

    def __init__(self, url: str, login: Login) -> None:
        from falkordb import FalkorDB
        from redis.exceptions import RedisError

        self.where = url
        self.carrier = Carrier(NUL)
        self._errors = (RedisError, OSError)
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "localhost", parts.port or PORT
        except ValueError as error:
            raise UsageError(f"not an address: {error}", url, "falkor://HOST:6379/NAME") from error
        try:
            server = FalkorDB(
                host=host,
                port=port,
                username=login.user,
                password=login.password or login.token,
                ssl=parts.scheme == "falkors",
                socket_connect_timeout=PATIENCE,
            )
            self._graph = server.select_graph(unquote(parts.path.strip("/")) or NAME)
        except self._errors as error:
            raise self._explained(error) from error

    def prepare(self, label: str) -> None:
        """Make the unique constraint on `iri` of this label, if it is not there, and wait until it holds."""
        if self._constrained(label):
            return
        try:
            self._graph.create_node_unique_constraint(label, "iri")
        except self._errors as error:
            raise self._explained(error) from error
        deadline = time.monotonic() + WAIT
        while self._constrained(label) != "OPERATIONAL":
            if self._constrained(label) == "FAILED" or time.monotonic() > deadline:
                raise YishiError(f"has {label} nodes of one iri, so they cannot be told apart", self.where, "name another graph")
            time.sleep(0.02)

    def fit(self, row: Row) -> Row:
        """The row without NULs."""
        return {key: self._fit(value) for key, value in row.items()}

    def run(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """Run one statement. Raises YishiError."""
        try:
            result = self._graph.query(query, parameters)
        except self._errors as error:
            raise self._explained(error) from error
        names = [column[1] for column in result.header]
        return [dict(zip(names, row, strict=True)) for row in result.result_set]

    def _constrained(self, label: str) -> str:
        query = "CALL db.constraints() YIELD type, label, properties, status WHERE label = $label AND properties = ['iri'] RETURN status"
        found = self.run(query, label=label)
        return str(found[0]["status"]) if found else ""

    def _fit(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.carrier.text(text) for text in value]
        return self.carrier.text(value) if isinstance(value, str) else value

    def _explained(self, error: Exception) -> YishiError:
        from redis.exceptions import AuthenticationError, ConnectionError, TimeoutError

        said = " ".join(str(error).split())[:200]
        if isinstance(error, AuthenticationError) or said.startswith(("NOAUTH", "WRONGPASS")):
            return YishiError("refuses this user and password", self.where, "--user and --password, or KG_USER and KG_PASSWORD")
        if isinstance(error, ConnectionError | TimeoutError | OSError):
            return YishiError(f"cannot be reached: {said}", self.where, "is it running, and is this its port?")
        return YishiError(f"refuses: {said}", self.where)
