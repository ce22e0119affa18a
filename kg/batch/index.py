"""Which file had which content when it was looked at last, so that a file that has not changed costs a stat and not a read.

A file is taken for unchanged where its size, its number and its times (of its content and of its record) are those of then. A file
that had changed within two seconds of being read is not remembered: it could change once more without its times showing it, so its
content is hashed the next time. Paths stand in the index as hashes: no path of the machine is written.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path

from kg.batch.cache import Cache
from kg.export.files import cannot_write

Stamp = tuple[int, int, int, int]
"""Size, time of the content and of the record (nanoseconds), number: what says that a file is the same as before."""
NAME, FORMAT = "index.json", "yishi-index/1"
DOUBT = 2_000_000_000
"""Nanoseconds after a change within which another one may bear the same time: that of the coarsest file systems."""


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def settled(stamp: Stamp, now: int) -> bool:
    """Whether a file that had this stamp at the time `now` (nanoseconds) would show it if it changed after that."""
    return max(stamp[1], stamp[2]) + DOUBT < now


class Index:
    """The index of one cache. A file that cannot be read or has another form is an empty one."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._path = cache.folder / NAME
        self._known = _load(self._path)
        self._now: dict[str, list[int | str]] = {}

    def sha_of(self, path: str) -> str | None:
        """The SHA-256 of what the file holds, where a stat tells it; else None."""
        try:
            stamp = stamp_of(os.stat(path))
        except (OSError, ValueError):
            return None
        name = _name(path)
        found = self._known.get(name)
        if found is None or found[:4] != list(stamp):
            return None
        self._now[name] = found
        return str(found[4])

    def note(self, path: str, stamp: Stamp, sha: str) -> None:
        """The file was read: `stamp` is what it was before and would not be if it changed since (`settled`), `sha` what was read."""
        self._now[_name(path)] = [*stamp, sha]

    def save(self, *, whole: bool) -> None:
        """Write what has changed; `whole`: of files that were not asked for nothing is kept. Raises YishiError where it cannot be written."""
        found = self._now if whole else self._known | self._now
        if found == self._known or not self._cache.folder.is_dir():
            return
        try:
            data = json.dumps({"format": FORMAT, "files": dict(sorted(found.items()))}, indent=0)
            self._cache.replace(self._path, data.encode())
        except OSError as error:
            raise cannot_write(self._path, error) from error


def _name(path: str) -> str:
    return sha256(os.fsencode(os.path.abspath(path))).hexdigest()[:32]


def _load(path: Path) -> dict[str, list[int | str]]:
    try:
        found = json.loads(path.read_bytes())
        files = found["files"] if found["format"] == FORMAT else {}
        return {name: entry for name, entry in files.items() if _is_entry(entry)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _is_entry(entry: object) -> bool:
    return isinstance(entry, list) and [type(part) for part in entry] == [int, int, int, int, str]
