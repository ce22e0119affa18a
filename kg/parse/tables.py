"""Reading one word table of the parser by its name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """The word table `name`.toml of this folder, read once. Raises FileNotFoundError where there is none."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


def alternatives(words: list[str]) -> str:
    """A regular expression of any of `words`, longest first, each matched also with spaces between its characters."""
    return "|".join(r"\s?".join(_escape(char) for char in word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _escape(char: str) -> str:
    return "\\" + char if char in r".^$*+?{}[]\|()-" else char
