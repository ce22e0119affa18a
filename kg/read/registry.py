"""Which reader a file's extension asks for. Readers of other formats register under the entry point group `yishi.readers`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import PurePath
from typing import Protocol

from kg.errors import InputError
from kg.read.decode import decode

GROUP = "yishi.readers"


class Reader(Protocol):
    """What makes text of a file's bytes. An entry point of the group names an instance (or a class without arguments)."""

    @property
    def extensions(self) -> tuple[str, ...]:
        """The extensions it reads, in small letters with the dot."""

    @property
    def media_type(self) -> str:
        """What the Source says it is."""

    def read(self, data: bytes, name: str) -> tuple[str, str]:
        """The text and the encoding it was in ("" where that makes no sense). Raises InputError for what it cannot read."""


@dataclass(frozen=True, slots=True)
class TextReader:
    """Plain text and Markdown: the text is the decoded file, untouched."""

    extensions: tuple[str, ...] = (".txt", ".text")
    media_type: str = "text/plain"

    def read(self, data: bytes, name: str) -> tuple[str, str]:
        return decode(data, name)


TEXT = TextReader()
MARKDOWN = TextReader((".md", ".markdown"), "text/markdown")


@cache
def _by_extension() -> dict[str, Reader]:
    found: dict[str, Reader] = {}
    for reader in (TEXT, MARKDOWN):
        found.update((extension, reader) for extension in reader.extensions)
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
            found.setdefault(extension.lower(), other)  # the readers of this package cannot be taken over
    return found


def known_extensions() -> tuple[str, ...]:
    """The extensions that a folder is searched for, sorted."""
    return tuple(sorted(_by_extension()))


def reader_for(name: str) -> Reader:
    """The reader for a file of this name; plain text where the extension is unknown."""
    return _by_extension().get(PurePath(name).suffix.lower(), TEXT)
