"""What the clients of `benchmarks.load` ask: kinds of requests, and what may come back."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

MB = 1 << 20
BUSY = 503  # "come again": allowed wherever something has to be worked out
PREFIX = "PREFIX kg: <https://w3id.org/yishi/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
ENDLESS = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . FILTER(STR(?a) = CONCAT(STR(?d), 'x')) }",
    "SELECT ?a WHERE { ?a (<http://e/x>|!<http://e/x>)* ?b . ?b (<http://e/x>|!<http://e/x>)* ?c } ORDER BY ?c LIMIT 1",
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: its bytes, sent in one piece, or with `pause` seconds after every `piece` bytes; `leave`: gone after so many seconds."""

    data: bytes
    piece: int = 0
    pause: float = 0.0
    leave: float = 0.0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: how often it is drawn, which statuses may come back (0: the connection is ended without one), how it is made."""

    name: str
    share: int
    allowed: frozenset[int]
    make: Callable[[random.Random], Ask]


class Asking:
    """Makes requests to a port about the entities of a graph."""

    def __init__(self, port: int, entities: list[str]) -> None:
        self.port, self.entities = port, entities

    def kinds(self) -> list[Kind]:
        """All kinds."""
        worked_out = frozenset({200, BUSY})
        return [
            Kind("pages", 20, worked_out, self._page),
            Kind(
                "large pages", 2, worked_out, lambda draw: self._get(f"/around?{urlencode({'iri': self._one(draw), 'steps': 3})}")
            ),
            Kind("good queries", 25, worked_out, self._good),
            Kind("whole graph as answer", 2, worked_out | {507}, lambda draw: self._query("SELECT * WHERE { ?s ?p ?o }", draw)),
            Kind("queries without end", 6, frozenset({BUSY, 504, 507}), lambda draw: self._query(draw.choice(ENDLESS), draw)),
            Kind(
                "gone before the answer",
                4,
                frozenset({0, BUSY}),
                lambda draw: Ask(self._query(ENDLESS[0], draw).data, leave=draw.random()),
            ),
            Kind("bad queries", 15, frozenset({400}), self._bad),
            Kind("bad requests", 12, frozenset({400, 401, 403, 404, 405, 406, 415, 421}), self._wrong),
            Kind("queries of a million characters", 2, frozenset({200, 400, BUSY}), self._enormous),
            Kind("addresses of 10 MB", 2, frozenset({414}), lambda _: Ask(b"GET /sparql?query=" + b"x" * (10 * MB))),
            Kind("header lines of 10 MB", 2, frozenset({431}), lambda _: Ask(self._head("GET /", f"X-Long: {'x' * (10 * MB)}"))),
            Kind("bodies of 10 MB", 2, frozenset({413}), lambda _: self._post("x" * (10 * MB))),
            Kind("heads that dribble", 4, frozenset({0}), lambda _: Ask(self._head("GET /", "X-Slow: " + "x" * 20_000), 10, 0.5)),
            Kind("bodies that dribble", 2, frozenset({0, 408}), lambda _: Ask(self._post("#" * 100_000).data, 400, 1.0)),
        ]

    def _one(self, draw: random.Random) -> str:
        return draw.choice(self.entities)

    def _head(self, line: str, *headers: str) -> bytes:
        return "\r\n".join([f"{line} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Connection: close", *headers, "", ""]).encode()

    def _get(self, address: str, *headers: str) -> Ask:
        return Ask(self._head(f"GET {address}", *headers))

    def _post(self, body: str, address: str = "/sparql", *headers: str, media_type: str = "application/sparql-query") -> Ask:
        data = body.encode()
        return Ask(self._head(f"POST {address}", f"Content-Type: {media_type}", f"Content-Length: {len(data)}", *headers) + data)

    def _query(self, query: str, draw: random.Random) -> Ask:
        if draw.random() < 0.5:
            return self._get(f"/sparql?query={quote(query)}")
        return self._post(query)

    def _page(self, draw: random.Random) -> Ask:
        iri = quote(self._one(draw))
        addresses = (
            "/", "/walk", "/query", "/list/Organization", "/find?q=zx", "/api/search?q=ms", f"/id?iri={iri}", f"/card?iri={iri}",
            f"/api/facts?iri={iri}", f"/api/relations?iri={iri}", f"/api/neighbourhood?iri={iri}", f"/id?iri={iri}&format=jsonld",
            "/static/common.js", f"/api/named/coverage?entity={iri}",
        )  # fmt: skip
        return self._get(draw.choice(addresses))

    def _good(self, draw: random.Random) -> Ask:
        iri = self._one(draw)
        queries = (
            "ASK { ?s ?p ?o }",
            f"{PREFIX}SELECT ?name WHERE {{ <{iri}> skos:prefLabel ?name }}",
            f"{PREFIX}SELECT ?p ?name WHERE {{ <{iri}> ?p ?o . ?o skos:prefLabel ?name }} ORDER BY ?name LIMIT 50",
            f"{PREFIX}SELECT ?x ?name WHERE {{ ?x a kg:Platform ; skos:prefLabel ?name }} ORDER BY ?name LIMIT 100",
            f"CONSTRUCT WHERE {{ <{iri}> ?p ?o }}",
            f"DESCRIBE <{iri}>",
        )
        return self._query(draw.choice(queries), draw)

    def _bad(self, draw: random.Random) -> Ask:
        queries = (
            "SELECT", "SELECT * WHERE { ?s ?p }", "SELECT ?x WHERE { ?x nope:name ?y }", "𝔖ELECT * { ?s ?p ?o }", "{" * 5000, "",
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "INSERT DATA { <http://e/a> <http://e/b> 1 }", "'\x00" * 20,
            "SELECT * FROM <not an iri> { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o }", "; DROP TABLE graph --",
        )  # fmt: skip
        return self._query(draw.choice(queries), draw)

    def _wrong(self, draw: random.Random) -> Ask:
        update = self._post("update=CLEAR+ALL", media_type="application/x-www-form-urlencoded")
        asks = (
            self._get("/nowhere"),
            self._get("/../../etc/passwd"),
            self._get("/static/..%2f..%2fapp.py"),
            self._get("/id?iri=no%20iri"),
            self._get("/api/facts?iri=%00"),
            self._get("/api/search?q=a&limit=-1"),
            self._get("/sparql?query=ASK%20%7B%7D", "Accept: image/png"),
            self._get("/sparql?query=ASK%20%7B%7D&timeout=never"),
            self._get("/sparql?query=%ff%fe"),
            self._get("/", "Origin: http://example.org"),
            Ask(self._head("DELETE /rdf-graphs?default")),
            Ask(self._head("PUT /sparql")),
            Ask(f"GET / HTTP/1.1\r\nHost: example.org:{self.port}\r\nConnection: close\r\n\r\n".encode()),
            Ask(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 no HTTP at all\r\n\r\n"),
            self._post("{}", "/api/neighbourhood", media_type="application/json"),
            self._post("<a/>", media_type="text/xml"),
            self._post("x", "/builds", media_type="multipart/form-data; boundary=x"),
            update,
        )
        return draw.choice(asks)

    def _enormous(self, draw: random.Random) -> Ask:
        query = draw.choice(
            (
                f"ASK {{ ?s ?p ?o }} #{'政' * 900_000}",
                "SELECT * WHERE { VALUES ?x { " + "'议' " * 240_000 + "} } LIMIT 1",
                "SELECT * WHERE { " + "?s ?p ?o ; " * 80_000,
                "SELECT * WHERE { FILTER(" + "(" * 400_000,
            )
        )
        if draw.random() < 0.3:
            return self._post(urlencode({"query": query}), media_type="application/x-www-form-urlencoded")
        return self._post(query)
