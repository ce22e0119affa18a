"""An answer to a query as a table to read, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.cli.table import columns, shorten

if TYPE_CHECKING:
    from kg.graph.ask_apart import Answer

WIDEST = 60
_FORMULA, _FIGURE = re.compile(r"[=+\-@\t\r]"), re.compile(r"[+-]?[0-9][0-9.,]*[%％]?")
Rows = list[list[Any]]


def read(answer: Answer, hidden: set[str], lang: str | None) -> tuple[list[str], Rows]:
    """The names of the columns and the rows as Python values (see kg.graph.knowledge.Row).

    Columns in `hidden` (what the user has given) are left out. With `lang`, terms of the ontology and those of a user's own that
    `kg.ontology.know` was told of are told by their labels.
    """
    names, found = answer.variables, answer.read()
    if answer.form != "select":
        names = list(found[0]) if found else ["subject", "predicate", "object"]
    shown = [name for name in names if name not in hidden or answer.form != "select"] or names
    return shown, [[_told(row[name], lang) for name in shown] for row in found]


def table_lines(headings: Sequence[str], rows: Rows) -> list[str]:
    """Lines whose columns line up; cells are cut to a width that still can be read."""
    cells = [[shorten("" if value is None else str(value), WIDEST) for value in row] for row in rows]
    sides = "".join("r" if all(_number(row[n]) for row in rows) else "l" for n in range(len(headings)))
    return columns([list(headings), *cells], sides, indent="")


def csv_text(names: Sequence[str], rows: Rows) -> str:
    """CSV. What a spreadsheet would take for a formula has an apostrophe before it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        ["" if value is None else _safe(value) for value in row] for row in [list(names), *rows]
    )
    return out.getvalue()


def objects(names: Sequence[str], rows: Rows) -> list[dict[str, Any]]:
    """The rows as JSON has them: decimals as numbers where they lose nothing, else as text."""
    return [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in rows]


def _told(value: Any, lang: str | None) -> Any:
    from kg.graph.vocabulary import KG
    from kg.ontology import is_known, label

    if lang and isinstance(value, str) and (value.startswith(KG) or is_known(value)):
        return label(value.removeprefix(KG), lang)
    return value


def _safe(value: Any) -> Any:
    if isinstance(value, str) and _FORMULA.match(value) and not _FIGURE.fullmatch(value):
        return f"'{value}"
    return value


def _number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        number = float(value)
        return number if str(number) == str(value) else str(value)
    return value
