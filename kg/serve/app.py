"""The application: which address is answered by what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg import __version__
from kg.errors import QueryError
from kg.serve.answers import gone
from kg.serve.around import around
from kg.serve.ask_page import ask_page, named
from kg.serve.building import Builder, remove, stop, take, told
from kg.serve.graphs import graph_store
from kg.serve.guard import Guard
from kg.serve.negotiate import HTML, Form, choose
from kg.serve.pages import class_colours, wrong
from kg.serve.read_pages import card, explorer, home, listing, names, thing, turtle
from kg.serve.refusal import Refused
from kg.serve.settings import Settings
from kg.serve.site import Site
from kg.serve.sites import Sites
from kg.serve.sparql import sparql
from kg.serve.turns import Turns
from kg.serve.walk import facts, find, neighbourhood, relations, search, walk

Handler = Callable[[Request], Awaitable[Response]]
HERE = Path(__file__).parent
PLAIN = Form("txt", "text/plain")
ALL = ["GET", "POST", "PUT", "DELETE"]
LARGE = (around, explorer)  # pages that take seconds to make
ASIDE = (sparql, graph_store, named, turtle)  # what is done in other processes, or is but a file


def make_app(settings: Settings, port: int) -> Guard:
    """The application for the folder of `settings`, guarded for requests to `port` of this machine."""
    sites = Sites(settings)
    builder = Builder(settings, sites.folder)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(_warm(sites.main))
        try:
            yield
        finally:
            warming.cancel()
            await builder.close()
            await sites.close()

    app = Starlette(routes=_routes(), lifespan=lifespan, exception_handlers={Refused: _refused, HTTPException: _missed})
    app.state.sites, app.state.builder, app.state.settings = sites, builder, settings
    app.state.pages = Turns("pages", size=settings.pages, waiting=settings.waiting_pages)
    app.state.large_pages = Turns("large pages", size=1, waiting=settings.waiting_large)
    return Guard(app, settings, port)


async def _warm(site: Site) -> None:
    """Gather the names and load the tables of pinyin before the first reader types."""
    with suppress(Refused):  # no graph, or none that can be read: who asks for it is told so
        if site.there:
            await asyncio.to_thread((await names(await site.opened())).find, "a")


def _routes() -> list[BaseRoute]:
    """Every address. Those of a graph are there twice: for the served one, and below /builds/NAME for those made of dropped files."""
    of_graph: list[tuple[str, Handler, list[str]]] = [
        ("/", home, ["GET"]),
        ("/graph", explorer, ["GET"]),
        ("/graph.ttl", turtle, ["GET"]),
        ("/around", around, ["GET"]),
        ("/walk", walk, ["GET"]),
        ("/query", ask_page, ["GET"]),
        ("/find", find, ["GET"]),
        ("/list/{sort}", listing, ["GET"]),
        ("/id", thing, ["GET"]),
        ("/id/{path:path}", thing, ["GET"]),
        ("/card", card, ["GET"]),
        ("/api/search", search, ["GET"]),
        ("/api/neighbourhood", neighbourhood, ["GET", "POST"]),
        ("/api/relations", relations, ["GET"]),
        ("/api/named/{name}", named, ["GET"]),
        ("/api/facts", facts, ["GET"]),
        ("/sparql", sparql, ["GET", "POST"]),
        ("/sparql/", sparql, ["GET", "POST"]),
        ("/rdf-graphs", graph_store, ALL),
        ("/rdf-graphs/{path:path}", graph_store, ALL),
    ]
    return [
        Route("/health", health),
        Route("/static/classes.css", classes),
        Mount("/static", StaticFiles(directory=HERE / "static")),
        Route("/builds", take, methods=["POST"]),
        Route("/builds/jobs/{job}", told),
        Route("/builds/jobs/{job}/stop", stop, methods=["POST"]),
        Route("/builds/{build}", remove, methods=["DELETE"]),
        *(Route(path, _on_site(handler), methods=methods) for path, handler, methods in of_graph),
        *(Route(f"/builds/{{build}}{path}", _on_site(handler), methods=methods) for path, handler, methods in of_graph),
    ]


def _on_site(handler: Handler) -> Handler:
    """The handler, with the graph that the address is about in request.state.site."""

    async def handle(request: Request) -> Response:
        sites: Sites = request.app.state.sites
        request.state.site = sites.site(request.path_params.get("build"))
        try:
            if handler in ASIDE:
                return await _told(handler, request)
            if request.method == "POST":
                await request.body()  # what comes after it is that the asker goes away
            turns: Turns = request.app.state.large_pages if handler in LARGE else request.app.state.pages
            async with turns.turn(gone(request)):
                return await _told(handler, request)
        except Refused as refused:
            if request.method == "GET" and choose(request.headers.get("accept", ""), (PLAIN, HTML)) is HTML:
                return await wrong(request, refused)
            raise

    return handle


async def classes(_: Request) -> Response:
    """The colours of the classes."""
    return Response(class_colours(), media_type="text/css")


async def _told(handler: Handler, request: Request) -> Response:
    """The handler's answer; a mistake in the query is the asker's."""
    try:
        return await handler(request)
    except QueryError as error:
        raise Refused(400, str(error)) from error


async def health(request: Request) -> Response:
    """Whether the server answers, its version, and whether there is a graph."""
    site: Site = request.app.state.sites.site(None)
    return JSONResponse({"status": "ok", "version": __version__, "graph": site.there, "writable": site.writable})


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return error.response()


async def _missed(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    lines = {404: "there is nothing at this address", 405: "this address does not take that method"}
    return PlainTextResponse(f"{lines.get(error.status_code, error.detail)}\n", error.status_code, error.headers)
