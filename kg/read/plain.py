"""Plain text: the text is the decoded file, untouched."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Text
from kg.read.decode import decode


@dataclass(frozen=True, slots=True)
class PlainReader:
    """Reads plain text in UTF-8, UTF-16, GB18030 or Big5."""

    extensions: tuple[str, ...] = (".txt", ".text")
    media_type: str = "text/plain"

    def read(self, data: bytes, name: str) -> Text:
        return Text(*decode(data, name))


READER = PlainReader()
