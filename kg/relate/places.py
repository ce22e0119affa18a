"""Where something was held or done: 在安吉余村举办…, 赴成都开展…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Fact, Link
from kg.relate.facts import fact
from kg.relate.scene import Scene

HELD = re.compile(r"^[^，。；]{0,4}?(?:举办|举行|召开|开展|开幕|启动|设立|建成|成立|开工|建设|打造|落户)")
CLASSES = ("Meeting", "Platform", "Program", "Organization")
MOVED = re.compile(r"(?:迁入|迁至|迁往|落户|入驻|坐落于?|位于|设在|落地|选址)[“]?$")
BESIDE = re.compile(r"[”》]?(?:[、和及与]|等[^，。；]{0,12}|[^，。；、]{0,6})[“《]?")
JOINT = re.compile("[、和与及]")
PREPOSITIONS = re.compile(r"(?:在|赴|于|到)$")


def held_in(scene: Scene) -> Iterator[Fact]:
    """inDistrict of what is held at a place: 在/赴 <place> 举办/开展 <meeting>."""
    for clause in scene.clauses:
        for number, place in enumerate(clause.links):
            if scene.class_of(place) != "District":
                continue
            first = number
            while (
                first > 0
                and scene.class_of(clause.links[first - 1]) == "District"
                and clause.links[first - 1].end == clause.links[first].start
            ):
                first -= 1
            listed = _listed_before(scene, clause.links, first)
            if not PREPOSITIONS.search(scene.text[clause.start : (listed[-1] if listed else clause.links[first]).start]):
                continue
            if (
                number + 1 < len(clause.links)
                and clause.links[number + 1].start == place.end
                and scene.class_of(clause.links[number + 1]) == "District"
            ):
                continue
            if re.match("率先|首[创家个次]|领先|复制", scene.text[place.end : clause.end]):
                continue  # 在全省率先启动 tells a rank, no place
            if not HELD.match(scene.text[place.end : clause.end]):
                behind = [near for near in clause.links[:first] if scene.class_of(near) == "Meeting"]
                if behind and re.match(r"(?:开幕|举行|召开|闭幕|举办)", scene.text[place.end : clause.end]):
                    yield from _facts(scene, [behind[-1]], place)
                continue
            found: list[Link] = []
            for link in clause.links[number + 1 :]:
                if scene.class_of(link) in ("Meeting", "Program", "Platform"):
                    between = scene.text[found[-1].end : link.start] if found else "、"
                    if not between.strip("”“"):
                        found.pop()  # “…专题月”…协商会: what stands last is held
                    elif not re.search(r"[、和及与]", between):
                        break
                    found.append(link)
            if not found:
                found = [near for near in clause.links[:first] if scene.class_of(near) == "Meeting"][-1:]
            for where in (place, *listed):
                yield from _facts(scene, found, where)
    yield from _moved_in(scene)


def _listed_before(scene: Scene, links: Sequence[Link], first: int) -> list[Link]:
    """The places that stand in one list with the one at `first`, before it, the nearest first: 在汇川区、播州区建成."""
    found: list[Link] = []
    at = links[first].start
    for link in reversed(links[:first]):
        if scene.class_of(link) != "District" or not JOINT.fullmatch(scene.text, link.end, at):
            break
        found.append(link)
        at = link.start
    return found


def _moved_in(scene: Scene) -> Iterator[Fact]:
    """甲集团、乙集团等市属国企迁入副中心: the bodies before the verb lie in the place behind it."""
    for clause in scene.clauses:
        for place in clause.links:
            if scene.class_of(place) != "District" or place.mention.rule == "district-relative":
                continue
            moved = MOVED.search(scene.text[clause.start : place.start])
            if moved is None:
                continue
            verb = clause.start + moved.start()
            found: list[Link] = []
            for link in reversed([near for near in clause.links if near.end <= verb]):
                gap = scene.text[link.end : found[-1].start if found else verb]
                if scene.class_of(link) not in ("Organization", "Platform", "Program") or not BESIDE.fullmatch(gap):
                    break
                found.append(link)
            yield from _facts(scene, found[::-1], place)


def _facts(scene: Scene, things: list[Link], place: Link) -> Iterator[Fact]:
    for thing in things:
        if made := fact(scene, thing, "inDistrict", place, "held-in-place", at=thing.start):
            yield made
