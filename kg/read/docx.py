"""DOCX: the text as the reader of the printed document sees it.

Kept: paragraphs with the numbers that Word counts for them, headings, tables as lines, text boxes, footnotes (at the end), inserted text.
Left out: deleted and hidden text, page heads and feet, the table of contents, comments.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import InputError
from kg.model import Text
from kg.read.blocks import Block, render
from kg.read.docx_body import Body
from kg.read.docx_numbers import Numbers
from kg.read.docx_styles import Styles
from kg.read.package import Package, attribute, child, children, resolve

NOTES = "注释"
"""Over the footnotes: the parser knows what stands under it as a part of its own."""


@dataclass(frozen=True, slots=True)
class DocxReader:
    """Reads the documents of word processors in Office Open XML, transitional or strict."""

    extensions: tuple[str, ...] = (".docx",)
    media_type: str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def read(self, data: bytes, name: str) -> Text:
        package = Package(data, name)
        main = _main_part(package)
        parts = _related(package, main)
        styles = Styles(package.xml(parts["styles"]) if parts.get("styles") in package else None)
        numbers = Numbers(package.xml(parts["numbering"]) if parts.get("numbering") in package else None)
        root = child(package.xml(main), "body")
        if root is None:
            raise package.broken("it has no body")
        body = Body(styles, numbers)
        blocks = list(body.blocks(root))
        notes: list[Block] = []
        for kind, item in (("footnotes", "footnote"), ("endnotes", "endnote")):
            if parts.get(kind) in package:
                for note in children(package.xml(parts[kind]), item):
                    if attribute(note, "id") in body.notes[item]:
                        notes.extend(Body(styles, numbers).blocks(note))
        text = render([*blocks, Block(NOTES), *notes] if notes else blocks)
        if not text:
            raise InputError(
                "a document without text", name, "pictures in a document are not read: save it as PDF, or give the pictures"
            )
        return Text(text)


def _main_part(package: Package) -> str:
    """The part that holds the text."""
    if "_rels/.rels" in package:
        for relation in package.xml("_rels/.rels"):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                return resolve("", relation.get("Target") or "")
    return "word/document.xml"


def _related(package: Package, main: str) -> dict[str, str]:
    """The parts that belong to the text, by the last word of their kind: styles, numbering, footnotes …"""
    folder, _, file = main.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels".lstrip("/")
    if relations not in package:
        return {}
    found = {}
    for relation in package.xml(relations):
        if relation.get("TargetMode") != "External":
            found[(relation.get("Type") or "").rpartition("/")[2]] = resolve(main, relation.get("Target") or "")
    return found


READER = DocxReader()
