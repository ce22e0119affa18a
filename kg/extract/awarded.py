"""Names told by what befalls them: what alone stands before a verb of conferring and its honor (某某产业园入选首批国家级零碳园区)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.extract.scan import Scan
from kg.lexicon import any_of, cache, table
from kg.model import Mention

KINDS = (
    ("platforms", "Platform", "awarded-platform"),
    ("nature", "District", "awarded-place"),
    ("works", "Program", "awarded-work"),
)
BEGINS = re.compile("[，。；：！？\n]")
QUALIFIED = re.compile(
    r"(?:[“《]|[首第][一二三四五六七八九十]?批|(?:20\d\d)?年度?|(?:全国|全球|世界|国家|全省|全市|国内)|首个){0,4}"
)
MANY = re.compile(r"[\d—－、等和与及的了在为将被各]|[一两几多]批|多[个家项]|其中|我[省市县区]|[全本][省市县区]")
LONGEST = 40  # code points of a clause before its honor
SHORTEST = 3  # code points of a name


@cache
def _grammar() -> tuple[re.Pattern[str], tuple[tuple[tuple[str, ...], str, str], ...]]:
    """What stands between a name and its honor, and the last words of names with their class and rule."""
    words = table("honors")["receivers"]
    verb = re.compile(f"(?:{any_of(words['between'])})*(?:{any_of(words['verbs'])})")
    return verb, tuple((tuple(words[key]), kind, rule) for key, kind, rule in KINDS)


def awarded(scan: Scan, found: Iterable[Mention], places: Mapping[int, int]) -> list[Mention]:
    """Mentions of what is named nowhere else and receives an honor of `found`. `places` are the ends of places → their starts."""
    found = list(found)
    ends = {mention.end for mention in found if mention.classes[0] != "Honor"}
    made = (_before(scan, honor.start, ends, places) for honor in found if honor.classes[0] == "Honor")
    return [mention for mention in made if mention is not None]


def _before(scan: Scan, at: int, ends: set[int], places: Mapping[int, int]) -> Mention | None:
    """The name in the clause that runs to the honor at `at`; None where it is none, or found already."""
    verb, kinds = _grammar()
    floor = max(scan.sentence_bounds(at)[0], at - LONGEST)
    marks = [mark.end() for mark in BEGINS.finditer(scan.text, floor, at)]
    start = marks[-1] if marks else floor
    hit = next((hit for hit in verb.finditer(scan.text, start, at) if QUALIFIED.fullmatch(scan.text, hit.end(), at)), None)
    if hit is None or hit.start() in ends or not (scan.is_edge(start) and scan.is_edge(hit.start())):
        return None
    end = hit.start()
    known = next(((words, kind, rule) for words, kind, rule in kinds if scan.text[start:end].endswith(words)), None)
    if known is None or MANY.search(scan.text, start, end) or _acts(scan, start, end):
        return None
    words, kind, rule = known
    place = max((stop for stop, first in places.items() if first == start and stop < end), default=start)
    if kind == "District":
        start = place if end - place >= SHORTEST else start  # 河源|万绿湖
    if end - start < SHORTEST or scan.text[start:end] in words:
        return None
    own = scan.text[start:place] if kind != "District" else ""
    return Mention(start, end, (kind,), scan.text[start:end], rule, place=own)


def _acts(scan: Scan, start: int, end: int) -> bool:
    """Whether a word in the stretch, but for its last two, is a verb or ties words together: no name then (推动…项目)."""
    first, last = scan.token_at[start], scan.token_at[end - 1]
    return scan.tokens[first].tag in ("v", "d", "c", "p", "r", "m") or any(
        t.tag in ("p", "c", "d", "r") for t in scan.tokens[first:last]
    )
