"""The rules of a PDF's page: its straight lines, and the sides of its boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.read.ruled import MOST_RULES, THIN, Rule, sides

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MOST_SEGMENTS = 10
"""Segments of a shape that can be a box; what has more is drawn."""


def rules_of(page: PdfPage) -> tuple[list[Rule], list[Rule]]:
    """The rules across a page and those down it, from its top left corner; none where it holds more than a table has."""
    import pypdfium2.raw as raw

    left_of_page, _, _, top_of_page = page.get_cropbox(fallback_ok=True) or page.get_mediabox()
    across: list[Rule] = []
    down: list[Rule] = []
    objects: Any = page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=5)
    for item in objects:
        if len(across) + len(down) > MOST_RULES:
            return [], []
        if raw.FPDFPath_CountSegments(item) > MOST_SEGMENTS:
            continue
        left, bottom, right, top = item.get_bounds()
        found = sides(left - left_of_page, top_of_page - top, right - left_of_page, top_of_page - bottom, THIN)
        across += found[0]
        down += found[1]
    return across, down
