"""Who delivers the report that the text is, and at which meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Fact, Link
from kg.parse.foot import above_date
from kg.relate.facts import fact
from kg.relate.scene import Scene

HEAD = 120  # code points under the title in which its issuers stand
ON = re.compile("《?(?:转发)?关于")
OWN = re.compile(r"(?:办公厅|办公室)?(?:关于|(?:19|20)\d{2}年)")


def report(scene: Scene) -> Iterator[Fact]:
    """issues: the speaker, and the body he speaks for, the document of the title; attends: the speaker the meeting."""
    document = scene.linked.document
    titled = next((link for link in scene.linked.links if link.mention.rule == "title-of-text"), None)
    speaker = next((link for link in scene.linked.links if document.speaker and link.mention.name == document.speaker), None)
    meeting = next(
        (
            link
            for link in scene.of_class("Meeting")
            if document.meeting and document.meeting[0] <= link.start < document.meeting[1]
        ),
        None,
    )
    for link in scene.of_class("Document"):
        owner = next(
            (inner for inner in scene.inside(link) if inner.start == link.start and scene.class_of(inner) == "Organization"), None
        )
        if (
            owner is not None
            and OWN.match(scene.text, owner.end)
            and (made := fact(scene, owner, "issues", link, "body-in-title", at=link.start, dated=False, timeless=True))
        ):
            yield made
    named = (
        next((inner for inner in scene.inside(titled) if scene.class_of(inner) == "Organization"), None)
        if titled is not None
        else None
    )
    signers = _at_foot(scene) if titled is not None else []
    if titled is not None and named is not None and ON.match(scene.text, titled.start, named.start):
        named = signers[0] if signers else None  # 关于成立某某领导小组的通知 is on it, not by it
    for who in (speaker, named or scene.body):
        if who is not None and titled is not None:
            if made := fact(scene, who, "issues", titled, "delivers-report", at=titled.start, dated=False, timeless=True):
                yield made
    for who in signers:
        if titled is not None and who.entity not in [by.entity for by in (speaker, named or scene.body) if by is not None]:
            if made := fact(scene, who, "issues", titled, "signs-foot", at=who.start, dated=False, timeless=True):
                yield made
    if titled is not None and "公报" in titled.mention.name:
        for who in _signers(scene, titled):
            if made := fact(scene, who, "issues", titled, "signs-head", at=who.start, dated=False, timeless=True):
                yield made
    if speaker is not None and meeting is not None:
        if made := fact(scene, speaker, "attends", meeting, "delivers-at-meeting", at=meeting.start, dated=False, timeless=True):
            yield made


def _at_foot(scene: Scene) -> list[Link]:
    """The bodies that stand alone on the lines right above the date with which a text ends, the last of them first."""
    found: list[Link] = []
    for start, end in above_date(scene.linked.document):
        line = _alone(scene, start, end)
        if not line:
            break
        found += line
    return found


def _signers(scene: Scene, titled: Link) -> list[Link]:
    """The bodies that stand alone on the lines under the title: 某市统计局 国家统计局某市调查队."""
    found: list[Link] = []
    for start, end in scene.linked.document.paragraphs:
        if start < titled.end or start > titled.end + HEAD:
            continue
        found += _alone(scene, start, end)
    return found


def _alone(scene: Scene, start: int, end: int) -> list[Link]:
    """The bodies of a line that holds nothing else."""
    if end - start > HEAD:
        return []
    line = [link for link in scene.between(start, end) if scene.class_of(link) == "Organization"]
    rest = scene.text[start:end]
    for link in line:
        rest = rest.replace(scene.text[link.start : link.end], "", 1)
    return line if not rest.strip(" 　、") else []
