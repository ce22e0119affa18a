"""A graph that was published to a folder (or stands in a file), opened to be read again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Triple

from kg.errors import InputError
from kg.export.publish import TURTLE
from kg.graph.iri import source_iri
from kg.graph.manifest import file_of, whole
from kg.graph.vocabulary import kg


@dataclass(frozen=True)
class Opened:
    """A graph read back. `texts`: source IRI → its text as read, or one text for all; None where only the Turtle is known."""

    triples: tuple[Triple, ...]
    texts: dict[str, str] | str | None

    @cached_property
    def names(self) -> dict[str, str]:
        """The sources' IRIs → the names of their files, as the graph has them."""
        return {
            t.subject.value: t.object.value
            for t in self.triples
            if t.predicate == kg("fileName") and isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.Literal)
        }


def open_graph(path: Path) -> Opened:
    """Read the folder that `kg build` wrote, or a Turtle file. Raises YishiError where there is none or it is not whole."""
    if path.is_dir():
        manifest, places = whole(path)
        try:
            files = {source_iri(s["sha256"], manifest["base"]): file_of(places, s["file"]) for s in manifest["sources"]}
        except (KeyError, TypeError) as error:
            raise InputError("the manifest does not name the sources", str(path), "build the graph again") from error
        return Opened(_triples(file_of(places, TURTLE)), {iri: read_text(file) for iri, file in files.items()})
    return Opened(_triples(path), None)


def read_text(file: Path) -> str:
    """A text as it was read: UTF-8, no byte order mark, line ends as they are. Raises InputError."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("is not a readable text in UTF-8", str(file)) from error


def _triples(file: Path) -> tuple[Triple, ...]:
    try:
        return tuple(dict.fromkeys(quad.triple for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", str(file), "build it with kg build") from error
    except (SyntaxError, ValueError) as error:
        raise InputError(f"is not Turtle: {error}", str(file)) from error
