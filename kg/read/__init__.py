"""Step *read*: bytes of any format to a Source. Knows files and encodings, but no Chinese.

A reader of another format is one file that registers a function from bytes to text under its extension, in the entry-point
group `yishi.readers`.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from kg.errors import InputError
from kg.model import Source
from kg.read.inputs import STDIN, expand
from kg.read.text import decode

__all__ = ["MAX_CHARS", "expand", "read_bytes", "read_source"]

MAX_CHARS = 20_000_000
WIDEST = 4  # bytes that one character takes at most
Reader = Callable[[bytes, str], tuple[str, str]]


@cache
def readers() -> dict[str, Reader]:
    """Extension → reader. Plain text and Markdown are our own; others come from entry points."""
    found: dict[str, Reader] = {".txt": decode, ".md": decode, ".text": decode}
    for entry in entry_points(group="yishi.readers"):
        found[entry.name] = entry.load()
    return found


def read_bytes(data: bytes, name: str, *, max_chars: int = MAX_CHARS, home: str | None = None) -> Source:
    """The Source of a file's bytes. `name` is the file's name, without its folder. Raises InputError where it holds no Chinese text."""
    reader = readers().get(Path(name).suffix.lower(), decode)
    text, encoding = reader(data, name)
    if len(text) > max_chars:
        raise _too_long(name, f"{len(text):,}", max_chars)
    return Source(hashlib.sha256(data).hexdigest(), name, text, encoding, home=home)


def read_source(path: Path | str, *, max_chars: int = MAX_CHARS, home: str | None = None) -> Source:
    """The Source of a file, or of standard input where `path` is "-". What is larger than `max_chars` can be is refused unread.

    Raises InputError: missing, a folder or a device, without permission, too long, empty, binary, of another language.
    """
    if str(path) == STDIN:
        data = sys.stdin.buffer.read(max_chars * WIDEST + 1)
        if len(data) > max_chars * WIDEST:
            raise _too_long("-", f"over {max_chars:,}", max_chars)
        return read_bytes(data, "stdin.txt", max_chars=max_chars, home=home)
    path = Path(path)
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0)), "rb") as file:
            kind = os.fstat(file.fileno())
            if not stat.S_ISREG(kind.st_mode):
                raise InputError("not a file", path.name, "give a text file or a folder of them")
            if kind.st_size > max_chars * WIDEST:
                raise _too_long(path.name, f"over {max_chars:,}", max_chars)
            data = file.read(max_chars * WIDEST + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", str(path.name), "see whether the name is right") from None
    except IsADirectoryError:
        raise InputError("a folder, not a file", path.name, "give the folder to kg build") from None
    except PermissionError:
        raise InputError("no permission to read it", path.name, "see who may read the file") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path.name, "see whether the file is whole") from None
    return read_bytes(data, path.name, max_chars=max_chars, home=home)


def _too_long(name: str, size: str, limit: int) -> InputError:
    return InputError(f"{size} characters, more than {limit:,}", name, "raise --max-chars or cut the file")
