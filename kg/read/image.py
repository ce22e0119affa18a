"""Pictures of pages (scans, photographs), read by OCR in a process of its own."""

from __future__ import annotations

import io
from dataclasses import dataclass

from kg.errors import InputError
from kg.model import Text
from kg.read.aside import allow, read_aside
from kg.read.flow import Sheet, text_of
from kg.read.limits import MAX_PIXELS, OCR_PAGES, SECONDS
from kg.read.pdf import GET_OCR, has_ocr


@dataclass(frozen=True, slots=True)
class ImageReader:
    """Reads PNG, JPEG, TIFF (of several pages too), BMP, WebP and GIF."""

    extensions: tuple[str, ...] = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
    media_type: str = "image/*"

    def read(self, data: bytes, name: str) -> Text:
        if not has_ocr():
            raise InputError("a picture, not a text", name, GET_OCR)
        return read_aside("kg.read.image", data, name, longest=OCR_PAGES * SECONDS)


def read_here(data: bytes, name: str) -> Text:
    """The text in a picture. Raises InputError for one that is broken, too large or without text."""
    from PIL import Image, ImageOps, ImageSequence

    from kg.read.ocr import mended, pieces_of_image

    Image.MAX_IMAGE_PIXELS = None  # our own limit holds, before anything is unpacked
    sheets = []
    try:
        with Image.open(io.BytesIO(data)) as picture:
            form = Image.MIME.get(picture.format or "", "image/*")
            if getattr(picture, "n_frames", 1) > OCR_PAGES and picture.format != "GIF":
                raise InputError(f"a picture of more than {OCR_PAGES} pages", name, "split it, or save it as a PDF")
            for frame in ImageSequence.Iterator(picture):
                if frame.width * frame.height > MAX_PIXELS:
                    raise InputError(f"a picture of more than {MAX_PIXELS // 10**6} million pixels", name, "scan it at 300 dpi")
                allow()
                page = ImageOps.exif_transpose(frame)
                flat = (
                    page.convert("RGBA")
                    if "transparency" in page.info or page.mode in ("RGBA", "LA", "PA")
                    else page.convert("RGB")
                )
                if flat.mode == "RGBA":
                    flat = Image.alpha_composite(Image.new("RGBA", flat.size, "white"), flat).convert("RGB")
                sheets.append(Sheet(pieces_of_image(flat), float(flat.height)))
                if picture.format == "GIF":
                    break
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        raise InputError("a broken picture, or of a kind that cannot be read", name, "save it as PNG or JPEG") from None
    text = mended(text_of(sheets, loose=1.15))
    if not text:
        raise InputError("a picture without text", name, "give a picture of a page")
    return Text(text, media_type=f"{form}; ocr=rapidocr")


READER = ImageReader()
