"""The readings that a folder remembers: one file each, known by the document's bytes, the options and the version of the pipeline.

    CACHEDIR.TAG       tells backup programs that nothing is lost with this folder
    index.json         which file had which content (kg.batch.index)
    readings/ab/cdef…  a reading: a line that says what it is, a hash, the reading as JSON (kg.batch.codec), compressed

It can be deleted at any time. A file that is damaged, cut off, of another form or of another document is as good as none: the document
is read again. Files are written aside and renamed, so that who is killed, and who builds into the same folder meanwhile, harms nothing.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
import zlib
from collections.abc import Collection
from contextlib import suppress
from hashlib import blake2b, sha256
from os import PathLike
from pathlib import Path, PurePath

from kg.batch.codec import from_plain, to_plain
from kg.batch.options import Options
from kg.batch.version import pipeline_version
from kg.divisions.file_name import file_place
from kg.export.files import cannot_write
from kg.model import Reading
from kg.read import document_name

NAME = ".yishi-cache"
"""What the folder is called in a build's output folder: hidden, and in no manifest."""
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Readings that kg build remembers. They can be deleted. See https://bford.info/cachedir/\n"
_MAGIC = b"yishi-reading/1\n"
_LEVEL = 3  # of zlib: less is hardly faster, more hardly smaller
_LARGEST = 1 << 31  # bytes of a reading's JSON: a longer one is not remembered, and none is unpacked
_ABANDONED = 3600.0  # seconds after which a half-written file is nobody's


def packed(reading: Reading) -> bytes:
    """A reading in few bytes."""
    plain = json.dumps(to_plain(reading), ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return zlib.compress(plain.encode("utf-8", "surrogatepass"), _LEVEL)


def unpacked(data: bytes) -> Reading:
    """The reading that `packed` gave. Raises ValueError for anything else."""
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(data, _LARGEST)
        if not unpacker.eof:
            raise ValueError("cut off, or too large")
        return from_plain(Reading, json.loads(plain.decode("utf-8", "surrogatepass")))
    except (zlib.error, TypeError, RecursionError) as error:
        raise ValueError("not a reading") from error


class Cache:
    """The readings in one folder, for one set of options. Nothing is made before there is something to remember."""

    def __init__(self, folder: str | PathLike[str], options: Options) -> None:
        self.folder = Path(folder)
        known = {"version": pipeline_version(), "options": options.of_all()}
        self._options = options
        self._of = sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()

    def key(self, sha: str, path: str) -> str:
        """What the reading of a file with these bytes at this path is known by: of the path its ending counts (it can choose the reader) and the
        place its name tells (it may be whose text it is), and what the options say of this file alone."""
        place = file_place(document_name(PurePath(path).name))
        told = f"{self._of} {sha} {PurePath(path).suffix.lower()} {place.code if place else ''} {self._options.of_one(path)}"
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    def has(self, key: str) -> bool:
        """Whether there is a file for this key. Only `get` tells whether it is a good one."""
        return os.path.isfile(self._path(key))

    def get(self, key: str, sha: str) -> Reading | None:
        """The reading of the document with these bytes; None where there is none that can be trusted."""
        with suppress(OSError, ValueError):
            data = self._path(key).read_bytes()
            head = _MAGIC + _seal(key, data[len(_MAGIC) + 32 :])
            if data.startswith(head):
                reading = unpacked(data[len(head) :])
                return reading if reading.document.source.sha256 == sha else None
        return None

    def put(self, key: str, data: bytes) -> None:
        """Remember what `packed` gave. Raises YishiError where it cannot be written."""
        path = self._path(key)
        try:
            self._tag()
            path.parent.mkdir(parents=True, exist_ok=True)
            self.replace(path, _MAGIC + _seal(key, data) + data)
        except OSError as error:
            raise cannot_write(path, error) from error

    def replace(self, path: Path, data: bytes) -> None:
        """Write a file of this folder aside and rename it. It need not survive the machine: its seal tells whether it did."""
        handle, aside = tempfile.mkstemp(prefix=".", suffix=".half", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(aside, path)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise

    def keep(self, keys: Collection[str]) -> None:
        """Forget all readings but those of `keys`, and what those who were killed have left."""
        wanted = {self._path(key) for key in keys}
        for path in self.folder.glob("readings/*/*"):
            with suppress(OSError):  # another build may have taken it away
                abandoned = path.suffix == ".half" and path.stat().st_mtime < time.time() - _ABANDONED
                if abandoned or (path.suffix != ".half" and path not in wanted):
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / "readings" / key[:2] / key[2:]

    def _tag(self) -> None:
        tag = self.folder / "CACHEDIR.TAG"
        if not tag.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            tag.write_text(TAG, "ascii")


def _seal(key: str, data: bytes) -> bytes:
    """What tells a damaged file, and one that was put in the place of another."""
    return blake2b(data, digest_size=32, key=bytes.fromhex(key)).digest()
