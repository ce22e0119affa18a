"""HTML pages as saved from the web: their main text, with the title, the date and the publisher that the page gives it.

Menus, page heads and feet, lists of links and scripts are left out (see html_main); tables become lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import Text
from kg.read.blocks import Block, render
from kg.read.decode import BOMS, decode, plausibility
from kg.read.html_blocks import blocks_of
from kg.read.html_main import about, main_element
from kg.read.limits import MEGA

if TYPE_CHECKING:
    from lxml import etree

MAX_PAGE = 40 * MEGA
"""Bytes of a page."""
BROKEN = 0.002
"""Most characters of a page that its encoding does not have (pages cut and pasted from several sources hold some)."""

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,20})""", re.I)
_GB = frozenset(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "euc-cn", "hz-gb-2312"))
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")


@dataclass(frozen=True, slots=True)
class HtmlReader:
    """Reads HTML and XHTML pages."""

    extensions: tuple[str, ...] = (".html", ".htm", ".shtml", ".xhtml")
    media_type: str = "text/html"

    def read(self, data: bytes, name: str) -> Text:
        if len(data) > MAX_PAGE:
            raise InputError(f"a page of more than {MAX_PAGE // MEGA} MB", name, "save its text")
        text, encoding = decode_page(data, name)
        return Text(page_text(text, name), encoding)


def decode_page(data: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """The mark-up of a page and its encoding: of its byte order mark, UTF-8 where that fits, else the most plausible."""
    if not data.strip():
        raise InputError("the file is empty", name, "give a page with Chinese text")
    if any(data.startswith(bom) for bom, _ in BOMS):
        return decode(data, name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    match = _CHARSET.search(data[:8192])
    label = (declared or (match.group(1).decode("ascii") if match else "")).lower()
    best: tuple[float, str, str] | None = None
    for encoding in dict.fromkeys(("gb18030" if label in _GB else label, "gb18030", "big5hkscs", "utf-8")):
        try:
            text = data.decode(encoding, "replace") if encoding else ""
        except (LookupError, UnicodeError):
            continue
        share = plausibility(text)
        if share and text.count("\ufffd") <= max(2, BROKEN * len(text)) and (best is None or share > best[0]):
            best = share, text, encoding
    return best[1:] if best else decode(data, name)


def page_text(markup: str, name: str) -> str:
    """The text of a page: its title, what it says about its text, and the main text. Raises InputError where there is none."""
    root = _parsed(markup, name)
    main, around = main_element(root)
    blocks = list(blocks_of(main, around))
    title, details = about(root, main, around, [block.text for block in blocks[:10]])
    if title and not any(_same(title, block.text) for block in blocks[:4]):
        blocks.insert(0, Block(title, 1))
    first = 1 if blocks and title and _same(title, blocks[0].text) else 0
    told = {_bare(block.text) for block in blocks[:8]}
    blocks[first:first] = [Block(line) for line in details if _bare(line) not in told]
    text = render(blocks)
    if not text:
        raise InputError("a page without text", name, "it may be built by a script: save it from the browser as it is shown")
    return text


def _parsed(markup: str, name: str) -> etree._Element:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    clean = re.sub(r"[\x00-\x08\x0e-\x1f]", "", _DECLARATION.sub("", markup))
    try:
        root: Any = document_fromstring(
            clean, parser=HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise InputError("a page without text", name, "give a page with Chinese text") from None
    return root


def _bare(text: str) -> str:
    return re.sub(r"[\s|｜_\-—]+", "", text)


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


READER = HtmlReader()
