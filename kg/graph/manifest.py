"""The manifest of a published folder: what belongs together, and where the store lies."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import Any

from kg.errors import YishiError

MANIFEST = "manifest.json"
ASIDE = ".yishi-new"  # the folder in the folder, where the next graph is written whole before it is put in place
STORES = "store"  # the folder of the stores: store/ID is one
_STORE = re.compile(rf"{STORES}/[0-9a-f]{{16}}")


def manifest_of(directory: str | PathLike[str]) -> dict[str, Any]:
    """The manifest of a published folder. Raises YishiError where there is none or it cannot be read."""
    path = Path(directory) / MANIFEST
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise YishiError("there is no published graph here", str(directory), "build one with kg build") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise YishiError("the manifest is not one of kg build", str(path), "build the graph again")
    return manifest


def whole(directory: str | PathLike[str]) -> tuple[dict[str, Any], tuple[Path, ...]]:
    """The manifest that counts and where its files are, one place after the other: a publisher that is putting a graph in place
    (or was killed while it did) has it whole, part in the folder aside and part in place already. Raises YishiError as `manifest_of`."""
    folder = Path(directory)
    if (folder / ASIDE / MANIFEST).is_file():
        with suppress(YishiError):  # put in place meanwhile
            return manifest_of(folder / ASIDE), (folder / ASIDE, folder)
    return manifest_of(folder), (folder,)


def file_of(places: tuple[Path, ...], name: str) -> Path:
    """Where a file or store that the manifest names lies now; where it should be in the end, if it is nowhere."""
    return next((folder / name for folder in places if (folder / name).exists()), places[-1] / name)


def store_of(manifest: Any) -> str | None:
    """Where a manifest says that the store is, below its folder ("store/ID"); None where it says none, or no such place."""
    at = manifest.get("store") if isinstance(manifest, dict) else None
    return at if isinstance(at, str) and _STORE.fullmatch(at) else None


def level_of(manifest: dict[str, Any]) -> str:
    """Which mentions the entities of the folder have: "all", "first" or "none". Raises ValueError where it says something else."""
    from kg.graph.mentions import ALL, LEVELS

    return LEVELS[LEVELS.index(manifest.get("mentions", ALL))]


def base_of(manifest: dict[str, Any]) -> str:
    """What the entities' IRIs of the folder begin with."""
    from kg.graph.iri import DEFAULT_BASE, check_base

    base = manifest.get("base", DEFAULT_BASE)
    return check_base(base) if isinstance(base, str) else DEFAULT_BASE
