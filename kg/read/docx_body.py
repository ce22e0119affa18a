"""The body of a DOCX to blocks: its paragraphs and tables in order, each with what stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.errors import InputError
from kg.read.blocks import Block
from kg.read.docx_numbers import Numbers
from kg.read.docx_styles import Styles, is_on, number_of, outline_of
from kg.read.limits import MAX_CELLS
from kg.read.package import attribute, child, local
from kg.read.rows import table_lines

_LEFT_OUT = frozenset(
    (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "Fallback",
        "rt",
        "pPr",
        "tblPr",
        "sectPr",
        "commentReference",
        "fldData",
    )
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_BOXES = frozenset(("txbxContent",))


class Body:
    """Reads one story of the document (its text, a footnote). `notes` are the ids of the footnotes and endnotes it refers to."""

    def __init__(self, styles: Styles, numbers: Numbers) -> None:
        self._styles = styles
        self._numbers = numbers
        self._pending = ""  # of a paragraph whose end was deleted: the next one goes on it
        self.notes: dict[str, set[str | None]] = {"footnote": set(), "endnote": set()}

    def blocks(self, parent: Any) -> Iterator[Block]:
        """The blocks of a body, a cell or a text box. Raises InputError for a table beyond MAX_CELLS."""
        before = ""
        for element in parent:
            match local(element):
                case "p":
                    for block in self._paragraph(element):
                        before = block.text
                        yield block
                case "tbl":
                    yield from map(Block, table_lines(self._rows(element), before))
                case "sdt":
                    if not _is_contents(element):
                        content = child(element, "sdtContent")
                        yield from self.blocks(content) if content is not None else ()
                case "customXml" | "smartTag" | "ins" | "moveTo" | "AlternateContent" | "Choice":
                    yield from self.blocks(element)
        if self._pending.strip():
            yield Block(self._pending)
        self._pending = ""

    def _paragraph(self, element: Any) -> Iterator[Block]:
        properties = child(element, "pPr")
        mark = child(properties, "pStyle") if properties is not None else None
        style = self._styles.of(attribute(mark, "val") if mark is not None else None)
        if style.contents:
            return
        boxes: list[Any] = []
        bold: list[bool] = []
        text = self._pending + self._words(element, boxes, bold, style.bold)
        self._pending = ""
        if child(properties, "rPr", "del") is not None if properties is not None else False:
            self._pending = text
        elif text.strip():
            key, level = number_of(properties)
            if key is None:
                key, level = style.number[0], level if level is not None else style.number[1]
            outline = outline_of(properties)
            label = self._numbers.label(key, level)
            yield Block(label + text.strip(), style.level if outline is None else outline, bool(bold) and all(bold))
        for box in boxes:
            yield from self.blocks(box)

    def _words(self, element: Any, boxes: list[Any], bold: list[bool], is_bold: bool) -> str:
        """The words of a paragraph or a run; text boxes met on the way go to `boxes`, whether each run is bold to `bold`."""
        found: list[str] = []
        for part in element:
            name = local(part)
            if name in _LEFT_OUT:
                continue
            if name == "t":
                found.append(part.text or "")
                bold.extend([is_bold] if (part.text or "").strip() else [])
            elif name in _SIGNS:
                found.append(_SIGNS[name])
            elif name in _BOXES:
                boxes.append(part)
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes[name.removesuffix("Reference")].add(attribute(part, "id"))
            elif name == "r":
                run = child(part, "rPr")
                if (
                    run is not None
                    and (hidden := child(run, "vanish")) is not None
                    and is_on(attribute(hidden, "val"), present=True)
                ):
                    continue
                mark = child(run, "b") if run is not None else None
                found.append(
                    self._words(part, boxes, bold, is_on(attribute(mark, "val"), present=True) if mark is not None else is_bold)
                )
            elif name != "rPr":
                found.append(self._words(part, boxes, bold, is_bold))
        return "".join(found)

    def _rows(self, table: Any) -> list[list[str]]:
        """The cells of a table, one that spans several places in each of them."""
        rows: list[list[str]] = []
        cells = 0
        for row in _members(table, "tr"):
            properties = child(row, "trPr")
            if properties is not None and child(properties, "del") is not None:
                continue
            line: list[str] = []
            skipped = child(properties, "gridBefore") if properties is not None else None
            if skipped is not None:
                line += [""] * _span(skipped)
            for cell in _members(row, "tc"):
                form = child(cell, "tcPr")
                merged = child(form, "vMerge") if form is not None else None
                wide = child(form, "gridSpan") if form is not None else None
                if merged is not None and attribute(merged, "val") != "restart" and rows and len(line) < len(rows[-1]):
                    text = rows[-1][len(line)]
                else:
                    text = "\n".join(block.text for block in self.blocks(cell))
                line += [text] * (_span(wide) if wide is not None else 1)
            cells += len(line)
            if cells > MAX_CELLS:
                raise InputError(f"a table of more than {MAX_CELLS:,} cells", mend="put the data elsewhere, or split it")
            rows.append(line)
        return rows


def _members(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, also inside of what wraps them."""
    for part in element:
        if local(part) == name:
            yield part
        elif local(part) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _members(part, name)


def _span(mark: Any) -> int:
    value = attribute(mark, "val") or "1"
    return min(200, max(1, int(value))) if value.isascii() and value.isdigit() else 1


def _is_contents(element: Any) -> bool:
    gallery = child(element, "sdtPr", "docPartObj", "docPartGallery")
    return gallery is not None and "table of contents" in (attribute(gallery, "val") or "").lower()
