"""Writing files whole: aside in the same folder, then renamed, so that no reader ever sees half of one."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from os import PathLike
from pathlib import Path

from kg.errors import YishiError


def write_whole(path: str | PathLike[str], data: bytes) -> None:
    """Write `data` to `path` or leave what is there. Makes missing folders. Raises YishiError where it cannot be written."""
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f".{target.name[:60]}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(aside, 0o666 & ~_umask())
            os.replace(aside, target)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        raise cannot_write(target, error) from error


def cannot_write(path: Path, error: Exception) -> YishiError:
    """The one line for an output that cannot be written."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return YishiError(f"cannot be written: {reason}", str(path), "choose another output folder or make room")


def safe_name(name: str) -> str:
    """A file name that every system takes: letters, figures, dot, hyphen and underscore, at most 60 characters, never hidden."""
    kept = "".join(char if char.isalnum() or char in "._-" else "_" for char in unicodedata.normalize("NFC", name))
    if len(kept) > 60:
        stem, dot, ending = kept.rpartition(".")
        kept = f"{stem[: 59 - len(ending)]}{dot}{ending}" if dot and len(ending) <= 8 else kept[:60]
    return kept.lstrip(".") or "_"


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
