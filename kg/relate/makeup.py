"""What a program is made of: members right before “三位一体”, and the counted parts that the sentence after a lead lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Fact, Link
from kg.relate.facts import fact
from kg.relate.scene import Scene

TOGETHER = re.compile(r"^[二两三四五六七八九多\d]+(?:位一体|合一|位一体.*)")
COUNTED = re.compile(r"(?:[\dX]+|[一二两三四五六七八九十]+)次[^，。；]{0,16}$")
FEWEST = 3  # counted parts that make a list of them the makeup of what leads the paragraph


def makeup(scene: Scene) -> Iterator[Fact]:
    """partOf of platforms and programs."""
    for number, whole in enumerate(scene.outer):
        core = scene.text[whole.start : whole.end].lstrip("“")
        if TOGETHER.match(core):
            for part in _before(scene, number):
                if made := fact(scene, part, "partOf", whole, "members-together", at=whole.start, dated=False, timeless=True):
                    yield made
    for number, whole in enumerate(scene.outer):
        if scene.class_of(whole) == "Program" and scene.text.endswith(("等", "等“"), 0, whole.start):
            for part in _before(scene, number, "等[“]?"):
                if made := fact(scene, part, "partOf", whole, "summed-parts", at=whole.start, dated=False, timeless=True):
                    yield made
    for paragraph, lead in scene.leads.items():
        if scene.class_of(lead) not in ("Program", "Platform"):
            continue
        for sentence in scene.linked.document.sentences:
            if sentence.paragraph != paragraph or sentence.start <= lead.start:
                continue
            parts = _counted(scene, sentence.start, sentence.end)
            if len(parts) >= FEWEST:
                for part in parts:
                    if made := fact(scene, part, "partOf", lead, "counted-parts", at=part.start, dated=False, timeless=True):
                        yield made
            break


def _before(scene: Scene, number: int, last: str = "") -> list[Link]:
    """The platforms and programs coordinated right before the link at `number`."""
    found: list[Link] = []
    at = scene.outer[number].start
    for link in reversed(scene.outer[max(0, number - 8) : number]):
        joint = last if last and not found else "[、和及与]?[“]?"
        if not re.fullmatch(f"[”]?{joint}", scene.text[link.end : at]) or scene.class_of(link) not in (
            "Platform",
            "Program",
        ):
            break
        found.insert(0, link)
        at = link.start
    return found


def _counted(scene: Scene, start: int, end: int) -> list[Link]:
    """The links of a sentence that a number and 次 stand before, and those coordinated with one."""
    found: list[Link] = []
    last = None
    for link in scene.between(start, end):
        if scene.class_of(link) not in ("Program", "Meeting", "Platform"):
            continue
        before = scene.text[max(start, link.start - 24, found[-1].end if found else 0) : link.start]
        joined = last is not None and re.fullmatch(r"[、和及与]", scene.text[last.end : link.start])
        if COUNTED.search(before) or joined:
            found.append(link)
            last = link
    return found
