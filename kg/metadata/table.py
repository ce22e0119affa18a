"""A table of metadata: what the user knows of each file, row by row, checked before any document is read."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import UsageError
from kg.metadata.rows import read_rows
from kg.model import Known
from kg.parse.dates import DATE, iso_of
from kg.resolve.home import told_home

LONGEST = 1000
"""Characters of a cell: no title is longer, and a quotation mark that is not closed swallows the rows behind it."""

_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CLOCK = re.compile(r"[ T]0?0:00(?::00)?$")  # what spreadsheets put behind a day
_NUMERIC = re.compile(r"(\d{4})(?:(\d\d)(\d\d)|([-/.])(\d{1,2})(?:\4(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says of one file. `place` is how errors call the row; `file` as it is written there."""

    place: str
    file: str
    known: Known
    home: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is what errors call the table; `folder` where it lies, None for one that is no file."""

    name: str
    rows: tuple[Row, ...]
    path: Path | None = None


def read_table(path: Path) -> Table:
    """The table in a file: CSV, TSV or an Excel workbook with a line of headings (see headings.toml).

    Raises InputError where the file cannot be read, UsageError, with the row's number, where what it says makes no sense.
    """
    where = _words(str(path))
    rows = read_rows(path, where)
    numbered = ((number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row))
    first, heading = next(numbered, (1, []))
    columns = _columns(heading, f"{where} row {first}")
    if "file" not in columns:
        raise UsageError("no column says which file", where, f"head one of its columns {_headings()['file'][0]} or 文件")
    return Table(
        where,
        tuple(_row(_cells(row, columns, f"{where} row {number}"), f"row {number}", where) for number, row in numbered),
        path,
    )


def table_of(mapping: Mapping[str, Mapping[str, object]]) -> Table:
    """The table that says of each file (the keys) what is known of it: {"a.txt": {"title": …, "date": …}}; headings as in a file.

    Raises UsageError where it makes no sense.
    """
    rows = []
    for file, told in mapping.items():
        where = f"metadata {file!r}"
        columns = _columns(list(told), where)
        cells = dict(zip(columns, ("" if value is None else str(value) for value in told.values()), strict=True))
        rows.append(_row({**cells, "file": file}, repr(file), "metadata"))
    return Table("metadata", tuple(rows))


def _columns(heading: Sequence[str], where: str) -> list[str]:
    """The column that each heading stands over; "" where the heading is blank."""
    found: list[str] = []
    for words in heading:
        plain = re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", words)).lower()
        column = next((name for name, headings in _headings().items() if plain in headings), "")
        if plain and not column:
            known = ", ".join(
                f"{headings[0]} {next(word for word in headings if not word.isascii())}" for headings in _headings().values()
            )
            raise UsageError(f"no column is called {_words(words)!r}", where, f"known: {known}")
        if column and column in found:
            raise UsageError(f"two columns are called {column}", where, "leave one out")
        found.append(column)
    return found


def _cells(row: Sequence[str], columns: Sequence[str], where: str) -> dict[str, str]:
    """Column → cell. Raises UsageError for a cell that no heading stands over."""
    beyond = [cell for place, cell in enumerate(row) if cell.strip() and (place >= len(columns) or not columns[place])]
    if beyond:
        raise UsageError(f"no heading stands over {_words(beyond[0])!r}", where, "quote a cell that holds the separator")
    return {column: cell for column, cell in zip(columns, row, strict=False) if column}


def _row(cells: Mapping[str, str], place: str, table: str) -> Row:
    told = {column: words for column, cell in cells.items() if (words := _words(cell))}
    where = f"{table} {place}"
    if long := [column for column, words in told.items() if len(words) > LONGEST]:
        raise UsageError(f"the {long[0]} has {len(told[long[0]]):,} characters", where, "is a quotation mark not closed?")
    if "file" not in told:
        raise UsageError("names no file", where, "write the file's name")
    if "date" in told:
        date = iso(told["date"])
        if date is None:
            raise UsageError(f"no date: {told['date']!r}", where, "write it as 2023-02-25, 2023-02 or 2023")
        told["date"] = date
    if "home" in told:
        try:
            told_home(told["home"])
        except UsageError as error:
            raise UsageError(error.what, where, error.mend) from None
    known = Known(*(told.get(column) for column in ("title", "date", "publisher", "number")))
    return Row(place, told["file"], known, told.get("home"))


def iso(words: str) -> str | None:
    """A date as people write it in a table (2023-2-25, 2023/2, 2023.2.25, 20230225, 2023年2月25日, 2023), ISO; None for what is none."""
    words = _CLOCK.sub("", unicodedata.normalize("NFKC", words).strip())
    if match := _NUMERIC.fullmatch(words):
        year, month, day = match[1], match[2] or match[5], match[3] or match[6]
        words = f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    match = DATE.fullmatch(words)
    return iso_of(match) if match else None


def _words(cell: str) -> str:
    """A cell as one line of text."""
    return " ".join(_NOT_TEXT.sub(" ", cell).split())


@cache
def _headings() -> dict[str, list[str]]:
    """Column → the headings it goes by, the English one first."""
    return tomllib.loads((Path(__file__).parent / "headings.toml").read_text("utf-8"))
