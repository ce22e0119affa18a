"""Reading: bytes of any known format to a Source. Knows nothing of names or grammar.

A new format is one module with a Reader, registered under the entry point group `yishi.readers`. What each of our own readers makes of
a file is told in docs/formats.md.
"""

from kg.read.decode import decode
from kg.read.expand import STDIN, expand
from kg.read.files import MAX_CHARS, document_name, printable, read_bytes, read_file, read_source, read_stdin
from kg.read.registry import Reader, known_extensions, reader_for

__all__ = [
    "MAX_CHARS",
    "STDIN",
    "Reader",
    "decode",
    "document_name",
    "expand",
    "known_extensions",
    "printable",
    "read_bytes",
    "read_file",
    "read_source",
    "read_stdin",
    "reader_for",
]
