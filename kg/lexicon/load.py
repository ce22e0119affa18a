"""Reading one word table of the package by its name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """The word table `name`.toml as it stands, read once. Raises FileNotFoundError where the package has none."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
