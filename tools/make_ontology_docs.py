"""Write docs/ontology.md from ontology/yishi.ttl: python tools/make_ontology_docs.py [--check]

With --check nothing is written; the exit code is 1 where the document is not what the ontology says.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "ontology.md"
KG = Namespace("https://w3id.org/yishi/ontology#")
SCHEMA = Namespace("https://schema.org/")
HEAD = """# The ontology 本体

Made from [ontology/yishi.ttl](../ontology/yishi.ttl) by `python tools/make_ontology_docs.py`; mend it there. Prefix `kg:` is
`https://w3id.org/yishi/ontology#` (not registered yet). What a graph must be, sentence by sentence, is in
[ontology/shapes.ttl](../ontology/shapes.ttl), and `kg validate` checks it.
"""


def document(graph: Graph) -> str:
    """The Markdown of the whole ontology: classes, relations between entities, other properties, individuals."""
    classes = _of(graph, OWL.Class)
    relations = [p for p in _properties(graph) if (p, RDFS.subPropertyOf, KG.relatesTo) in graph]
    others = [p for p in _properties(graph) if p not in relations]
    known = {*classes, *relations, *others}
    individuals = sorted(
        (s for s in set(graph.subjects(RDFS.label)) if isinstance(s, URIRef) and s.startswith(KG) and s not in known), key=str
    )
    parts = [HEAD]
    for title, terms in (
        ("Classes 类", classes),
        ("Relations 关系", relations),
        ("Other properties 其他属性", others),
        ("Individuals 个体", individuals),
    ):
        parts.append(f"\n## {title}\n")
        parts += [_term(graph, term) for term in terms]
    return "".join(parts)


def _properties(graph: Graph) -> list[URIRef]:
    return sorted({*_of(graph, OWL.ObjectProperty), *_of(graph, OWL.DatatypeProperty), *_of(graph, RDF.Property)}, key=str)


def _of(graph: Graph, kind: Node) -> list[URIRef]:
    return sorted((s for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef) and s.startswith(KG)), key=str)


def _term(graph: Graph, term: URIRef) -> str:
    lines = [
        f"\n### kg:{term.removeprefix(KG)}\n",
        f"\n**{_said(graph, term, RDFS.label, 'zh')}** · {_said(graph, term, RDFS.label, 'en')}\n",
    ]
    lines += [f"\n{_said(graph, term, RDFS.comment, language)}\n" for language in ("zh", "en")]
    rows = [
        (name, _names(graph, term, link))
        for name, link in (
            ("below", RDFS.subClassOf),
            ("below", RDFS.subPropertyOf),
            ("near", SKOS.closeMatch),
            ("from", SCHEMA.domainIncludes),
            ("to", SCHEMA.rangeIncludes),
            ("is a", RDF.type),
        )
    ]
    kept = [f"- {name}: {names}\n" for name, names in rows if names]
    examples = sorted(str(example) for example in graph.objects(term, SKOS.example))
    if examples:
        kept.append(f"- e.g. {', '.join(examples)}\n")
    return "".join([*lines, "\n" if kept else "", *kept])


def _said(graph: Graph, term: URIRef, link: URIRef, language: str) -> str:
    return next((str(o) for o in graph.objects(term, link) if isinstance(o, Literal) and o.language == language), "")


def _names(graph: Graph, term: URIRef, link: URIRef) -> str:
    found = sorted(graph.namespace_manager.normalizeUri(o) for o in graph.objects(term, link) if isinstance(o, URIRef))
    plain = [
        name
        for name in found
        if not name.startswith(("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "rdf:Property", "owl:NamedIndividual"))
    ]
    return ", ".join(f"`{name}`" for name in plain)


def main(words: list[str]) -> int:
    """Write the document, or with --check compare it; returns the exit code."""
    text = document(Graph().parse(ROOT / "ontology" / "yishi.ttl"))
    if "--check" in words:
        return int(not DOCUMENT.is_file() or DOCUMENT.read_text("utf-8") != text)
    DOCUMENT.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
