"""What the SPARQL service says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from io import BytesIO
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize
from starlette.requests import Request
from starlette.responses import Response

from kg.graph import vocabulary as v
from kg.graph.worker import GRAPHS
from kg.serve.negotiate import TRIPLES, choose
from kg.serve.refusal import Refused
from kg.serve.site import Site

SD, VOID, FORMAT = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#", "http://www.w3.org/ns/formats/"
RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
MOST_GRAPHS = 1000


async def service_description(request: Request) -> Response:
    """The description of the endpoint that was asked, in the form that was asked for."""
    form = choose(request.headers.get("accept", ""), TRIPLES)
    if form is None:
        raise Refused(406, f"the description is to be had as {', '.join(one.media_type for one in TRIPLES)}")
    site: Site = request.state.site
    opened = await site.opened()
    graphs = [graph for graph in islice(opened.store.named_graphs(), MOST_GRAPHS) if isinstance(graph, NamedNode)]
    data = BytesIO()
    serialize(
        _triples(
            f"{request.url.scheme}://{request.headers['host']}{site.prefix}/sparql", graphs, len(opened.store), site.writable
        ),
        data,
        GRAPHS[form.name],
        prefixes={**v.PREFIXES, "sd": SD, "void": VOID},
    )
    return Response(data.getvalue(), headers={"Content-Type": form.content_type, "Vary": "Accept"})


def _triples(endpoint: str, graphs: list[NamedNode], size: int, writable: bool) -> list[Triple]:
    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    service, dataset, default = BlankNode(), BlankNode(), BlankNode()
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if writable else [])]
    triples = [
        Triple(service, v.TYPE, sd("Service")),
        Triple(service, sd("endpoint"), NamedNode(endpoint)),
        *(Triple(service, sd("supportedLanguage"), sd(name)) for name in languages),
        *(Triple(service, sd("resultFormat"), NamedNode(FORMAT + name)) for name in RESULTS),
        Triple(service, sd("feature"), sd("UnionDefaultGraph")),
        Triple(service, sd("defaultDataset"), dataset),
        Triple(dataset, v.TYPE, sd("Dataset")),
        Triple(dataset, sd("defaultGraph"), default),
        Triple(default, v.TYPE, sd("Graph")),
        Triple(default, NamedNode(VOID + "triples"), Literal(size)),
    ]
    for graph in graphs:
        node = BlankNode()
        triples += [
            Triple(dataset, sd("namedGraph"), node),
            Triple(node, v.TYPE, sd("NamedGraph")),
            Triple(node, sd("name"), graph),
        ]
    return triples
