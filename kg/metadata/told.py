"""Which row of a table is about which document of a build, and a document's source as the table tells it."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path, PurePath

from kg.errors import UsageError
from kg.metadata.table import Row, Table
from kg.read.expand import STDIN
from kg.read.files import STDIN_NAME

SHOWN = 5


@dataclass(slots=True)
class Told:
    """What a table tells of the documents of one build.

    `files` are the documents in the order in which to read them: those it tells of first, so that of two copies of one text the one
    it knows counts. `of`: file → its row. `unused`: rows about none of the files.
    """

    files: list[str]
    of: Mapping[str, Row] = field(default_factory=dict)
    unused: tuple[Row, ...] = ()
    name: str = ""
    _by_content: dict[str, Row] = field(default_factory=dict)

    def check(self, file: str, sha256: str) -> None:
        """Raise UsageError where the table has told something else of a copy of the same text, which `sha256` is the hash of."""
        row = self.of.get(file)
        if row is None:
            return
        other = self._by_content.setdefault(sha256, row)
        if (other.known, other.home) != (row.known, row.home):
            what = f"{row.file} and {other.file} are the same text, and {row.place} and {other.place} differ"
            raise UsageError(what, self.name, "leave one of the rows out")

    def left(self) -> str:
        """One line about the rows that were not used; "" where all were."""
        if not self.unused:
            return ""
        named = [f"{row.file} ({row.place})" for row in self.unused[:SHOWN]]
        more = f" and {len(self.unused) - SHOWN:,} more" if len(self.unused) > SHOWN else ""
        return f"no such document was read: {', '.join(named)}{more}"


def told_of(table: Table | None, files: Sequence[str], sources: Sequence[str | PathLike[str]]) -> Told:
    """The rows of `table` beside the documents `files`. A row's file is a path from the table, from one of the folders in `sources` or from here;
    else the end of a document's path: its name alone, where only one has it.

    The table itself is no document. Raises UsageError for a row that may mean several documents and for two rows about one.
    """
    if table is None:
        return Told(list(files))
    own = os.path.abspath(table.path) if table.path else ""
    files = [file for file in files if file == STDIN or os.path.abspath(file) != own]
    places: dict[tuple[str, ...], str] = {_parts(STDIN_NAME if file == STDIN else os.path.abspath(file)): file for file in files}
    by_name: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for parts in places:
        by_name[parts[-1]].append(parts)
    folders = [
        *([table.path.parent] if table.path else []),
        *(Path(source) for source in sources if os.path.isdir(source)),
        Path(),
    ]
    of: dict[str, Row] = {}
    unused: list[Row] = []
    for row in table.rows:
        found = _meant(row.file.replace("\\", "/"), folders, places, by_name)
        if len(found) > 1:
            raise UsageError(f"{row.file} may be {len(found)} of the documents", f"{table.name} {row.place}", "write its path")
        if not found:
            unused.append(row)
            continue
        file = places[found[0]]
        if file in of:
            raise UsageError(
                f"{row.file} is the file of {of[file].place} too", f"{table.name} {row.place}", "leave one of the rows out"
            )
        of[file] = row
    return Told(sorted(files, key=lambda file: file not in of), of, tuple(unused), table.name)


def _meant(
    file: str, folders: Sequence[Path], places: Mapping[tuple[str, ...], str], by_name: Mapping[str, list[tuple[str, ...]]]
) -> list[tuple[str, ...]]:
    """The documents that a row's file may be."""
    exact = dict.fromkeys(_parts(os.path.abspath(folder / file)) for folder in folders)
    if found := [parts for parts in exact if parts in places]:
        return found
    tail = _parts(file)
    return [parts for parts in by_name.get(tail[-1], ()) if parts[-len(tail) :] == tail] if tail else []


def _parts(path: str) -> tuple[str, ...]:
    """The parts of a path, composed as one and the same system spells them."""
    return PurePath(unicodedata.normalize("NFC", path)).parts
