"""What stands over a text: title, speaker and post, the meeting it was delivered at, its date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.parse import dates
from kg.parse.shapes import PROSE, SALUTATION, kind_of_number
from kg.parse.tables import table

OPENING = 3000
"""Code points of the view in which the post of a speaker whose line has only his name is looked for."""
LONGEST_TITLE = 120
TAIL = 400
"""Code points at the end in which the date of a notice stands under it."""

_DATE = dates.BODY
_AT = re.compile(rf"^[—–―─\-]*[（(]?\s*(?:于\s?)?(?P<date>{_DATE})\s*(?:在|于)\s*(?P<meeting>[^。]{{4,80}}?(?:会议|大会|全会|会))(?:上|$|[）)])")
_IN = re.compile(r"^[—–―─\-]*[（(]?\s*(?:在|于)\s*(?P<meeting>[^。]{4,80}?(?:会议|大会|全会|会))上(?P<rest>.{0,60})")
_DATED = re.compile(rf"^[—–―─\-]*[（(]?\s*(?P<date>{_DATE})(?:[^。，]{{0,40}})[）)]?$")
_NAME = r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8}){1,3}"


@dataclass(slots=True)
class Head:
    """What a head tells; offsets are of the view."""

    title: tuple[int, int] | None = None
    meeting: tuple[int, int] | None = None
    date: str | None = None
    speaker: str | None = None
    post: str | None = None


def read_head(text: str, paragraphs: list[tuple[int, int]], first: tuple[int, int] | None) -> Head:
    """Read the head: `paragraphs` stand before the running text; `first` is the first paragraph of that, the title where there is no head."""
    head = Head()
    rest: list[tuple[int, int]] = []
    for start, end in paragraphs:
        line = text[start:end]
        if not _read_occasion(line, start, head):
            rest.append((start, end))
    spoken = [_speaker(text[start:end]) for start, end in rest]
    candidates = [span for span, speaker in zip(rest, spoken, strict=True) if speaker is None and _may_be_title(text[slice(*span)])]
    head.title = _title(text, candidates)
    if head.title is None and first is not None and not paragraphs and _may_be_title(text[slice(*first)]) and not PROSE.search(text[slice(*first)]):
        head.title = first
    _read_speaker(text, rest, spoken, head)
    if head.date is None:
        head.date = _signed(text)
    return head


def _read_occasion(line: str, start: int, head: Head) -> bool:
    """Take the date and the meeting that a line tells; False where it tells neither."""
    if len(line) > LONGEST_TITLE:
        return False
    if match := _AT.match(line):
        head.meeting = head.meeting or (start + match.start("meeting"), start + match.end("meeting"))
        head.date = head.date or dates.iso_of(match)
        return True
    if match := _IN.match(line):
        head.meeting = head.meeting or (start + match.start("meeting"), start + match.end("meeting"))
        head.date = head.date or dates.iso_date(match.group("rest"))
        return True
    if (match := _DATED.match(line)) and not _ends_as_title(line):
        head.date = head.date or dates.iso_of(match)
        return True
    return False


def _title(text: str, candidates: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The first line that ends as titles do, else the first line."""
    named = [span for span in candidates if _ends_as_title(text[slice(*span)])]
    return next(iter(named or candidates), None)


def _may_be_title(line: str) -> bool:
    return 4 <= len(line) <= LONGEST_TITLE and not SALUTATION.match(line) and kind_of_number(line) not in ("part", "one", "two", "series", "dash") and "。" not in line


def _ends_as_title(line: str) -> bool:
    bare = re.sub(r"[（(][^（）()]{1,12}[）)]$", "", line)
    return bare.endswith(tuple(table("structure")["head"]["titles"]))


@cache
def _post() -> re.Pattern[str]:
    posts = "|".join(sorted(table("structure")["head"]["posts"], key=lambda word: (-len(word), word)))
    return re.compile(rf"^(?P<post>[^。，：；！？]{{0,40}}(?:{posts}))[ ：:]*(?P<name>{_NAME})$")


def _speaker(line: str) -> tuple[str, str] | None:
    """(post, name) where a line is nothing but these; the post is "" where it is only a name."""
    if match := _post().match(line.strip("（）() ")):
        return match.group("post").strip(), match.group("name")
    bare = line.replace(" ", "")
    if re.fullmatch(_NAME, bare) and len(bare) <= (12 if "·" in bare else 4) and bare not in table("structure")["head"]["not_names"]:
        return "", bare
    return None


def _read_speaker(text: str, rest: list[tuple[int, int]], spoken: list[tuple[str, str] | None], head: Head) -> None:
    """The speaker: a line with post and name; a line with a name alone only under the title."""
    behind = head.title[1] if head.title else 0
    full = [found for found in spoken if found is not None and found[0]]
    bare = [found for found, (start, _) in zip(spoken, rest, strict=True) if found is not None and not found[0] and start >= behind and head.title]
    if not (full or bare):
        return
    head.post, head.speaker = (full or bare)[0]
    if not head.post:
        head.post = _post_of(text[:OPENING], head.speaker)


def _post_of(text: str, name: str) -> str | None:
    """The post that the text gives a name: what stands before it, up to the beginning of the clause."""
    posts = "|".join(sorted(table("structure")["head"]["posts"], key=lambda word: (-len(word), word)))
    match = re.search(rf"(?P<post>[\u4e00-\u9fff]{{0,16}}(?:{posts}))\s?{re.escape(name)}", text)
    return match.group("post") if match else None


def _signed(text: str) -> str | None:
    """The date that stands alone on one of the last lines."""
    for line in reversed(text[-TAIL:].split("\n")):
        if (match := _DATED.match(line.strip())) and len(line) <= 30:
            return dates.iso_of(match)
    return None
