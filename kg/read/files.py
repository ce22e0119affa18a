"""Files, bytes and standard input to Sources, with limits that hold before a large file is in memory."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError
from kg.model import Source
from kg.read.chinese import require_chinese
from kg.read.limits import MAX_FILE, MEGA
from kg.read.magic import HEAD, kind_of
from kg.read.registry import reader_for

MAX_CHARS = 5_000_000
"""The longest document that is read unless the caller says otherwise; prose takes some 25 µs and 370 bytes of memory a character to read."""
BYTES_A_CHAR = 4
"""No encoding read here takes more bytes for one character: a file of more than this times the limit is too long for sure."""
STDIN_NAME = "stdin.txt"

_REASONS = {
    errno.ENOENT: ("no such file", "check the path"),
    errno.ENOTDIR: ("no such file", "check the path"),
    errno.EACCES: ("no permission to read it", "change its permissions"),
    errno.EPERM: ("no permission to read it", "change its permissions"),
    errno.ELOOP: ("a link that leads round in a circle", "give the file itself"),
    errno.ENAMETOOLONG: ("the name is too long", "check the path"),
}


def read_source(path: str | os.PathLike[str], *, max_chars: int = MAX_CHARS, home: str | None = None) -> Source:
    """The Source in the file at `path` ("-": standard input). `home` says whose text it is, where the caller knows.

    Raises InputError, in one line, for a file that is missing, unreadable, not a regular file, empty, binary, longer than
    `max_chars` characters or not in Chinese. At most 4 × `max_chars` bytes of a text are read, MAX_FILE of any other file.
    """
    if os.fspath(path) == "-":
        return read_stdin(max_chars=max_chars, home=home)
    data, _ = read_file(path, max_chars=max_chars)
    return read_bytes(data, Path(path).name, max_chars=max_chars, home=home, where=os.fspath(path))


def read_file(path: str | os.PathLike[str], *, max_chars: int = MAX_CHARS) -> tuple[bytes, os.stat_result]:
    """The bytes of the file at `path`, and what it was when it was opened. Raises InputError as read_source does for what it is not about the text."""
    where = printable(os.fspath(path))
    try:
        return _read_regular(Path(path), where, max_chars)
    except OSError as error:
        what, mend = _REASONS.get(error.errno or 0, (error.strerror or "cannot be read", "check the file"))
        raise InputError(what, where, mend) from None
    except ValueError:  # a NUL in the path
        raise InputError("no such file", where, "check the path") from None


def read_stdin(*, max_chars: int = MAX_CHARS, home: str | None = None, stream: BinaryIO | None = None) -> Source:
    """The Source on standard input (or on `stream`), read up to the limit. Raises InputError as read_source does."""
    file = stream or sys.stdin.buffer
    head = file.read(HEAD)
    data = head + file.read(max(0, _limit(head, STDIN_NAME, max_chars) + 1 - len(head)))
    return read_bytes(data, STDIN_NAME, max_chars=max_chars, home=home, where="standard input")


def read_bytes(
    data: bytes, name: str, *, max_chars: int = MAX_CHARS, home: str | None = None, where: str | None = None
) -> Source:
    """The Source that a file `name` with the content `data` is; `where` is what errors call it (the name, if not given).

    The reader is chosen by what the file is; its extension is asked only where the content leaves that open. Raises InputError for bytes
    that are empty, of no known format, broken, longer than `max_chars` characters or not in Chinese.
    """
    where = printable(where or name)
    if len(data) > _limit(data[:HEAD], name, max_chars):
        raise _too_large(data[:HEAD], name, where, max_chars)
    try:
        reader = reader_for(data, name)
        read = reader.read(data, where)
    except InputError as error:
        raise InputError(error.what, where, error.mend) if error.where in ("", name) else error from None
    if len(read.text) > max_chars:
        raise _too_long(where, max_chars)
    require_chinese(read.text, where)
    clean = document_name(name)
    digest = hashlib.sha256(data).hexdigest()
    return Source(digest, clean, read.text, read.encoding, read.media_type or reader.media_type, home, read.unread)


def document_name(name: str) -> str:
    """What a document from a file of this name is called: the name without folders and without what cannot stand in a graph."""
    return printable(re.split(r"[/\\]", name)[-1]) or "text"


def _read_regular(path: Path, where: str, max_chars: int) -> tuple[bytes, os.stat_result]:
    """The bytes of a regular file, at most one more than the limit, and its status. Raises InputError for anything else, OSError as open does."""
    _require_regular(path.stat().st_mode, where)
    # without O_NONBLOCK, opening a pipe that took the file's place in between would wait for ever
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        _require_regular(status.st_mode, where)
        head = file.read(HEAD)
        limit = _limit(head, path.name, max_chars)
        if status.st_size > limit:
            raise _too_large(head, path.name, where, max_chars)
        return head + file.read(max(0, limit + 1 - len(head))), status


def _require_regular(mode: int, where: str) -> None:
    if stat.S_ISDIR(mode):
        raise InputError("a folder, not a file", where, "give the files in it")
    if not stat.S_ISREG(mode):
        raise InputError("a pipe, socket or device, not a file", where, "give a file, or - for standard input")


def _is_text(head: bytes, name: str) -> bool:
    return kind_of(head, name) == "text"


def _limit(head: bytes, name: str, max_chars: int) -> int:
    """The most bytes of a file that begins with `head`: a text's follow from its characters, mark-up and packing have a limit of their own."""
    return BYTES_A_CHAR * max_chars if _is_text(head, name) else MAX_FILE


def _too_large(head: bytes, name: str, where: str, max_chars: int) -> InputError:
    if _is_text(head, name):
        return _too_long(where, max_chars)
    return InputError(f"larger than {MAX_FILE // MEGA} MB", where, "split it, or save its text")


def _too_long(where: str, max_chars: int) -> InputError:
    return InputError(f"longer than {max_chars:,} characters", where, "split it, or raise --max-chars")


def printable(name: str) -> str:
    """A name that can stand in a message and a graph: no control characters, no broken bytes."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", name.encode("utf-8", "replace").decode("utf-8")).strip()
