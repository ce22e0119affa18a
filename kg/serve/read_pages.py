"""The pages one reads: the first page, a class, a thing, a source's text."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlencode

from pyoxigraph import NamedNode, serialize
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

import kg
from kg.export.page import page
from kg.export.publish import PAGE, TURTLE
from kg.graph.find import entity_id, successor
from kg.graph.iri import encode
from kg.graph.look import Document, Fact, Look
from kg.graph.search import Names
from kg.graph.statements import Figure, Sentence
from kg.graph.vocabulary import PREFIXES
from kg.graph.worker import GRAPHS
from kg.model import CLASSES
from kg.serve.negotiate import HTML, TRIPLES, choose
from kg.serve.pages import language, render, to_thing
from kg.serve.refusal import Refused
from kg.serve.site import Opened, Site
from kg.serve.source_page import text_page

AT_FIRST = 8  # facts of one relation that an entity's page shows; the others have pages of their own
ON_PAGE, LISTED = 50, 100
MOST_FIGURES = 60
MOST_TRIPLES = 50_000  # of one thing as data
MOST_NODES, MOST_LINES = 20_000, 50_000  # of a graph that is one page
EXPLORER_POLICY = (
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"  # beside the one that is in the page
)


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the facts of one relation of an entity: the first of them is number `first` of `count`."""

    property: str
    outward: bool
    facts: list[Fact]
    first: int
    count: int


def looks(opened: Opened) -> Look:
    """The look into an opened graph."""
    found: Look = opened.once("look", lambda: Look(opened.store, opened.leads))
    return found


async def names(opened: Opened) -> Names:
    """The names of an opened graph, gathered when they are first asked for."""
    found: Names = await asyncio.to_thread(opened.once, "names", lambda: Names(opened.store, opened.leads))
    return found


