"""The application: which address is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg import __version__
from kg.serve.graphs import graph_store
from kg.serve.guard import Guard
from kg.serve.refusal import Refused
from kg.serve.settings import Settings
from kg.serve.site import Site
from kg.serve.sites import Sites
from kg.serve.sparql import sparql

Handler = Callable[[Request], Awaitable[Response]]
ALL = ["GET", "POST", "PUT", "DELETE"]


def make_app(settings: Settings, port: int) -> Guard:
    """The application for the folder of `settings`, guarded for requests to `port` of this machine."""
    sites = Sites(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await sites.close()

    app = Starlette(routes=_routes(), lifespan=lifespan, exception_handlers={Refused: _refused, HTTPException: _missed})
    app.state.sites, app.state.settings = sites, settings
    return Guard(app, settings, port)


def _routes() -> list[Route]:
    """Every address. Those of a graph are there twice: for the served one, and below /builds/NAME for those made of dropped files."""
    of_graph: list[tuple[str, Handler, list[str]]] = [
        ("/sparql", sparql, ["GET", "POST"]),
        ("/sparql/", sparql, ["GET", "POST"]),
        ("/rdf-graphs", graph_store, ALL),
        ("/rdf-graphs/{path:path}", graph_store, ALL),
    ]
    return [
        Route("/health", health),
        *(Route(path, _on_site(handler), methods=methods) for path, handler, methods in of_graph),
        *(Route(f"/builds/{{build}}{path}", _on_site(handler), methods=methods) for path, handler, methods in of_graph),
    ]


def _on_site(handler: Handler) -> Handler:
    """The handler, with the graph that the address is about in request.state.site."""

    async def handle(request: Request) -> Response:
        sites: Sites = request.app.state.sites
        request.state.site = sites.site(request.path_params.get("build"))
        return await handler(request)

    return handle


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
