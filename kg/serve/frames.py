"""How the server and its workers speak over a pipe: frames of a kind (one byte), a length (four bytes) and so many bytes."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_HEAD = struct.Struct(">cI")
HEAD = _HEAD.size
TASK, BEGIN, DATA, END, FAIL = b"T", b"B", b"D", b"E", b"F"
PIECE = 1 << 16


def pack(kind: bytes, content: bytes) -> bytes:
    """A frame."""
    return _HEAD.pack(kind, len(content)) + content


def pack_json(kind: bytes, value: Any) -> bytes:
    """A frame that holds a value as JSON."""
    return pack(kind, json.dumps(value).encode())


def unpack_head(head: bytes) -> tuple[bytes, int]:
    """The kind and the length that stand at the head of a frame."""
    kind, length = _HEAD.unpack(head)
    return kind, length


def read(file: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next frame of a file: its kind and what it holds. None where the file has ended."""
    head = file.read(HEAD)
    if len(head) < HEAD:
        return None
    kind, length = unpack_head(head)
    content = file.read(length)
    return (kind, content) if len(content) == length else None
