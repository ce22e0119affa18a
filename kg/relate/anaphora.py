"""Nouns that stand for a name before them: 隧道 for 深圳妈湾海底隧道, 公司 for the last company named."""

from __future__ import annotations

import re

from kg.lexicon import any_of, cache, table
from kg.model import Link
from kg.relate.sites import Site, Sites

THINGS = ("Platform", "Program", "Meeting")
AGAIN_REACH = 200  # code points within which a name is taken up by its last word
ANAPHOR_REACH = 400  # code points within which 公司 means the last company named


def called_again(sites: Sites, start: int, at: int, end: int) -> Link | None:
    """What the first noun of the clause [start, end) means where it is the last word of a thing's name before the clause.

    `at` is where the clause begins behind its adverbials.
    """
    tokens = sites.tokens(at, end)
    if not tokens or not tokens[0].tag.startswith("n") or len(tokens[0].word) < 2:
        return None
    noun = tokens[0].word
    for link in reversed(sites.links(max(0, start - AGAIN_REACH), start)):
        thing = sites.linked.entities[link.entity].classes[0] in THINGS
        if thing and sites.text[link.start : link.end].endswith(noun) and link.end - link.start > len(noun):
            return link
    return None


def meant(sites: Sites, site: Site, at: int, *, plain: bool) -> tuple[bool, Link | None]:
    """Whether a clause that begins at `at` opens with 该公司, 公司 and the like, and the mention meant: the last one of that kind.

    `plain`: the text is one in which a noun without 该 can be meant so (news; a report speaks of companies in general).
    """
    text = sites.text
    hit = _nouns().match(text, at, site.figure.start)
    if hit is None:
        return False, None
    which, noun = hit.groups()
    following = sites.behind(hit.end(), site.figure.start)
    bare = bool(following) and following[0].tag.startswith(("v", "t", "d", "m"))
    if which != "该" and (not plain or not bare or (which is None and len(noun) < 2)):
        return False, None
    ends = tuple(table("measuring")["anaphor"][noun])
    near = sites.links(max(0, at - ANAPHOR_REACH), at)
    one = next((link for link in reversed(near) if text[link.start : link.end].endswith(ends)), None)
    return one is not None or which is not None or noun == "公司", one


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(rf"(该|全)?({any_of(list(table('measuring')['anaphor']))})")