async def home(request: Request) -> Response:
    """What there is: the graph, where to begin, and where to drop files."""
    site: Site = request.state.site
    if not site.there:
        return render(request, "home.html", opened=None, **_building(request))
    opened = await site.opened()
    found = await names(opened)
    documents = await asyncio.to_thread(looks(opened).documents)
    counts = opened.manifest.get("counts", {})
    return render(
        request,
        "home.html",
        opened=opened,
        documents=documents[:LISTED],
        document_count=len(documents),
        things=list(zip(found.things, found.ties, strict=True))[:12],
        sorts=[(name, found.counts[name]) for name in CLASSES if found.counts[name]],
        entities=len(found.things),
        facts=counts.get("facts", sum(found.ties) // 2),
        measures=counts.get("measures", 0),
        explorer=explorable(site, opened),
        to=partial(to_thing, site=site, base=opened.base),
        **_building(request),
    )


def _building(request: Request) -> dict[str, Any]:
    site: Site = request.state.site
    settings = site.settings
    return {
        "builds": request.app.state.sites.listed() if not site.prefix else [],
        "builds_folder": str(request.app.state.sites.folder),
        "most_files": settings.files,
        "most_size": settings.upload >> 20,
    }


async def explorer(request: Request) -> Response:
    """The whole graph's page, as `kg build` wrote it or made now. Its own policy, stricter than ours, is in it.

    A graph that is too large for one page is walked instead.
    """
    site: Site = request.state.site
    opened = await site.opened()
    headers = {"Content-Security-Policy": EXPLORER_POLICY}
    path = site.folder / PAGE
    if path.is_file():
        return FileResponse(path, media_type="text/html", headers=headers)
    if not explorable(site, opened):
        return RedirectResponse(f"{site.prefix}/walk", 303)
    lang = language(request)
    html = await asyncio.to_thread(opened.once, f"page {lang}", lambda: page(kg.open(site.folder), lang))
    return HTMLResponse(html, headers=headers)


def explorable(site: Site, opened: Opened) -> bool:
    """Whether the whole graph can be one page. What was written to a graph since it was built is in no page of it."""
    counts = opened.manifest.get("counts", {})
    whole = (
        bool(opened.manifest.get("files")) and counts.get("entities", 0) <= MOST_NODES and counts.get("facts", 0) <= MOST_LINES
    )
    return (site.folder / PAGE).is_file() or whole


async def turtle(request: Request) -> Response:
    """The graph as a file."""
    path = request.state.site.folder / TURTLE
    if not path.is_file():
        raise Refused(404, "there is no Turtle file here")
    return FileResponse(path, media_type="text/turtle; charset=utf-8", filename=TURTLE)


async def listing(request: Request) -> Response:
    """All entities of a class, the best connected first."""
    site: Site = request.state.site
    sort = request.path_params["sort"]
    if sort not in CLASSES:
        raise Refused(404, f"there is no class {sort}")
    opened = await site.opened()
    found = await names(opened)
    things = found.of_sort(sort)
    first = _first(request, len(things), LISTED)
    shown = [(thing, found.ties[found.number[thing.iri]]) for thing in things[first : first + LISTED]]
    return render(
        request, "list.html", sort=sort, things=shown, first=first, count=len(things), step=LISTED,
        to=partial(to_thing, site=site, base=opened.base),
    )  # fmt: skip


async def thing(request: Request) -> Response:
    """The page of a thing, or its data: as the Accept header, or ?format=, has it."""
    site: Site = request.state.site
    opened = await site.opened()
    iri = _iri(request, opened)
    form = choose(request.headers.get("accept", ""), (HTML, *TRIPLES), request.query_params.get("format", ""))
    if form is None:
        raise Refused(406, f"a thing is to be had as {', '.join(one.media_type for one in (HTML, *TRIPLES))}")
    look = looks(opened)
    document = await asyncio.to_thread(look.document, iri.partition("#")[0])
    kept = "" if document else await asyncio.to_thread(_joined_to, look, iri)
    if kept:
        rest = [(name, value) for name, value in request.query_params.multi_items() if name != "iri"]
        address = to_thing(kept, site, opened.base)
        return RedirectResponse(f"{address}{'&' if '?' in address else '?'}{urlencode(rest)}" if rest else address, 303)
    if form is not HTML:
        data = await asyncio.to_thread(_data, look, iri, form.name)
        return Response(data, headers={"Content-Type": form.content_type, "Vary": "Accept"})
    if document:
        return await text_page(request, opened, document)
    return await entity_page(request, opened, iri, "entity.html")


async def card(request: Request) -> Response:
    """The part of a thing's page that the walk shows beside the picture."""
    opened = await request.state.site.opened()
    return await entity_page(request, opened, _iri(request, opened), "card.html")


async def entity_page(request: Request, opened: Opened, iri: str, template: str) -> Response:
    """An entity by a template: all its relations, some facts of each; or with ?relation= one of them, page by page."""
    site: Site = request.state.site
    look = looks(opened)
    entity = await asyncio.to_thread(look.entity, iri)
    if entity is None:
        raise Refused(404, f"the graph has nothing named {iri}")
    one = request.query_params.get("relation")
    statements = await asyncio.to_thread(look.statements, iri)
    groups = []
    for (property, outward), found in statements.items():
        if one is None or one == relation_key(property, outward):
            first, most = (0, AT_FIRST) if one is None else (_first(request, len(found), ON_PAGE), ON_PAGE)
            facts, number = await asyncio.to_thread(look.page, found, first, most)
            groups.append(Group(property, outward, facts, first, number))
    figures, count = await asyncio.to_thread(look.figures, iri, MOST_FIGURES) if one is None else ([], 0)
    return render(
        request, template, entity=entity, groups=groups, one=one, step=ON_PAGE, figures=figures, figure_count=count,
        sources=await asyncio.to_thread(_sources, look, groups, figures), explorer=explorable(site, opened),
        id=entity_id(iri, opened.base), callings=[entity.name, *entity.others],
        to=partial(to_thing, site=site, base=opened.base), to_quote=partial(_to_quote, site=site, base=opened.base),
    )  # fmt: skip


def _joined_to(look: Look, iri: str) -> str:
    """The IRI that a thing has now which the user has joined to another: bookmarks and other graphs may still name the old one."""
    return "" if look.entity(iri) else successor(look.reader, iri)


def relation_key(property: str, outward: bool) -> str:
    """How an address names a relation of an entity: runs, or runs-of where the entity is the object."""
    return property if outward else f"{property}-of"


def _sources(look: Look, groups: list[Group], figures: list[tuple[Figure, tuple[Sentence, ...]]]) -> dict[str, Document]:
    """The sources that are cited, by IRI."""
    facts = [fact for group in groups for fact in group.facts]
    cited = [*(q for fact in facts for q in fact.said.sentences), *(q for figure, _ in figures for q in figure.sentences)]
    return {iri: document for iri in dict.fromkeys(q.source for q in cited) if iri and (document := look.document(iri))}


def _to_quote(quote: Sentence, site: Site, base: str) -> str:
    """The address of the place of a quote in its text."""
    address = to_thing(quote.source, site, base)
    return f"{address}{'&' if '?' in address else '?'}at={quote.start}-{quote.end}#here"


def _data(look: Look, iri: str, form: str) -> bytes:
    triples = list(look.about(iri, MOST_TRIPLES))
    if not triples:
        raise Refused(404, f"the graph has nothing named {iri}")
    data = BytesIO()
    serialize(triples, data, GRAPHS[form], prefixes=PREFIXES)
    return data.getvalue()


def _iri(request: Request, opened: Opened) -> str:
    """The IRI that a request is about: ?iri=, or the address below /id/, whose percent-encoding need not be the IRI's own."""
    if "path" in request.path_params:
        raw = request.scope["raw_path"].decode("ascii").partition("/id/")[2]
        iri = opened.base + "/".join(encode(unquote(part)) for part in raw.split("/"))
    else:
        iri = request.query_params.get("iri", "")
    try:
        return NamedNode(iri).value
    except ValueError as error:
        raise Refused(400, f"{iri!r} is not an IRI: say which thing with ?iri=") from error


def _first(request: Request, count: int, step: int) -> int:
    """Where a page of a long list begins."""
    text = request.query_params.get("from", "0")
    first = int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0
    return first // step * step if first < count else 0
