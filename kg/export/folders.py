"""Formats that are several files: a folder that is there whole or not at all, and replaced only where it is ours."""

from __future__ import annotations

import json
import os
from hashlib import file_digest
from pathlib import Path
from typing import Any

from kg import __version__
from kg.errors import UsageError
from kg.export.aside import exchanged

LIST = "export.json"
"""In each folder that an export makes: what made it, and the hash of each of its files."""


def put_folder(made: Path, target: Path, name: str) -> None:
    """Move the folder `made` to `target`, in the place of what an earlier export of the format `name` left there.

    `made` lies alone in a folder that is taken away after this. Raises UsageError where `target` is something else than that, or holds files that no export made. OSError as renaming does.
    """
    (made / LIST).write_text(json.dumps(_list(made, name), ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    if not target.exists():
        os.rename(made, target)
        return
    _require_ours(target)
    if exchanged(made, target):  # what was there goes with the folder in which `made` lies
        return
    old = made.with_name("old")
    os.rename(target, old)
    try:
        os.rename(made, target)
    except BaseException:
        os.rename(old, target)
        raise


def listed(folder: Path) -> dict[str, Any]:
    """What the list of an exported folder says; empty where there is none or it is not ours."""
    try:
        found = json.loads((folder / LIST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("files"), dict) else {}


def _list(folder: Path, name: str) -> dict[str, Any]:
    files = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            files[path.name] = {"sha256": file_digest(file, "sha256").hexdigest(), "bytes": path.stat().st_size}
    return {"format": name, "version": __version__, "files": files}


def _require_ours(target: Path) -> None:
    if not target.is_dir():
        raise UsageError("is a file: this format is a folder", str(target), "name a folder that is not there yet")
    there = {path.name for path in target.iterdir()}
    foreign = there - {LIST, *listed(target).get("files", ())}
    if foreign:
        what = f"holds what no export made ({min(foreign)})"
        raise UsageError(what, str(target), "name a folder that is empty or not there yet")
