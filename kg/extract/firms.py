"""Companies by their short names, as lists have them: 潍柴动力、歌尔股份、豪迈科技入选…. What they make or are ends the name."""

from __future__ import annotations

import re

from kg.extract.edges import stop_words
from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.extract.vague import vague
from kg.lexicon import any_of, cache, lexicon
from kg.model import Mention

PROPER = ("nr", "nz", "nt", "ns", "j", "x", "eng")  # parts of speech that the words of the text see in a firm's own name
AND = re.compile("[、和]")
OPENS = "，。；：、和与及\n “"  # what stands before the first of a list


@cache
def _firm() -> Rare:
    tails = tuple(lexicon().words("bodies", "firms", "tails"))
    name = rf"[A-Za-z一-龥]{{2,4}}(?:{any_of(tails)})"
    return Rare(rf"{name}(?:[、和]{name})*", tails, 4)


@cache
def _following() -> re.Pattern[str]:
    """What says of the names before it that they are firms: that they were chosen, that they are summed up as such."""
    return re.compile(
        rf"(?:{any_of(lexicon().words('verbs', 'receives', 'verbs'))})|等[^，。；]{{0,10}}?(?:企业|公司)|上市(?!公司)"
    )


def firms(scan: Scan) -> list[Mention]:
    """Mentions of class Organization: the members of a list of firms, one of them at least by a name that is no common word."""
    made: list[Mention] = []
    for match in _firm().finditer(scan.text):
        start = match.start()
        if start and scan.text[start - 1] not in OPENS and not scan.is_edge(start):
            continue
        spans, at = [], start
        for name in AND.split(match[0]):
            spans.append((at, at + len(name)))
            at += len(name) + 1
        good = [span for span in spans if _may_be(scan, *span)]
        if len(good) < 2 and _following().match(scan.text, match.end()) is None:
            continue
        if not any(scan.tokens[scan.token_at[begin]].tag.startswith(PROPER) for begin, _ in good):
            continue
        made += [Mention(begin, end, ("Organization",), scan.text[begin:end], "head-organization") for begin, end in good]
    return made


def _may_be(scan: Scan, start: int, end: int) -> bool:
    """Whether words begin and end with the name and none of them is a common one or one that ends every name."""
    if not scan.is_edge(start) or not scan.is_edge(end):
        return False
    words = [scan.tokens[number] for number in range(scan.token_at[start], scan.token_at[end - 1] + 1)]
    own = words[:-1]
    return bool(own) and not any(word.word in stop_words() or word.word in vague() or word.tag[0] in "pcurdmqv" for word in own)
