"""Folders in which something is made before it is put in place, and putting a folder in the place of another in one step."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

_LOCKS = find_spec("fcntl") is not None  # where there are none, what killed runs left stays: nobody knows whose it is
_AT_FDCWD, _EXCHANGE = -100, 2  # of renameat2(2)


@contextmanager
def aside(folder: Path, prefix: str) -> Iterator[Path]:
    """A new folder in `folder`, its name beginning with `prefix`, gone when the block ends; what killed runs left of that name goes too.

    Who has such a folder holds a lock on it, which ends with the process: what can be locked is nobody's. Raises OSError.
    """
    tidy(folder, prefix)
    while True:
        made = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
        try:
            handle = _locked(made)
        except OSError:  # another run took it for nobody's just now
            continue
        if made.is_dir():
            break
        _unlock(handle)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        _unlock(handle)


def tidy(folder: Path, prefix: str) -> None:
    """Take away what killed runs left of that name. What another run still holds stays."""
    for left in folder.glob(f"{prefix}*") if _LOCKS else ():
        with suppress(OSError):  # another run's
            handle = _locked(left)
            shutil.rmtree(left, ignore_errors=True)
            _unlock(handle)


def exchanged(one: Path, other: Path) -> bool:
    """Let two paths change places in one step, so that nobody sees neither. False, and nothing is changed, where the system cannot."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0)


def _locked(folder: Path) -> int | None:
    """A handle that holds a folder; None where the system has no locks. Raises OSError where another run holds it, or it has gone."""
    if not _LOCKS:
        return None
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _unlock(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)
