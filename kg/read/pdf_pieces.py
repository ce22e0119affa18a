"""The characters of a PDF's page with their places, put together to pieces of text."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.read.layout import TOUCHING, Piece, joined
from kg.read.limits import MAX_GLYPHS, MAX_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

DESCENT = 0.12
"""Share of a letter's size that lies below its line."""
UPRIGHT = 0.2
"""Radians by which a line of text may slope; what slopes more is a watermark or a stamp."""
PICTURE = 0.25
"""Share of a page that its pictures cover where the page is a scan."""
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


def pieces_of(page: PdfPage, name: str) -> list[Piece]:
    """The pieces of text of a page, from its top left corner, as it is shown (turned where the page says so)."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    count = text.count_chars()
    if count > MAX_GLYPHS:
        raise InputError(f"a page of more than {MAX_GLYPHS:,} characters", name, "split it")
    turn = _Turn(page)
    place = _Place(text.raw)
    found: list[Piece] = []
    high = 0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if code in _HIGH:
            high = code
            continue
        if code in _LOW and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if raw.FPDFText_IsGenerated(text.raw, index) == 1 or code in (10, 13, 0xFFFE):
            continue
        char = "\ufffd" if raw.FPDFText_HasUnicodeMapError(text.raw, index) == 1 or not code else chr(code)
        if char.isspace() or turn.angle(raw.FPDFText_GetCharAngle(text.raw, index)) > UPRIGHT:
            continue
        if rect := place.of(index, char):
            _add(found, char, turn.rect(*rect))
    text.close()
    return joined(found)


class _Place:
    """Where the characters of a page stand: boxes as high and (ideographs) as wide as the letters' size, whatever ink is in them."""

    def __init__(self, handle: Any) -> None:
        import pypdfium2.raw as raw

        self._handle, self._raw = handle, raw
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def of(self, index: int, char: str) -> tuple[float, float, float, float] | None:
        """Left, bottom, right and top of a character; None where the page does not say."""
        raw, handle = self._raw, self._handle
        if not (
            raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(self._box))
            and raw.FPDFText_GetMatrix(handle, index, ctypes.byref(self._matrix))
            and raw.FPDFText_GetCharOrigin(handle, index, ctypes.byref(self._x), ctypes.byref(self._y))
        ):
            return None
        size = raw.FPDFText_GetFontSize(handle, index)
        high = size * math.hypot(self._matrix.c, self._matrix.d)
        wide = size * math.hypot(self._matrix.a, self._matrix.b)
        if high <= 0 or self._matrix.a == 0:  # turned by a quarter: the box as it is
            return self._box.left, self._box.bottom, self._box.right, self._box.top
        left, base = self._x.value, self._y.value
        right = max(self._box.right, left + wide) if unicodedata.east_asian_width(char) in "WF" else self._box.right
        return left, base - DESCENT * high, right, base + (1 - DESCENT) * high


def _add(found: list[Piece], char: str, rect: tuple[float, float, float, float]) -> None:
    """Put a character to the piece before it, where it goes on that; else it begins one."""
    x0, top, x1, bottom = rect
    size = bottom - top
    if size <= 0:
        return
    last = found[-1] if found else None
    if (
        last is not None
        and abs(last.middle - (top + bottom) / 2) < 0.15 * size
        and abs(x0 - last.x1) < TOUCHING * size
        and abs(last.size - size) < 0.15 * size
    ):
        last.text += char
        last.x1, last.top, last.bottom = max(last.x1, x1), min(last.top, top), max(last.bottom, bottom)
    else:
        found.append(Piece(x0, top, x1, bottom, char, size))


class _Turn:
    """From the place on a page as it is written to the place as it is shown."""

    def __init__(self, page: PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_cropbox(fallback_ok=True) or page.get_mediabox()
        self._quarter = (page.get_rotation() // 90) % 4

    def rect(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        corners = [self._point(left, bottom), self._point(right, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        match self._quarter:
            case 1:
                return y - self._bottom, x - self._left
            case 2:
                return self._right - x, y - self._bottom
            case 3:
                return self._top - y, self._right - x
        return x - self._left, self._top - y

    def angle(self, radians: float) -> float:
        """How far text of this direction slopes on the page as it is shown."""
        sloping: float = (radians - self._quarter * math.pi / 2) % (2 * math.pi)
        return min(sloping, 2 * math.pi - sloping)


def unknown_share(pieces: list[Piece]) -> float:
    """The share of characters that have no meaning: replacement characters and those for private use."""
    text = "".join(piece.text for piece in pieces)
    return sum(1 for char in text if char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn")) / len(text) if text else 0.0


def has_picture(page: PdfPage) -> bool:
    """Whether pictures (or drawn shapes, in a text turned to curves) cover so much of a page that it can be a scan."""
    import pypdfium2.raw as raw

    area = page.get_width() * page.get_height()
    covered, shapes = 0.0, 0
    objects: Any = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH), max_depth=5)
    for item in objects:
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covered += max(0.0, right - left) * max(0.0, top - bottom)
        else:
            shapes += 1
        if covered >= PICTURE * area or shapes > 200:
            return True
    return False


def picture_of(page: PdfPage, dpi: int) -> Image:
    """The page as a picture, as large as the limit allows at most."""
    scale = dpi / 72
    pixels = page.get_width() * page.get_height() * scale * scale
    if pixels > MAX_PIXELS / 4:
        scale *= math.sqrt(MAX_PIXELS / 4 / pixels)
    image: Image = page.render(scale=scale).to_pil().convert("RGB")
    return image
