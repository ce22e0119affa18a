"""Scoring against several gold graphs, each on its own text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.built import see, spelled
from kg.evaluate.folder import Opened
from kg.evaluate.gold import Gold
from kg.evaluate.restrict import only
from kg.evaluate.score import Score, score
from kg.graph.iri import source_iri
from kg.graph.knowledge import Graph
from kg.graph.vocabulary import kg


def score_opened(gold: Gold, opened: Opened) -> Score:
    """Score the part of a published graph that the gold's text gave.

    Raises InputError where that text is not in the graph, and where the graph does not tell all mentions: by those names are found.
    """
    if kept := [triple.object for triple in opened.triples if triple.predicate == kg("mentionsKept")]:
        raise InputError("the graph does not tell all mentions", f"--mentions {spelled(kept[0])}", "build it with --mentions all")
    names = opened.names
    wanted = [iri for iri, name in names.items() if name == gold.text]
    if len(names) > 1 and len(wanted) != 1:
        raise InputError("the graph is not of this gold's text", gold.text, "build it with that text")
    triples = only(opened.triples, wanted[0]) if len(names) > 1 else opened.triples
    return score(see(triples, opened.texts), gold)


def score_graph(gold: Gold, graph: Graph) -> Score:
    """Score a graph in memory, built of the gold's text alone."""
    texts = {source_iri(sha, graph.base): source.text for sha, source in graph.sources.items()}
    return score(see(graph.triples(), texts), gold)


def find_text(gold: Gold, folders: Iterable[Path]) -> Path | None:
    """The gold's text in the first of the folders (with those below) that has it, None where none has."""
    for folder in folders:
        found = sorted(path for path in folder.rglob(gold.text) if path.is_file()) if gold.text else []
        if found:
            return found[0]
    return None
