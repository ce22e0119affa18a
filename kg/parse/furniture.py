"""What stands around a text on its page: found by line, left out of the view, and read for what it tells (publisher, date)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.parse.dates import iso_date
from kg.parse.lines import Line

URL = re.compile(r"^(?:https?://|www\.)\S+$|^\S+\.(?:com|cn|net|gov|org)(?:\.cn)?/?\S*$", re.IGNORECASE)
PAGE_HEADER = re.compile(r"^[A-Z]?\d{1,3}版?\s*[:：]?\s*(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
PAGE_NUMBER = re.compile(r"^(?:—|-|－|第)?\s*\d{1,4}\s*(?:—|-|－|页|版)?$")
DATE_LINE = re.compile(r"^(?:19|20)\d{2}[年\-/.]\s*\d{1,2}[月\-/.]\s*\d{1,2}日?\s*(?:\d{1,2}[时:：]\d{2}分?(?:[:：]\d{2})?)?$")
LINK_LINE = re.compile(r"^\[[^\]]{1,20}\]\(https?://[^)]*\)$")
HEAD = 40  # lines at the top of a source in which labels and buttons stand
NEAR_HEADER = 6  # lines between a newspaper's section name and its page header
LONGEST_VALUE = 40  # code points of a label's value


@dataclass(frozen=True, slots=True)
class Found:
    """The lines that are furniture (by number), and what they tell."""

    lines: frozenset[int]
    publisher: str | None
    issued: str | None


@cache
def words() -> dict[str, Any]:
    """The table of furniture."""
    return tomllib.loads((Path(__file__).parent / "furniture.toml").read_text("utf-8"))


def furniture(found: list[Line]) -> Found:
    """Which of the lines of a source are no part of its text."""
    table = words()
    whole, starts = frozenset(table["lines"]), tuple(table["starts"])
    taken: set[int] = set()
    publisher = issued = None
    filled = [number for number, line in enumerate(found) if line.text]
    head = set(filled[:HEAD])
    header = next((number for number in filled[:HEAD] if PAGE_HEADER.match(found[number].text)), None)
    for position, number in enumerate(filled):
        if number in taken:
            continue
        text = found[number].text
        label = _label(text) if number in head else None
        if label is not None:
            kind, value = label
            taken.add(number)
            if not value and position + 1 < len(filled) and _may_be_value(found[filled[position + 1]].text):
                value = found[filled[position + 1]].text
                taken.add(filled[position + 1])
            if kind == "publisher" and publisher is None and value:
                publisher = value.strip()
            if kind == "issued" and issued is None and value:
                issued = iso_date(value)
        elif PAGE_HEADER.match(text):
            taken.add(number)
            issued = issued or iso_date(text)
        elif number in head and DATE_LINE.match(text):
            taken.add(number)
            issued = issued or iso_date(text)
        elif text in whole or URL.match(text) or LINK_LINE.match(text) or text.startswith(starts) or (PAGE_NUMBER.match(text) and len(text) <= 6):
            taken.add(number)
        elif header is not None and abs(number - header) <= NEAR_HEADER and text in table["columns"]:
            taken.add(number)
    return Found(frozenset(taken), publisher, issued)


def _label(text: str) -> tuple[str, str] | None:
    """(kind, value) of a line such as 来源：湖南日报 or 索 引 号：; a bare 来源: has an empty value."""
    match = re.match(r"^([^：:]{2,8})[：:]\s*(.*)$", text)
    if match is None or len(match[2]) > LONGEST_VALUE:
        return None
    name = re.sub(r"\s", "", match[1])
    for kind, labels in words()["labels"].items():
        if name in {re.sub(r"\s", "", label) for label in labels}:
            return kind, match[2]
    return None


def _may_be_value(text: str) -> bool:
    return len(text) <= LONGEST_VALUE and not re.search(r"[。！？]", text) and _label(text) is None
