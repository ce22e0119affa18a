"""Disks that are full or read-only, for the tests: a small file system in memory, mounted in the test's own folder."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


class SmallDisk:
    """A mounted tmpfs: `path` is its folder. Its size and whether it can be written can be changed."""

    def __init__(self, path: Path, size: str) -> None:
        self.path = path
        path.mkdir()
        _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", path)

    def resize(self, size: str) -> None:
        """Give it this much room in all: 1m, 64m."""
        _run("mount", "-o", f"remount,rw,size={size}", self.path)

    def protect(self) -> None:
        """Let nothing be written to it any more."""
        _run("mount", "-o", "remount,ro", self.path)

    def fill(self, left: int) -> Path:
        """Fill it but for so many bytes; returns the file that does."""
        import os

        state = os.statvfs(self.path)
        filler = self.path / "filler"
        filler.write_bytes(b"\0" * max(0, state.f_bavail * state.f_frsize - left))
        return filler

    def names(self) -> list[str]:
        """All files and folders on it but for the filler."""
        return sorted(path.relative_to(self.path).as_posix() for path in self.path.rglob("*") if path.name != "filler")


def _run(*words: str | Path) -> None:
    subprocess.run([*map(str, words)], check=True, capture_output=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of 1 MB. Skips where this user or this machine may not mount one, in CI as well: it is no program that could be installed."""
    try:
        small = SmallDisk(tmp_path / "disk", "1m")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk can be mounted by root alone, and not in every container")
    try:
        yield small
    finally:
        _run("umount", small.path)
