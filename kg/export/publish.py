"""Publishing a graph whole: a folder whose manifest tells what belongs together.

    graph.ttl       the graph after the contract
    graph.html      the page (unless html=False)
    report.html     what was read, skipped, not resolved, and which sentences gave nothing (unless html=False)
    merges.tsv      which names were joined into one entity and why
    sources/        each text as it was read, UTF-8, line ends as they were: what the quotes' offsets count in
    documents.json  what is known of each document, for who opens the folder as a Graph again
    store/ID/       the graph in an embedded store, to be asked (see kg.graph.store); ID is a hash of what is in it
    .yishi-cache/   no part of it: what kg build remembers of the documents (see kg.batch.cache), left alone here
    manifest.json   the SHA-256 and size of each of these files, which store is theirs, the tool's version, counts

Everything is written into a folder aside (`.yishi-new`, in the same folder) and renamed into place only when all of it is there,
the manifest last. Who is killed before that leaves the old graph untouched; who is killed between two renames leaves a complete
new graph aside, which readers take for the one that counts (`kg.graph.manifest.whole`) and which `settle` (and the next `publish`)
puts in place; who is killed after the last one leaves files of the former graph, which are then taken away. One publisher at a
time writes to a folder.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EISDIR
from hashlib import file_digest
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import __version__
from kg.errors import YishiError
from kg.export.files import cannot_write, safe_name
from kg.graph.documents import DOCUMENTS, documents
from kg.graph.manifest import ASIDE, MANIFEST, STORES, store_of
from kg.graph.mentions import keep_mentions
from kg.graph.terms import in_order
from kg.model import CLASSES

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph
    from kg.model import Source

TURTLE, PAGE, REPORT, MERGES = "graph.ttl", "graph.html", "report.html", "merges.tsv"
_HALF = f".{MANIFEST}.half"  # the manifest that `publish_store` writes
_FORMER = f"{MANIFEST}.former"  # in the folder aside: the manifest of the graph that is replaced, while it is being replaced
_PATIENCE = 30.0  # seconds to wait for another publisher of the same folder


def publish(
    graph: Graph, directory: str | PathLike[str], *, html: bool = True, lang: str = "zh", mentions: str = "all"
) -> dict[str, Path]:
    """Write the graph to `directory` (made where it is missing) and return what is there: name of the file (or store) → path.

    `mentions` is which of the places that name an entity are written: "all", the "first" in each source, "none". The report and
    merges.tsv, which tell how the texts were read, count all. Files of an earlier graph that the new one does not have (named by its manifest) are removed; other files are left alone.
    Raises YishiError, with the old graph as it was, where the folder cannot be written or is full; UsageError for other `mentions`.
    """
    folder, kept = Path(directory), keep_mentions(graph, mentions)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            _settle(folder)
            aside = folder / ASIDE
            try:
                manifest = _write_aside(graph, kept, folder, html, lang)
                for name in (*manifest["files"], MANIFEST):
                    if (folder / name).is_dir():
                        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(folder / name))
            except BaseException:
                _discard(aside)
                raise
            _settle(folder)
            return {name: folder / name for name in (*manifest["files"], manifest["store"], MANIFEST)}
    except OSError as error:
        raise cannot_write(Path(error.filename or folder), error) from error


def settle(directory: str | PathLike[str]) -> None:
    """Finish what a killed publisher left: put a complete new graph in place, take an incomplete one away.

    Does nothing to a folder where all is well. Raises YishiError where the folder cannot be written.
    """
    folder = Path(directory)
    if not (folder / ASIDE).exists():
        return
    try:
        with _alone(folder):
            _settle(folder)
    except OSError as error:
        raise cannot_write(Path(error.filename or folder), error) from error


def publish_store(directory: str | PathLike[str], store: Path, name: str, instead_of: str | None) -> bool:
    """Put the store at `store` into a published folder as `name` ("store/ID") in place of `instead_of`, or into one without a graph (None).

    For stores that were changed by themselves: the folder's other files stay as they were built. Returns False, and changes
    nothing, where the folder's store is another one by now. Raises YishiError and OSError where it cannot be written.
    """
    folder = Path(directory)
    with _alone(folder):
        _settle(folder)
        manifest = _read(folder / MANIFEST) or {**_manifest(_empty(), {}), "store": None}
        if store_of(manifest) != instead_of:
            return False
        (folder / name).parent.mkdir(exist_ok=True)
        store.replace(folder / name)
        half = folder / _HALF
        half.write_text(json.dumps({**manifest, "store": name}, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
        half.replace(folder / MANIFEST)
        _take_stores_away(folder)
        return True


def _empty() -> Graph:
    from kg.graph.knowledge import Graph

    return Graph((), (), (), {}, {})


def source_file(source: Source) -> str:
    """Where the text of a source is kept below the published folder."""
    name = safe_name(source.name)
    return f"sources/{source.sha256[:16]}-{name}{'' if name.endswith('.txt') else '.txt'}"


def _write_aside(read: Graph, graph: Graph, folder: Path, html: bool, lang: str) -> dict[str, Any]:
    """All files into the folder aside, the manifest last: where it is there, all is there. `read` has all mentions."""
    from kg.export.report import write_report
    from kg.export.report.merges import merges
    from kg.graph.store_write import write_store

    aside = folder / ASIDE
    (aside / "sources").mkdir(parents=True)
    names = [TURTLE, DOCUMENTS, MERGES, *([PAGE, REPORT] if html else [])]
    (aside / TURTLE).write_bytes((graph.to_turtle() or "").encode())
    (aside / DOCUMENTS).write_bytes(documents(graph))
    if html:
        graph.to_html(aside / PAGE, lang=lang)
        write_report(read, aside / REPORT, lang=lang)
    (aside / MERGES).write_bytes(merges(read, lang))
    for source in graph.sources.values():
        names.append(source_file(source))
        # Who reads it back drops one byte order mark: a text that begins with that character needs another before it.
        mark = "\ufeff" if source.text.startswith("\ufeff") else ""
        (aside / names[-1]).write_bytes((mark + source.text).encode())
    manifest = _manifest(graph, {name: _stamp(aside / name) for name in sorted(names)})
    manifest["store"] = write_store(graph, aside, _published_store(folder))
    half = aside / f"{MANIFEST}.half"
    half.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    half.replace(aside / MANIFEST)
    return manifest


def _published_store(folder: Path) -> Path | None:
    """The store that readers of the folder see now."""
    at = store_of(_read(folder / MANIFEST))
    return folder / at if at and (folder / at).is_dir() else None


def _stamp(path: Path) -> dict[str, str | int]:
    with path.open("rb") as file:
        return {"sha256": file_digest(file, "sha256").hexdigest(), "bytes": path.stat().st_size}


def _manifest(graph: Graph, files: dict[str, dict[str, str | int]]) -> dict[str, Any]:
    classes = Counter(entity.classes[0] for entity in graph.entities)
    properties = Counter(fact.property for fact in graph.facts)
    return {
        "format": "yishi/1",
        "version": __version__,
        "base": graph.base,
        "mentions": graph.mentions,
        "files": files,
        "store": "",
        "counts": {
            "entities": len(graph.entities),
            "facts": len(graph.facts),
            "measures": len(graph.measures),
            "sources": len(graph.sources),
            "classes": {name: classes[name] for name in CLASSES if classes[name]},
            "properties": {name: properties[name] for name in in_order(properties)},
        },
        "sources": [
            {"sha256": sha, "name": source.name, "file": source_file(source), "title": graph.documents[sha].title}
            for sha, source in graph.sources.items()
        ],
        "skipped": [{"name": skipped.name, "reason": skipped.reason} for skipped in graph.skipped],
    }


def _settle(folder: Path) -> None:
    """Rename a complete graph from aside into place, the manifest last; remove an incomplete one, and all that a killed publisher left."""
    aside = folder / ASIDE
    if (aside / MANIFEST).is_file():
        new = _listed(_read(aside / MANIFEST))
        if (folder / MANIFEST).is_file():
            shutil.copyfile(folder / MANIFEST, aside / _FORMER)
        for name in sorted(new, key=lambda name: (not name.startswith("sources/"), name)):
            if (aside / name).exists():
                (folder / name).parent.mkdir(exist_ok=True)
                if (folder / name).is_dir() and store_of({"store": name}):  # of no graph: the manifest names another one
                    shutil.rmtree(folder / name)
                (aside / name).replace(folder / name)
        (aside / MANIFEST).replace(folder / MANIFEST)
    if (aside / _FORMER).is_file():  # the new graph is in place
        for name in sorted(_listed(_read(aside / _FORMER)) - _listed(_read(folder / MANIFEST))):
            if not store_of({"store": name}):
                (folder / name).unlink(missing_ok=True)
    (folder / _HALF).unlink(missing_ok=True)
    _take_stores_away(folder)
    if aside.exists():
        shutil.rmtree(aside)


def _take_stores_away(folder: Path) -> None:
    """Remove the stores that the manifest does not name: the former graph's, and those that a killed publisher did not come to name."""
    manifest = _read(folder / MANIFEST)
    if manifest is None and (folder / MANIFEST).exists():
        return  # it cannot be read: nobody knows which store is whose
    for path in (folder / STORES).glob("*"):
        name = f"{STORES}/{path.name}"
        if store_of({"store": name}) == name != store_of(manifest):
            shutil.rmtree(path, ignore_errors=True)  # who has it open still has it


