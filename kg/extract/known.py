"""Things that the user's own lexicon knows by name ([[entity]]), wherever one of their names stands."""

from __future__ import annotations

import ahocorasick_rs

from kg.extract.scan import Scan
from kg.lexicon import cache, lexicon
from kg.model import GazetteerEntry, Mention
from kg.names import tidy

RULE = "known-table"
SURE = 3  # code points from which a name is one wherever it stands; a shorter one has to be words of the text


def known(scan: Scan) -> list[Mention]:
    """Mentions of known things; of two names that begin at one place the longer."""
    automaton, things = _names()
    if automaton is None:
        return []
    found: list[Mention] = []
    for number, start, end in automaton.find_matches_as_indexes(scan.text):
        if end - start >= SURE or (scan.is_edge(start) and scan.is_edge(end)):
            thing = things[number]
            found.append(Mention(start, end, (thing.class_,), scan.text[start:end], RULE, kind=thing.kind))
    return found


@cache
def _names() -> tuple[ahocorasick_rs.AhoCorasick | None, tuple[GazetteerEntry, ...]]:
    """What finds the names, and the thing of each; None where there are none."""
    by_name = {tidy(name): thing for thing in lexicon().known for name in (thing.name, *thing.alt)}
    if not by_name:
        return None, ()
    automaton = ahocorasick_rs.AhoCorasick(list(by_name), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return automaton, tuple(by_name.values())
