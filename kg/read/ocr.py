"""OCR of pictures of pages, by the models that the extra [ocr] installs with it: nothing is fetched from anywhere."""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.read.layout import Piece

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200
TILE = 2000
"""Pixels of a side up to which the engine looks at a picture as it is; it would make a larger one smaller, and miss small print."""
DARK = 160
"""Grey value below which a pixel is ink."""
SURE = 0.5
"""Least confidence of a line that is read."""
LETTER = 0.8
"""Share of a line's box that its letters fill."""


def pieces_of_image(image: Image) -> list[Piece]:
    """The lines that are seen in an RGB image, with their places in pixels."""
    import numpy

    pixels = numpy.asarray(image)
    ink = numpy.asarray(image.convert("L")) < DARK
    found: list[Piece] = []
    for left, top, right, bottom in tiles(ink):
        result = _engine()(numpy.ascontiguousarray(pixels[top:bottom, left:right, ::-1]))
        boxes = result.boxes if result.boxes is not None else ()
        for box, text, score in zip(boxes, result.txts or (), result.scores or (), strict=False):
            if score < SURE or not text.strip():
                continue
            found.append(_piece([(left + float(x), top + float(y)) for x, y in box], text.strip()))
    return found


def _piece(corners: list[tuple[float, float]], text: str) -> Piece:
    """A line from the corners of its box, from the top left one clockwise; a box that slopes a little is as high as its sides are long."""
    sides = [math.dist(corners[0], corners[3]), math.dist(corners[1], corners[2])]
    high, middle = sum(sides) / 2, sum(y for _, y in corners) / 4
    xs = [x for x, _ in corners]
    return Piece(min(xs), middle - high / 2, max(xs), middle + high / 2, text, LETTER * high)


def tiles(ink: Any) -> Iterator[tuple[int, int, int, int]]:
    """A picture cut into parts of at most TILE pixels a side where it is white, as (left, top, right, bottom). Parts without ink are left out.

    `ink` is a matrix that is true where a pixel is dark.
    """
    waiting = [(0, 0, ink.shape[1], ink.shape[0])]
    while waiting:
        left, top, right, bottom = waiting.pop()
        part = ink[top:bottom, left:right]
        if not part.any():
            continue
        if max(part.shape) <= TILE:
            yield left, top, right, bottom
        elif part.shape[1] >= part.shape[0]:
            at = left + _whitest(part.sum(axis=0))
            waiting += [(at, top, right, bottom), (left, top, at, bottom)]
        else:
            at = top + _whitest(part.sum(axis=1))
            waiting += [(left, at, right, bottom), (left, top, right, at)]


def _whitest(profile: Any) -> int:
    """The middle of the widest stretch with the least ink in the middle half of a profile."""
    first, last = len(profile) // 4, len(profile) - len(profile) // 4
    middle = profile[first:last]
    least = middle.min()
    best, length, run = 0, 0, 0
    for at, value in enumerate([*(middle <= least + 1), False]):
        if value:
            run += 1
            continue
        if run > length:
            best, length = at - run // 2, run
        run = 0
    return int(first + best)


def mended(text: str) -> str:
    """Text with its quotation marks in order: a line end's worth of ink tells “ from ‘ badly, so they follow from which are open."""
    return "\n".join(map(_mended_line, text.split("\n")))


def _mended_line(line: str) -> str:
    if sum(map(line.count, '“”‘’"')) == 0:
        return line
    depth = 0
    found = []
    for char in line:
        if char in "“‘" or (char == '"' and depth == 0):
            depth = min(depth + 1, 2)
            found.append("“‘"[depth - 1])
        elif char in '”’"' and depth:
            found.append("”’"[depth - 1])
            depth -= 1
        else:
            found.append("”" if char == "’" else char)
    return "".join(found)


@cache
def _engine() -> Any:
    """The engine with the models of its own package; whether a line stands on its head is not asked, which it gets wrong more often."""
    logging.disable(logging.WARNING)  # it tells of each model it loads
    from rapidocr import RapidOCR

    cores = os.cpu_count() or 1  # left to itself the runtime takes half as long again
    return RapidOCR(
        params={"Global.log_level": "critical", "Global.use_cls": False, "EngineConfig.onnxruntime.intra_op_num_threads": cores}
    )
