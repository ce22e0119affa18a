"""What the lock files pin: for the tools beside this file and for the tests."""

from __future__ import annotations

from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name


def pinned(lock: Path, here: bool = False) -> dict[NormalizedName, str]:
    """The version of each package in a lock file (requirements with hashes, as `make lock` writes them), by its normal name.

    `here` leaves out what other systems and other versions of Python need. Raises packaging's InvalidRequirement for a line that
    is no requirement, and ValueError for one that does not pin a version.
    """
    versions: dict[NormalizedName, str] = {}
    for line in lock.read_text("utf-8").splitlines():
        if not line or line.startswith((" ", "#")):
            continue  # hashes stand on lines of their own, further in
        one = Requirement(line.rstrip(" \\"))
        version = str(one.specifier).removeprefix("==")
        if str(one.specifier) != f"=={version}":
            raise ValueError(f"{lock.name}: {line}: no version is pinned")
        if not here or one.marker is None or one.marker.evaluate():
            versions[canonicalize_name(one.name)] = version
    return versions
