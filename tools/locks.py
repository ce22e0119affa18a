"""What the lock files pin: for the tools beside this file and for the tests."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name


class Pin(NamedTuple):
    """A package by its normal name, its one version, and on which systems and Pythons this version is meant (None: on all)."""

    name: NormalizedName
    version: str
    where: Marker | None


def pins(lock: Path) -> list[Pin]:
    """All pins of a lock file (requirements with hashes, as `make lock` writes them), in its order.

    Raises packaging's InvalidRequirement for a line that is no requirement, and ValueError for one that does not pin a version.
    """
    found = []
    for line in lock.read_text("utf-8").splitlines():
        if not line or line.startswith((" ", "#")):
            continue  # hashes stand on lines of their own, further in
        one = Requirement(line.rstrip(" \\"))
        version = str(one.specifier).removeprefix("==")
        if str(one.specifier) != f"=={version}":
            raise ValueError(f"{lock.name}: {line}: no version is pinned")
        found.append(Pin(canonicalize_name(one.name), version, one.marker))
    return found


def pinned_here(lock: Path) -> dict[NormalizedName, str]:
    """Normal name → version of what a lock file pins for this system and this Python. Raises what `pins` raises."""
    return {pin.name: pin.version for pin in pins(lock) if pin.where is None or pin.where.evaluate()}
