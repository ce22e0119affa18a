"""The foot of a text: the lines above the date with which a notice or a letter ends, on which stands who signs it."""

from __future__ import annotations

import re

from kg.model import Document

FOOT = 8  # paragraphs at the end of a text among which its date stands
DATE = re.compile(
    r"[（(\s　]*(?:20\d{2}|[二〇○零一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)\s　]*"
)


def above_date(document: Document) -> list[tuple[int, int]]:
    """The paragraphs [start, end) right above the date at the end of a document, the nearest first; none where it ends otherwise."""
    last = list(reversed(document.paragraphs[-FOOT:]))
    dated = next((n for n, (start, end) in enumerate(last) if DATE.fullmatch(document.text, start, end)), len(last))
    return last[dated + 1 :]
