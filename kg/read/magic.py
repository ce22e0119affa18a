"""What a file is, by its content: the extension is only asked where the content leaves it open."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

HEAD = 4096
"""Bytes from the start that tell most kinds of file."""

_STARTS = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_OLE = (  # names of streams in the old compound file, UTF-16; the first that is there tells
    ("EncryptedPackage", "encrypted office"),
    ("WordDocument", "doc"),
    ("WpsDocument", "doc"),
    ("Workbook", "spreadsheet"),
    ("PowerPoint Document", "slides"),
)
_IN_ZIP = (
    ("word/document.xml", "docx"),
    ("OFD.xml", "ofd"),
    ("xl/workbook.xml", "spreadsheet"),
    ("ppt/presentation.xml", "slides"),
)
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "spreadsheet",
    b"application/vnd.oasis.opendocument.presentation": "slides",
    b"application/epub+zip": "book",
}
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*){0,5}<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.I | re.S,
)
_TAGS = re.compile(rb"<(?:p|div|br|table|body|html|span|h[1-6])[\s/>]", re.I)
_MHTML = re.compile(
    rb"(?:[\w-]{2,40}:[^\r\n]{0,500}\r?\n(?:[ \t][^\r\n]{0,500}\r?\n){0,20}){0,20}?content-type:\s*multipart/related", re.I
)
_PAGE_EXTENSIONS = frozenset((".html", ".htm", ".shtml", ".xhtml", ".jsp", ".aspx"))


def kind_of(data: bytes, name: str) -> str:
    """The kind of a file with this content and name.

    One of pdf, docx, ofd, odt, doc, rtf, html, mhtml, image, spreadsheet, slides, book, "encrypted office", zip, "broken zip"; or text, which
    is everything that is none of these.
    """
    head = data[:HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:2] == b"BM" and int.from_bytes(head[2:6], "little") in (len(data), 0) and head[6:10] == b"\0\0\0\0":
        return "image"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    if head.startswith(_OLE):
        return next((kind for stream, kind in _IN_OLE if stream.encode("utf-16-le") in data), "old office")
    if head.startswith(b"PK\x03\x04"):
        return _packed(data)
    narrow = head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    narrow = narrow.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _PAGE.match(narrow):
        return "html"
    if _MHTML.match(narrow):
        return "mhtml"
    if PurePath(name).suffix.lower() in _PAGE_EXTENSIONS and _TAGS.search(data[: 64 * HEAD].replace(b"\0", b"")):
        return "html"
    return "text"


def _packed(data: bytes) -> str:
    """What a ZIP archive is a document of."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = next((kind for part, kind in _IN_ZIP if part in names), None)
            if kind is None and "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = _MIMETYPES.get(archive.read("mimetype").strip())
            return kind or ("docx" if _main_part(archive, names) else "zip")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return "broken zip"


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether the list of the parts' types says that one of them is a word processor's main document."""
    part = "[Content_Types].xml"
    return part in names and archive.getinfo(part).file_size < 1 << 20 and b"wordprocessingml.document.main" in archive.read(part)
