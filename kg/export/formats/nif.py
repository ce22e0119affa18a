"""NIF 2.0 in Turtle: each text whole, every name in it with the entity it names, every sentence that a fact or figure cites.

Offsets are those of RFC 5147, which counts a line end as one character, while most tools count code points: so that both agree, a
text here has a line feed for each CR LF. Each stretch says which span of the graph it is (skos:closeMatch).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

ABOUT = ("NIF：标注过的原文（Turtle）", "NIF: the annotated texts, in Turtle")
SUFFIX, EXTRA, BINARY = ".ttl", "", False


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write a nif:Context for each text, a nif:Phrase for each mention, a nif:Sentence for each sentence that is cited."""
    from pyoxigraph import RdfFormat, serialize

    from kg.export.cited import findings
    from kg.export.nif_text import PREFIXES, NifText

    texts = {sha: NifText(source, graph.base) for sha, source in graph.sources.items()}
    triples = {triple for text in texts.values() for triple in text.context()}
    for entity in graph.entities:
        for span in entity.mentions:
            triples.update(texts[span.source].mention(span, graph.iri(entity.id), entity.classes))
    for finding in findings(graph):
        for span in finding.evidence:
            triples.update(texts[span.source].stretch(span, "Sentence"))
    serialize(sorted(triples, key=str), str(target), RdfFormat.TURTLE, prefixes=PREFIXES)
    changed = sum(text.changed for text in texts.values())
    if not changed:
        return ()
    chinese = f"{changed} 份文本的换行 CR LF 改作 LF，位置按此计"
    return (Note(chinese, f"{changed} text(s) have LF for CR LF, and their offsets count so", lost=False),)
