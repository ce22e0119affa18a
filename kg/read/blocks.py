"""Blocks of a marked-up document (DOCX, HTML, Markdown) to the text as read: a paragraph to a line, headings marked as the parser knows them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_HEADING = 100
"""Characters of a heading; what is longer only wears its style."""
LONGEST_LEAD = 40
"""Characters of a bold paragraph that is a heading without the style of one."""
LONG = 20
"""Characters of a paragraph with a full stop that is running text for sure."""

_CLOSED = re.compile(r"[。；，、;,]$")
_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）、．]|\.(?!\d))|第[一二三四五六七八九十百\d]{1,4}[编章节部条]")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or line of a table. `level`: of the heading it is (1 highest), or 0; `bold`: bold from end to end."""

    text: str
    level: int = 0
    bold: bool = False


def render(blocks: Iterable[Block]) -> str:
    """The text of the blocks, each on lines of its own, without empty ones.

    The first block is the title and stands as it is. Later headings without a number of their own are marked with # by their level, so
    that the highest of them has one; short bold paragraphs in running text are marked as bold.
    """
    kept = [Block(text, block.level, block.bold) for block in blocks if (text := _tidy(block.text))]
    levels = sorted({block.level for block in kept[1:] if _is_heading(block)})
    lines = []
    running = False
    for number, block in enumerate(kept):
        if number and _is_heading(block) and not _NUMBER.match(block.text):
            lines.append("#" * min(6, levels.index(block.level) + 1) + " " + block.text)
        elif running and block.bold and _is_lead(block.text):
            lines.append(f"**{block.text}**")
        else:
            lines.append(block.text)
        running = running or ("。" in block.text and len(block.text) >= LONG)
    return "\n".join(lines) + "\n" if lines else ""


def _is_heading(block: Block) -> bool:
    return block.level > 0 and len(block.text) <= LONGEST_HEADING and "\n" not in block.text and not _CLOSED.search(block.text)


def _is_lead(text: str) -> bool:
    return (
        len(text) <= LONGEST_LEAD
        and "\n" not in text
        and "**" not in text
        and not re.search(r"[。；]", text)
        and not _CLOSED.search(text)
    )


def _tidy(text: str) -> str:
    """The text without white space at the edges of its lines and without empty lines."""
    lines = (line.strip() for line in re.split(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", text))
    return "\n".join(line for line in lines if line)
