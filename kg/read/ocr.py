"""OCR of pictures of pages, by the models that the extra [ocr] installs with it: nothing is fetched from anywhere."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.read.layout import Piece

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200
SURE = 0.5
"""Least confidence of a line that is read."""
LETTER = 0.8
"""Share of a line's box that its letters fill."""


def pieces_of_image(image: Image) -> list[Piece]:
    """The lines that are seen in an image, with their places in pixels."""
    import numpy

    result = _engine()(numpy.asarray(image)[:, :, ::-1])
    found: list[Piece] = []
    boxes = result.boxes if result.boxes is not None else ()
    for box, text, score in zip(boxes, result.txts or (), result.scores or (), strict=False):
        if score < SURE or not text.strip():
            continue
        xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
        size = LETTER * (max(ys) - min(ys))
        found.append(Piece(min(xs), min(ys), max(xs), max(ys), text.strip(), size))
    return found


@cache
def _engine() -> Any:
    """The engine with the models of its own package."""
    logging.disable(logging.WARNING)  # it tells of each model it loads
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})
