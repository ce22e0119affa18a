"""Several values in one cell, and cells that no spreadsheet takes for a formula; both so that the values can be got back."""

from __future__ import annotations

import re
from collections.abc import Iterable

SEVERAL = " | "
_PIECE = re.compile(r"\\(.)|( \| |.)", re.S)
# What makes a spreadsheet compute or run what a text says (= + - @, in full width too), and the mark that is put before it.
_FORMULA = re.compile(r"['=+\-@＝＋－＠\t\r\n]")


def join(values: Iterable[str]) -> str:
    r"""The values with a | between them; a | or \ inside a value has a \ before it."""
    return SEVERAL.join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def split(cell: str) -> list[str]:
    """The values that `join` made the cell of; none of an empty cell."""
    values = [""] if cell else []
    for escaped, other in _PIECE.findall(cell):
        if other == SEVERAL:
            values.append("")
        else:
            values[-1] += escaped or other
    return values


def harmless(cell: str) -> str:
    """The text with a ' before it where a spreadsheet would take it for a formula, or where it begins with a ' itself."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_it_was(cell: str) -> str:
    """The text that `harmless` was given."""
    return cell.removeprefix("'")
