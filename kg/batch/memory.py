"""What a build remembers of earlier ones: the cache of readings and the index of files as one thing, with what this build made use of."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from os import PathLike
from types import TracebackType

from kg.batch.cache import Cache
from kg.batch.index import Index, Stamp
from kg.batch.options import Options
from kg.errors import YishiError
from kg.model import Reading


class Memory:
    """The memory in a folder (see kg.batch.cache), for one set of options; without a folder it remembers nothing.

    Used as a context. `whole` says in the end that all documents have come to their turn: then what none of them needed is forgotten.
    """

    def __init__(self, folder: str | PathLike[str] | None, options: Options) -> None:
        self.cache = Cache(folder, options) if folder is not None else None
        self.whole = False
        self._index = Index(self.cache) if self.cache else None
        self._used: set[str] = set()

    def unchanged(self, path: str) -> str | None:
        """The SHA-256 of a file that a stat tells to be as it was when it was read; None where it must be looked at."""
        sha = self._index.sha_of(path) if self._index else None
        return sha if sha and self.cache and self.cache.has(self.cache.key(sha, path)) else None

    def reading(self, sha: str, path: str, name: str) -> Reading | None:
        """The reading of a file with these bytes, under this name; None where there is none that can be trusted."""
        found = self.cache.get(self.cache.key(sha, path), sha) if self.cache else None
        if found is None or found.document.source.name == name:
            return found
        return replace(found, document=replace(found.document, source=replace(found.document.source, name=name)))

    def note(self, path: str, sha: str, stamp: Stamp | None) -> None:
        """A file has come to its turn: its reading is kept, and (where its stamp can be relied on) what it held."""
        if self.cache and self._index:
            self._used.add(self.cache.key(sha, path))
            if stamp:
                self._index.note(path, stamp, sha)

    def close(self) -> None:
        """Write the index, and forget what is not needed. Raises YishiError where the index cannot be written."""
        if self.cache and self._index:
            self._index.save(whole=self.whole)
            if self.whole:
                self.cache.keep(self._used)

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            with suppress(YishiError):  # what ended the build is told, not this
                self.close()
