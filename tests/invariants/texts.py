"""The texts at hand: the seed, the tests' own files, and the corpus beside this checkout where it is there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import passages

from invariants import source_of
from kg.graph.knowledge import Graph
from kg.graph.merge import merge
from kg.model import Reading, Source
from kg.pipeline import read_document
from kg.read import read_source

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
OWN = ("seeds", "tests/samples", "tests/years", "tests/many")
KINDS = (".txt", ".html", ".docx", ".ofd", ".md")


def own() -> dict[str, Path]:
    """The files of this project: name → path."""
    files = [path for folder in OWN for path in sorted((ROOT / folder).iterdir()) if path.suffix in KINDS]
    return {path.name: path for path in [*files, ROOT / "tests" / "later.txt"]}


def of_corpus() -> dict[str, Path]:
    """The files of the corpus; none where it is not there."""
    return {path.name: path for path in sorted(CORPUS.rglob("*.txt"))}


def of_gold() -> list[Source]:
    """The passages that have a gold graph, cut out of the corpus; none where it is not there."""
    return [source_of(passages.cut(one, CORPUS), f"{one['name']}.txt") for one in passages.listed()] if CORPUS.is_dir() else []


def reading(path: Path) -> Reading:
    """What a file says."""
    return read_document(read_source(path))


def graph(sources: Iterable[Source]) -> Graph:
    """One graph of some sources."""
    return merge(map(read_document, sources))


@cache
def lines() -> tuple[str, ...]:
    """Lines of real texts, what generated texts are mixed with: those of the project's own, the same on every machine."""
    texts = [path.read_text("utf-8") for path in own().values() if path.suffix == ".txt"]
    return tuple(line for text in texts for line in text.splitlines() if line.strip())
