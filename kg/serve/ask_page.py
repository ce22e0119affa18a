"""The page on which one asks in SPARQL: an editor that knows the graph's words, examples, and the answers as a table."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any

from rdflib import RDF, RDFS, URIRef
from starlette.requests import Request
from starlette.responses import Response

from kg.cli.say import LANGUAGES
from kg.errors import YishiError
from kg.graph.parameters import bind
from kg.graph.query import to_json
from kg.graph.vocabulary import KG, PREFIXES
from kg.ontology import load_ontology, name
from kg.queries import library
from kg.queries import named as named_query
from kg.serve.answers import gone, respond
from kg.serve.negotiate import SOLUTIONS, choose
from kg.serve.pages import language, render
from kg.serve.refusal import Refused
from kg.serve.site import Site
from kg.serve.sparql import not_acceptable, question

OWN = ("format", "lang")  # what an address says besides a query's parameters
# What the words of other vocabularies that the graph uses are.
OTHERS = (
    "rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdf:Statement", "rdfs:label", "skos:prefLabel", "skos:altLabel",
    "skos:closeMatch", "dcterms:title", "dcterms:issued", "dcterms:publisher", "dcterms:creator", "org:member", "org:organization",
)  # fmt: skip


async def ask_page(request: Request) -> Response:
    """The editor, with ?query= in it, else a first example."""
    site: Site = request.state.site
    lang = language(request)
    examples = examples_in(lang)
    query = request.query_params.get("query", "")
    base = (await site.opened()).base if site.there else ""
    return render(request, "query.html", query=query, examples=examples, terms=terms(lang), prefixes=PREFIXES, base=base)


@cache
def terms(lang: str) -> list[dict[str, str]]:
    """The words to complete: how each is written, and what it is called in a language."""
    ontology = load_ontology()
    own = sorted({s for s in ontology.subjects(RDFS.label) if isinstance(s, URIRef) and s.startswith(str(KG))})
    labelled = [{"name": f"kg:{name(s)}", "label": _label(s, lang), "class": str(_is_class(s)).lower()} for s in own if name(s)]
    return [*labelled, *({"name": one, "label": "", "class": "false"} for one in OTHERS)]


def _label(term: URIRef, lang: str) -> str:
    return min((str(x) for x in load_ontology().objects(term, RDFS.label) if getattr(x, "language", None) == lang), default="")


def _is_class(term: URIRef) -> bool:
    return any("Class" in str(kind) for kind in load_ontology().objects(term, RDF.type))


def examples_in(lang: str) -> list[dict[str, Any]]:
    """The named queries, as the editor offers them: title, text, parameters and the headings of their columns, in a language."""
    at = LANGUAGES.index(lang)
    return [
        {
            "name": one.name,
            "title": one.title[at] or one.name,
            "query": one.sparql,
            "parameters": [
                {"name": p.name, "type": p.type, "optional": p.optional, "about": p.about[at] or p.name} for p in one.parameters
            ],
            "columns": {variable: both[at] for variable, both in (one.columns or {}).items()},
        }
        for one in library().values()
    ]


async def named(request: Request) -> Response:
    """/api/named/NAME?parameter=value: a named query, its parameters bound as terms, answered as SPARQL results."""
    site: Site = request.state.site
    opened = await site.opened()
    try:
        query = named_query(request.path_params["name"])
        given = {name: value for name, value in request.query_params.items() if name not in OWN and value.strip()}
        bound = await asyncio.to_thread(bind, query, given, opened.store, base=opened.base)
    except YishiError as error:
        raise Refused(404 if request.path_params["name"] not in library() else 400, str(error)) from error
    form = choose(request.headers.get("accept", ""), SOLUTIONS, request.query_params.get("format", ""))
    if form is None:
        raise not_acceptable(SOLUTIONS)
    task = question(query.sparql, opened.base, results=form.name, bindings={name: to_json(term) for name, term in bound.items()})
    answer = await opened.pool.do(task, site.settings.timeout, gone(request))
    return respond(answer, next(one for one in SOLUTIONS if one.name == answer.head["format"]))
