"""IRIs: of entities (readable, from Entity.id), of statements and measures (hashed), of sources and spans.

An entity's id is `family/scope/key` or `family/key` (org/湖州市/政协, org/全国政协). Its IRI is the base and the id in NFKC,
each part with everything percent-encoded that RFC 3987 calls reserved, that no IRI may hold, or that a reader cannot see or
would take for a quotation mark around the IRI. Letters, figures and marks of any script stay as they are. The encoding
never maps two NFKC ids to one IRI: `%` and a `/` inside the key are encoded themselves.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.model import Span

DEFAULT_BASE = "https://w3id.org/yishi/id/"
_SAFE_ASCII = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# Categories that are encoded though RFC 3987 lets most of them stand: controls, formatting (bidi) and private use, spaces,
# and the paired quotation marks, which a reader takes for the end of the name.
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zs", "Zl", "Zp", "Pi", "Pf"))
_DOTS = re.compile(r"\.\.?")


def check_base(base: str) -> str:
    """Return `base` if IRIs can be made under it: an absolute http or https IRI that ends in `/`. Raises UsageError."""
    mend = f"give an address such as {DEFAULT_BASE}"
    if not re.fullmatch(r"https?://[^/?#]+/(?:[^?#]*/)?", base) or re.search(r"/\.{1,2}/", base):
        raise UsageError(f"the base {base!r} is not an absolute http(s) address that ends in /", "--base", mend)
    try:
        NamedNode(base)
    except ValueError as error:
        raise UsageError(f"the base {base!r} is not an IRI: {error}", "--base", mend) from error
    return base


@lru_cache(maxsize=65536)
def normal_id(entity_id: str) -> str:
    """The id in the form that counts when two are compared (NFKC). Raises ValueError where a part is empty or missing."""
    normal = unicodedata.normalize("NFKC", entity_id)
    parts = normal.split("/", 2)
    if len(parts) < 2 or not all(parts):
        raise ValueError(f"an entity id is family/key or family/scope/key, not {entity_id!r}")
    return normal


@lru_cache(maxsize=65536)
def entity_iri(entity_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of an entity: org/湖州市/“会” → BASEorg/湖州市/%E2%80%9C会%E2%80%9D. Raises ValueError as normal_id does."""
    return base + "/".join(encode(part) for part in normal_id(entity_id).split("/", 2))


def source_iri(sha: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a source, named by the SHA-256 of its bytes."""
    return f"{base}source/{sha}"


def span_iri(span: Span, base: str = DEFAULT_BASE) -> str:
    """The IRI of a stretch of a source: SOURCE#offset_START_END (code points)."""
    return f"{base}source/{span.source}#offset_{span.start}_{span.end}"


def hash_iri(kind: str, fields: tuple[str | None, ...], base: str = DEFAULT_BASE) -> str:
    """The IRI of a thing without a name: BASE/kind/HASH, the first 16 hex figures of the SHA-256 of all identifying fields."""
    text = json.dumps(fields, ensure_ascii=True, separators=(",", ":"))
    return f"{base}{kind}/{sha256(text.encode()).hexdigest()[:16]}"


def stream_iri(kind: str, fields: Iterable[str], base: str = DEFAULT_BASE) -> str:
    """As `hash_iri`, of any number of fields, one of which is in memory at a time."""
    found = sha256(b"[")
    for number, field in enumerate(fields):
        found.update(f"{',' if number else ''}{json.dumps(field, ensure_ascii=True)}".encode())
    found.update(b"]")
    return f"{base}{kind}/{found.hexdigest()[:16]}"


def encode(part: str) -> str:
    """One part of an id (which holds no / of the path) as it stands in an IRI."""
    if _DOTS.fullmatch(part):  # a dot segment, which resolving a relative IRI would take away
        return part.replace(".", "%2E")
    return "".join(c if _stands(c) else _percent(c) for c in part)


def _stands(char: str) -> bool:
    if char in _SAFE_ASCII:
        return True
    code = ord(char)
    noncharacter = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    beyond_iri = code < 0xA0 or 0xFFF0 <= code <= 0xFFFF or 0xE0000 <= code <= 0xE0FFF  # not in RFC 3987's ucschar
    return not noncharacter and not beyond_iri and unicodedata.category(char) not in _HIDDEN


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))
