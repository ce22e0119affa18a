"""Which files the words of a command line name: files, folders, patterns, and - for standard input."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path

from kg.errors import InputError

EXTENSIONS = (".txt", ".md", ".text")
STDIN = "-"


def expand(sources: Sequence[str | PathLike[str]]) -> Iterator[Path | str]:
    """The files that `sources` name, each once, those of a folder or a pattern sorted; "-" stays as it is.

    Folders are read with all below them, without hidden files and without links that lead out of them.
    Raises InputError for one that names nothing.
    """
    seen: set[str] = set()
    for source in sources:
        for path in _of(os.fspath(source)):
            mark = str(path)
            if mark not in seen:
                seen.add(mark)
                yield path


def _of(source: str) -> Iterator[Path | str]:
    if source == STDIN:
        yield STDIN
        return
    path = Path(source)
    if path.is_dir():
        found = sorted(_below(path))
        if not found:
            raise InputError("no text in this folder", source, f"put files ending in {', '.join(EXTENSIONS)} there")
        yield from found
    elif os.path.lexists(path):
        yield path
    elif glob.has_magic(source):
        matched = [Path(name) for name in sorted(glob.glob(source, recursive=True))]
        if not matched:
            raise InputError("no file is named like that", source, "see whether the pattern is right")
        for one in matched:
            yield from _of(str(one)) if one.is_dir() else iter([one])
    else:
        raise InputError("there is no such file", source, "see whether the name is right")


def _below(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(here) / name
            if name.startswith(".") or path.suffix.lower() not in EXTENSIONS:
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                continue
            if stat.S_ISREG(path.stat().st_mode if path.exists() else 0):
                yield path
