"""Title, speaker, date, meeting and the tree of sections, by the view's paragraphs."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.lexicon import lexicon
from kg.model import Section
from kg.parse.dates import iso_date

LEVELS = (
    (1, re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章部篇])")),
    (2, re.compile(r"^(?:（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}节|——)")),
    (3, re.compile(r"^(?:[一二三四五六七八九十]{1,2}[是要]|\d{1,2}[.．、](?!\d)|（\d{1,2}）)")),
)
LONGEST_LEAD = 16  # code points of a sentence that heads its paragraph (站稳政治立场。)
LONGEST_TITLE = 80
DELIVERED = re.compile(r"^[（(—\-\s]*(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)?\s*在(?P<meeting>.{4,60}?)上[）)]?$")
SPOKEN = re.compile(r"^(?P<post>.{0,40}?[\u4e00-\u9fff])[ \u3000]+(?P<name>[\u4e00-\u9fff·]{2,8}|[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff])$")
BYLINE = re.compile(r"[。，]|记者|摄影|通讯员|编辑")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年?")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a text says, in view offsets; `end` is the number of paragraphs it takes."""

    title: tuple[int, int] | None = None
    speaker: str | None = None
    post: str | None = None
    date: str | None = None
    meeting: tuple[int, int] | None = None
    end: int = 0


@cache
def words() -> dict[str, Any]:
    """The table of headings."""
    return tomllib.loads((Path(__file__).parent / "structure.toml").read_text("utf-8"))


def is_name(text: str) -> bool:
    """Whether a line is a personal name and nothing else."""
    name = re.sub(r"[ \u3000]", "", text)
    table = lexicon()
    if re.fullmatch(r"[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,8}", name):
        return True
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name)) and (name[0] in table.text("people", "surnames") or name[:2] in table.words("people", "compound"))


def read_head(text: str, paragraphs: list[tuple[int, int]], most: int = 12) -> Head:
    """Title, speaker and his post, date and meeting, from the paragraphs before the address or the first sentence."""
    title = meeting = None
    speaker = post = date = None
    number = 0
    for number, (start, end) in enumerate(paragraphs[:most]):  # noqa: B007
        line = text[start:end]
        if line.startswith(tuple(words()["salutations"])) or LEVELS[0][1].match(line):
            break
        if delivered := DELIVERED.match(line):
            date = iso_date(delivered["date"]) if delivered["date"] else date
            meeting = (start + delivered.start("meeting"), start + delivered.end("meeting"))
        elif title is None and len(line) <= LONGEST_TITLE and not re.search(r"[。；！？]$", line):
            if not is_name(line) and not SPOKEN.match(line):
                title = (start, end)
        elif (spoken := SPOKEN.match(line)) and is_name(spoken["name"]) and not BYLINE.search(spoken["post"]) and spoken["post"].endswith(tuple(lexicon().words("people", "posts"))):
            speaker, post = re.sub(r"[ \u3000]", "", spoken["name"]), spoken["post"].strip()
        elif is_name(line) and speaker is None:
            speaker = re.sub(r"[ \u3000]", "", line)
        elif re.fullmatch(r"[（(](?:19|20)\d{2}年\d{1,2}月\d{1,2}日[）)]", line):
            date = iso_date(line)
        elif re.search(r"[。；！？]", line):
            break
    return Head(title, speaker, post, date, meeting, number)


def sections(text: str, paragraphs: list[tuple[int, int]], first_sentences: list[tuple[int, int]], head: Head, year: str | None) -> list[Section]:
    """The sections, in order of their beginnings; each ends where one of its level or above begins. `year` is the text's own."""
    found: list[tuple[int, str, int]] = []
    for number, (start, end) in enumerate(paragraphs):
        if number < head.end:
            continue
        sentence = first_sentences[number]
        lead = text[slice(*sentence)]
        level = next((level for level, pattern in LEVELS if pattern.match(lead)), None)
        if level is None and len(lead) <= LONGEST_LEAD and lead.endswith("。") and sentence[1] < end and found:
            level = 3
        if level is not None:
            found.append((level, lead.rstrip("。"), start))
    made: list[Section] = []
    open_: list[Section] = []
    ends = _ends(found, len(text))
    for (level, title, start), end in zip(found, ends, strict=True):
        while open_ and open_[-1].level >= level:
            open_.pop()
        above = open_[-1] if open_ else None
        planned, own_year = _tells(title, above, year)
        section = Section(level, title, start, end, planned, own_year)
        made.append(section)
        open_.append(section)
    return made


def _ends(found: list[tuple[int, str, int]], last: int) -> list[int]:
    """Where each section ends: a stack, one pass."""
    ends = [last] * len(found)
    open_: list[int] = []
    for number, (level, _, start) in enumerate(found):
        while open_ and found[open_[-1]][0] >= level:
            ends[open_.pop()] = start
        open_.append(number)
    return ends


def _tells(title: str, above: Section | None, year: str | None) -> tuple[bool, str | None]:
    """Whether a heading opens coming tasks, and its year; what it does not say it has from the one above."""
    review = any(word in title for word in words()["review"])
    planned = not review and any(word in title for word in words()["planned"])
    match = YEAR.search(title)
    own = match[1] if match else None
    if own is None and year is not None and any(word in title for word in words()["last_year"]):
        own = str(int(year) - 1)
    if above is None:
        return planned, own
    return (planned or above.planned) and not review, own or above.year
