"""The page on which one asks in SPARQL: an editor that knows the graph's words, examples, and the answers as a table."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import RDF, RDFS, URIRef
from starlette.requests import Request
from starlette.responses import Response

from kg.graph.vocabulary import PREFIXES
from kg.ontology import KG, load_ontology, name, ontology_dir
from kg.serve.pages import language, render
from kg.serve.site import Site

# What the words of other vocabularies that the graph uses are.
OTHERS = (
    "rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdf:Statement", "rdfs:label", "skos:prefLabel", "skos:altLabel",
    "skos:closeMatch", "dcterms:title", "dcterms:issued", "dcterms:publisher", "dcterms:creator", "org:member", "org:organization",
)  # fmt: skip
FIRST = """# {title}
SELECT ?platform ?status WHERE {{
  ?statement rdf:predicate kg:runs ; rdf:object/skos:prefLabel ?platform ; kg:status ?s .
  BIND(STRAFTER(STR(?s), "#") AS ?status)
}} ORDER BY ?platform LIMIT 100
"""


async def ask_page(request: Request) -> Response:
    """The editor, with ?query= in it, else a first example."""
    site: Site = request.state.site
    lang = language(request)
    examples = named_queries(lang)
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


@cache
def named_queries(lang: str) -> list[dict[str, Any]]:
    """The queries that come with the package and ask for nothing more: their titles in a language, and their texts."""
    folder = next(
        (f for f in (ontology_dir().parent / "queries", Path(__file__).parent.parent / "data" / "queries") if f.is_dir()), None
    )
    files = sorted(folder.glob("*.rq")) if folder else []
    found = [{"title": _title(text, lang) or file.stem, "query": text} for file in files if (text := file.read_text("utf-8"))]
    title = {"zh": "平台：已运行与计划中", "en": "Platforms: running and planned"}[lang]
    return found or [{"title": title, "query": FIRST.format(title=title)}]


def _title(text: str, lang: str) -> str:
    lines = re.findall(r"^#\s*(.+)$", text, re.M)
    return lines[0 if lang == "zh" or len(lines) < 2 else 1] if lines else ""
