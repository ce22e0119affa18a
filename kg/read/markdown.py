"""Markdown: its marks taken out, headings kept as headings, tables as lines. The text as read is what a reader of the rendered page sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Text
from kg.read.blocks import Block, render
from kg.read.decode import decode
from kg.read.rows import table_lines

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.{0,4000}?)^(?:---|\.\.\.)[ \t]*\r?\n", re.M | re.S)
_FIELD = re.compile(r"^(title|标题|date|日期|source|来源|publisher|发布机构)\s*[:：]\s*[\"']?(.+?)[\"']?\s*$", re.M | re.I)
_FIELDS = {"title": "", "标题": "", "date": "日期：", "日期": "日期：", "source": "来源：", "来源": "来源："}
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--.*?-->", re.S)


@dataclass(frozen=True, slots=True)
class MarkdownReader:
    """Reads Markdown (CommonMark and tables) in any encoding that plain text is read in."""

    extensions: tuple[str, ...] = (".md", ".markdown")
    media_type: str = "text/markdown"

    def read(self, data: bytes, name: str) -> Text:
        from markdown_it import MarkdownIt

        text, encoding = decode(data, name)
        front = _FRONT.match(text)
        blocks = list(_front_matter(front.group(1))) if front else []
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text[front.end() :] if front else text)
        return Text(render([*blocks, *_blocks(tokens)]), encoding)


def _front_matter(text: str) -> Iterator[Block]:
    """What the lines over the text (title: …, date: …) tell, as a page would show it."""
    for match in _FIELD.finditer(text):
        key = match.group(1).lower()
        yield Block(_FIELDS.get(key, f"{match.group(1)}：") + match.group(2), level=1 if key in ("title", "标题") else 0)


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    level = 0
    number: list[int | None] = []  # of the lists that are open: the next number, or None where they have none
    waiting = ""  # the number of a list's item, whose text comes next
    rows: list[list[str]] = []
    before = ""
    in_table = False
    for token in tokens:
        match token.type:
            case "heading_open":
                level = int(token.tag[1])
            case "heading_close":
                level = 0
            case "ordered_list_open":
                number.append(int(token.attrGet("start") or 1))
            case "bullet_list_open":
                number.append(None)
            case "ordered_list_close" | "bullet_list_close":
                number.pop()
            case "list_item_open":
                at = number[-1]
                if at is not None:
                    waiting, number[-1] = f"{at}. ", at + 1
            case "table_open":
                rows, in_table = [], True
            case "tr_open":
                rows.append([])
            case "table_close":
                in_table = False
                yield from map(Block, table_lines(rows, before))
            case "inline" if in_table:
                rows[-1].append(_inline(token))
            case "inline":
                before = _inline(token)
                yield Block(waiting + before, level, _is_bold(token))
                waiting = ""
            case "fence" | "code_block":
                yield Block(token.content)
            case "html_block":
                yield Block(_TAG.sub("", token.content))


def _inline(token: Token) -> str:
    """The words of a paragraph. A line end in it is none, but between words of Latin script it is a space."""
    words = ""
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            words += child.content
        elif child.type == "softbreak":
            words += "\n"
        elif child.type == "hardbreak" or (child.type == "html_inline" and child.content.lower().startswith("<br")):
            words += "\v"
    words = re.sub(r"(?<=[A-Za-z0-9,.;])\n(?=[A-Za-z0-9])", " ", words).replace("\n", "")
    return words.replace("\v", "\n")


def _is_bold(token: Token) -> bool:
    children = [child for child in token.children or () if child.type != "text" or child.content]
    return len(children) > 2 and children[0].type == "strong_open" and children[-1].type == "strong_close" and (
        sum(child.type == "strong_open" for child in children) == 1
    )  # fmt: skip


READER = MarkdownReader()
