"""The neighbourhood of an entity as a whole explorer page, for graphs that are too large for one."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.errors import YishiError
from kg.export.page import page
from kg.graph.look import Look
from kg.graph.part import part
from kg.graph.search import Names
from kg.serve.asked import iri_in, number
from kg.serve.pages import language
from kg.serve.read_pages import EXPLORER_POLICY, looks, names
from kg.serve.refusal import Refused
from kg.serve.site import Site
from kg.serve.walk import LOOKED_THROUGH

MOST_AROUND, MOST_STEPS = 400, 3  # entities of a neighbourhood that is a page of its own


async def around(request: Request) -> Response:
    """/around?iri=&steps=: the neighbourhood of an entity as a whole explorer page, for graphs that are too large for one."""
    site: Site = request.state.site
    opened = await site.opened()
    iri, steps = iri_in(request.query_params.get("iri", "")), number(request, "steps", 1, MOST_STEPS)
    found, look = await names(opened), looks(opened)
    if iri not in found.number:
        raise Refused(404, f"the graph has nothing named {iri}")
    lang = language(request)

    def made() -> str:
        return page(part(site.folder, opened.store, _near(look, found, iri, steps)), lang)

    try:
        html = await asyncio.to_thread(made)
    except YishiError as error:
        raise Refused(503, str(error)) from error
    return HTMLResponse(html, headers={"Content-Security-Policy": EXPLORER_POLICY})


def _near(look: Look, found: Names, iri: str, steps: int) -> list[str]:
    """An entity and those at most so many steps from it, the nearest first, then the best connected: no more than a page shows well."""
    near, edge = {iri: None}, [iri]
    for _ in range(steps):
        reached = {
            other for one in edge for other, *_ in look.ends(one, LOOKED_THROUGH) if other in found.number and other not in near
        }
        edge = sorted(reached, key=lambda other: found.number[other])[: MOST_AROUND - len(near)]
        near.update(dict.fromkeys(edge))
    return list(near)
