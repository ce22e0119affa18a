"""The network for programs that know only simple values: one text, number or truth an attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.export.carried import Carrier, Note
from kg.export.joined import join
from kg.model import PLANNED

if TYPE_CHECKING:
    import networkx

    from kg.graph.knowledge import Graph

NO_FIGURES = (
    Note(
        "网络里只有实体和关系，没有数据：数据请用 csv、xlsx 或 parquet",
        "a network holds entities and facts, no figures: for those take csv, xlsx or parquet",
        lost=False,
    ),
)


def flat_network(graph: Graph, carrier: Carrier) -> networkx.MultiDiGraph[str]:
    """`graph.to_networkx()` with one value an attribute (several joined by `kg.export.joined`); texts as `carrier` can hold them.

    Nodes have label, class (the first), classes, mentions (a number), iri, facts (a number: how many it stands in). Edges have
    label (the property), status, planned (a truth), period, role, basis, rule, document, sha256 (of its file), quote (what says it); their key is the IRI of
    the statement: programs that open such files want every edge to have an id of its own.
    """
    import networkx

    full = graph.to_networkx()
    titles = {sha: info.title or graph.sources[sha].name for sha, info in graph.documents.items()}
    flat: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, values in full.nodes(data=True):
        classes = (*values["classes"], *([values["kind"]] if values["kind"] else []))
        told: dict[str, Any] = {
            "label": values["label"], "class": classes[0], "classes": join(classes), "iri": values["iri"],
            "mentions": values["mentions"], "facts": full.degree(node),
        }  # fmt: skip
        flat.add_node(carrier.text(node), **_carried(told, carrier))
    for start, end, values in full.edges(data=True):
        told = {"label": values["property"], "planned": values["status"] == PLANNED}
        told |= {key: values[key] for key in ("status", "period", "role", "basis", "rule")}
        told |= {"document": titles[values["source"]], "sha256": values["source"]}
        told["quote"] = join(values["evidence"])
        flat.add_edge(carrier.text(start), carrier.text(end), key=values["iri"], **_carried(told, carrier))
    return flat


def _carried(values: dict[str, Any], carrier: Carrier) -> dict[str, Any]:
    return {key: carrier.text(value) if isinstance(value, str) else value for key, value in values.items()}
