"""What a meeting, a platform or a program deals with: 围绕“…”“…”等6个主题, and the subject inside a meeting's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Fact, Link
from kg.relate.facts import fact
from kg.relate.scene import Scene

CARRIERS = ("Meeting", "Platform", "Program", "Document")
HELD = re.compile(r"(?:开展|举行|举办|召开|组织|进行|办好|参加|参与|发布|提交|推进)[^，。；]{0,24}$")
SUMMED = re.compile("”?等(?:\\d+|[一二两三四五六七八九十]+)[个项场次]")  # “…”等6个|专题协商
UNNAMED = re.compile(r"[”]?等?(?:开展|组织|举行|召开)[^，。；“”]{0,8}(?:协商|监督|调研|视察|会议|座谈)[，。；]")
ADVISED = re.compile(
    r"[”》]?(?:等[^，。；]{0,8})?(?:深入|积极|持续|精准|广泛)*(?:协商议政|建言献策|建言资政|咨政建言|资政建言|协商建言|议政建言|履职建言)(?=[，。；])"
)  # 围绕“…”协商议政，召开…: what the next clause holds is on something else
ABOUT = re.compile("围绕|聚焦|紧扣|立足|锚定|对标|助力|服务")
BY_TURNS = "分别"


def topics(scene: Scene) -> Iterator[Fact]:
    """hasTopic: to the meeting whose name holds the topic, else the consultation that the sentence holds on it."""
    done: set[tuple[int, int]] = set()
    for outer in scene.outer:
        for inner in scene.inside(outer):
            if scene.class_of(inner) == "Topic" and scene.class_of(outer) in CARRIERS:
                done.add((inner.start, inner.end))
                if made := fact(scene, outer, "hasTopic", inner, "topic-in-name", at=outer.start, dated=False):
                    yield made
    for group in _groups(scene):
        yield from _of_group(scene, group)


def _groups(scene: Scene) -> list[list[Link]]:
    """Topics that stand side by side."""
    made: list[list[Link]] = []
    for link in scene.of_class("Topic"):
        if made and link.start - made[-1][-1].end <= 3:
            made[-1].append(link)
        else:
            made.append([link])
    return made


def _of_group(scene: Scene, group: list[Link]) -> Iterator[Fact]:
    sentence = scene.sentence_at(group[0].start)
    links = [
        link for link in scene.between(sentence.start, sentence.end) if scene.class_of(link) in ("Meeting", "Platform", "Program")
    ]
    behind = [link for link in links if link.start >= group[-1].end]
    before = [link for link in links if link.end <= group[0].start and not _aside(scene, link) and not _spoken_about(scene, link)]
    next_topic = next(
        (near.start for near in scene.between(group[-1].end, sentence.end) if scene.class_of(near) == "Topic"), sentence.end
    )
    if done := ADVISED.match(scene.text, group[-1].end, sentence.end):
        next_topic = min(next_topic, done.end())
    behind = [link for link in behind if link.start < next_topic]
    if behind and SUMMED.fullmatch(scene.text, group[-1].end, behind[0].start):
        for topic in group:
            if made := fact(scene, behind[0], "hasTopic", topic, "topic-of-consultation", at=topic.start):
                yield made
        return
    held = [link for link in behind if HELD.search(scene.text[group[-1].end : link.start])]
    carriers: list[Link]
    if not held and UNNAMED.match(scene.text, group[-1].end, sentence.end):
        return  # 围绕“…”等开展重点协商: what is held has no name
    if held:
        carriers = _coordinated(scene, behind, held[0])
    elif (
        (lead := scene.leads.get(sentence.paragraph)) is not None
        and not _spoken_about(scene, lead)
        and not any(scene.class_of(near) == "Meeting" for near in before)
    ):
        carriers = [lead]
    elif before:
        carriers = _coordinated(scene, before, _nearest(scene, before), backwards=True)
    elif behind:
        carriers = [behind[0]]
    else:
        return
    turns = BY_TURNS in scene.text[carriers[-1].end : group[0].start] and len(carriers) == len(group) > 1
    for number, topic in enumerate(group):
        for carrier in [carriers[number]] if turns else carriers:
            if made := fact(scene, carrier, "hasTopic", topic, "topic-of-consultation", at=topic.start):
                yield made


def _aside(scene: Scene, link: Link) -> bool:
    """Whether a link stands in a phrase that says whence: 从《问政》中."""
    return (
        scene.text[max(0, link.start - 10) : link.start].rfind("从") >= 0
        and scene.text[link.end : link.end + 2].lstrip("》”")[:1] == "中"
    )


def _spoken_about(scene: Scene, link: Link) -> bool:
    """Whether what is done is about a program, so that it deals with nothing itself: 围绕市委“…”建设."""
    if scene.class_of(link) != "Program":
        return False
    clause = re.split("[，。；：]", scene.text[max(0, link.start - 24) : link.start])[-1]
    return (
        ABOUT.search(clause) is not None
        and re.match("[”》]?(?:建设|战略|部署|目标|任务|工作|要求)", scene.text[link.end : link.end + 4]) is not None
    )


def _nearest(scene: Scene, before: list[Link]) -> Link:
    """The carrier that the topics are most likely of: a meeting or platform rather than a program further off."""
    for link in reversed(before):
        if scene.class_of(link) in ("Meeting", "Platform"):
            return link
    return before[-1]


def _coordinated(scene: Scene, links: list[Link], first: Link, *, backwards: bool = False) -> list[Link]:
    """`first` and the links joined to it by 、和及 alone."""
    number = links.index(first)
    found = [first]
    step = -1 if backwards else 1
    while 0 <= number + step < len(links):
        other = links[number + step]
        gap = scene.text[other.end : found[0].start] if backwards else scene.text[found[-1].end : other.start]
        if not re.fullmatch(r"[”》]*[、和及与][“《]*", gap):
            break
        found = [other, *found] if backwards else [*found, other]
        number += step
    return found
