"""PDF: the text of its pages in the order of reading, columns and tables made out. Pages without text are read by OCR where that is installed.

The work is done in a process of its own (see aside): a PDF can hold anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.model import Text
from kg.read.aside import allow, read_aside
from kg.read.flow import Sheet, text_of
from kg.read.layout import assembled
from kg.read.limits import LONGEST, MAX_PAGES, SECONDS
from kg.read.ruled import take_tables

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

SCANNED = "scanned, without text"
UNREADABLE = "in fonts that do not say which characters they show"
GET_OCR = "pip install 'yishi[ocr]' reads scanned pages"
FEWEST = 8
"""Characters of a page below which it counts as one without text, where pictures cover it."""
UNKNOWN = 0.3
"""Share of a page's characters that no one can name, from which on its text is no text."""


@dataclass(frozen=True, slots=True)
class PdfReader:
    """Reads PDF files."""

    extensions: tuple[str, ...] = (".pdf",)
    media_type: str = "application/pdf"

    def read(self, data: bytes, name: str) -> Text:
        return read_aside("kg.read.pdf", data, name, longest=LONGEST if has_ocr() else 2 * SECONDS)


def has_ocr() -> bool:
    """Whether OCR is installed."""
    from importlib.util import find_spec

    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_here(data: bytes, name: str) -> Text:
    """The text of a PDF. Raises InputError for one that is under a password, broken, too long or without text."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        raise _cannot(error, name) from None
    if not count:
        raise InputError("a PDF without pages", name, "save it anew")
    if count > MAX_PAGES:
        raise InputError(f"more than {MAX_PAGES:,} pages", name, "split it")
    return _read_pages(document, count, name)


def _read_pages(document: PdfDocument, count: int, name: str) -> Text:
    from pypdfium2 import PdfiumError

    sheets: list[Sheet] = []
    wanting: dict[str, list[int]] = {}
    by_ocr = 0
    for number in range(count):
        try:
            page = document[number]
        except PdfiumError:
            wanting.setdefault("broken", []).append(number + 1)
            continue
        sheet, want = _sheet(page, name)
        if want and has_ocr():
            allow()
            sheet, want = _scanned(page), ""
            by_ocr += 1
        if want:
            wanting.setdefault(want, []).append(number + 1)
        else:
            sheets.append(sheet)
        page.close()
    text = text_of(sheets, loose=1.15 if by_ocr else 1.0)
    if by_ocr:
        from kg.read.ocr import mended

        text = mended(text)
    if not text:
        if SCANNED in wanting:
            raise InputError(f"a PDF of {count} page(s), {SCANNED}", name, GET_OCR)
        if UNREADABLE in wanting:
            raise InputError(f"a PDF {UNREADABLE}", name, GET_OCR)
        raise InputError("a PDF without text", name, "save it anew")
    unread = tuple(
        f"page(s) {ranges(pages)}: {what}" + ("" if what == "broken" else f" ({GET_OCR})") for what, pages in wanting.items()
    )
    return Text(text, media_type="application/pdf; ocr=rapidocr" if by_ocr else "", unread=unread)


def _sheet(page: PdfPage, name: str) -> tuple[Sheet, str]:
    """A page's text, and why it has none ("" where it has, or is blank)."""
    from kg.read.pdf_pieces import has_picture, letters_of, unknown_share
    from kg.read.pdf_rules import rules_of

    letters, height, turned = letters_of(page, name)
    if unknown_share(letters) > UNKNOWN and len(letters) >= FEWEST:
        return Sheet([], height), UNREADABLE
    if len(letters) < FEWEST and has_picture(page):
        return Sheet([], height), SCANNED
    letters, tables = (letters, []) if turned else take_tables(letters, *rules_of(page))
    return Sheet(assembled(letters), height, tables), ""


def _scanned(page: PdfPage) -> Sheet:
    from kg.read.ocr import DPI, pieces_of_image
    from kg.read.pdf_pieces import picture_of

    image = picture_of(page, DPI)
    return Sheet(pieces_of_image(image), float(image.height))


def _cannot(error: Exception, name: str) -> InputError:
    text = str(error).lower()
    if "password" in text:
        return InputError("a PDF under a password", name, "save it without a password")
    if "security" in text:
        return InputError("a PDF that is encrypted in a way that cannot be read", name, "save it without encryption")
    return InputError("a broken PDF", name, "get the file again, or save it anew")


def ranges(pages: list[int]) -> str:
    """Page numbers as people write them: 2-5, 9."""
    found: list[list[int]] = []
    for page in pages:
        if found and page == found[-1][1] + 1:
            found[-1][1] = page
        else:
            found.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


READER = PdfReader()
