"""The members of a group by its list (组长：赵建军, 成员：…): each holds the post that the label before the names says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.people import ROSTER_POST
from kg.model import Fact, Link
from kg.relate.facts import fact
from kg.relate.scene import Scene

LABEL = re.compile(rf"[ 　]{{0,20}}(?P<role>{ROSTER_POST})[ 　]{{0,3}}[：:][ 　]{{0,3}}")
GROUPS = ("领导小组", "工作小组", "协调小组", "专项小组", "工作组", "专班", "指挥部", "委员会", "组委会")


def roster(scene: Scene) -> Iterator[Fact]:
    """worksFor of the people of a list to the group named last before it. A row without a label goes on with the one before."""
    people, bodies = scene.of_class("Person"), scene.of_class("Organization")
    role, group = "", None  # type: tuple[str, Link | None]
    person = body = 0
    for start, end in scene.linked.document.paragraphs:
        mine = []
        while person < len(people) and people[person].start < end:
            mine.append(people[person])
            person += 1
        label = LABEL.match(scene.text, start, end)
        if label is not None:
            while body < len(bodies) and bodies[body].end <= start:
                if scene.linked.entities[bodies[body].entity].label.endswith(GROUPS):
                    group = bodies[body]
                body += 1
            role = re.sub(r"\s", "", label["role"])
        first = label.end() if label is not None else start
        if not role or not mine or scene.text[first : mine[0].start].strip():
            role = ""
            continue
        for who in _listed(scene, mine):
            if group is not None and (
                made := fact(scene, who, "worksFor", group, "roster", at=who.start, role=role, dated=False, timeless=True)
            ):
                yield made


def _listed(scene: Scene, people: list[Link]) -> list[Link]:
    """The first of the people of a row and those that follow it at once: 成员：甲、乙、丙."""
    found = people[:1]
    for who in people[1:]:
        if not re.fullmatch(r"[、，,\s]", scene.text[found[-1].end : who.start]):
            break
        found.append(who)
    return found
