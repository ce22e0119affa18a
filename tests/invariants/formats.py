"""Text → a file of any format → text: no character is lost, doubled or moved. `FORMATS` makes the files, `broken` reads them back."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Sequence
from itertools import zip_longest

import making

from kg.errors import InputError
from kg.read import read_bytes

Make = Callable[[Sequence[str]], bytes]
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:=\"'^$%])")
LINE = 34
"""Characters to a line of an OFD page."""


def docx(paragraphs: Sequence[str]) -> bytes:
    """A document of a word processor, a paragraph each."""
    import docx as word

    document = word.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def page(paragraphs: Sequence[str]) -> bytes:
    """A web page that is nothing but its text."""
    inside = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><div id="zoom">{inside}</div></body></html>'.encode()


def markdown(paragraphs: Sequence[str]) -> bytes:
    """Markdown with every sign that could be a mark escaped."""
    return "\n\n".join(MARKDOWN.sub(r"\\\1", text) for text in paragraphs).encode()


def ofd(paragraphs: Sequence[str]) -> bytes:
    """An OFD page of one column."""
    return making.ofd([making.wrapped(paragraphs, LINE)], size=3.5)


FORMATS: dict[str, Make] = {".docx": docx, ".html": page, ".md": markdown, ".ofd": ofd}


def broken(paragraphs: Sequence[str], extension: str, make: Make) -> list[str]:
    """Where the text as read from the file differs from the paragraphs, white space aside."""
    try:
        text = read_bytes(make(paragraphs), f"text{extension}").text
    except InputError as error:
        return [f"{extension}: refused: {error}"]
    wanted, got = bare("".join(paragraphs)), bare(text)
    if wanted == got:
        return []
    at = next(at for at, (one, other) in enumerate(zip_longest(wanted, got)) if one != other)
    return [f"{extension}: at {at} {wanted[max(0, at - 8) : at + 16]!r} is read as {got[max(0, at - 8) : at + 16]!r}"]


def bare(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())
