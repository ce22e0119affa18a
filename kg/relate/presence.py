"""Who was at a meeting: 王某某主持会议, 甲、乙出席, 财政部负责同志介绍有关情况. The meeting is the clause's, the sentence's, else the last one named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Fact, Link, Sentence
from kg.relate.facts import fact
from kg.relate.scene import Clause, Scene

ACT = re.compile(
    r"主持会议|主持并讲话|主持召开|主持(?![的人词])|出席|列席|参加(?=[，。；）、]|了?(?:会议|座谈|大会|讨论|协商|活动[，。]))|到会(?:指导|祝贺|听取|讲话|并|致)|主席台[^，。]{0,6}就座|讲话|致辞|发言(?!人)|作(?:了)?(?:政府工作|工作)?报告|作说明|作(?:了)?[^，。]{0,4}(?:发言|讲话|说明|汇报|通报)"
    r"|介绍(?:了)?[^，。]{0,10}情况|通报|汇报|回应|(?:同|与)[^，。]{0,60}?(?:交流|协商)|协商交流|互动交流|面对面交流"
)
LEADING = ("围绕", "就", "受", "代表", "分别围绕", "先后")  # phrases between who acts and what is done
ALSO = re.compile(r"[，、和及 　][^，、。；：]{0,24}")  # a post between two people who are named side by side
WITH_THEM = re.compile(
    r"[，、]?(?:以及|及|和)[^，。；]{2,80}?(?:负责人|负责同志|有关同志|代表)|，[^，。；]{2,60}?(?:负责人|负责同志)(?=出席|参加|列席)|等[^，。；、]{0,12}(?=出席|参加|列席)"
)  # those without a name at the end of a list of names: 以及市发改委等部门负责人
SPEAKS_FOR = re.compile(
    r"(?:、|和|等)?(?:(?!召开|举行|举办|组织|推进|开展|介绍|听取)[^，。]){0,80}?(?:有关|主要)?负责(?:同志|人)|(?:[、和][^，。；、和]{2,24}){0,8}(?:分别|先后|围绕[^，。；]{2,30}|就[^，。；]{2,30})?作了?(?:大会|交流|口头|书面|主旨|专题|重点|协商)?发言"
)  # what follows a body that was there by its people
NEAR = 40  # code points from a name to its act
SPIRIT = re.compile(
    r"^(?:总书记|主席|总理|同志)?(?:近期|系列|关于[^，。；]{0,40}?的?|视察[^，。；]{0,12}?|对[^，。；]{0,16}?的?|考察[^，。；]{0,12}?|在[^，。；]{0,40}?上的)?(?:一系列)?(?:重要)?(?:讲话|指示|论述|批示|思想|回信|致辞)"
)  # what was said, not who was there
SPOKE = re.compile(r"(?:讲话|致辞)[，。；、]")  # 市委书记某某讲话，
HELD = re.compile(r"(?:召开|举行|举办|开幕|闭幕)")
HELD_BEHIND = 8  # code points behind a meeting's name in which it is said to be held
UNNAMED = re.compile("(?:召开|举行|举办)[^，。；]{2,20}会(?:议)?[，。；]")
FURTHEST = 26  # code points between two people of one group: a comma, a post
REST = 240  # code points behind a group of people in which their act and its meeting are told
FAR = 600  # code points back to the meeting that 会议 means


def presence(scene: Scene) -> Iterator[Fact]:
    """attends of people and bodies that a clause shows acting at a meeting."""
    meetings = scene.of_class("Meeting")
    main = _main(scene)
    position = 0
    last: Link | None = None
    told = _Told(scene)
    for clause in scene.clauses:
        while position < len(meetings) and meetings[position].start < clause.end:
            last = meetings[position]
            position += 1
        for group in _groups(scene, clause):
            at = _joined(scene, group[-1].end, clause.sentence.end)
            rest = scene.text[at : min(clause.sentence.end, at + REST)]
            if (SPIRIT.match(rest) and not SPOKE.match(rest)) or not _acts(rest):
                continue
            meeting = _meeting(
                scene, clause, group[-1], at, told.near(clause.sentence, group[0]) or _of_item(scene, main, last, group[0])
            )
            if meeting is None or meeting.start < scene.item_start(group[0].start) or told.elsewhere(clause.sentence, meeting):
                continue
            for who in group:
                if made := fact(scene, who, "attends", meeting, "present", at=who.start):
                    yield made


def _of_item(scene: Scene, main: Link | None, last: Link | None, who: Link) -> Link | None:
    """The meeting that the text reports, in a page of several items the last one told of in this one."""
    return main if main is not None and main.start >= scene.item_start(who.start) else last


class _Told:
    """What sentences tell of meetings, looked for once in each."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._near: dict[int, Link | None] = {}
        self._unnamed: dict[int, bool] = {}

    def near(self, sentence: Sentence, who: Link) -> Link | None:
        """The meeting that the sentence says is held, before it tells who was there."""
        if sentence.start not in self._near:
            scene = self._scene
            held = HELD.search(scene.text, sentence.start, sentence.end)
            after = held.end() - HELD_BEHIND if held is not None else sentence.end
            links = scene.following(sentence.start, sentence.end) if held is not None else ()
            self._near[sentence.start] = next(
                (link for link in links if scene.class_of(link) == "Meeting" and link.end >= after), None
            )
        found = self._near[sentence.start]
        return found if found is not None and found.end <= who.start else None

    def elsewhere(self, sentence: Sentence, meeting: Link) -> bool:
        """Whether the sentence tells of a meeting without a name of its own, or the one named stands in another paragraph of a report."""
        scene = self._scene
        if sentence.start <= meeting.start < sentence.end:
            return False
        if scene.body is not None and scene.sentence_at(meeting.start).paragraph != sentence.paragraph:
            return True
        if sentence.start not in self._unnamed:
            self._unnamed[sentence.start] = UNNAMED.search(scene.text, sentence.start, sentence.end) is not None
        return self._unnamed[sentence.start]


