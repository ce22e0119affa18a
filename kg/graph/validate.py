"""Validation: what in a graph breaks the contract, as the SHACL shapes in `ontology/shapes*.ttl` say it.

The shapes are the only place where the rules stand. Their core constraints are checked by pyshacl. Their SPARQL constraints
are run as they are written, each once over a pyoxigraph store instead of once for every focus node: for a graph of 5,600 triples
pyshacl takes 200 s over them, the store 0.1 s. A query is fit for that if it binds $this by a pattern of its own
(tests/test_shapes.py holds the shapes to it by checking both ways against each other). Shapes of the user's own need not be:
pyshacl checks all of those.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, RDFS, SH, BNode, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from kg import ontology
from kg.errors import InputError, YishiError
from kg.graph.store import read_file

# A literal that is not of its type is for the shapes to find: rdflib would show a traceback of each.
logging.getLogger("rdflib.term").addHandler(logging.NullHandler())
warnings.filterwarnings("ignore", "Parsing weird boolean", module="rdflib")

_TYPES, _SUBCLASS = f"<{RDF.type}>", f"<{RDFS.subClassOf}>"
_TARGETS = {
    SH.targetClass: f"?this {_TYPES}/{_SUBCLASS}* <{{0}}>",
    SH.targetSubjectsOf: "?this <{0}> ?object",
    SH.targetObjectsOf: "?subject <{0}> ?this",
    SH.targetNode: "BIND (<{0}> AS ?this)",
}
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One node that breaks one shape. `value` and `path` are "" where the shape names none; IRIs are in full."""

    shape: str  # local name of the constraint: stated-names-both; of its kind, where the shape has no name
    focus: str
    path: str
    value: str
    message_zh: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Report:
    """All violations, sorted by shape and focus."""

    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing breaks a shape."""
        return not self.violations


def validate(
    graph: str | Path | ox.Store | Graph, ontology_dir: Path | None = None, *, shapes: str | Path | None = None
) -> Report:
    """Check `graph` against the shapes: a file, a folder that holds graph.ttl, a pyoxigraph store or an rdflib graph.

    Named graphs are read as one. `ontology_dir` is a folder of shapes*.ttl other than the package's own; `shapes` an RDF file of
    SHACL shapes to check against instead, whatever they are about. Raises InputError where the file or the shapes cannot be read.
    """
    store = graph if isinstance(graph, ox.Store) else _rdflib_store(graph) if isinstance(graph, Graph) else read(Path(graph))
    data = rdflib_graph(store)
    if shapes is not None:
        own = rdflib_graph(read_file(Path(shapes)))
        return Report(tuple(sorted(_violations(results(data, own, str(shapes)), own))))
    ours = load_shapes(ontology_dir or ontology.ontology_dir())
    return Report(tuple(sorted({*_core(data, ours), *_queries(store, ours)})))


def read(path: Path) -> ox.Store:
    """The RDF file at `path`, or graph.ttl in the folder at `path`, in a store in memory. Raises InputError."""
    return read_file(path / "graph.ttl" if path.is_dir() else path)


@cache
def load_shapes(folder: Path) -> Graph:
    """The shapes of all shapes*.ttl in `folder`, read once. Raises InputError where there are none."""
    files = sorted(folder.glob("shapes*.ttl"))
    if not files:
        raise InputError("holds no shapes*.ttl", str(folder))
    shapes = Graph()
    for file in files:
        shapes.parse(file, format="turtle")
    return shapes


def _core(data: Graph, shapes: Graph) -> Iterator[Violation]:
    """What breaks the constraints of SHACL core, by pyshacl."""
    core = Graph()
    core += shapes
    core.remove((None, SH.sparql, None))
    return _violations(results(data, core, "shapes.ttl"), shapes)


def results(data: Graph, shapes: Graph, where: str) -> Graph:
    """SHACL's validation report on `data` by any `shapes`, which are told as `where`. Raises InputError where they cannot be used."""
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
    except ReportableRuntimeError as error:
        raise InputError(f"the shapes cannot be used: {' '.join(str(error).split())}", where) from error
    if not isinstance(report, Graph):
        raise InputError(f"the shapes cannot be used: {' '.join(str(text).split())}", where)
    return report


