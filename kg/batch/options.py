"""What a reading depends on besides the file's bytes and the code."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from kg.read import MAX_CHARS


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a build that change what is read in a document.

    Each is part of what a remembered reading is known by, and each is told to the processes that read: so they are plain values (of a
    file, such as a word table, what stands in it and not only its path). `home` says whose texts they are where they do not say so
    themselves, `max_chars` is the longest document that is read.
    """

    home: str | None = None
    max_chars: int = MAX_CHARS

    def as_json(self) -> dict[str, Any]:
        """The options by name: `Options(**found)` is the way back."""
        return asdict(self)
