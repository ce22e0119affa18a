"""Reading the tables of this package."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"


def read_rows(name: str) -> list[list[str]]:
    """The rows of a table of this package, comment lines (#) left out."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line and line[0] != "#"]
