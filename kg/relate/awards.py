"""Who receives which honor, and who confers it: 我市被国务院批复同意建设…, 甲和乙分别获评…和…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import cache, lexicon
from kg.model import Fact, Link
from kg.relate.coordinated import coordination
from kg.relate.facts import fact
from kg.relate.scene import Clause, Scene

RECEIVERS = ("District", "Organization", "Platform", "Program", "Person", "Document", "Meeting")
GIVEN_OUT = re.compile(r"(?:评选|评出|授予|表彰|颁发)(?!为)[^被]{0,12}$")
GIVING = re.compile(r"(?:授予|追授|命名(?!为)|表彰(?!为)|通报表扬)")
TO_HONOR = re.compile(r"[”》]?(?:等[\d一二三四五六七八九十百]*[个名家位所]?[一-龥]{0,8})?(?:同志|先生|女士)?为?[“《]?")
BETWEEN = re.compile(
    r"[”》]?(?:等|[省市县区州]|委员|同志|教授|先生|女士|活动|平台|项目|分别|先后|成功|双双|均|也|还|再次|再度|首次|多次|继续|[\d一二三四五六七八九十]+次|连续第?[\d一二两三四五六七八九十]+[年次]|\d+[个家项位]|(?:去年|今年|\d{4}年))*"
)
ADVERBS = re.compile(
    r"同时|成功|先后|分别|再次|再度|首次|多次|继续|连续第?[\d一二两三四五六七八九十]+[年次]|全年|我们|并且?|也|还|均|再|又|已|[，；、。]|\d{4}年|一年来|五年来|去年|今年|其中|因此|由此|积极|申报|跻身|成为|各项工作|工作"
)
PRACTICE = re.compile(r"(?:相关|有关|这一|该|此|上述|其)?[^，。]{0,4}(?:做法|经验|案例|成果|模式|改革)$|这一|该|此")
AGENT = re.compile(r"被(?=[^，。；]{2,40})")


@cache
def _conferring() -> re.Pattern[str]:
    """A verb of receiving, or a word that stands for one before an honor: 被…认定, 创建…."""
    return re.compile(
        "|".join(map(re.escape, (*lexicon().words("verbs", "receives", "verbs"), *lexicon().words("honors", "before"))))
    )


def awards(scene: Scene) -> Iterator[Fact]:
    """receives and confers."""
    giving: Clause | None = None  # the clause of the sentence that says who gives what to whom
    for clause in scene.clauses:
        if giving is not None and giving.sentence is not clause.sentence:
            giving = None
        honors = [link for link in clause.links if scene.class_of(link) == "Honor"]
        if not honors:
            continue
        if giving is not None and (receivers := _right_before(scene, clause, honors[0])):
            for receiver in receivers:
                if made := fact(scene, receiver, "receives", honors[0], "given-to", at=honors[0].start):
                    yield made
            continue
        before = scene.text[clause.start : honors[0].start]
        agents = _agents(scene, clause, honors[0])
        for agent in agents:
            for honor in honors:
                if made := fact(scene, agent, "confers", honor, "passive-agent", at=honor.start):
                    yield made
        if GIVING.search(before) and "被" not in before:
            giving = clause
            givers = clause.subject.links if clause.subject is not None else ()
            for honor in honors:
                for receiver in _given_to(scene, clause, honor):
                    if made := fact(scene, receiver, "receives", honor, "given-to", at=honor.start):
                        yield made
                for giver in (link for link in givers if scene.class_of(link) == "Organization"):
                    if made := fact(scene, giver, "confers", honor, "gives", at=honor.start):
                        yield made
            continue
        if GIVEN_OUT.search(before) and "被" not in before:
            continue
        if not _conferring().search(before):
            continue
        receivers = _receivers(scene, clause, honors[0], agents)
        paired = "分别" in before and len(receivers) == len(honors) > 1
        for number, honor in enumerate(honors):
            for receiver in [receivers[number]] if paired else receivers:
                if made := fact(scene, receiver, "receives", honor, "honored", at=honor.start):
                    yield made


def _given_to(scene: Scene, clause: Clause, honor: Link) -> list[Link]:
    """Who stands right behind 授予 and right before the honor: 授予嵩县“…”称号."""
    for match in GIVING.finditer(scene.text, clause.start, honor.start):
        if scene.text.endswith("被", 0, match.start()):
            continue
        own = [
            link
            for link in scene.between(match.end(), honor.start)
            if scene.class_of(link) in RECEIVERS and scene.class_of(link) != "Meeting"
        ]
        if own and own[0].start - match.end() <= 1 and TO_HONOR.fullmatch(scene.text, own[-1].end, honor.start):
            return own
    return []


def _right_before(scene: Scene, clause: Clause, honor: Link) -> list[Link]:
    """Who stands right before an honor in a clause that has nothing else: 授予甲“…”称号，|乙、丙等8个单位“…”称号."""
    own = [link for link in clause.links if link.end <= honor.start and scene.class_of(link) in RECEIVERS]
    if not own or own[0].start - clause.start > 1 or not TO_HONOR.fullmatch(scene.text, own[-1].end, honor.start):
        return []
    return coordination(scene, own)


def _agents(scene: Scene, clause: Clause, honor: Link) -> list[Link]:
    """The bodies or the meeting behind 被, those joined to the first by 、和 too."""
    found: list[Link] = []
    for match in AGENT.finditer(scene.text, clause.start, honor.start):
        for link in clause.links:
            if scene.class_of(link) not in ("Organization", "Meeting") or link.end >= honor.start:
                continue
            joined = found and scene.text[found[-1].end : link.start] in ("、", "和", "与", "及")
            if joined or (not found and link.start == match.end()):
                found.append(link)
    return found


def _receivers(scene: Scene, clause: Clause, honor: Link, agents: list[Link]) -> list[Link]:
    """What stands before the verb in the clause; else what the clauses before are about; else the paragraph's lead; else the body."""
    verb = _conferring().search(scene.text, clause.start, honor.start)
    stop = verb.start() if verb else honor.start
    own = [
        link
        for link in clause.links
        if link.end <= stop and scene.class_of(link) in RECEIVERS and link not in agents and not _aside(scene, clause, link)
    ]
    if own:
        # 铜锣山矿区生态修复项目入选…: what is honored is more than the place it begins with
        return coordination(scene, own) if BETWEEN.fullmatch(scene.text, own[-1].end, stop) else []
    before = ADVERBS.sub("", scene.text[clause.start : stop])
    if len(before) > 1 and not PRACTICE.match(before):
        return []  # another subject, which is no entity: 一批先进典型获评…
    referring = re.match(r"[^，。]{0,4}(?:这一|该|此|相关)", scene.text[clause.sentence.start : clause.sentence.start + 12])
    for earlier in reversed(scene.clauses[max(0, clause.index - 6) : clause.index]):
        if earlier.sentence is not clause.sentence:
            break
        things = [
            near
            for near in earlier.links
            if scene.class_of(near) in ("Platform", "Document", "Program") and not _aside(scene, earlier, near)
        ]
        if earlier.explicit and earlier.subject is not None:
            return list(earlier.subject.links)
        if things and scene.class_of(things[-1]) == "Document":
            return [things[0]]
    if (referring or clause.subject is None or clause.subject.carried) and (
        lead := scene.leads.get(clause.sentence.paragraph)
    ) is not None:
        return [lead]
    if clause.subject is not None and (not clause.subject.carried or scene.class_of(clause.subject.links[0]) == "Person"):
        return list(clause.subject.links)
    return _reported_of(scene)


def _reported_of(scene: Scene) -> list[Link]:
    """Whose honors a report tells without saying whose: a government's report its place's, another body's its own."""
    if scene.body is None:
        return []
    home = scene.first.get(scene.linked.home) if scene.linked.home is not None else None
    return [home] if home is not None and scene.body.entity.endswith("/政府") else [scene.body]


def _aside(scene: Scene, clause: Clause, link: Link) -> bool:
    """Whether a link stands in a phrase of place, not as who is honored: 在全省政协理论研讨征文中获奖."""
    before = scene.text[max(clause.start, link.start - 4) : link.start]
    return bool(re.search(r"(?:在|于|由|以|从|向|通过|作为|并作为)[“《]?$", before)) or scene.text[link.end : link.end + 1] in (
        "中",
        "上",
    )
