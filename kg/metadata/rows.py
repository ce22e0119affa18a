"""The bytes of a table to its rows of cells: CSV and TSV in any encoding that documents are read in, and Excel workbooks (extra xlsx)."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

from kg.errors import InputError
from kg.read.decode import decode

MAX_BYTES = 100_000_000
WORKBOOK, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DELIMITERS = "\t,;"  # ; is what Excel writes where the comma is the decimal mark


def read_rows(path: Path, where: str) -> list[list[str]]:
    """All rows of the table at `path`, blank ones too, so that the numbers are those a spreadsheet shows (the first is 1).

    `where` is what errors call the file. Raises InputError for what cannot be read or is no table.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", where, "check the path") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES // 1_000_000} MB", where, "split the table")
    if data.startswith(OLD_WORKBOOK):
        raise InputError("an Excel workbook of the old kind", where, "save it as CSV")
    return _workbook(data, where) if data.startswith(WORKBOOK) else _separated(decode(data, where)[0], where)


def _separated(text: str, where: str) -> list[list[str]]:
    heading = text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=heading.count), strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise InputError(f"not a table: {error}, line {reader.line_num}", where, "save it as CSV again") from error


def _workbook(data: bytes, where: str) -> list[list[str]]:
    """The rows of the first sheet."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        mend = "save it as CSV, or pip install 'yishi[xlsx]'"
        raise InputError("an Excel workbook needs the package openpyxl", where, mend) from error
    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        return [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    except Exception as error:  # openpyxl lets through whatever its parsing stumbles over
        raise InputError(f"not a workbook that can be read ({type(error).__name__})", where, "save it as CSV") from error


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
