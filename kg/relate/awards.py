"""Who receives which honor, and who confers it: 我市被国务院批复同意建设…, 甲和乙分别获评…和…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Fact, Link
from kg.relate.facts import fact
from kg.relate.scene import Clause, Scene

RECEIVERS = ("District", "Organization", "Platform", "Program", "Person", "Document", "Meeting")
CONFERRING = re.compile(r"(?:荣获|获评|获得|获批|获授|获颁|获|被|入选|入围|列入|跻身|作为|授予|评为|评选|评|认定|命名|荣膺|夺得|摘得|斩获|创建|创成)")
GIVEN_OUT = re.compile(r"(?:评选|评出|授予|表彰|颁发)(?!为)[^被]{0,12}$")
AGENT = re.compile(r"被(?=[^，。；]{2,40})")


def awards(scene: Scene) -> Iterator[Fact]:
    """receives and confers."""
    for clause in scene.clauses:
        honors = [link for link in clause.links if scene.class_of(link) == "Honor"]
        if not honors:
            continue
        before = scene.text[clause.start : honors[0].start]
        agent = _agent(scene, clause, honors[0])
        if agent is not None:
            for honor in honors:
                if made := fact(scene, agent, "confers", honor, "passive-agent", at=honor.start):
                    yield made
        if GIVEN_OUT.search(before):
            continue
        if not CONFERRING.search(before):
            continue
        receivers = _receivers(scene, clause, honors[0], agent)
        paired = "分别" in before and len(receivers) == len(honors) > 1
        for number, honor in enumerate(honors):
            for receiver in [receivers[number]] if paired else receivers:
                if made := fact(scene, receiver, "receives", honor, "honored", at=honor.start):
                    yield made


def _agent(scene: Scene, clause: Clause, honor: Link) -> Link | None:
    """The body or meeting behind 被."""
    for match in AGENT.finditer(scene.text, clause.start, honor.start):
        for link in clause.links:
            if link.start == match.end() and scene.class_of(link) in ("Organization", "Meeting") and link.end < honor.start:
                return link
    return None


def _receivers(scene: Scene, clause: Clause, honor: Link, agent: Link | None) -> list[Link]:
    """What stands before the verb in the clause; else what the clauses before are about; else the paragraph's lead; else the body."""
    passive = scene.text.find("被", clause.start, honor.start)
    stop = passive if passive >= 0 else honor.start
    own = [link for link in clause.links if link.end <= stop and scene.class_of(link) in RECEIVERS and link is not agent and not _aside(scene, clause, link)]
    if own:
        return _coordination(scene, own)
    referring = re.match(r"[^，。]{0,4}(?:这一|该|此|相关)", scene.text[clause.sentence.start : clause.sentence.end])
    for earlier in reversed(scene.clauses[max(0, clause.index - 6) : clause.index]):
        if earlier.sentence is not clause.sentence:
            break
        things = [l for l in earlier.links if scene.class_of(l) in ("Platform", "Document", "Program") and not _aside(scene, earlier, l)]
        if earlier.explicit and earlier.subject is not None:
            return list(earlier.subject.links)
        if things and scene.class_of(things[-1]) == "Document":
            return [things[0]]
    if (referring or clause.subject is None or clause.subject.carried) and (lead := scene.leads.get(clause.sentence.paragraph)) is not None:
        return [lead]
    if clause.subject is not None:
        return list(clause.subject.links)
    return [scene.body] if scene.body is not None else []


def _aside(scene: Scene, clause: Clause, link: Link) -> bool:
    """Whether a link stands in a phrase of place, not as who is honored: 在全省政协理论研讨征文中获奖."""
    before = scene.text[max(clause.start, link.start - 4) : link.start]
    return bool(re.search(r"(?:在|于|由|以|从|向|通过|作为|并作为)[“《]?$", before)) or scene.text[link.end : link.end + 1] in ("中", "上")


def _coordination(scene: Scene, links: list[Link]) -> list[Link]:
    found = [links[-1]]
    for link in reversed(links[:-1]):
        if re.fullmatch(r"[”》]?[、和及与][“《]?", scene.text[link.end : found[0].start]):
            found.insert(0, link)
        else:
            break
    return found
