"""The elements of a page to blocks: paragraphs, headings and tables as a browser would set them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.read.blocks import Block
from kg.read.limits import MAX_CELLS
from kg.read.rows import table_lines

_INLINE = (
    "a abbr acronym b bdi bdo big cite code data dfn em font i img ins kbd label mark q ruby rb s samp small span strong sub sup time tt u var"
    " wbr o:p"
)
_LEFT_OUT = (
    "script style noscript template iframe object embed applet svg canvas audio video map area select option datalist textarea button input"
    " nav footer aside menu dialog head title meta link rt rp del"
)
INLINE, LEFT_OUT = frozenset(_INLINE.split()), frozenset(_LEFT_OUT.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LINKS = 0.8
"""A list with this share of its characters in links is a menu or a list of other pages."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f“”‘’—…"
_LINE_END = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n]+[ \t\r\n]*(?=[{_WIDE}])")


def tag_of(element: Any) -> str:
    """The element's name in small letters; "" for what is no element."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_left_out(element: Any) -> bool:
    """Whether a browser shows nothing of an element, or it is no part of the text whatever it holds."""
    return (
        tag_of(element) in LEFT_OUT or _HIDDEN.search(element.get("style") or "") is not None or element.get("hidden") is not None
    )


@cache
def words(key: str) -> frozenset[str]:
    """The names of templates' parts, of one kind (html.toml)."""
    return frozenset(tomllib.loads((Path(__file__).parent / "html.toml").read_text("utf-8"))[key])


def names_of(element: Any) -> set[str]:
    """The names that a template gives an element, in small letters."""
    return set(f"{element.get('id') or ''} {element.get('class') or ''}".lower().split())


def is_around(element: Any) -> bool:
    """Whether a template says by an element's name that it stands around the text. What holds a heading of the page is not taken at its word."""
    names = names_of(element)
    if not names or names & words("main") or tag_of(element) in ("html", "body", "article", "main", *HEADINGS):
        return False
    return (
        any(part in name for name in names for part in words("around"))
        and next(element.iter("h1", "h2", "article"), None) is None
    )


def blocks_of(element: Any, without: frozenset[Any] = frozenset()) -> Iterator[Block]:
    """The blocks that an element holds, in order, without the elements `without`. Raises InputError for a table beyond MAX_CELLS."""
    page = _Page()
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            page.leave(node)
            if node is not element:
                page.add(node.tail)
        elif not tag_of(node) or is_left_out(node) or node in without:
            page.add(node.tail)
        elif tag_of(node) == "table" and _is_table(node):
            page.table(node)
            page.add(node.tail)
        elif tag_of(node) in ("ul", "ol", "dl", "table") and _is_menu(node):
            page.end()
            page.add(node.tail)
        else:
            page.enter(node)
            stack.append((node, True))
            stack.extend((part, False) for part in reversed(node))
        yield from page.done()
    page.end()
    yield from page.done()


class _Page:
    """What the walk has met: the words of the paragraph at hand and the blocks that are complete."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._plain = False  # whether some of them are not bold
        self._bold = 0
        self._level = 0
        self._blocks: list[Block] = []
        self._last = ""
        self._numbers: list[int | None] = []

    def done(self) -> list[Block]:
        blocks, self._blocks = self._blocks, []
        return blocks

    def add(self, text: str | None) -> None:
        if text:
            self._words.append(text)
            self._plain = self._plain or (not self._bold and bool(text.strip()))

    def end(self) -> None:
        """The paragraph at hand is complete."""
        text = squeeze("".join(self._words))
        if text:
            self._blocks.append(Block(text, self._level, not self._plain))
            self._last = text
        self._words, self._plain = [], False

    def enter(self, node: Any) -> None:
        tag = tag_of(node)
        if tag == "br":
            self.end()
        elif tag not in INLINE:
            self.end()
            self._level = HEADINGS.get(tag, self._level)
        if tag in ("ol", "ul"):
            start = node.get("start") or "1"
            self._numbers.append((int(start) if start.isascii() and start.isdigit() else 1) if tag == "ol" else None)
        if tag == "li" and self._numbers and (number := self._numbers[-1]) is not None:
            self._words.append(f"{number}. ")
            self._numbers[-1] = number + 1
        self._bold += _is_bold(node)
        self.add(node.text)

    def leave(self, node: Any) -> None:
        tag = tag_of(node)
        if tag not in INLINE and tag != "br":
            self.end()
        if tag in HEADINGS:
            self._level = 0
        if tag in ("ol", "ul") and self._numbers:
            self._numbers.pop()
        self._bold -= _is_bold(node)

    def table(self, node: Any) -> None:
        self.end()
        self._blocks.extend(map(Block, table_lines(_rows(node), self._last)))


def words_of(element: Any) -> str:
    """The words of an element in one line."""
    return squeeze(" ".join(block.text for block in blocks_of(element)))


def squeeze(text: str) -> str:
    """White space as a browser shows it: one space, none where a line of the mark-up ends between ideographs."""
    return re.sub(r"\s+", " ", _LINE_END.sub("", text)).strip()


def _is_bold(node: Any) -> bool:
    return tag_of(node) in ("b", "strong") or _BOLD.search(node.get("style") or "") is not None


def _is_menu(node: Any) -> bool:
    """Whether a list (or a table for the layout) is nothing but links."""
    links = [link for link in node.iter("a") if link.get("href")]
    if len(links) < 2:
        return False
    whole = sum(len(text.strip()) for text in node.itertext())
    linked = sum(len(text.strip()) for link in links for text in link.itertext())
    return whole > 0 and linked >= LINKS * whole


def _is_table(node: Any) -> bool:
    """Whether a table is one of data: it holds no other table, and more than one cell in some row."""
    return (
        next(node.iterdescendants("table"), None) is None and any(len(row) > 1 for row in node.iter("tr")) and not _is_menu(node)
    )


def _rows(table: Any) -> list[list[str]]:
    """The cells of a table, one that spans several places in each of them."""
    rows: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}  # column → rows still to fill, with what
    cells = 0
    for row in table.iter("tr"):
        if is_left_out(row):
            continue
        line: list[str] = []
        for cell in row:
            if tag_of(cell) not in ("td", "th"):
                continue
            _fill(line, below)
            text = "\n".join(block.text for block in blocks_of(cell))
            high = _span(cell.get("rowspan"))
            for _ in range(_span(cell.get("colspan"))):
                if high > 1:
                    below[len(line)] = (high - 1, text)
                line.append(text)
        _fill(line, below)
        cells += len(line)
        if cells > MAX_CELLS:
            raise InputError(f"a table of more than {MAX_CELLS:,} cells", mend="save its text")
        rows.append(line)
    return rows


def _fill(line: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Put in the cells that reach down from rows above, at the place where the line stands."""
    while (waiting := below.pop(len(line), None)) is not None:
        left, text = waiting
        if left > 1:
            below[len(line)] = (left - 1, text)
        line.append(text)


def _span(value: str | None) -> int:
    return min(500, max(1, int(value))) if value and value.isascii() and value.isdigit() else 1