def _discard(aside: Path) -> None:
    """Take away a graph that is not to be put in place: first what would say that it is complete."""
    with suppress(OSError):
        (aside / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(aside)


def _read(manifest: Path) -> Any:
    """What a manifest holds; None where there is none."""
    try:
        return json.loads(manifest.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _listed(manifest: Any) -> set[str]:
    """The files and the store that a manifest names, but for any that a publisher would not have written."""
    files = manifest.get("files") if isinstance(manifest, dict) else None
    named = (
        {name for name in files if name in (TURTLE, PAGE, REPORT, MERGES, DOCUMENTS) or _is_source_file(name)}
        if isinstance(files, dict)
        else set()
    )
    at = store_of(manifest)
    return named | {at} if at else named


def _is_source_file(name: str) -> bool:
    folder, _, rest = name.partition("/")
    return folder == "sources" and all(c.isalnum() or c in "._-" for c in rest) and not rest.startswith(".") and rest != ""


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder against other publishers. Raises YishiError where another one does not finish."""
    try:
        import fcntl
    except ImportError:  # not on this system: two publishers at once are the user's to avoid
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise YishiError(
                        "another build is writing here", str(folder), "wait for it or choose another folder"
                    ) from error
                time.sleep(0.1)
        yield
    finally:
        os.close(handle)
