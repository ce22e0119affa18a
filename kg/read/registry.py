"""Which reader a file asks for: by what it is, not by what it is called.

The readers of this package are loaded when the first file of their kind is met. Readers of other formats register under the entry point
group `yishi.readers` and are asked for by extension.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import PurePath
from typing import Protocol

from kg.errors import InputError
from kg.model import Text
from kg.read.magic import kind_of

GROUP = "yishi.readers"


class Reader(Protocol):
    """What makes text of a file's bytes. An entry point of the group names an instance (or a class without arguments)."""

    @property
    def extensions(self) -> tuple[str, ...]:
        """The extensions it reads, in small letters with the dot."""

    @property
    def media_type(self) -> str:
        """What the Source says it is, where the Text does not say otherwise."""

    def read(self, data: bytes, name: str) -> Text:
        """The text of a file; `name` is what errors call it. Raises InputError for what it cannot read."""


@dataclass(frozen=True, slots=True)
class _Format:
    """A kind of file and the module whose READER reads it."""

    extensions: tuple[str, ...]
    module: str


FORMATS = {
    "text": _Format((".txt", ".text"), "kg.read.plain"),
    "markdown": _Format((".md", ".markdown"), "kg.read.markdown"),
    "html": _Format((".html", ".htm", ".shtml", ".xhtml"), "kg.read.html"),
    "mhtml": _Format((".mhtml", ".mht"), "kg.read.mhtml"),
    "docx": _Format((".docx",), "kg.read.docx"),
    "pdf": _Format((".pdf",), "kg.read.pdf"),
    "ofd": _Format((".ofd",), "kg.read.ofd"),
    "doc": _Format((".doc", ".wps"), "kg.read.office"),
    "rtf": _Format((".rtf",), "kg.read.office"),
    "odt": _Format((".odt",), "kg.read.office"),
    "image": _Format((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"), "kg.read.image"),
}
"""The kinds that `kind_of` tells and this package reads (Markdown is told from text by its extension)."""
REFUSED = {
    "spreadsheet": ("a spreadsheet, not a text", "put its tables into a document, or save it as text"),
    "slides": ("slides, not a text", "save them as a PDF or a document"),
    "book": ("an e-book", "save it as HTML or text"),
    "encrypted office": ("a document under a password", "save it without a password"),
    "old office": ("an office file that holds no text document", "save it as DOCX or PDF"),
    "zip": ("a ZIP archive, not a document", "unpack it and give the folder"),
    "broken zip": ("a broken ZIP archive or office document", "get the file again, or save it anew"),
}


def reader_for(data: bytes, name: str) -> Reader:
    """The reader for a file with this content (its beginning is enough for most kinds) and name. Raises InputError for a kind that none reads."""
    extension = PurePath(name).suffix.lower()
    if (other := _others().get(extension)) is not None:
        return other
    kind = kind_of(data, name)
    if kind in REFUSED:
        what, mend = REFUSED[kind]
        raise InputError(what, name, mend)
    if kind == "text" and extension in FORMATS["markdown"].extensions:
        kind = "markdown"
    return _own(FORMATS[kind].module)


def known_extensions() -> tuple[str, ...]:
    """The extensions that a folder is searched for, sorted."""
    return tuple(sorted({extension for known in FORMATS.values() for extension in known.extensions} | _others().keys()))


@cache
def _own(module: str) -> Reader:
    reader: Reader = import_module(module).READER
    return reader


@cache
def _others() -> dict[str, Reader]:
    """The readers that other packages register, by extension; those of this package's formats cannot be taken over."""
    own = {extension for known in FORMATS.values() for extension in known.extensions}
    found: dict[str, Reader] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        try:
            loaded = point.load()
            other: Reader = loaded() if isinstance(loaded, type) else loaded
            extensions = tuple(other.extensions)
        except Exception as error:  # a third party's code: whatever it raises is told in one line
            raise InputError(
                f"the reader {point.name} cannot be loaded: {error}", point.value, "mend or remove that package"
            ) from error
        for extension in extensions:
            if extension.lower() not in own:
                found.setdefault(extension.lower(), other)
    return found
