"""Who reported on what: 被新华社、《人民政协报》等媒体专题报道, 在《…》刊发报道75篇."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import lexicon
from kg.model import Fact, Link
from kg.relate.coordinated import coordination
from kg.relate.facts import fact
from kg.relate.place import begins_quote
from kg.relate.scene import THINGS, Clause, Scene

SUBJECTS = ("Platform", "Program", "Meeting", "Organization", "Document", "Person", "District")
SAID_WITHIN = 400  # code points before an outlet in which 相关做法 tells that what was done before is reported on
PRACTICE = re.compile(r"(?:相关|有关|这一|该|此|上述|其)[^，。]{0,6}(?:做法|经验|工作|案例|成果|事迹)")


def press(scene: Scene) -> Iterator[Fact]:
    """reportedBy."""
    verbs = tuple(lexicon().words("verbs", "reportedBy", "verbs"))
    for clause in scene.clauses:
        outlets = [link for link in clause.links if scene.linked.entities[link.entity].kind == "MediaOutlet"]
        if not outlets:
            continue
        behind = scene.text[outlets[-1].end : clause.end]
        if not any(verb in behind for verb in verbs) or re.search("记者|摄", behind[:16]):
            continue
        for subject in _subjects(scene, clause, outlets[0]):
            for outlet in outlets:
                if made := fact(scene, subject, "reportedBy", outlet, "reported", at=outlet.start):
                    yield made


def _subjects(scene: Scene, clause: Clause, outlet: Link) -> list[Link]:
    """What was reported: what stands before 被 in the clause, the last thing the sentence was about, the paragraph's lead, the body."""
    before = [
        near
        for near in clause.links
        if near.end <= outlet.start
        and scene.class_of(near) in SUBJECTS
        and scene.linked.entities[near.entity].kind != "MediaOutlet"
        and not begins_quote(scene.text, near)
    ]
    if before:
        return coordination(scene, before)
    active = "被" not in scene.text[max(clause.start, outlet.start - 3) : outlet.start]
    said_of = PRACTICE.search(scene.text, max(clause.sentence.start, outlet.start - SAID_WITHIN), outlet.start)
    for earlier in reversed(scene.clauses[max(0, clause.index - 8) : clause.index]):
        if earlier.sentence is not clause.sentence:
            break
        things = [near for near in earlier.links if scene.class_of(near) in THINGS and not _aside(scene, earlier, near)]
        if things and not (active and "在" in scene.text[clause.start : outlet.start] and not said_of):
            listed = re.search(r"的(?:做法|经验|工作|探索|实践)[^，。]{0,4}$", scene.text[earlier.start : earlier.end])
            return things if listed and len(things) > 1 else [things[-1]]
    if active and "在" in scene.text[clause.start : outlet.start] and not said_of:
        if clause.subject is not None and scene.class_of(clause.subject.links[0]) == "Organization":
            return list(clause.subject.links)
        return [scene.body] if scene.body is not None else []
    if (lead := scene.leads.get(clause.sentence.paragraph)) is not None:
        return [lead]
    if scene.body is None and active:
        # in the news what the paragraph has told of: …召开协商会。…等媒体进行了报道。
        told = scene.last_thing(_paragraph_start(scene, clause), outlet.start)
        return [] if told is None else [told]
    return [scene.body] if scene.body is not None and active else []


def _paragraph_start(scene: Scene, clause: Clause) -> int:
    return scene.linked.document.paragraphs[clause.sentence.paragraph][0]


def _aside(scene: Scene, clause: Clause, link: Link) -> bool:
    return (
        scene.text[link.end : link.end + 1] in ("上", "中") or scene.text[max(clause.start, link.start - 1) : link.start] == "在"
    )
