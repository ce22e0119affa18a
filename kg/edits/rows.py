"""The edits file: tab-separated text with a line of column heads, read and checked as a whole before anything is built.

    # our corrections
    action → subject → property → object → field → to → note
    rename → 市文史研究馆 → → → → 湖州市文史研究馆
    mend → 市政协 → 运行 → 民生议事堂 → period → 2022 → the report's year        (→ is a tab)

Columns stand in any order and those not needed are left out. What each action needs and takes is ACTIONS; docs/edits.md tells it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from kg.edits.cells import FACT_FIELDS, FIGURE_FIELDS, meaning, words
from kg.errors import InputError, UsageError
from kg.read.decode import BOMS

LARGEST = 64 << 20  # bytes
ENTITY, FACT, FIGURE = "entity", "fact", "figure"
_PLACE = ("quote", "source", "start", "end")
_OF_FACT, _OF_FIGURE = ("status", "period", "role", "quote", "source"), ("value", "unit", "status", "period", "quote", "source")
# (action, what it is about) → the columns that a row needs, and those that it may have besides
ACTIONS: Mapping[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]] = {
    ("join", ENTITY): (("subject", "object"), ()),
    ("part", ENTITY): (("subject",), ("object", "quote", "source", "to")),
    ("rename", ENTITY): (("subject", "to"), ()),
    ("retype", ENTITY): (("subject", "to"), ()),
    ("reject", ENTITY): (("subject",), ()),
    ("add", ENTITY): (("subject", "to"), ("source",)),
    ("reject", FACT): (("subject", "property", "object"), _OF_FACT),
    ("mend", FACT): (("subject", "property", "object", "field", "to"), _OF_FACT),
    ("add", FACT): (("subject", "property", "object"), ("status", "period", "role", *_PLACE)),
    ("reject", FIGURE): (("subject", "indicator"), _OF_FIGURE),
    ("mend", FIGURE): (("subject", "indicator", "field", "to"), _OF_FIGURE),
    ("add", FIGURE): (("subject", "indicator", "value"), ("unit", "status", "period", *_PLACE)),
}
_A = {ENTITY: "an entity", FACT: "a fact", FIGURE: "a figure"}
_FORMULA = re.compile(r"'(?=[=+\-@])")  # what keeps a spreadsheet from taking a cell for a formula
LONGEST = 40  # characters of a cell that are told


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it stands on (of the first, where a cell holds line ends), and its cells, as kg.edits.cells has them."""

    line: int
    action: str
    about: str  # entity, fact, figure
    cells: Mapping[str, str]
    text: str = ""  # as the user wrote it, for telling of it

    def __getitem__(self, column: str) -> str:
        """The cell of a column, "" where it is empty."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Edits:
    """All rows of a file, by line. `name` is the file's name."""

    name: str
    rows: tuple[Row, ...]


def read_edits(path: str | PathLike[str]) -> Edits:
    """Read an edits file: UTF-8 (with or without a byte order mark), UTF-16 with one, or GB18030.

    Raises InputError where it cannot be read, UsageError (with the line) where it is malformed: no heads, an unknown column or
    action, a cell that is missing, does not belong to the action or makes no sense.
    """
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST:
            raise InputError(f"an edits file is at most {LARGEST >> 20} MB", file.name)
        data = file.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", str(path), "name a file of edits") from error
    return parse_edits(_decoded(data, file.name), file.name)


def parse_edits(text: str, name: str = "edits.tsv") -> Edits:
    """The rows of an edits file's text. Raises UsageError as read_edits does."""
    lines = _lines(text, name)
    try:
        line, heads = next(lines)
    except StopIteration:
        raise UsageError("there is no line of column heads", name, "it begins with: action, subject, …") from None
    columns = _columns(heads, f"{name}, line {line}")
    return Edits(name, tuple(_row(columns, line, cells, f"{name}, line {line}") for line, cells in lines))


def _decoded(data: bytes, name: str) -> str:
    marked = next(((mark, (encoding,)) for mark, encoding in BOMS if data.startswith(mark)), None)
    mark, encodings = marked or (b"", ("utf-8", "gb18030"))
    for encoding in encodings:
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(
        "is not text in UTF-8, UTF-16 with a byte order mark, or GB18030", name, "save it as tab-separated UTF-8 text"
    )


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of each row that is neither blank nor a comment."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    line = 1
    try:
        for cells in reader:
            tidy = [_FORMULA.sub("", " ".join(cell.split()), count=1) for cell in cells]
            if any(tidy) and not tidy[0].startswith("#"):
                if any("\t" in cell for cell in cells):
                    raise UsageError("a cell holds a tab", f"{name}, line {line}", 'is a quotation mark " not closed?')
                yield line, tidy
            line = reader.line_num + 1
    except csv.Error as error:
        mend = 'a cell that begins with " must end with it, and have "" for each inside'
        raise UsageError(f"not a tab-separated row: {error}", f"{name}, line {line}", mend) from error


