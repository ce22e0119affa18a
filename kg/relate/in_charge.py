"""Who is in charge of a thing, told otherwise than by a subject and its verb: 由甲局主办, 承办单位：乙局, “…”是丙局打造的平台."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.model import Fact, Link
from kg.relate.facts import fact
from kg.relate.scene import Clause, Scene

RESPONSIBLE = re.compile(
    "(?:(?:责任|牵头|配合|承办|主办|协办)(?:单位|部门))[：:][^。；\n]*|（[^（）]{2,80}?(?:牵头|负责|配合)[^（）]*）"
)
UNDERTAKEN = re.compile(
    r"(?:共同|联合)?(?:(?P<held>主办|承办|协办|联办|举办)|运营|运维|开发|打造|建设|牵头|主管|创建|发起)(?:(?P<of>的)|(?=[，。；、]|$))"
)
BY = re.compile("[”》]?(?:平台|活动|会议|项目)?由")
JOINT = re.compile(r"[、和及与]?(?:共同|联合)?")
RELATION = {"Meeting": "hosts", "Program": "carriesOut", "Platform": "runs"}
TOLD_WITHIN = 400  # code points before a clause in which what it says is undertaken was told of
NEAR_OF = 8  # code points between 承办的 and the thing
MADE = re.compile(r"[^，。；的]{0,12}?(?:创设|创建|打造|搭建|建立|推出|开发|设立|开设|创立|建设|实施|开展|发起)的")


def undertaken(scene: Scene, clause: Clause) -> Iterator[Fact]:
    """由甲局主办、乙委员会承办: whoever undertakes what stands before 由, or what the clauses before in the sentence tell of; 甲局承办的: what follows."""
    links = clause.links
    ends = {link.end: number for number, link in enumerate(links)}
    last: Link | None = None  # what stood before 由 in this clause
    for match in UNDERTAKEN.finditer(scene.text, clause.start, clause.end):
        nearest = number = ends.get(match.start(), -1)
        first = match.start()
        while number >= 0 and scene.class_of(links[number]) == "Organization":
            if JOINT.fullmatch(scene.text, links[number].end, first) is None:
                break
            first = links[number].start
            number -= 1
        if number == nearest:
            continue
        if match["of"]:
            thing = _behind_of(scene, links[nearest + 1 :][:1], match.end())
        else:
            thing = last = _before_by(scene, links[max(number, 0) : number + 1], first) or last
            if thing is None and match["held"]:
                told = scene.between(max(clause.sentence.start, clause.start - TOLD_WITHIN), clause.start)
                thing = next((link for link in reversed(told) if scene.class_of(link) in ("Meeting", "Program")), None)
        if thing is None:
            continue
        relation = RELATION[scene.class_of(thing)]
        for body in links[number + 1 : nearest + 1]:
            if made := fact(scene, body, relation, thing, "undertakes", at=body.start):
                yield made


def _before_by(scene: Scene, near: tuple[Link, ...], at: int) -> Link | None:
    """The thing right before 由 and the bodies that begin at `at`: “…”平台|由|甲局…主办."""
    found = near[0] if near and scene.class_of(near[0]) in RELATION and scene.text[at - 1] == "由" else None
    return found if found is not None and BY.fullmatch(scene.text, found.end, at) else None


def _behind_of(scene: Scene, near: tuple[Link, ...], at: int) -> Link | None:
    """The thing right behind 的: 甲局主办、乙局承办的|…会议."""
    return near[0] if near and near[0].start - at <= NEAR_OF and scene.class_of(near[0]) in RELATION else None


def made_by(scene: Scene, clause: Clause) -> Iterator[Fact]:
    """“候鸟议事厅”是三亚市政协2021年创设的平台: what a clause says is of a body's making."""
    for thing, body in pairwise(clause.links):
        if scene.class_of(thing) not in ("Platform", "Program") or scene.class_of(body) != "Organization":
            continue
        if not re.fullmatch("[”》]?是(?:由)?", scene.text[thing.end : body.start]) or not MADE.match(scene.text, body.end):
            continue
        if made := fact(scene, body, RELATION[scene.class_of(thing)], thing, "made-by", at=thing.start):
            yield made


def responsible(scene: Scene) -> Iterator[Fact]:
    """责任单位：甲局、乙局 and （甲局牵头，乙局配合）: they carry out, or run, what the paragraph told of last."""
    for match in RESPONSIBLE.finditer(scene.text):
        try:
            sentence = scene.sentence_at(match.start())
        except LookupError:
            continue
        start, _ = scene.linked.document.paragraphs[sentence.paragraph]
        if sentence.paragraph and match.start() - start <= 2:
            start, _ = scene.linked.document.paragraphs[sentence.paragraph - 1]  # a line of its own behind what it is about
        held = ("Meeting",) if "办" in match[0][:3] else ()
        things = [link for link in scene.between(start, match.start()) if scene.class_of(link) in ("Program", "Platform", *held)]
        bodies = [link for link in scene.between(match.start(), match.end()) if scene.class_of(link) == "Organization"]
        if not things:
            continue
        relation = RELATION[scene.class_of(things[-1])]
        for body in bodies:
            if made := fact(scene, body, relation, things[-1], "responsible", at=body.start):
                yield made
