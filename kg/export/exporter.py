"""What an exporter is, how it is found, and how what it writes gets into place.

An exporter is one module in `kg.export.formats` (`neo4j_csv.py` is the format neo4j-csv), or in another package that names it
under the entry point group `yishi.exporters`:

    ABOUT = ("一行一个三元组", "a triple a line")     # what it is, in Chinese and in English
    SUFFIX = ".nt"                                   # of the file; "/" where it is a folder
    EXTRA = ""                                       # the extra of this package that it needs, if any
    BINARY = False                                   # whether it makes no sense on a terminal

    def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
        ...

`write` is given a path that does not exist, in a folder of its own, and says what the format could not carry. Such a module
imports nothing heavy at its top.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, TextIO, cast

from kg.errors import UsageError, YishiError
from kg.export.aside import aside
from kg.export.carried import Note
from kg.export.files import cannot_write
from kg.export.folders import put_folder

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

GROUP = "yishi.exporters"
FOLDER = "/"


class Exporter(Protocol):
    """A module (or object) that writes a graph in one format."""

    ABOUT: tuple[str, str]
    SUFFIX: str
    EXTRA: str
    BINARY: bool

    def write(self, graph: Graph, target: Path, lang: str) -> Sequence[Note]:
        """Write the graph to `target`, words for people in `lang` (zh or en). Returns what the format could not carry."""


def exporters() -> dict[str, Exporter]:
    """All exporters by the name of their format, sorted. Those of the package cannot be replaced from outside."""
    import kg.export.formats as here

    found = {
        info.name.replace("_", "-"): cast(Exporter, import_module(f"{here.__name__}.{info.name}"))
        for info in iter_modules(here.__path__)
    }
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        if point.name not in found:
            try:
                found[point.name] = cast(Exporter, point.load())
            except Exception as error:  # a third party's code: whatever it raises is told in one line
                mend = "mend or remove that package"
                raise YishiError(f"the exporter {point.name} cannot be loaded: {error}", point.value, mend) from error
    return dict(sorted(found.items()))


def exporter(name: str) -> Exporter:
    """The exporter of a format. Raises UsageError where there is none of this name."""
    known = exporters()
    if name not in known:
        raise UsageError(f"no format {name!r}", "export", f"one of {', '.join(known)}")
    return known[name]


def export(graph: Graph, name: str, target: str | os.PathLike[str], *, lang: str = "zh") -> tuple[Note, ...]:
    """Write the graph in the format `name` to `target`, whole or not at all. Returns what the format could not carry.

    A file that is there is replaced; a folder only where an earlier export made it. Raises UsageError for an unknown format
    and for a folder of somebody else's, YishiError where the target cannot be written or the format's extra is not installed.
    """
    chosen, path = exporter(name), Path(target)
    if chosen.SUFFIX != FOLDER and path.is_dir():
        raise UsageError("is a folder: this format is one file", str(path), f"name a file, such as graph{chosen.SUFFIX}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside(path.parent, ".kg-export-") as folder:
            made = folder / "made"
            notes = tuple(_write(chosen, name, graph, made, lang))
            if made.is_dir():
                put_folder(made, path, name)
            else:
                with made.open("rb+") as file:
                    os.fsync(file.fileno())
                os.replace(made, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    return notes


def to_stream(graph: Graph, name: str, stream: TextIO, *, lang: str = "zh") -> tuple[Note, ...]:
    """Write the graph in a text format of one file to a stream, after the whole of it has been made aside."""
    with tempfile.TemporaryDirectory(prefix="kg-export-") as folder:
        made = Path(folder) / "made"
        notes = tuple(_write(exporter(name), name, graph, made, lang))
        stream.flush()
        if hasattr(stream, "buffer"):  # as the format has it, whatever the terminal's encoding and line ends
            with made.open("rb") as file:
                shutil.copyfileobj(file, stream.buffer)
        else:
            stream.write(made.read_bytes().decode("utf-8"))
    return notes


def _write(chosen: Exporter, name: str, graph: Graph, made: Path, lang: str) -> Sequence[Note]:
    try:
        return chosen.write(graph, made, lang)
    except ModuleNotFoundError as error:
        if not chosen.EXTRA:
            raise
        raise YishiError(f"needs the package {error.name}", name, f"pip install 'yishi[{chosen.EXTRA}]'") from error
