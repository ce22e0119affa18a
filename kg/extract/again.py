"""Names met once are found wherever the text has them again, also where nothing around them would tell (coreference by name)."""

from __future__ import annotations

import ahocorasick_rs

from kg.extract.scan import Scan
from kg.model import Mention
from kg.names import core, unquoted

AGAIN = {
    "Platform": 3,
    "Program": 4,
    "Organization": 5,
    "Honor": 6,
    "Meeting": 6,
}  # class → fewest code points of a name that is looked for
MOST = 4000  # names looked for in one text


def again(scan: Scan, mentions: tuple[Mention, ...]) -> list[Mention]:
    """Further mentions of the names in `mentions`, and of the short forms that their quoted cores are."""
    names: dict[str, Mention] = {}
    taken = {(mention.start, mention.end) for mention in mentions}
    for mention in mentions:
        fewest = AGAIN.get(mention.classes[0])
        if fewest is None or "\n" in mention.name or mention.rule in ("title-outlet-list", "sub-body"):
            continue
        for name in {unquoted(mention.name).strip(), core(mention.name).strip()}:  # a space may stand behind an opening mark
            if len(name) >= fewest:
                names.setdefault(name, mention)
    words = sorted(names)[:MOST]
    if not words:
        return []
    automaton = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    found = []
    for number, start, end in automaton.find_matches_as_indexes(scan.text):
        if (start, end) in taken or not (scan.is_edge(start) or scan.text[start - 1] in "“《、，的"):
            continue
        model = names[words[number]]
        found.append(
            Mention(
                start, end, model.classes, words[number], "again-" + model.rule, kind=model.kind, place=model.place, of=model.of
            )
        )
    return found