def _violations(report: Graph, shapes: Graph) -> Iterator[Violation]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape, focus, path, value = (report.value(result, p) for p in (SH.sourceShape, SH.focusNode, SH.resultPath, SH.value))
        name = report.value(result, SH.sourceConstraintComponent) if isinstance(shape, BNode) else shape
        yield _violation(shapes, shape, focus, path, value, name=name, said=report.value(result, SH.resultMessage))


def _queries(store: ox.Store, shapes: Graph) -> Iterator[Violation]:
    """What breaks the SPARQL constraints: each query once over the store, its solutions kept where $this is in the targets."""
    for shape in sorted(set(shapes.subjects(SH.sparql)), key=str):
        focus_nodes = _focus_nodes(store, shapes, shape)
        for constraint in sorted(shapes.objects(shape, SH.sparql), key=str):
            query = _prefixes(shapes, constraint) + str(shapes.value(constraint, SH.select))
            for row in _select(store, query):
                if row["this"] in focus_nodes:
                    yield _violation(shapes, constraint, *(_term(row[name]) for name in ("this", "path", "value")))


def _focus_nodes(store: ox.Store, shapes: Graph, shape: Node) -> set[Term]:
    nodes: set[Term] = set()
    for kind, pattern in _TARGETS.items():
        for target in shapes.objects(shape, kind):
            nodes.update(row["this"] for row in _select(store, f"SELECT DISTINCT ?this WHERE {{ {pattern.format(target)} }}"))
    return nodes


def _select(store: ox.Store, query: str) -> ox.QuerySolutions:
    solutions = store.query(query, use_default_graph_as_union=True)
    if not isinstance(solutions, ox.QuerySolutions):
        raise YishiError("a constraint of the shapes is not a SELECT query", "shapes.ttl")
    return solutions


def _prefixes(shapes: Graph, constraint: Node) -> str:
    declared = (d for o in shapes.objects(constraint, SH.prefixes) for d in shapes.objects(o, SH.declare))
    pairs = sorted((str(shapes.value(d, SH.prefix)), str(shapes.value(d, SH.namespace))) for d in declared)
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in pairs)


def _violation(
    shapes: Graph,
    shape: Node | None,
    focus: Node | None,
    path: Node | None,
    value: Node | None,
    *,
    name: Node | None = None,
    said: Node | None = None,
) -> Violation:
    """`name`: what to call the shape by; `said`: the message of a shape that has none of its own in the language."""
    messages = {m.language: str(m) for m in shapes.objects(shape, SH.message) if isinstance(m, Literal)}
    told = path if isinstance(path, URIRef) else shapes.value(shape, SH.path) if isinstance(shape, URIRef) else None
    local = str(name or shape).rpartition("#")[2]
    at, through, found = (str(x) if x is not None and not isinstance(x, BNode) else "" for x in (focus, told, value))
    other = str(said or local)
    return Violation(local, at, through, found, messages.get("zh", other), messages.get("en", other))


def rdflib_graph(store: ox.Store) -> Graph:
    """All triples of a store, of whichever named graph."""
    graph = Graph()
    for quad in store:
        graph.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    return graph


def _rdflib_store(graph: Graph) -> ox.Store:
    form, name = (ox.RdfFormat.N_QUADS, "nquads") if isinstance(graph, Dataset) else (ox.RdfFormat.N_TRIPLES, "nt")
    store = ox.Store()
    store.bulk_load(graph.serialize(format=name, encoding="utf-8"), format=form)
    return store


def _node(term: Term) -> Node:
    """A term of pyoxigraph as one of rdflib."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        return (
            Literal(term.value, lang=term.language)
            if term.language
            else Literal(term.value, datatype=URIRef(term.datatype.value))
        )
    raise InputError("quoted triples (RDF-star) are not of the contract", str(term))


def _term(term: Term | None) -> Node | None:
    return None if term is None else _node(term)
