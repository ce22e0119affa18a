"""Which of the mentions found stay: none that cross, and inside another only what a reader would name there too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from kg import divisions
from kg.extract.known import RULE as KNOWN
from kg.lexicon import cache, lexicon
from kg.model import Mention

# Which class a mention may have inside one of another class: a body in its meeting, a place in any name, a topic in a meeting.
INSIDE = {
    "Organization": {"District", "Organization", "Platform"},
    "Platform": {"District", "Organization", "Program", "Platform"},
    "Program": {"District", "Organization", "Platform"},
    "Meeting": {"District", "Organization", "Topic", "Program", "Document", "Platform", "Concept"},
    "Document": {"District", "Organization", "Platform", "Program", "Meeting", "Person"},
    "Honor": {"District", "Organization", "Meeting"},
    "Topic": {"District", "Program", "Concept"},
    "Concept": {"Person"},
    "District": {"District"},
    "Person": set(),
}
FIRM = ("公司", "集团", "股份", "动力")
STATE_BODIES = ("-core", "-full", "sub-body", "body-table", "department")
# Where two mentions cover the same stretch or cross, the surer rule wins; then the longer.
SURER = (
    "known-table", "title", "topic", "shared", "session", "games", "cppcc", "party-full", "congress", "party-core", "government", "discipline", "court", "procuratorate", "quoted-meeting", "quoted-known", "quoted-body", "honor", "quoted-honor", "quoted-conferred", "plenum",
    "meeting-table", "body-table", "outlet", "concept", "program-table", "platform-table", "sub-body", "department", "youth", "democratic", "mass", "head-organization", "head-platform", "quoted", "head-meeting", "head-project",
    "project", "listed", "civic", "ranked", "head-program", "person", "post", "byline", "speaker", "name", "district", "core",
)  # fmt: skip


def names_of(text: str, found: Iterable[Mention]) -> list[Mention]:
    """The mentions that name something: without those that hold no letter, figure or ideograph (《》), and the white space some have around them."""
    return [_tight(text, mention) for mention in found if any(map(str.isalnum, text[mention.start : mention.end]))]


def _tight(text: str, mention: Mention) -> Mention:
    if not (text[mention.start].isspace() or text[mention.end - 1].isspace()):
        return mention
    words = text[mention.start : mention.end]
    start = mention.start + len(words) - len(words.lstrip())
    return replace(mention, start=start, end=mention.start + len(words.rstrip()), name=mention.name.strip())


def select(found: list[Mention]) -> tuple[Mention, ...]:
    """The mentions that stay, sorted by start, outer before inner; of two that cover the same stretch the surer one."""
    bounds: dict[tuple[int, int], Mention] = {}
    for mention in found:
        if mention.end <= mention.start:
            continue
        other = bounds.get((mention.start, mention.end))
        if other is None or _rank(mention) < _rank(other):
            bounds[mention.start, mention.end] = mention
    kept: list[Mention] = []
    stack: list[Mention] = []
    for mention in _uncrossed(sorted(bounds.values(), key=lambda m: (m.start, -m.end))):
        while stack and stack[-1].end <= mention.start:
            stack.pop()
        if all(_may_stand(outer, mention) for outer in stack):
            kept.append(mention)
            stack.append(mention)
    return tuple(kept)


def _rank(mention: Mention) -> int:
    return _rank_of(mention.rule)


@lru_cache(maxsize=1000)
def _rank_of(rule: str) -> int:
    return next((number for number, prefix in enumerate(SURER) if rule.startswith(prefix)), len(SURER))


def _uncrossed(mentions: list[Mention]) -> list[Mention]:
    """The same without those that cross a surer or longer one."""
    kept: list[Mention] = []
    for mention in mentions:
        while kept:
            for crossing in reversed(kept[-6:]):
                if crossing.start < mention.start < crossing.end < mention.end:
                    break
            else:
                kept.append(mention)
                break
            if (_rank(mention), crossing.end - crossing.start) < (_rank(crossing), mention.end - mention.start):
                kept.remove(crossing)
                continue
            break
        else:
            kept.append(mention)
    return kept


@cache
def _firms() -> frozenset[str]:
    return frozenset(lexicon().words("bodies", "firms", "tails"))


def _may_stand(outer: Mention, inner: Mention) -> bool:
    if inner.rule == KNOWN:
        return True  # the user knows it wherever it stands
    if inner.classes[0] not in INSIDE[outer.classes[0]]:
        return False
    if inner.classes[0] == "District" and outer.name[inner.end - outer.start :] in _firms() and not divisions.by_name(inner.name):
        return False  # 长城汽车 lies at no wall
    if inner.classes[0] == "Organization":
        if outer.kind == "Project":
            return False  # 比亚迪半导体, the project, is named after its company
        if outer.classes[0] in ("Platform", "Program", "Honor") and not inner.rule.endswith(STATE_BODIES):
            return False
        if outer.classes[0] == "Organization":
            if outer.kind == "MediaOutlet" and inner.rule == "body-table":
                return False  # 人民政协报 is a paper's name
            if inner.rule == "body-table" and outer.name.endswith(FIRM) and not outer.name.endswith("分公司"):
                return False  # 华为技术有限公司 is no part of 华为
            return inner.start == outer.start or inner.rule in ("body-table", "department")
    if inner.rule in ("quoted-object", "quoted-evidence") and inner.start == outer.start + 1 and outer.classes[0] == "Platform":
        return False  # “长治政协”微信公众号 is one name
    if inner.classes[0] == "Program" and outer.classes[0] in ("Topic", "Meeting", "Document", "Platform"):
        return "quoted" in inner.rule or ("table" in inner.rule and outer.classes[0] != "Topic")
    if outer.classes[0] == inner.classes[0] == "District":
        return inner.start == outer.start
    if outer.classes[0] == inner.classes[0] == "Platform":
        return inner.end == outer.end
    if outer.rule == "title-of-text":
        return inner.classes[0] in ("District", "Organization")
    return True
