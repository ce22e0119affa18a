"""The page of a source's text, with the place of a quote marked: as an article to read, or as it was read."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import InputError
from kg.graph.look import Document
from kg.model import Document as Parsed
from kg.model import Source
from kg.serve.article import LONGEST, article
from kg.serve.pages import render, to_thing
from kg.serve.site import Opened, Site

WINDOW = 20_000  # characters of a text on one page


async def text_page(request: Request, opened: Opened, document: Document) -> Response:
    """A source's text with one place marked: as an article, or as it was read (?raw, and where it is long), a window at a time."""
    site: Site = request.state.site
    text = await asyncio.to_thread(_read, site, opened, document.iri)
    start, end = _place(request.query_params.get("at", ""), len(text))
    here = to_thing(document.iri, site, opened.base)
    if text and len(text) <= LONGEST and "raw" not in request.query_params and "from" not in request.query_params:
        parsed = await asyncio.to_thread(opened.once, document.iri, lambda: _parsed(document, text))
        if parsed:
            at = f"?at={start}-{end}&raw" if end else "?raw"
            return render(
                request, "article.html", document=document, paragraphs=article(parsed, start, end), raw=f"{here}{at}#here"
            )
    asked = request.query_params.get("from", "")
    first = int(asked) if asked.isascii() and asked.isdecimal() else max(0, start - WINDOW // 2) if len(text) > WINDOW else 0
    first = min(first, max(0, len(text) - 1))
    last = min(len(text), first + WINDOW)
    start, end = max(start, first), min(end, last)
    if start >= end:
        start = end = first
    return render(
        request, "source.html", document=document, before=text[first:start], place=text[start:end], after=text[end:last],
        first=first, last=last, length=len(text), window=WINDOW, here=here,
    )  # fmt: skip


def _parsed(document: Document, text: str) -> Parsed | None:
    """The text with its structure; None where it is nothing but furniture."""
    from kg.parse import parse

    try:
        return parse(Source(document.iri.rpartition("/")[2], document.title, text))
    except InputError:
        return None


def _read(site: Site, opened: Opened, iri: str) -> str:
    """The text of a source as it was read; "" where it is not kept. The file's name is the manifest's, never the asker's."""
    sha = iri.rpartition("/")[2]
    for source in opened.manifest.get("sources", []):
        path = Path(site.folder / str(source.get("file")))
        if source.get("sha256") == sha and path.resolve().is_relative_to(site.folder.resolve()) and path.is_file():
            return path.read_bytes().decode("utf-8-sig", "replace")
    return ""


def _place(at: str, length: int) -> tuple[int, int]:
    start, _, end = at.partition("-")
    if not (start.isascii() and start.isdecimal() and end.isascii() and end.isdecimal()):
        return 0, 0
    return min(int(start), length), min(int(end), length)
