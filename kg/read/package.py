"""Packed documents: a ZIP archive of XML parts, opened within limits. No part can name an entity, a file or an address to be fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.read.limits import MAX_PARTS, MAX_UNPACKED, MEGA

if TYPE_CHECKING:
    from lxml import etree

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class Package:
    """A packed document. Every part that is read counts towards one limit, by what it really unpacks to."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises InputError where `data` is no archive, one under a password, or one of too many parts."""
        self.name = name
        self._left = MAX_UNPACKED
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise self.broken() from None
        parts = self._archive.infolist()
        if len(parts) > MAX_PARTS:
            raise InputError(f"more than {MAX_PARTS:,} parts", name, "this is no ordinary document")
        if any(part.flag_bits & 1 for part in parts):
            raise InputError("a document under a password", name, "save it without a password")
        self._parts = {part.filename.replace("\\", "/").lstrip("/"): part for part in parts}

    def __contains__(self, part: str | None) -> bool:
        return part is not None and part in self._parts

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises InputError for one that is not there, is broken, or unpacks to too much."""
        if part not in self._parts:
            raise self.broken(f"its part {part} is missing")
        try:
            with self._archive.open(self._parts[part]) as file:
                data = file.read(self._left + 1)
        except RuntimeError:
            raise InputError("a document under a password", self.name, "save it without a password") from None
        except _BROKEN:
            raise self.broken(f"its part {part} is broken") from None
        self._left -= len(data)
        if self._left < 0:
            raise InputError(f"unpacks to more than {MAX_UNPACKED // MEGA} MB", self.name, "this is no ordinary document")
        return data

    def xml(self, part: str) -> etree._Element:
        """The root of a part's XML. Raises InputError as `read` does, and for XML that is broken, has a DTD or is nested too deep."""
        return parse_xml(self.read(part), part, self)

    def broken(self, why: str = "it cannot be unpacked") -> InputError:
        """The error of a damaged document."""
        return InputError(f"a broken document: {why}", self.name, "get the file again, or save it anew")


def parse_xml(data: bytes, part: str, package: Package) -> etree._Element:
    """The root element of `data`. Nothing outside of it is looked at; deeper than 256 elements it is not well-formed."""
    from lxml import etree

    if any("<!DOCTYPE".encode(encoding) in data for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        raise InputError("a document with a document type of its own", package.name, "save it anew")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise package.broken(f"its part {part} is not well-formed") from None
    if root.getroottree().docinfo.doctype:
        raise InputError("a document with a document type of its own", package.name, "save it anew")
    return root


def local(element: Any) -> str:
    """An element's name without its namespace ("" for what is no element)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """The attribute of that name, whatever its namespace."""
    found = element.get(name)
    if found is not None:
        return str(found)
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def children(element: Any, *names: str) -> Iterator[Any]:
    """The child elements with one of these names."""
    return (child for child in element if local(child) in names)


def child(element: Any, *path: str) -> Any:
    """The first descendant along a path of names, or None."""
    for name in path:
        element = next(children(element, name), None)
        if element is None:
            return None
    return element


def resolve(base: str, target: str) -> str:
    """The part that `target`, as a part `base` gives it, names."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target)).lstrip("/")
