"""The SPARQL 1.1 Protocol: /sparql."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.graph.elsewhere import refuse_load, refuse_service
from kg.serve.access import check_write
from kg.serve.answers import gone, respond
from kg.serve.dataset import check_iris, with_dataset
from kg.serve.describe import service_description
from kg.serve.form import fields
from kg.serve.negotiate import HTML, SOLUTIONS, TRIPLES, Form, choose
from kg.serve.refusal import Refused
from kg.serve.site import Site

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
LONGEST = 1_000_000
MOST_FIELDS = 1_000
SHORT = 1 << 16  # bytes that are decoded at once: longer bodies take seconds, so they are decoded aside, one after the other
_decoding = asyncio.Semaphore(1)
_DATASET = ("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri")
_KNOWN = ("query", "update", "format", "timeout", *_DATASET)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for: parameter → its values."""

    values: dict[str, list[str]]

    def one(self, name: str) -> str | None:
        """The value of a parameter that may be there once. Raises Refused where it is there more often."""
        found = self.values.get(name, [])
        if len(found) > 1:
            raise Refused(400, f"{name!r} is there {len(found)} times: send one")
        return found[0] if found else None

    def all(self, name: str) -> list[str]:
        """All values of a parameter."""
        return self.values.get(name, [])


async def sparql(request: Request) -> Response:
    """Queries by GET and POST, updates by POST; without either the service's description."""
    asked = await _asked(request)
    query, update = asked.one("query"), asked.one("update")
    if query is not None and update is not None:
        raise Refused(400, "a request is a query or an update, not both")
    site: Site = request.state.site
    if update is not None:
        if request.method != "POST":
            raise Refused(400, "an update is sent by POST")
        return await _update(request, site, update, asked)
    if query is None:
        if request.method == "POST":
            raise Refused(400, "the request holds neither a query nor an update")
        return await service_description(request)
    return await _query(request, site, query, asked)


async def _query(request: Request, site: Site, query: str, asked: Asked) -> Response:
    if asked.all("using-graph-uri") or asked.all("using-named-graph-uri"):
        raise Refused(400, "using-graph-uri belongs to an update: a query's dataset is default-graph-uri and named-graph-uri")
    accept, form = request.headers.get("accept", ""), asked.one("format") or ""
    if request.method == "GET" and not form and choose(accept, (*SOLUTIONS, *TRIPLES, HTML)) is HTML:
        # A person opened the address of a query: the editor shows the same, and can be read.
        return RedirectResponse(f"{site.prefix}/query?{urlencode({'query': query})}", 303)
    if form and form not in {f.name for f in (*SOLUTIONS, *TRIPLES)}:
        raise Refused(400, f"there is no format {form!r}: {', '.join(f.name for f in (*SOLUTIONS, *TRIPLES))}")
    check_length(query)
    refuse_service(query)
    chosen = {"results": choose(accept, SOLUTIONS, form), "triples": choose(accept, TRIPLES, form)}
    default, named = asked.all("default-graph-uri"), asked.all("named-graph-uri")
    check_iris(*default, *named)
    task = question(
        query,
        (await site.opened()).base,
        results=(chosen["results"] or SOLUTIONS[0]).name,
        triples=(chosen["triples"] or TRIPLES[0]).name,
        default_graphs=default if default or named else None,
        named_graphs=named if default or named else None,
    )
    if chosen["results"] is chosen["triples"] is None:
        raise not_acceptable((*SOLUTIONS, *TRIPLES))
    answer = await site.ask(task, _timeout(asked, site), gone(request))
    kind, forms = ("triples", TRIPLES) if answer.head["form"] == "graph" else ("results", SOLUTIONS)
    if chosen[kind] is None:
        answer.content.close()
        raise not_acceptable(forms)
    return respond(answer, next(one for one in forms if one.name == answer.head["format"]))


def question(sparql: str, base: str, **more: Any) -> dict[str, Any]:
    """What a worker is asked (kg.graph.worker): `more` are the fields of kg.graph.ask_apart.Question that are not as they are there."""
    empty: dict[str, Any] = {
        "bindings": {},
        "default_graphs": None,
        "named_graphs": None,
        "results": "json",
        "triples": "ttl",
        "limit": None,
    }
    return {"sparql": sparql, "base": base, **empty, **more}


def not_acceptable(forms: Sequence[Form]) -> Refused:
    """The refusal of an answer that is not to be had in any form that is accepted."""
    return Refused(
        406, f"none of the accepted media types fits: the answer is to be had as {', '.join(one.media_type for one in forms)}"
    )


async def _update(request: Request, site: Site, update: str, asked: Asked) -> Response:
    check_write(request)
    if asked.all("default-graph-uri") or asked.all("named-graph-uri"):
        raise Refused(
            400, "default-graph-uri belongs to a query: an update's dataset is using-graph-uri and using-named-graph-uri"
        )
    check_length(update)
    refuse_service(update)
    refuse_load(update)
    update = with_dataset(update, asked.all("using-graph-uri"), asked.all("using-named-graph-uri"))
    base = (await site.opened()).base
    await site.change({"do": "update", "update": update, "base": base}, _timeout(asked, site))
    return Response(status_code=204)


async def _asked(request: Request) -> Asked:
    """All parameters of a request, those of the address and those of the body. Raises Refused for a body that is not one of the three."""
    values = _parameters(request.scope["query_string"])
    if request.method == "POST":
        media_type, charset = media(request.headers.get("content-type", ""))
        if media_type not in (FORM, QUERY, UPDATE):
            raise Refused(415, f"a POST holds {FORM}, {QUERY} or {UPDATE}, not {media_type or 'an unnamed type'}")
        if charset not in ("", "utf-8", "utf8"):
            raise Refused(415, f"a query is sent in UTF-8, not {charset}")
        body = b"".join([piece async for piece in request.stream()])  # request.body() would keep it until the answer
        if len(body) <= SHORT:
            sent = _sent(body, media_type)
        else:
            async with _decoding:
                sent = await asyncio.to_thread(_sent, body, media_type)
        del body
        for name, found in sent.items():
            values.setdefault(name, []).extend(found)
    return Asked(values)


def _sent(body: bytes, media_type: str) -> dict[str, list[str]]:
    """The parameters that a body of one of the three types holds."""
    if media_type == FORM:
        return _parameters(body)
    try:
        return {"query" if media_type == QUERY else "update": [body.decode()]}
    except UnicodeDecodeError as error:
        raise Refused(400, f"the body is not UTF-8 (byte {error.start + 1})") from error


def media(content_type: str) -> tuple[str, str]:
    """The media type and the charset that a Content-Type header names, both in lower case."""
    name, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charset = next(
        (value.strip('" ') for key, _, value in (p.partition("=") for p in parameters) if key.strip() == "charset"), ""
    )
    return name, charset


def check_length(text: str) -> None:
    """Raise Refused where a query is longer than what is read."""
    if len(text) > LONGEST:
        raise Refused(413, f"longer than {LONGEST:,} characters")


def _parameters(data: bytes) -> dict[str, list[str]]:
    try:
        return fields(data, _KNOWN, MOST_FIELDS)
    except ValueError as error:  # among them UnicodeDecodeError
        raise Refused(400, f"the parameters are not percent-encoded UTF-8, or more than {MOST_FIELDS:,}") from error


def _timeout(asked: Asked, site: Site) -> float:
    """The seconds a request may take: what it asks for itself, but no more than the server allows."""
    text = asked.one("timeout")
    if text is None:
        return site.settings.timeout
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise Refused(400, f"timeout={text!r} is not a number of seconds")
    return min(seconds, site.settings.timeout)
