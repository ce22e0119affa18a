"""Which of several counties of one name a text means: the one that it names right behind what that lies in (深圳市|南山区)."""

from __future__ import annotations

from itertools import pairwise

from kg import divisions
from kg.divisions import Division
from kg.model import Mention


def chained(mentions: tuple[Mention, ...]) -> dict[str, Division]:
    """Name that several divisions have → the one that the text names with its place before it; none where it names more than one so."""
    found: dict[str, set[Division]] = {}
    places = [mention for mention in mentions if mention.rule == "district-table"]
    for outer, inner in pairwise(places):
        if outer.end != inner.start or not divisions.ambiguous(inner.name):
            continue
        above = {division.code for division in divisions.by_name(outer.name)}
        of_it = [d for d in divisions.by_name(inner.name) if above & {a.code for a in divisions.ancestors(d.code)}]
        if len(of_it) == 1:
            found.setdefault(inner.name, set()).add(of_it[0])
    return {name: next(iter(here)) for name, here in found.items() if len(here) == 1}
