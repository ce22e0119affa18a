"""OFD (GB/T 33190), the fixed-layout format of Chinese offices: a ZIP archive of XML in which each stretch of text has its place on the page.

The text of the pages and of the templates under them is put in the order of reading as that of a PDF is. A page that is only a picture is
read by OCR where that is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import InputError
from kg.model import Text
from kg.read.flow import Sheet, text_of
from kg.read.layout import assembled
from kg.read.limits import MAX_GLYPHS, MAX_PAGES
from kg.read.ofd_pieces import Resources, letters_of
from kg.read.ofd_rules import POINT, rules_of
from kg.read.package import Package, child, children, local, resolve
from kg.read.pdf import GET_OCR, SCANNED, has_ocr, ranges
from kg.read.ruled import NEAR, take_tables

ROOT = "OFD.xml"
USUAL_HEIGHT = 297.0


@dataclass(frozen=True, slots=True)
class OfdReader:
    """Reads OFD files."""

    extensions: tuple[str, ...] = (".ofd",)
    media_type: str = "application/ofd"

    def read(self, data: bytes, name: str) -> Text:
        package = Package(data, name)
        root = package.xml(ROOT)
        if "Encryptions.xml" in package or child(root, "DocBody", "Encryptions") is not None:
            raise InputError("an encrypted OFD file", name, "save it without encryption")
        sheets: list[Sheet] = []
        scanned: list[int] = []
        by_ocr = False
        for body in children(root, "DocBody"):
            place = child(body, "DocRoot")
            if place is None or not place.text:
                continue
            for sheet, pictures in _pages(package, resolve(ROOT, place.text.strip()), name):
                if not sheet.pieces and pictures:
                    read = _seen(package, pictures, name) if has_ocr() else []
                    by_ocr = by_ocr or bool(read)
                    if not read:
                        scanned.append(len(sheets) + 1)
                    sheet = Sheet([], sheet.height, ready=read)
                sheets.append(sheet)
                if len(sheets) > MAX_PAGES:
                    raise InputError(f"more than {MAX_PAGES:,} pages", name, "split it")
        text = text_of(sheets)
        if not text:
            what = f"an OFD file of {len(sheets)} page(s), {SCANNED}" if scanned else "an OFD file without text"
            raise InputError(what, name, GET_OCR if scanned else "save it anew")
        unread = (f"page(s) {ranges(scanned)}: {SCANNED} ({GET_OCR})",) if scanned else ()
        return Text(text, media_type=f"{self.media_type}; ocr=rapidocr" if by_ocr else "", unread=unread)


def _pages(package: Package, document: str, name: str) -> Iterator[tuple[Sheet, list[str]]]:
    """The pages of one document: their text, and the parts with the pictures on them."""
    root = package.xml(document)
    common = child(root, "CommonData")
    resources = Resources(package, document, common)
    templates = {
        one.get("ID"): resolve(document, one.get("BaseLoc") or "")
        for one in (children(common, "TemplatePage") if common is not None else ())
    }
    height = _height(child(common, "PageArea") if common is not None else None) or USUAL_HEIGHT
    pages = child(root, "Pages")
    for entry in children(pages, "Page") if pages is not None else ():
        part = resolve(document, entry.get("BaseLoc") or "")
        page = package.xml(part)
        contents = [page]
        for use in children(page, "Template"):
            if (template := templates.get(use.get("TemplateID"))) in package and template:
                contents.append(package.xml(template))
        letters = [letter for content in contents for letter in letters_of(content)]
        if len(letters) > MAX_GLYPHS:
            raise InputError(f"a page of more than {MAX_GLYPHS:,} characters", name, "split it")
        pictures = [found for one in _objects(page, "ImageObject") if (found := resources.picture(one.get("ResourceID")))]
        letters, tables = take_tables(letters, *rules_of(contents), NEAR * POINT)
        yield Sheet(assembled(letters), _height(child(page, "Area")) or height, tables), pictures


def _objects(element: Any, name: str) -> Iterator[Any]:
    return (one for one in element.iter() if local(one) == name)


def _height(area: Any) -> float | None:
    box = child(area, "PhysicalBox") if area is not None else None
    try:
        return float((box.text or "").split()[3]) if box is not None else None
    except (ValueError, IndexError):
        return None


def _seen(package: Package, pictures: list[str], name: str) -> list[str]:
    """What OCR reads from the pictures of a page."""
    from kg.read.image import READER

    found: list[str] = []
    for part in pictures:
        data = package.read(part)
        if not data.startswith((b"\x89PNG", b"\xff\xd8", b"BM", b"II", b"MM", b"GIF8", b"RIFF")):
            continue  # JBIG2 and such: the page stays among those that were not read
        try:
            found += READER.read(data, name).text.splitlines()
        except InputError as error:
            if "without text" not in error.what:
                raise
    return found


READER = OfdReader()
