"""Short names for what the text names in full elsewhere.

In a piece of news 双周协商座谈会 is the 第十六次双周协商座谈会 it reports; 《纲要（草案）》 is the 《…规划纲要（草案）》 named before, 市文旅局 the
市文化广电和旅游局.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.model import Entity, Mention
from kg.names import plain

LONGEST_SHORT = 12  # code points of a short title: 《纲要（草案）》
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


def fuller_documents(made: Mapping[str, Sequence[tuple[Entity, Mention]]]) -> dict[str, str]:
    """Document id → id of the one document of the text in title marks that is named before it and whose name ends with its."""
    names = {
        id_: (min(mention.start for _, mention in found), {plain(mention.name) for _, mention in found})
        for id_, found in made.items()
        if id_.startswith("doc/") and all(mention.rule == "title-marks" for _, mention in found)
    }
    joined: dict[str, str] = {}
    for id_, (start, own) in sorted(names.items()):
        if max(map(len, own)) > LONGEST_SHORT:
            continue
        fuller = [
            other
            for other, (before, theirs) in names.items()
            if before < start and all(any(name != full and full.endswith(name) for full in theirs) for name in own)
        ]
        if len(fuller) == 1:
            joined[id_] = fuller[0]
    return {short: joined.get(full, full) for short, full in joined.items()}


def fuller_departments(made: Mapping[str, Sequence[tuple[Entity, Mention]]]) -> dict[str, str]:
    """Department id → id of the one department of the same place whose name holds all its characters in their order (文旅局, 文化广电和旅游局)."""
    names = {
        id_: max((_stem(mention) for _, mention in found), key=len)
        for id_, found in made.items()
        if any(mention.rule.startswith("department") for _, mention in found)
    }
    joined: dict[str, str] = {}
    for id_, short in sorted(names.items()):
        scope = id_.rpartition("/")[0]
        fuller = [
            other
            for other, full in names.items()
            if other != id_ and other.rpartition("/")[0] == scope and len(full) > len(short) and _abbreviates(short, full)
        ]
        if len(fuller) == 1:
            joined[id_] = fuller[0]
    return {short: joined.get(full, full) for short, full in joined.items()}


def _stem(mention: Mention) -> str:
    name = plain(mention.name)
    return name.removeprefix(plain(mention.place)).replace("委员会", "委")


def _abbreviates(short: str, full: str) -> bool:
    """Whether `short` begins and ends as `full` does and its characters stand in `full` in their order."""
    if short[0] != full[0] or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(char in rest for char in short)
