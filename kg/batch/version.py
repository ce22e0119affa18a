"""The version of the pipeline: another one for every change of what decides what is read in a document."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

from kg import __version__

PACKAGE = Path(__file__).resolve().parent.parent
NO_PART = ("cli", "evaluate", "export", "load", "mcp", "serve")
"""Sub-packages that only show, write or carry away what has been read (a test sees to it that reading loads none of them)."""


@cache
def pipeline_version() -> str:
    """A hash of the package's code and tables, of Python's version and of the versions of all packages beside it.

    It is taken of the files' contents (some 250 files, about 15 ms) and so the same wherever the same code is installed, from a wheel or a
    checkout. Readers that other packages bring are known by their packages' versions.
    """
    return sha256("\n".join([code_version(), *_packages()]).encode()).hexdigest()


def code_version() -> str:
    """As `pipeline_version`, but without the packages beside it."""
    found = sha256(f"{__version__} {sys.implementation.cache_tag} {sys.version_info[:3]}\n".encode())
    for path in _files():
        found.update(f"{path.relative_to(PACKAGE).as_posix()} {path.stat().st_size}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _files() -> list[Path]:
    found = []
    for folder, names, files in os.walk(PACKAGE):
        at_top = Path(folder) == PACKAGE
        names[:] = [name for name in names if name != "__pycache__" and not (at_top and name in NO_PART)]
        found += [Path(folder, name) for name in files if not name.endswith(".pyc")]
    return sorted(found)


def _packages() -> list[str]:
    """What is installed, as the folders of the installers name it: rjieba-0.2.1.dist-info."""
    folders = {os.path.abspath(folder) for folder in sys.path if os.path.isdir(folder) and os.access(folder, os.R_OK)}
    return sorted({name for folder in folders for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info"))})
