"""The suites that apply to what this project reads and writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import rdf, shacl, sparql, update
from .manifest import MF, WHERE, Case, Manifest, read


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite: the manifests it has, and what runs a case ("" or what went wrong)."""

    manifests: tuple[str, ...]
    check: Callable[[Case], str]

    def cases(self) -> list[tuple[str, Case]]:
        """All cases with their names; those of several folders have the folder's before theirs."""
        found = [(case.manifest.address.split("/")[-2], case) for file in self.manifests for case in read(file)]
        several = len({folder for folder, _ in found}) > 1
        return [(f"{folder}/{case.name}" if several else case.name, case) for folder, case in found]


_QUERY = (
    "aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping", "negation", "project-expression",
    "property-path", "subquery", "syntax-query",
)  # fmt: skip
_UPDATE = (
    "add", "basic-update", "clear", "copy", "delete-data", "delete-insert", "delete-where", "delete", "drop", "move",
    "syntax-update-1", "syntax-update-2", "update-silent",
)  # fmt: skip

SUITES = {
    **{
        title: Suite((f"rdf/rdf11/rdf-{folder}/manifest.ttl",), rdf.check)
        for title, folder in {
            "RDF 1.1 Turtle": "turtle",
            "RDF 1.1 TriG": "trig",
            "RDF 1.1 N-Triples": "n-triples",
            "RDF 1.1 N-Quads": "n-quads",
        }.items()
    },
    "SPARQL 1.1 Query Language": Suite(tuple(f"sparql/sparql11/{folder}/manifest.ttl" for folder in _QUERY), sparql.check),
    "SPARQL 1.1 Update": Suite(tuple(f"sparql/sparql11/{folder}/manifest.ttl" for folder in _UPDATE), update.check),
    "SPARQL 1.1 Query Results JSON": Suite(("sparql/sparql11/json-res/manifest.ttl",), sparql.check),
    "SPARQL 1.1 Query Results CSV and TSV": Suite(("sparql/sparql11/csv-tsv-res/manifest.ttl",), sparql.check),
    "SHACL Core": Suite(("shacl/tests/core/manifest.ttl",), shacl.check),
}

# Suites that tests/test_serve_w3c.py runs against a server, where no case may fail: their manifests.
ELSEWHERE = {
    "SPARQL 1.1 Protocol": ("sparql/sparql11/protocol/manifest.ttl",),
    "SPARQL 1.1 Graph Store HTTP Protocol": tuple(
        f"sparql/sparql11/graph-store-protocol/manifest-{kind}.ttl" for kind in ("direct", "indirect")
    ),
    "SPARQL 1.1 Service Description": ("sparql/sparql11/service-description/manifest.ttl",),
}

# Folders of SPARQL 1.1 tests of what this project does not do → why.
UNFIT = {
    "entailment": "No entailment regime is offered: a query is answered from the triples that are there.",
    "service": "SERVICE is refused on purpose: a query asks no other server.",
    "syntax-fed": "The syntax of SERVICE, which is refused.",
    "http-rdf-update": "The older edition of the Graph Store HTTP Protocol's tests.",
}


def counted(files: tuple[str, ...]) -> int:
    """How many tests the manifests describe, also those that stand beside their lists."""
    kinds = ("ProtocolTest", "GraphStoreProtocolTest", "ServiceDescriptionTest", "QueryEvaluationTest", "PositiveSyntaxTest11")
    return sum(Manifest(WHERE / file).number(MF + kind) for file in files for kind in kinds)
