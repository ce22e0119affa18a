"""Answers kept in a file, so that a build can be repeated: one JSON object a line, {"key": …, "answer": …}.

The key is a hash of what was asked, of whom; of two answers to it the later holds. What stands in the file is believed no more than a server's answer is.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from hashlib import sha256
from os import PathLike
from pathlib import Path

from kg.errors import YishiError

MOST = 1 << 30  # bytes of a file that is read
LONGEST = 16 << 20  # characters of a line that is looked at
MEND = "name another file, or none"


def question_key(url: str, name: str, messages: Sequence[Mapping[str, str]]) -> str:
    """What tells one question from another."""
    return sha256(json.dumps([url, name, list(messages)], sort_keys=True).encode()).hexdigest()


class Answers:
    """The answers in a file, read once; new ones are added at its end. Without a file they are kept as long as this object is."""

    def __init__(self, path: str | PathLike[str] | None) -> None:
        """Raises YishiError where the file is there and cannot be read."""
        self._path = Path(path) if path is not None else None
        self._lock = threading.Lock()
        self._known = _read(self._path) if self._path else {}

    def get(self, asked: str) -> str | None:
        """The answer to a question (its key), None where there is none."""
        return self._known.get(asked)

    def put(self, asked: str, answer: str) -> None:
        """Keep an answer. Raises YishiError where the file cannot be written."""
        with self._lock:
            self._known[asked] = answer
            if self._path is None:
                return
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with self._path.open("ab") as file:
                    # A line that a killed build left unfinished must not swallow this one.
                    file.write(b"\n" * bool(file.tell() and not _ends_a_line(self._path)))
                    file.write(json.dumps({"key": asked, "answer": answer}).encode() + b"\n")
            except OSError as error:
                raise YishiError(f"cannot be written: {error.strerror}", str(self._path), MEND) from error


def _read(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    try:
        if not path.exists():
            return found
        if not path.is_file() or path.stat().st_size > MOST:
            raise YishiError("is no file of kept answers", str(path), MEND)
        with path.open(encoding="utf-8", errors="replace") as lines:
            while line := lines.readline(LONGEST):
                one = _line(line)
                if one is not None:
                    found[one[0]] = one[1]
    except OSError as error:
        raise YishiError(f"cannot be read: {error.strerror}", str(path), MEND) from error
    return found


def _line(line: str) -> tuple[str, str] | None:
    """The question's key and its answer; None for a line that is no such thing (cut off, written by something else)."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    asked, answer = said.get("key"), said.get("answer")
    return (asked, answer) if isinstance(asked, str) and isinstance(answer, str) else None


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"
