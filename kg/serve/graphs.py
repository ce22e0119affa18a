"""The SPARQL 1.1 Graph Store HTTP Protocol: /rdf-graphs?graph=IRI, ?default, and graphs whose own address is below /rdf-graphs/."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from uuid import uuid4

from pyoxigraph import DefaultGraph, NamedNode
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from kg.graph.vocabulary import PREFIXES
from kg.graph.worker import GRAPHS
from kg.serve.access import check_write
from kg.serve.answers import respond
from kg.serve.negotiate import TRIPLES, Form, choose
from kg.serve.pool import IN_MEMORY, Answer
from kg.serve.refusal import Refused
from kg.serve.site import Site
from kg.serve.sparql import media

ROOT = "/rdf-graphs"
SERVICE = ("", "/", "/service")  # the path below ROOT that is the graph store itself, not a graph
MOST_PARTS = 100
_reading = asyncio.Semaphore(2)
Part = tuple[str, str]
"""A file and the short name of its form."""


async def graph_store(request: Request) -> Response:
    """Read a graph (GET, HEAD); put it, add to it, delete it where the graph is writable and the request bears the token."""
    site: Site = request.state.site
    if request.method in ("GET", "HEAD"):
        return await _read(request, site, _named(request, site))
    check_write(request)
    if request.method == "DELETE":
        answer = await site.change({"do": "delete", "graph": _named(request, site)}, site.settings.timeout)
        return Response(status_code=204)
    creating = request.method == "POST" and _is_store(request, site) and not {"graph", "default"} & set(request.query_params)
    graph = f"{_address(request, site)}/{uuid4()}" if creating else _named(request, site)
    async with _parts(request) as parts:
        answer = await site.change(
            {
                "do": "write",
                "graph": graph,
                "base": graph or f"{_address(request, site)}/",
                "replace": request.method == "PUT",
                "parts": parts,
            },
            max(site.settings.timeout, site.settings.timeout * sum(Path(file).stat().st_size for file, _ in parts) / (8 << 20)),
        )
    new = graph is not None and answer.head["new"]
    return Response(status_code=201 if new else 204, headers={"Location": graph} if creating and graph else {})


async def _read(request: Request, site: Site, graph: str | None) -> Response:
    form = choose(request.headers.get("accept", ""), TRIPLES, request.query_params.get("format", ""))
    if form is None:
        raise Refused(406, f"a graph is to be had as {', '.join(one.media_type for one in TRIPLES)}")
    store = (await site.opened()).store
    try:
        node = DefaultGraph() if graph is None else NamedNode(graph)
    except ValueError as error:
        raise Refused(400, f"?graph={graph!r} is not an IRI") from error
    if isinstance(node, NamedNode) and not store.contains_named_graph(node):
        raise Refused(404, f"there is no graph <{graph}> here")
    if request.method == "HEAD":
        return Response(headers={"Content-Type": form.content_type, "Vary": "Accept"})
    content: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (who sends it closes it)
    async with _reading:
        # As long as the graph is, and no longer: it needs no process that can be ended.
        await asyncio.to_thread(store.dump, content, GRAPHS[form.name], from_graph=node, prefixes=PREFIXES)
    size = content.tell()
    content.seek(0)
    return respond(Answer({}, content, size), form)


def _named(request: Request, site: Site) -> str | None:
    """The IRI of the graph a request is about; None for the unnamed one. Raises Refused where it says none, or two."""
    asked = request.query_params.multi_items()
    graphs = [value for name, value in asked if name == "graph"]
    default = any(name == "default" for name, _ in asked)
    if not _is_store(request, site):
        if graphs or default:
            raise Refused(400, "the address names a graph already: leave ?graph and ?default out")
        return f"{request.url.scheme}://{request.headers['host']}{request.scope['raw_path'].decode('ascii')}"
    if len(graphs) + default != 1:
        raise Refused(400, f"say which graph: {ROOT}?graph=IRI or {ROOT}?default")
    if graphs and ":" not in graphs[0]:
        raise Refused(400, f"?graph={graphs[0]!r} is not an absolute IRI")
    return graphs[0] if graphs else None


def _is_store(request: Request, site: Site) -> bool:
    return site.path(request).removeprefix(ROOT) in SERVICE


def _address(request: Request, site: Site) -> str:
    return f"{request.url.scheme}://{request.headers['host']}{site.prefix}{ROOT}"


@asynccontextmanager
async def _parts(request: Request) -> AsyncIterator[list[Part]]:
    """What a request sends, in temporary files: its body, or the files of multipart/form-data. Raises Refused: 415, 400."""
    media_type, _ = media(request.headers.get("content-type", ""))
    with tempfile.TemporaryDirectory(prefix="yishi-serve-") as folder:
        parts: list[Part] = []
        if media_type == "multipart/form-data":
            async with request.form(max_files=MOST_PARTS, max_fields=0) as sent:
                for number, (_, part) in enumerate(sent.multi_items()):
                    if isinstance(part, UploadFile):
                        path = Path(folder) / str(number)
                        await asyncio.to_thread(path.write_bytes, await part.read())
                        parts.append((str(path), _form(media(part.content_type or "")[0]).name))
        else:
            form = _form(media_type)
            path = Path(folder) / "0"
            with path.open("wb") as file:
                try:
                    async for piece in request.stream():
                        await asyncio.to_thread(file.write, piece)
                except ClientDisconnect as error:
                    raise Refused(400, "the data broke off") from error
            parts.append((str(path), form.name))
        yield parts


def _form(media_type: str) -> Form:
    found = next((form for form in TRIPLES if media_type in (form.media_type, *form.aliases)), None)
    if found is None:
        offered = ", ".join(form.media_type for form in TRIPLES)
        raise Refused(415, f"data is taken as {offered}, not {media_type or 'an unnamed type'}")
    return found
