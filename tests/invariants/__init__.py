"""What must hold of every text and of every graph, one invariant a file, as plain functions: a reading, a graph or files in, what breaks out.

An answer is a list of lines, each of which says where the invariant is broken and by what; an empty list says that it holds. The tests, the
generated texts and the fuzzer all ask the same functions.
"""

from __future__ import annotations

import hashlib

from invariants import ends, quotes, whole
from kg.errors import InputError
from kg.model import Reading, Source
from kg.pipeline import read_document

OF_READINGS = (whole.broken, quotes.broken, ends.broken)
"""The invariants that one document's reading is held to; those of whole graphs are turtle, shapes, quotes.broken_in and ends.broken_in."""


def source_of(text: str, name: str = "text.txt") -> Source:
    """The text as if it were a file."""
    return Source(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), name, text)


def read(text: str) -> Reading | None:
    """All that a text gives; None where it is refused in one line (nothing but furniture). Whatever else is raised is a bug."""
    try:
        return read_document(source_of(text))
    except InputError:
        return None


def broken(reading: Reading) -> list[str]:
    """What of the invariants of readings a document's reading breaks."""
    return [line for invariant in OF_READINGS for line in invariant(reading)]
