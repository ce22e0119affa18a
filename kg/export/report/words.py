"""The words of the report and of `merges.tsv`, by language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = {"zh": "zh-Hans", "en": "en"}


@cache
def words() -> dict[str, dict[str, str]]:
    """{"zh": {key: words}, "en": …}; {names} in them are filled in."""
    found: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
    return found