def _columns(heads: Sequence[str], where: str) -> list[str]:
    known = words("columns")
    columns = [known.get(head.casefold(), "") for head in heads]
    if len(heads) == 1 and re.search("[,，;；]", heads[0]):
        raise UsageError("the columns are not separated by tabs", where, "save it as tab-separated text")
    for head, column in zip(heads, columns, strict=True):
        if head and not column:
            raise UsageError(f"there is no column {head[:40]!r}", where, f"columns: {' '.join(dict.fromkeys(known.values()))}")
    twice = next((column for column in columns if column and columns.count(column) > 1), None)
    if twice:
        raise UsageError(f"the column {twice} stands twice", where)
    for needed in ("action", "subject"):
        if needed not in columns:
            raise UsageError(f"the column {needed} is missing", where, "the first line names the columns")
    return columns


def _row(columns: Sequence[str], line: int, texts: Sequence[str], where: str) -> Row:
    if any(text for text in texts[len(columns) :]) or any(
        text for text, column in zip(texts, columns, strict=False) if not column
    ):
        raise UsageError("a cell stands under no column head", where)
    cells = {column: text for column, text in zip(columns, texts, strict=False) if text and column != "note"}
    said = cells.pop("action", "")
    action = words("actions").get(said.casefold())
    if action is None:
        known = " ".join(dict.fromkeys(words("actions").values()))
        raise UsageError(f"there is no action {said[:40]!r}" if said else "the action is missing", where, f"actions: {known}")
    about = FACT if "property" in cells else FIGURE if {"indicator", "value", "unit"} & set(cells) else ENTITY
    if (action, about) not in ACTIONS:
        if action == "mend":
            raise UsageError(
                "mend what: a fact (property) or a figure (indicator)?", where, "entities: rename, retype, join, part"
            )
        about = ENTITY  # whose columns the error below is about
    needed, allowed = ACTIONS[action, about]
    for column in needed:
        if column not in cells:
            raise UsageError(f"{action} needs {column}", where, f"it needs {', '.join(needed)}")
    for column in cells:
        if column not in (*needed, *allowed):
            raise UsageError(
                f"{action} of {_A[about]} does not take {column}", where, f"it takes {', '.join((*needed, *allowed))}"
            )
    text = " · ".join(shorten(cell) for cell in (said, *cells.values()))
    row = Row(line, action, about, {column: _cell(column, cell, where) for column, cell in cells.items()}, text)
    return _checked(row, where)


def _cell(column: str, text: str, where: str) -> str:
    try:
        return meaning(column, text)
    except ValueError as error:
        raise UsageError(f"{column}: {text[:40]!r} makes no sense", where, f"write {error}") from None


def _checked(row: Row, where: str) -> Row:
    """The row with what its action makes of `field` and `to`. Raises UsageError for what cannot be meant."""
    if row.action == "part" and not (row["source"] or row["quote"] or row["object"]):
        raise UsageError("part needs source, quote or object: which mentions are meant?", where)
    if row.action == "part" and not (row["to"] or row["source"]):
        raise UsageError("part needs to or source: what are those mentions to be?", where, "to: a name or an entity")
    if row.action == "part" and row["to"]:
        _cell("name", row["to"], where)
    if row.action == "add" and row.about != ENTITY:
        if bool(row["start"]) != bool(row["end"]) or not (row["quote"] or row["start"]):
            raise UsageError("add needs the sentence: a quote, or source with start and end", where)
        if row["start"] and (not row["source"] or int(row["start"]) >= int(row["end"])):
            raise UsageError("start and end are of a source, start before end", where)
    if row["role"] and row["property"] != "worksFor":
        raise UsageError("only worksFor has a role", where)
    to = row["to"]
    if row.action == "rename":
        return _with(row, to=_cell("name", to, where))
    if row.action == "retype":
        return _with(row, to=_cell("class", to, where))
    if row.action == "add" and row.about == ENTITY:
        return _with(row, subject=_cell("name", row["subject"], where), to=_cell("class", to, where))
    if row.action != "mend":
        return row
    field = words("columns").get(row["field"].casefold(), "")
    fields = FACT_FIELDS if row.about == FACT else FIGURE_FIELDS
    if field not in fields:
        raise UsageError(f"field: {row['field'][:40]!r} makes no sense", where, f"write one of {' '.join(fields)}")
    if field == "role" and row["property"] != "worksFor":
        raise UsageError("only worksFor has a role", where)
    return _with(row, field=field, to=_cell(field, to, where))


def _with(row: Row, **cells: str) -> Row:
    return replace(row, cells={**row.cells, **cells})


def shorten(cell: str) -> str:
    """A cell as it is told of."""
    return cell if len(cell) <= LONGEST else f"{cell[: LONGEST - 1]}…"
