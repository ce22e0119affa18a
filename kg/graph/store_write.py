"""Writing the store of a graph: whole, or from the store before it where little has changed.

Each named graph has a digest. Where the digests are those of the published store, nothing is written. Where a few graphs differ
(a document was rebuilt, added or removed), the files of the published store are linked, not copied (they never change, and new
ones are written beside them), and only the triples that went or came are taken out or put in. Else all is loaded in bulk.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from kg.collector import paused
from kg.graph.rdf import parts
from kg.graph.store import ONTOLOGY, ontology_quads

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

FORMAT, DIGESTS = "yishi-store/1", "graphs.json"
_BATCH = 20_000  # triples that are spelled at once
SLICE, SMALL_SLICE = 128 << 20, 32 << 20
"""Bytes that a loader takes at once, where that is all of it, and where there is more.

Measured with 1 million quads (271 MB): two loaders take 1.3 GB for large slices and 0.4 GB for small ones; small ones leave more files, which
are read at 0.7 of the speed, until the engine has put them together (3 s more than the 5 s to load), then at 1.6 times the speed.
"""
_MANY = 100_000  # triples from which two loaders are faster than one
_PART = 0.3  # of all triples: where more have changed, loading all anew is faster
_SMALL = 200_000  # triples below which it is faster anyway
_NOT_DATA = ("LOG", "LOCK", "OPTIONS")  # the engine's own files that it can do without; they name the folder they were made in


@dataclass(slots=True)
class _Spelled:
    """A named graph as it stands in the spool files: its digest, how many triples, and where its lines are."""

    digest: str = ""
    triples: int = 0
    at: list[tuple[int, int, int]] = field(default_factory=list)  # (file, offset, bytes)


@paused()
def write_store(graph: Graph, aside: Path, published: Path | None) -> str:
    """Write the store of `graph` to `aside/store/ID` and return "store/ID"; nothing is written where `published` is that store.

    `published` is the store that readers see now (it is only read). Raises OSError where it cannot be written.
    """
    spool_folder = aside / "spool"
    spool_folder.mkdir(parents=True)
    try:
        files = [spool_folder / f"{n}.nq" for n in range(2 if _size(graph) > _MANY else 1)]
        spelled = _spell(graph, files)
        digests = {name: part.digest for name, part in spelled.items()} | {ONTOLOGY.value: _ontology_digest()}
        identity = sha256(json.dumps([FORMAT, sorted(digests.items())]).encode()).hexdigest()[:16]
        at = f"store/{identity}"
        if published is not None and published.name == identity and digests_of(published) == digests:
            return at
        target = aside / at
        target.parent.mkdir(exist_ok=True)
        old = digests_of(published) if published else {}
        changed = {name for name in digests.keys() | old.keys() if digests.get(name) != old.get(name)}
        weight = sum(spelled[name].triples for name in changed if name in spelled)
        whole = sum(part.triples for part in spelled.values())
        little = old and whole >= _SMALL and weight < _PART * whole and len(old.keys() - digests.keys()) < _PART * len(old)
        same_terms = ONTOLOGY.value not in changed
        if not (published and little and same_terms and _mended(published, target, changed, spelled, files)):
            load_files(target, files)
        _tidy(target)
        (target / DIGESTS).write_text(json.dumps(digests, indent=0), "utf-8")
        return at
    except RuntimeError as error:  # what the engine says of some disks
        raise OSError(str(error)) from error
    finally:
        shutil.rmtree(spool_folder, ignore_errors=True)


def digests_of(store: Path) -> dict[str, str]:
    """Named graph → digest of a store that was written here; empty where it was not."""
    try:
        found = json.loads((store / DIGESTS).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _size(graph: Graph) -> int:
    """About how many triples a graph has."""
    return (
        6 * len(graph.entities) + 14 * (len(graph.facts) + len(graph.measures)) + 6 * sum(len(e.mentions) for e in graph.entities)
    )


def _spell(graph: Graph, files: list[Path]) -> dict[str, _Spelled]:
    """Write every named graph as N-Quads, in batches to the file that is shortest."""
    spelled: dict[str, _Spelled] = {}
    outs: list[IO[bytes]] = []
    try:
        outs += [path.open("wb") for path in files]
        serialize(ontology_quads(), outs[0], format=RdfFormat.N_QUADS)
        for name, said in parts(graph):
            hashed, part = sha256(), _Spelled()
            for batch in _batches(said):
                lines = serialize(batch, format=RdfFormat.N_TRIPLES) or b""
                hashed.update(lines)
                # A line end never stands inside a line of N-Triples.
                quads = lines.replace(b" .\n", f" <{name.value}> .\n".encode())
                number = min(range(len(outs)), key=lambda n: outs[n].tell())
                part.at.append((number, outs[number].tell(), len(quads)))
                part.triples += len(batch)
                outs[number].write(quads)
            part.digest = hashed.hexdigest()[:32]
            if part.triples:
                spelled[name.value] = part
    finally:
        for out in outs:
            out.close()
    return spelled


def _batches(said: Iterable[Triple]) -> Iterator[list[Triple]]:
    rest = iter(said)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _ontology_digest() -> str:
    from kg.ontology import ontology_dir

    return sha256((ontology_dir() / "yishi.ttl").read_bytes()).hexdigest()[:32]


def load_files(target: Path, files: list[Path]) -> None:
    """A new store at `target` of all that the N-Quads files hold, one loader a file. Raises OSError where it cannot be written."""
    store = Store(str(target))
    at_once = max(path.stat().st_size for path in files) <= SLICE

    def load(path: Path) -> None:
        for lines in _slices(path, SLICE if at_once else SMALL_SLICE):
            store.bulk_load(lines, format=RdfFormat.N_QUADS, lenient=True)

    with ThreadPoolExecutor(len(files)) as pool:
        list(pool.map(load, files))
    if not at_once:
        store.optimize()
    store.flush()


def _slices(path: Path, size: int) -> Iterator[bytes]:
    """The whole lines of a file, about so many bytes at a time."""
    with path.open("rb") as lines:
        while data := lines.read(size):
            yield data + lines.readline()


def _mended(published: Path, target: Path, changed: set[str], spelled: dict[str, _Spelled], files: list[Path]) -> bool:
    """Make the store out of the published one; False, and nothing there, where that one cannot be used."""
    try:
        _link(published, target)
        _mend(target, changed, spelled, files)
    except (OSError, RuntimeError):
        shutil.rmtree(target, ignore_errors=True)
        return False
    return True


def _link(published: Path, target: Path) -> None:
    """The same store once more: tables are linked (they are never changed, only replaced), the journals copied."""
    target.mkdir()
    for path in published.iterdir():
        if path.suffix == ".sst":
            try:
                os.link(path, target / path.name)
            except OSError:  # a file system without links
                shutil.copyfile(path, target / path.name)
        elif path.name != DIGESTS:
            shutil.copyfile(path, target / path.name)


def _mend(target: Path, changed: set[str], spelled: dict[str, _Spelled], files: list[Path]) -> None:
    """Take out of each changed graph what went and put in what came."""
    store = Store(str(target))
    for name in sorted(changed):
        node = NamedNode(name)
        new = set(_lines(spelled[name], files)) if name in spelled else set()
        old = set(_dumped(store, node))
        if not new:
            store.remove_graph(node)
            continue
        for quad in _quads(old - new):
            store.remove(quad)
        store.extend(_quads(new - old))
    store.flush()
    del store
    Store(str(target)).flush()  # opened once more, the engine drops the journal of what it has written


def _lines(part: _Spelled, files: list[Path]) -> Iterator[bytes]:
    """The N-Quads of one graph."""
    for number, offset, length in part.at:
        with files[number].open("rb") as file:
            file.seek(offset)
            yield from file.read(length).splitlines()


def _dumped(store: Store, name: NamedNode) -> Iterator[bytes]:
    """The N-Quads of one graph of a store."""
    dumped = store.dump(format=RdfFormat.N_TRIPLES, from_graph=name) or b""
    return iter(dumped.replace(b" .\n", f" <{name.value}> .\n".encode()).splitlines())


def _quads(lines: Iterable[bytes]) -> list[Quad]:
    return list(parse(b"\n".join(lines), format=RdfFormat.N_QUADS, lenient=True))


def _tidy(target: Path) -> None:
    """Leave nothing that names a path of this machine or that no reader needs."""
    for path in target.iterdir():
        if path.name.startswith(_NOT_DATA):
            path.unlink()
