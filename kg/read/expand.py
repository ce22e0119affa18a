"""What the user names (files, folders, globs, "-") to the files that are meant, in a fixed order."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from kg.errors import InputError
from kg.read.files import printable
from kg.read.registry import FORMATS, known_extensions

STDIN: Literal["-"] = "-"
GLOB = frozenset("*?[")
IMAGES = frozenset(FORMATS["image"].extensions)
PAGES = frozenset(FORMATS["html"].extensions)


def expand(sources: Sequence[str | os.PathLike[str]], denied: list[InputError] | None = None) -> Iterator[Path | Literal["-"]]:
    """The files that `sources` name, each once: a file as it is, a folder's documents and a glob's matches sorted by path, "-" itself.

    A folder gives the files below it whose extension a reader knows; hidden ones, links that lead out of it or to folders, the parts of a
    saved web page (the folder PAGE_files beside PAGE.html) and lock files of office programs are left out. Images are documents there
    only where nothing else is: else they are what the documents were illustrated with. Raises InputError (at the call, before anything is read) for a source that names nothing.
    What looks like a document of a folder and is none to be read (a link out of it or to nothing, a pipe), and a folder in it that may not be looked into, is told of in `denied`; without that list such a folder raises InputError.
    """
    seen: set[str] = set()
    found: list[Path | Literal["-"]] = []
    for source in sources:
        for path in _one(os.fspath(source), denied):
            key = os.path.abspath(path) if path != STDIN else STDIN
            if key not in seen:
                seen.add(key)
                found.append(path)
    return iter(found)


def _one(source: str, denied: list[InputError] | None) -> Sequence[Path | Literal["-"]]:
    if source == STDIN:
        return [STDIN]
    if not source or "\x00" in source:
        raise InputError("no such file or folder", repr(source), "give a path")
    path = Path(source)
    if os.path.isdir(path):
        return _folder(path, denied)
    if os.path.lexists(path):
        return [path]
    if GLOB & set(source):
        return _glob(source)
    raise InputError("no such file or folder", source, "check the path")


def _folder(root: Path, told: list[InputError] | None) -> list[Path]:
    known = known_extensions()
    real_root = os.path.realpath(root)
    found: list[Path] = []
    closed: list[OSError] = []
    odd: list[InputError] = []
    for folder, names, files in os.walk(root, followlinks=False, onerror=closed.append):
        pages = {Path(name).stem for name in files if Path(name).suffix.lower() in PAGES}
        names[:] = [name for name in names if not name.startswith(".") and not _is_part(name, pages)]
        for name in files:
            path = Path(folder, name)
            if name.startswith((".", "~$")) or path.suffix.lower() not in known:
                continue
            if why := _why_not(path, real_root):
                odd.append(InputError(why[0], printable(str(path)), why[1]))
            else:
                found.append(path)
    denied = [
        InputError("no permission to read it", printable(str(error.filename)), "change its permissions, or name the files")
        for error in closed
    ]
    if denied and (told is None or not found):
        raise denied[0]
    if not found:
        if odd:
            raise odd[0]
        raise InputError(f"no document in the folder ({' '.join(known)})", str(root), "give a folder with documents")
    if told is not None:
        told += sorted([*denied, *odd], key=lambda error: error.where)
    texts = [path for path in found if path.suffix.lower() not in IMAGES]
    return sorted(texts or found, key=lambda path: path.parts)


def _why_not(path: Path, real_root: str) -> tuple[str, str] | None:
    """Why what a folder holds under a document's name is not read, and what to do about it; None where it is."""
    if os.path.islink(path) and not _is_below(os.path.realpath(path), real_root):
        return "a link that leads out of the folder", "name the file itself"
    try:
        regular = stat.S_ISREG(os.stat(path).st_mode)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP):
            return "a link that leads nowhere", "mend or remove it"
        return None  # who reads it says why it cannot be read
    return None if regular else ("a pipe, socket or device, not a file", "give a file")


def _is_part(folder: str, pages: set[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a page that was saved beside it."""
    return any(folder.endswith(end) and folder.removesuffix(end) in pages for end in ("_files", ".files"))


def _glob(pattern: str) -> list[Path]:
    path = Path(pattern)
    root = Path(path.anchor) if path.anchor else Path()
    parts = path.parts[1:] if path.anchor else path.parts
    wanted_hidden = any(part.startswith(".") and part not in (".", "..") for part in parts)
    fixed = next((number for number, part in enumerate(parts) if GLOB & set(part)), len(parts))
    root = root.joinpath(*parts[:fixed])
    try:
        matches = sorted(root.glob(str(Path(*parts[fixed:]))), key=lambda match: match.parts)
    except (ValueError, OSError, NotImplementedError):
        matches = []
    found: list[Path] = []
    for match in matches:
        inside = match.parts[len(root.parts) :]
        if any(part.startswith(".") for part in inside) and not wanted_hidden:
            continue
        if match.is_file():
            found.append(match)
    if not found:
        raise InputError("no file matches", pattern, "check the pattern")
    return found


def _is_below(path: str, root: str) -> bool:
    return os.path.commonpath([path, root]) == root
