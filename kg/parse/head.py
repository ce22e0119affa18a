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
_AT = re.compile(
    rf"^[—–―─\-]*[（(]?\s*(?:于\s?)?(?P<date>{_DATE})\s*(?:在|于)\s*(?P<meeting>[^。]{{4,80}}?(?:会议|大会|全会|会))(?:上|$|[）)])"
)
_IN = re.compile(r"^[—–―─\-]*[（(]?\s*(?:在|于)\s*(?P<meeting>[^。]{4,80}?(?:会议|大会|全会|会))上(?P<rest>.{0,60})")
_NAME = r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8}){1,3}"


@dataclass(slots=True)
class Head:
    """What a head tells; offsets are of the view."""

    title: tuple[int, int] | None = None
    meeting: tuple[int, int] | None = None
    date: str | None = None
    speaker: str | None = None
    post: str | None = None


def read_head(text: str, paragraphs: list[tuple[int, int]], first: tuple[int, int] | None, known: str | None = None) -> Head:
    """Read the head: `paragraphs` stand before the running text; `first` is the first paragraph of that, the title where there is no head.

    `known` is the title as the user knows it: where the head says it, there the title stands, whatever it looks like.
    """
    head = Head()
    rest: list[tuple[int, int]] = []
    for start, end in paragraphs:
        line = text[start:end]
        if not _read_occasion(line, start, head):
            rest.append((start, end))
    head.title = _said(text, rest, known) or _title(text, [span for span in rest if _may_be_title(text[slice(*span)])])
    if (
        head.title is None
        and first is not None
        and not paragraphs
        and _may_be_title(text[slice(*first)])
        and not PROSE.search(text[slice(*first)])
    ):
        head.title = first
    _read_speaker(text, [span for span in rest if span != head.title], head)
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
    if (date := _date_alone(line)) is not None and not _ends_as_title(line):
        head.date = head.date or date
        return True
    return False


def _date_alone(line: str) -> str | None:
    """The date of a line that is nothing else, in brackets or not; in brackets it may say more (（2023年1月5日市委常委会会议通过）)."""
    bracketed = line[:1] in "（(" and line[-1:] in "）)"
    bare = line.strip("（）() —–―─-")
    match = dates.DATE.match(bare)
    if match is None or not (bracketed or re.fullmatch(r"\s*(?:星期.)?", bare[match.end() :])):
        return None
    date = dates.iso_of(match)
    return date if date is not None and (bracketed or len(date) > 4) else None


def _title(text: str, candidates: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The first line that ends as titles do, else the first line."""
    named = [span for span in candidates if _ends_as_title(text[slice(*span)])]
    return next(iter(named or candidates), None)


def _said(text: str, paragraphs: list[tuple[int, int]], known: str | None) -> tuple[int, int] | None:
    """The first place in the paragraphs that says these words and nothing else up to white space on both sides; white space within is no matter."""
    words = r"\s*".join(re.escape(char) for char in "".join((known or "").split()))
    found = (re.compile(rf"(?<!\S){words}(?!\S)").search(text, *span) for span in paragraphs if words)
    return next((match.span() for match in found if match), None)


def _may_be_title(line: str) -> bool:
    """Whether a line can be a title: not too long, no sentence, no salutation, no numbered heading, no post with a name behind a space."""
    if not 4 <= len(line) <= LONGEST_TITLE or "。" in line or SALUTATION.match(line):
        return False
    if kind_of_number(line) in ("part", "one", "two", "series", "dash"):
        return False
    return _post(r"\s*[ ：:]\s*").fullmatch(line) is None


def _ends_as_title(line: str) -> bool:
    bare = re.sub(r"[（(][^（）()]{1,12}[）)]$", "", line)
    return bare.endswith(tuple(table("structure")["head"]["titles"]))


@cache
def _posts() -> str:
    return "|".join(sorted(table("structure")["head"]["posts"], key=lambda word: (-len(word), word)))


@cache
def _post(space: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<post>[^。，：；！？]{{0,40}}(?:{_posts()})){space}(?P<name>{_NAME})")


def _speaker(line: str) -> tuple[str, str] | None:
    """(post, name) where a line is nothing but these; the post is "" where it is only a name."""
    line = line.strip("（）() ")
    if match := _post(r"\s*[ ：:]\s*").fullmatch(line) or _post("").fullmatch(line):
        return match.group("post").strip(), match.group("name")
    bare = line.replace(" ", "")
    if (
        re.fullmatch(_NAME, bare)
        and len(bare) <= (12 if "·" in bare else 4)
        and bare not in table("structure")["head"]["not_names"]
    ):
        return "", bare
    return None


def _read_speaker(text: str, lines: list[tuple[int, int]], head: Head) -> None:
    """The speaker: a line with post and name; a line with a name alone only under the title."""
    behind = head.title[1] if head.title else len(text)
    found = [(start, speaker) for start, end in lines if (speaker := _speaker(text[start:end])) is not None]
    speakers = [speaker for _, speaker in found if speaker[0]] or [speaker for start, speaker in found if start >= behind]
    if speakers:
        head.post, head.speaker = speakers[0]
        head.post = head.post or _post_of(text[:OPENING], head.speaker)


def _post_of(text: str, name: str) -> str | None:
    """The post that the text gives a name: what stands before it, up to the beginning of the clause."""
    match = re.search(rf"(?P<post>[\u4e00-\u9fff]{{0,16}}(?:{_posts()}))\s?{re.escape(name)}", text)
    return match.group("post") if match else None


def _signed(text: str) -> str | None:
    """The date that stands alone on one of the last lines."""
    for line in reversed(text[-TAIL:].split("\n")):
        if len(line) <= 30 and (date := _date_alone(line.strip())) is not None:
            return date
    return None