def _joined(scene: Scene, at: int, end: int) -> int:
    """Where a group of people ends; where a comma and more people follow at once, where those do: 副主席甲、乙，秘书长丙|出席."""
    for link in scene.following(at, end):
        if link.start - at > FURTHEST:
            break
        if scene.class_of(link) == "Organization":
            continue
        if scene.class_of(link) != "Person" or not ALSO.fullmatch(scene.text[at : link.start]):
            break
        at = link.end
    if who := WITH_THEM.match(scene.text, at, end):
        at = who.end()
    return at


def _acts(rest: str) -> bool:
    """Whether what follows a name is an act at a meeting: in its clause, near, behind a phrase with 围绕 or 就 also further."""
    clause = rest[:120].split("，")[0]
    act = ACT.search(clause)
    return act is not None and (
        act.start() <= NEAR // 4
        or (act.start() <= NEAR * 2 and clause.startswith(LEADING))
        or "负责同志" in clause[:30]
        or "负责人" in clause[:30]
    )


def _main(scene: Scene) -> Link | None:
    """The meeting that a piece of news reports: the first that a clause says is held. A report speaks of many: None."""
    if scene.body is not None:
        return None
    for clause in scene.clauses:
        held = [link for link in clause.links if scene.class_of(link) == "Meeting"]
        if held and HELD.search(scene.text[clause.start : clause.end]):
            return held[0]
    return None


def _groups(scene: Scene, clause: Clause) -> list[list[Link]]:
    """The people of a clause, and the bodies whose 负责同志 act; those joined by 、和 are one group."""
    made: list[list[Link]] = []
    for link in clause.links:
        person = scene.class_of(link) == "Person"
        if not person and not (scene.class_of(link) == "Organization" and SPEAKS_FOR.match(scene.text, link.end, clause.end)):
            continue
        if made and re.fullmatch(r"[、和 　]|[^，。；]{0,24}?[、和][^，。；]{0,20}", scene.text[made[-1][-1].end : link.start]):
            made[-1].append(link)
        else:
            made.append([link])
    return made


def _meeting(scene: Scene, clause: Clause, who: Link, at: int, last: Link | None) -> Link | None:
    """The meeting that is named behind those who act, whose list ends at `at`; else the last one told of."""
    end = min(clause.sentence.end, at + 2 * NEAR)
    comma = scene.text.find("，", at, end)
    stop = clause.end if at < clause.end else comma if comma >= 0 else end
    own = [
        near
        for near in scene.following(who.end, min(stop, at + REST))
        if scene.class_of(near) == "Meeting"
        and re.search(r"(?:主持|出席|列席|参加|在)[^，。]{0,6}$", scene.text[who.end : near.start])
    ]
    if own:
        return own[0]
    if last is None or (scene.body is not None and who.start - last.end > FAR) or last.start > who.start:
        return None
    return last
