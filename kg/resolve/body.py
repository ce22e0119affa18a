"""Which body reports in a text: the one whose report it is, the speaker's, else the one it names most."""

from __future__ import annotations

import re
from collections import Counter

from kg.model import Linked

REPORT = re.compile(r"报告|公报|决定|决议|总结|要点|方案|规划|计划|意见|通知")
BULLETIN = re.compile(r"公报|公告|年鉴")  # issued by an office about a place: nobody reports of himself
UNDER = re.compile(r"在[^。；]{2,80}?(?:领导|指导|支持|关心|帮助)下")  # whoever works under others' guidance tells of himself
HEAD = 600  # code points in which the speaker's post stands
FOR = re.compile(r"我(?:谨|们)?代表(?P<body>[^，。]{2,30}?)(?:，|向|作|。)")


def find_body(linked: Linked) -> str | None:
    """The id of the organization that reports, or None (a news text has none)."""
    document = linked.document
    by_start = {link.start: link for link in reversed(linked.links) if link.mention.classes[0] == "Organization"}
    speaks = [link.entity for match in FOR.finditer(document.text) if (link := by_start.get(match.start("body"))) is not None]
    if document.title and REPORT.search(document.called()):
        speaks += [
            link.entity for link in linked.links
            if document.title[0] <= link.start < document.title[1] and link.mention.classes[0] == "Organization"
        ]  # fmt: skip
    if document.speaker_post:
        speaks += [
            link.entity for link in linked.links
            if link.end <= HEAD and link.mention.classes[0] == "Organization" and document.speaker_post.startswith(link.mention.name)
        ]  # fmt: skip
    if not speaks:
        speaks += _signed(linked)
    if not speaks and document.title and REPORT.search(document.text[slice(*document.title)]):
        speaks += [
            link.entity for start, link in sorted(by_start.items()) if link.end <= HEAD and UNDER.match(document.text, link.end)
        ]
    for id_ in speaks:
        return _whole(linked, id_)
    if BULLETIN.search(document.called()):
        return next(
            (link.entity for link in linked.links if document.publisher and link.mention.name == document.publisher), None
        )
    if REPORT.search(document.called()):
        counted = Counter(
            link.entity for link in linked.links
            if link.mention.classes[0] == "Organization" and link.mention.rule.endswith(("-core", "-full")) and _is_home(linked, link.entity)
        )  # fmt: skip
        if counted:
            return min(counted, key=lambda id_: (-counted[id_], id_))
    return None


def _signed(linked: Linked) -> list[str]:
    """The body whose name alone is a line of the head, under the title of its report."""
    document = linked.document
    if document.title is None or not REPORT.search(document.text[slice(*document.title)]):
        return []
    lines = {(start, end) for start, end in document.paragraphs if document.title[1] <= start < document.title[1] + HEAD // 3}
    return [
        link.entity for link in linked.links
        if link.mention.classes[0] == "Organization" and any(
            start <= link.start and link.end <= end and not document.text[start:end].replace(link.mention.name, "", 1).strip(" 　")
            for start, end in lines
        )
    ]  # fmt: skip


def _whole(linked: Linked, id_: str) -> str:
    """A standing committee reports for its body, an office prints what its body has decided."""
    for sub in ("常务委员会", "办公室", "办公厅"):
        whole = id_.removesuffix(sub)
        if whole != id_ and whole in linked.entities:
            return whole
    return id_


def _is_home(linked: Linked, id_: str) -> bool:
    return linked.home is not None and id_.startswith("org/" + linked.home.removeprefix("place/") + "/")
