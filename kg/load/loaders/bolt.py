"""Neo4j, and other databases that speak Bolt as it does, by the official driver: bolt://HOST:PORT/DATABASE."""

from __future__ import annotations

import logging
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from kg.errors import UsageError, YishiError
from kg.export.property_graph import Row
from kg.load.cypher import synchronise
from kg.load.loader import Loaded, Login, Tell

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
EXTRA = "neo4j"
PATIENCE = 10.0  # seconds to wait for a connection, and for a transaction that may be tried again


def load(graph: Graph, url: str, login: Login, *, force: bool, tell: Tell) -> Loaded:
    """Load into the database that the address names after the port (none: the server's default)."""
    with BoltSession(url, login) as session:
        return synchronise(session, graph, force=force, tell=tell)


class BoltSession:
    """A driver with one session."""

    def __init__(self, url: str, login: Login) -> None:
        from neo4j import GraphDatabase, bearer_auth, exceptions

        self.where = url
        self._errors = (exceptions.DriverError, exceptions.Neo4jError, OSError)
        logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what it would log comes as an error, in one line
        auth: Any = (login.user, login.password or "") if login.user else None
        if login.token:
            auth = bearer_auth(login.token)
        try:
            parts = urlsplit(url)
            server = f"{parts.scheme}://{parts.netloc}"
            self._driver = GraphDatabase.driver(
                server,
                auth=auth,
                connection_timeout=PATIENCE,
                connection_acquisition_timeout=2 * PATIENCE,
                max_transaction_retry_time=PATIENCE,
                notifications_min_severity="OFF",
            )
        except (ValueError, exceptions.ConfigurationError) as error:
            raise UsageError(f"not an address: {error}", url, "bolt://HOST:7687 or bolt://HOST:7687/DATABASE") from error
        self._database = unquote(parts.path.strip("/")) or None

    def __enter__(self) -> BoltSession:
        try:
            self._driver.verify_connectivity()
            self._session = self._driver.session(database=self._database)
        except self._errors as error:
            self._driver.close()
            raise self._explained(error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._session.close()
        self._driver.close()

    def prepare(self, label: str) -> None:
        """Make the unique constraint on `iri` of this label, if it is not there."""
        self._told(f"CREATE CONSTRAINT yishi_{label} IF NOT EXISTS FOR (n:{label}) REQUIRE n.iri IS UNIQUE")

    def fit(self, row: Row) -> Row:
        """The row itself: Bolt carries every text."""
        return row

    def run(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """Run one statement in a transaction, again where the server asks for that. Raises YishiError."""
        try:
            return self._session.execute_write(lambda work: work.run(query, parameters).data())
        except self._errors as error:
            raise self._explained(error) from error

    def _told(self, query: str) -> None:
        """Run a statement about the schema, which no other transaction may be around."""
        try:
            self._session.run(query).consume()
        except self._errors as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> YishiError:
        from neo4j import exceptions

        mend = "is it running, and is this its Bolt port?"
        if isinstance(error, exceptions.AuthError):
            return YishiError("refuses this user and password", self.where, "--user and --password, or KG_USER and KG_PASSWORD")
        if isinstance(error, exceptions.Neo4jError):
            return YishiError(f"refuses: {error.message or error.code}", self.where)
        said = " ".join(str(error).split()).partition(" (resolved ")[0]
        return YishiError(f"cannot be reached: {said[:200]}", self.where, mend)
