"""Walking a graph that is too large for one page: finding names, and an entity's neighbourhood, as JSON and as a page."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.graph.look import Fact, Look, Thing
from kg.graph.search import Names
from kg.graph.vocabulary import OBJECT, SUBJECT
from kg.model import CLASSES
from kg.ontology import label
from kg.serve.asked import iri_in, number
from kg.serve.pages import inverse, language, render, shape, to_thing
from kg.serve.read_pages import looks, names, relation_key
from kg.serve.refusal import Refused
from kg.serve.site import Site

FOUND = 12
NEIGHBOURS, MOST_NEIGHBOURS = 24, 200
TOGETHER = 5  # names of one relation that the walk shows at once
MOST_KNOWN = 1000
HUB = 500  # facts from which an entity's lines are not looked for from its side
LOOKED_THROUGH = 5000  # facts of one entity: beyond them a hub's neighbourhood is a part of it, and says so
JSON = dict[str, Any]


async def search(request: Request) -> Response:
    """/api/search?q=: entities by a part of a name, in characters, pinyin or initials."""
    site: Site = request.state.site
    opened = await site.opened()
    text, most = request.query_params.get("q", "")[:200], number(request, "limit", FOUND, 100)
    found = await names(opened)
    hits = await asyncio.to_thread(found.find, text, most)
    to = partial(to_thing, site=site, base=opened.base)
    return JSONResponse([{**_thing(one, found), "called": name, "address": to(one.iri)} for one, name in hits])


async def find(request: Request) -> Response:
    """What is found, as a page."""
    site: Site = request.state.site
    opened = await site.opened()
    text = request.query_params.get("q", "")[:200]
    hits = await asyncio.to_thread((await names(opened)).find, text, 100)
    return render(request, "find.html", text=text, things=hits, to=partial(to_thing, site=site, base=opened.base))


async def walk(request: Request) -> Response:
    """The page on which one walks."""
    site: Site = request.state.site
    opened = await site.opened()
    found = await names(opened)
    start = request.query_params.get("iri", found.things[0].iri if found.things else "")
    shapes = {name: {"points": points, "hollow": hollow} for name in CLASSES for points, hollow in (shape(name),)}
    return render(request, "walk.html", start=start, shapes=shapes)


async def relations(request: Request) -> Response:
    """/api/relations?iri=: an entity and, for each of its relations, those it has it with, the best connected first.

    So many of each as `limit` says; with ?relation=runs (or runs-of, where the entity is the object) of that one only, after the
    first `from` of them.
    """
    site: Site = request.state.site
    opened = await site.opened()
    found, look = await names(opened), looks(opened)
    iri, one = request.query_params.get("iri", ""), request.query_params.get("relation")
    if iri not in found.number:
        raise Refused(404, f"the graph has nothing named {iri}")
    first, most, lang = (
        number(request, "from", 0, 10**9),
        number(request, "limit", TOGETHER, MOST_NEIGHBOURS),
        language(request),
    )

    def grouped() -> list[JSON]:
        ends: dict[tuple[str, bool], dict[str, bool]] = {}
        for other, outward, property, planned in look.ends(iri, LOOKED_THROUGH):
            of_key = ends.setdefault((property, outward), {})
            if other in found.number:
                of_key[other] = of_key.get(other, True) and planned
        groups = []
        for (property, outward), others in ends.items():
            key = relation_key(property, outward)
            ranked = sorted(others, key=lambda other: (others[other], found.number[other]))
            if ranked and one in (None, key):
                things = [
                    {**_thing(found.things[found.number[o]], found), "planned": others[o]} for o in ranked[first : first + most]
                ]
                named = label(property, lang) if outward else inverse(property, lang)
                groups.append({"key": key, "label": named, "outward": outward, "count": len(ranked), "things": things})
        return groups

    return JSONResponse({"thing": _thing(found.things[found.number[iri]], found), "groups": await asyncio.to_thread(grouped)})


async def neighbourhood(request: Request) -> Response:
    """/api/neighbourhood: an entity, those it has facts with (the best connected first), and the lines among all of them.

    GET ?iri=&limit=, or POST of {"iri", "limit", "known": [IRIs that are drawn already]}. `more`: neighbours that are left out.
    """
    site: Site = request.state.site
    opened = await site.opened()
    asked = await _asked(request)
    found, look = await names(opened), looks(opened)
    if asked["iri"] not in found.number:
        raise Refused(404, f"the graph has nothing named {asked['iri']}")
    return JSONResponse(
        await asyncio.to_thread(_around, look, found, asked["iri"], asked["limit"], asked["known"], language(request))
    )


async def facts(request: Request) -> Response:
    """/api/facts?iri=&limit=&from=: the facts of an entity with their sentences; with ?with= those it has with another one."""
    site: Site = request.state.site
    opened = await site.opened()
    look = looks(opened)
    iri, other = iri_in(request.query_params.get("iri", "")), request.query_params.get("with")
    first, most = number(request, "from", 0, 10**9), number(request, "limit", 50, 500)
    statements = [one for group in (await asyncio.to_thread(look.statements, iri)).values() for one in group]
    if other is not None:
        ends = {iri, iri_in(other)}

        def between() -> list[str]:
            return [one for one in statements if {look.reader.text(one, SUBJECT), look.reader.text(one, OBJECT)} == ends]

        statements = await asyncio.to_thread(between)
    told = await asyncio.to_thread(look.facts, statements[first : first + most])
    return JSONResponse({"count": len(statements), "facts": [as_json(fact) for fact in told]})


def as_json(fact: Fact) -> JSON:
    """A fact with its sentences as plain values."""
    said = fact.said
    return {
        "statement": fact.iri,
        "subject": {"iri": said.subject, "name": fact.subject.name},
        "property": said.property,
        "object": {"iri": said.object, "name": fact.object.name},
        "status": said.status,
        "period": said.period,
        "basis": said.basis,
        "rule": said.rule,
        "role": said.role,
        "evidence": [asdict(sentence) for sentence in said.sentences],
        "context": [asdict(sentence) for sentence in fact.context],
    }


def _around(look: Look, found: Names, iri: str, most: int, known: list[str], lang: str) -> JSON:
    lines = look.ends(iri, LOOKED_THROUGH)
    others = sorted({other for other, *_ in lines} - {iri}, key=lambda one: found.number.get(one, len(found.things)))
    left = [one for one in others if one not in known]
    new = left[:most]
    drawn = {iri, *new, *known}
    between = {
        (one, *rest)
        # A hub's lines to others are found from their ends: all but those between two hubs.
        for one, around in ((iri, lines), *((one, look.ends(one, HUB)) for one in new if found.ties[found.number[one]] <= HUB))
        for rest in around
        if rest[0] in drawn
    }
    nodes = [_thing(found.things[found.number[one]], found) for one in (iri, *new) if one in found.number]
    drawn_lines: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for one, other, outward, name, planned in sorted(between):
        ends = (one, other) if outward else (other, one)
        told = drawn_lines.setdefault(ends, [])
        if (name, planned) not in told:
            told.append((name, planned))
    return {
        "center": iri,
        "nodes": nodes,
        "edges": [
            {
                "from": a,
                "to": b,
                "label": "、".join(dict.fromkeys(label(name, lang) for name, _ in told)),
                "planned": all(planned for _, planned in told),
            }
            for (a, b), told in drawn_lines.items()
        ],
        "more": len(left) - len(new),
    }


def _thing(one: Thing, found: Names) -> JSON:
    return {"iri": one.iri, "name": one.name, "class": one.sort, "facts": found.ties[found.number[one.iri]]}


async def _asked(request: Request) -> JSON:
    if request.method == "GET":
        return {
            "iri": request.query_params.get("iri", ""),
            "limit": number(request, "limit", NEIGHBOURS, MOST_NEIGHBOURS),
            "known": [],
        }
    try:
        asked = json.loads(await request.body())
        iri, limit, known = asked["iri"], asked.get("limit", NEIGHBOURS), asked.get("known", [])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused(400, 'the body is not {"iri": …, "limit": …, "known": […]}') from error
    fine = (
        isinstance(iri, str) and isinstance(limit, int) and isinstance(known, list) and all(isinstance(one, str) for one in known)
    )
    if not fine or len(known) > MOST_KNOWN:
        raise Refused(400, f"iri is text, limit a number, known a list of at most {MOST_KNOWN:,} IRIs")
    return {"iri": iri, "limit": max(0, min(limit, MOST_NEIGHBOURS)), "known": known}
