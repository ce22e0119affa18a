"""The paragraph styles of a DOCX: which are headings, which have a number, which belong to the table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kg.read.package import attribute, child, children

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.I)
_TITLE = re.compile(r"title$|^标题$|^標題$|^文档标题$|^公文标题$", re.I)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d*$|toc heading|table of figures", re.I)
LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph's style says: `level` of the heading (0: none), `bold`, its number (list and level), `contents`: of the table of contents."""

    level: int = 0
    bold: bool = False
    number: tuple[str | None, int | None] = (None, None)
    contents: bool = False


class Styles:
    """The styles by their id, each with what it inherits."""

    def __init__(self, root: Any) -> None:
        self._elements = {attribute(style, "styleId"): style for style in children(root, "style")} if root is not None else {}
        self._known: dict[str | None, Style] = {}
        self.default = next(
            (
                key
                for key, style in self._elements.items()
                if attribute(style, "type") == "paragraph" and is_on(attribute(style, "default"))
            ),
            None,
        )

    def of(self, key: str | None) -> Style:
        """The style of that id; the default one where there is none."""
        key = key if key in self._elements else self.default
        if key not in self._known:
            self._known[key] = self._read(key)
        return self._known[key]

    def _read(self, key: str | None) -> Style:
        level, bold, contents = 0, None, False
        number: tuple[str | None, int | None] = (None, None)
        for _ in range(LONGEST_CHAIN):  # a style may say it is based on itself
            style = self._elements.get(key)
            if style is None:
                break
            name = attribute(child(style, "name"), "val") or "" if child(style, "name") is not None else ""
            level = level or self._level(style, name)
            contents = contents or _CONTENTS.match(name) is not None
            if bold is None and (mark := child(style, "rPr", "b")) is not None:
                bold = is_on(attribute(mark, "val"), present=True)
            own = number_of(child(style, "pPr"))
            number = (number[0] or own[0], number[1] if number[1] is not None else own[1])
            based = child(style, "basedOn")
            key = attribute(based, "val") if based is not None else None
        return Style(level, bool(bold), number, contents)

    @staticmethod
    def _level(style: Any, name: str) -> int:
        if (outline := outline_of(child(style, "pPr"))) is not None:
            return outline
        if match := _HEADING.match(name):
            return int(match.group(1))
        return 1 if _TITLE.search(name) and "subtitle" not in name.lower() else 0


def outline_of(properties: Any) -> int | None:
    """The level of heading that a paragraph's properties give it (1 to 9; 0: running text), None where they say nothing."""
    mark = child(properties, "outlineLvl") if properties is not None else None
    value = attribute(mark, "val") if mark is not None else None
    if value is None or not value.isascii() or not value.isdigit():
        return None
    return int(value) + 1 if int(value) < 9 else 0


def number_of(properties: Any) -> tuple[str | None, int | None]:
    """The list and the level in it that a paragraph's properties name."""
    mark = child(properties, "numPr") if properties is not None else None
    if mark is None:
        return None, None
    key, level = child(mark, "numId"), child(mark, "ilvl")
    value = attribute(level, "val") if level is not None else None
    return (
        attribute(key, "val") if key is not None else None,
        int(value) if value is not None and value.isascii() and value.isdigit() else None,
    )


def is_on(value: str | None, *, present: bool = False) -> bool:
    """Whether a switch is on; `present`: what it is where it stands without a value."""
    return present if value is None else value.lower() in ("1", "true", "on")
