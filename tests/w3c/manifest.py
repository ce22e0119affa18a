"""The W3C's manifests: which cases a suite has, and what each is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Store

WHERE = Path(__file__).resolve().parents[3] / "shared" / "w3c"
# What the suites say their files are called by (mf:assumedTestBase); it stands for WHERE in every IRI that a case makes.
ADDRESS = "https://w3c.github.io/rdf-tests/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@dataclass(frozen=True, slots=True)
class Case:
    """One test: its name in the suite, the local name of its type, and its node in the manifest."""

    name: str
    kind: str
    node: Any
    manifest: Manifest

    def one(self, *path: str) -> Any:
        """The object that the predicates lead to from the case, one after the other; None where there is none."""
        node = self.node
        for predicate in path:
            node = self.manifest.one(node, predicate) if node is not None else None
        return node

    def all(self, *path: str) -> list[Any]:
        """All objects of the last predicate, from where the others lead to."""
        start = self.one(*path[:-1])
        return [] if start is None else self.manifest.all(start, path[-1])

    def absent(self) -> list[str]:
        """The files that the case is about and that are not there, by their names."""
        ends = [node for name in ("action", "result") for node in self.all(MF + name)]
        named = [quad for end in ends for quad in ([end] if isinstance(end, NamedNode) else self.manifest.objects(end))]
        files = [place(node.value) for node in named if isinstance(node, NamedNode) and node.value.startswith(ADDRESS)]
        return sorted({file.name for file in files if not file.exists()})


class Manifest:
    """One manifest file, read."""

    def __init__(self, file: Path) -> None:
        self.address = address(file)
        self._store = Store()
        self._store.load(path=str(file), format=RdfFormat.TURTLE, base_iri=self.address)

    def one(self, node: Any, predicate: str) -> Any:
        """An object, or None."""
        return next(iter(self.all(node, predicate)), None)

    def all(self, node: Any, predicate: str) -> list[Any]:
        """All objects."""
        return [quad.object for quad in self._store.quads_for_pattern(node, NamedNode(predicate), None)]

    def objects(self, node: Any) -> list[Any]:
        """All objects of any predicate."""
        return [quad.object for quad in self._store.quads_for_pattern(node, None, None)]

    def number(self, kind: str) -> int:
        """How many nodes there are of this type."""
        return sum(1 for _ in self._store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(kind)))

    def cases(self) -> Iterator[Case]:
        """The cases in the manifest's own order, and those of the manifests that it includes one by one."""
        for included in sorted(self.all(NamedNode(self.address), MF + "include"), key=str):
            yield from Manifest(place(included.value)).cases()
        node = self.one(NamedNode(self.address), MF + "entries")
        while node is not None and node.value != RDF + "nil":
            case = self.one(node, RDF + "first")
            kind = self.one(case, RDF + "type").value.rpartition("#")[2]
            yield Case(case.value.rpartition("#")[2].rpartition("/")[2], kind, case, self)
            node = self.one(node, RDF + "rest")


@cache
def read(file: str) -> tuple[Case, ...]:
    """The cases of the manifest at this place below WHERE, and of those that it includes."""
    return tuple(Manifest(WHERE / file).cases())


def address(file: Path) -> str:
    """The IRI that a file of the suites is called by."""
    return ADDRESS + file.relative_to(WHERE).as_posix()


def place(iri: str) -> Path:
    """The file that an IRI of the suites calls."""
    return WHERE / iri.removeprefix(ADDRESS)
