"""A short name for a meeting named in full elsewhere: in a piece of news 双周协商座谈会 is the 十六次双周协商座谈会 it reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.model import Entity, Mention
from kg.names import plain

SHORT_TEXT = 3000  # code points: a report speaks of many meetings of one kind, a piece of news of one


def fuller_meetings(text: str, made: Mapping[str, Sequence[tuple[Entity, Mention]]]) -> dict[str, str]:
    """Meeting id → id of the one meeting of the same text whose name ends with its; only in short texts, where it is one alone."""
    if len(text) > SHORT_TEXT:
        return {}
    names = {id_: {plain(mention.name) for _, mention in found} for id_, found in made.items() if id_.startswith("meeting/")}
    joined: dict[str, str] = {}
    for id_, own in sorted(names.items()):
        fuller = [
            other
            for other, theirs in names.items()
            if other != id_ and all(any(name != full and full.endswith(name) for full in theirs) for name in own)
        ]
        if len(fuller) == 1:
            joined[id_] = fuller[0]
    return {short: joined.get(full, full) for short, full in joined.items()}
