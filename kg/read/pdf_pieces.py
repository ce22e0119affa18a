"""The characters of a PDF's page with their places, and the pieces of text that they make."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.read.layout import DESCENT, UPRIGHT, Piece
from kg.read.limits import MAX_GLYPHS, MAX_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

PICTURE = 0.25
"""Share of a page that its pictures cover where the page is a scan."""
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


def letters_of(page: PdfPage, name: str) -> tuple[list[Piece], float, bool]:
    """The characters of a page, each a piece, its height, and whether it was turned: most of its text stands upright, however the page is shown."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    count = text.count_chars()
    if count > MAX_GLYPHS:
        raise InputError(f"a page of more than {MAX_GLYPHS:,} characters", name, "split it")
    place = _Place(text.raw)
    ways = Counter(_quarter(place.way(index)) for index in range(count) if not raw.FPDFText_IsGenerated(text.raw, index))
    turn = _Turn(page, max(ways, key=lambda quarter: (ways[quarter], -quarter), default=0))
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
        if not char.isspace() and turn.slope(place.way(index)) <= UPRIGHT and (letter := place.letter(index, char, turn)):
            found.append(letter)
    text.close()
    return found, turn.height, turn.quarter != 0


class _Place:
    """Where the characters of a page stand: boxes as high and (ideographs) as wide as the letters' size, whatever ink is in them."""

    def __init__(self, handle: Any) -> None:
        import pypdfium2.raw as raw

        self._handle, self._raw = handle, raw
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def way(self, index: int) -> float:
        """The direction in which a character's line runs, in radians against the clock."""
        known = self._raw.FPDFText_GetMatrix(self._handle, index, ctypes.byref(self._matrix))
        return math.atan2(self._matrix.b, self._matrix.a) if known else 0.0

    def letter(self, index: int, char: str, turn: _Turn) -> Piece | None:
        """A character on the turned page; None where the file does not say where it stands. Called after `way`."""
        raw, handle = self._raw, self._handle
        if not (
            raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(self._box))
            and raw.FPDFText_GetCharOrigin(handle, index, ctypes.byref(self._x), ctypes.byref(self._y))
        ):
            return None
        size = raw.FPDFText_GetFontSize(handle, index)
        high = size * math.hypot(self._matrix.c, self._matrix.d)
        wide = size * math.hypot(self._matrix.a, self._matrix.b)
        left, base = turn.point(self._x.value, self._y.value)
        ends = [turn.point(self._box.left, self._box.bottom)[0], turn.point(self._box.right, self._box.top)[0]]
        if unicodedata.east_asian_width(char) in "WF":
            ends.append(left + wide)
        if high <= 0:
            return None
        return Piece(left, base - (1 - DESCENT) * high, max(ends), base + DESCENT * high, char, high)


def _quarter(radians: float) -> int:
    """The direction in which text runs, in quarters of a turn against the clock."""
    return round(radians / (math.pi / 2)) % 4


class _Turn:
    """From the place on a page as it is written to the place from the top left corner, where text that runs in `quarter` stands upright."""

    def __init__(self, page: PdfPage, quarter: int) -> None:
        self.quarter = quarter
        self._cos, self._sin = (1, 0, -1, 0)[quarter], (0, 1, 0, -1)[quarter]
        left, bottom, right, top = page.get_cropbox(fallback_ok=True) or page.get_mediabox()
        corners = [self._along(left, bottom), self._along(right, top)]
        self._left = min(x for x, _ in corners)
        self._top = max(up for _, up in corners)
        self.height = self._top - min(up for _, up in corners)

    def _along(self, x: float, y: float) -> tuple[float, float]:
        return x * self._cos + y * self._sin, y * self._cos - x * self._sin

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is written, from the turned page's top left corner."""
        along, up = self._along(x, y)
        return along - self._left, self._top - up

    def slope(self, radians: float) -> float:
        """How far text of this direction slopes on the turned page."""
        sloping: float = (radians - self.quarter * math.pi / 2) % (2 * math.pi)
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
