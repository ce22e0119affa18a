"""Who runs, carries out, holds, attends and issues what: a verb of the table, its objects, and the subject of its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kg.lexicon import any_of, cache, lexicon
from kg.model import Fact, Link
from kg.relate.facts import fact
from kg.relate.in_charge import made_by, responsible, undertaken
from kg.relate.scene import Clause, Scene, Subject, Verb
from kg.relate.told_of import is_told_of

RELATIONS = ("runs", "carriesOut", "hosts", "attends", "issues")
AT_MEETING = re.compile(r"^(?:上|中|期间)?(?:[^，。；]{0,8})(?:发言|介绍|交流|讲话|致辞|汇报|经验|作报告|推介|演讲|报告|开幕)")
AUTHOR_GAP = re.compile("(?:委员|代表|同志|等)?(?:联名|共同|领衔|集体)?")
YEAR_IS = re.compile(r"(?:20\d\d年|今年|明年|去年)(?:，)?是[^。；]{0,80}?(?:之年|一年|周年)")
TOGETHER = re.compile("(?:等[^，。；]{0,10})?(?:共同|联合|合作|携手|一道|一起)?")
HELD_BEFORE = re.compile(
    "[”》]?(?:精神|部署|决定|要求|决议|以来|确定|通过|审议通过)"
)  # a meeting spoken of like this has been held
JOINED = re.compile(
    r"[”》“《]*(?:[、和及与]|以及|[^，。；]{0,10}?[、和及与]|等)?[“《”》]*(?:第?\d+[个次场期]|[^，。；、和与]{0,6})?[“《]*"
)  # between two objects of one verb
AND = re.compile("[、和及与]")
SPEECH_REACH = 240  # code points behind a meeting in which it is said that somebody spoke there
GAP = 24  # code points between a verb and its object


def actions(scene: Scene) -> Iterator[Fact]:
    """Facts by verbs: runs, carriesOut, hosts, attends, issues."""
    accepted = {relation: set(lexicon().words("verbs", relation, "object")) for relation in RELATIONS}
    for clause in scene.clauses:
        if not clause.links or YEAR_IS.match(scene.text, clause.start, clause.sentence.end):
            continue  # 2022年是“十四五”关键之年 tells of nobody's doings
        for number, verb in enumerate(clause.verbs):
            stop = clause.verbs[number + 1].start if number + 1 < len(clause.verbs) else clause.end
            objects = objects_of(scene, clause, verb, stop)
            if not objects or denied(scene, clause, verb):
                continue
            for object_ in objects:
                relation = _relation(verb, scene.class_of(object_), accepted)
                if relation is None or (relation in ("runs", "carriesOut") and spoken_of(scene, clause, object_)):
                    continue
                if relation == "hosts" and object_.mention.rule in ("plenum", "meeting-table"):
                    continue  # 将召开中共二十大: not by who reports
                if relation == "issues" and object_.start > verb.end and _another_author(scene, clause, verb, object_):
                    continue  # 委员甲提交的《…》、乙党《…》: each has its own
                owner = _owner(scene, object_)
                authored = relation == "issues" and re.match("[了]?的", scene.text[verb.end : object_.start]) is not None
                for subject in _authors(scene, clause, verb) if authored else _subjects(scene, clause, verb, relation, object_):
                    if owner is not None and owner != subject.entity and relation in ("runs", "carriesOut"):
                        continue  # 推进省政协“云上履职”应用: another body's
                    if made := fact(scene, subject, relation, object_, f"verb-{relation}", at=object_.start):
                        yield made
                        for partner in _partners(scene, clause, verb) if relation != "attends" else ():
                            if partner.entity != subject.entity and (
                                also := fact(scene, partner, relation, object_, f"partner-{relation}", at=object_.start)
                            ):
                                yield also
                        if relation == "runs" and "Program" in scene.linked.entities[object_.entity].classes:
                            yield replace(made, property="carriesOut", rule="campaign")
        yield from _speaks(scene, clause)
        if scene.text.find("办", clause.start, clause.end) >= 0 or scene.text.find("由", clause.start, clause.end) >= 0:
            yield from undertaken(scene, clause)
        yield from made_by(scene, clause)
    yield from _fronted(scene)
    yield from _owned(scene)
    yield from _titled(scene)
    yield from responsible(scene)


def _partners(scene: Scene, clause: Clause, verb: Verb) -> list[Link]:
    """与甲、乙共同举办: the bodies behind 与 or 联合 and before the verb act too."""
    found: list[Link] = []
    for link in clause.links:
        if link.end > verb.start or scene.class_of(link) != "Organization":
            continue
        before = scene.text[max(clause.start, link.start - 2) : link.start]
        if found:
            if scene.text[found[-1].end : link.start] not in ("、", "和", "与", "及"):
                break
            found.append(link)
        elif before.endswith(("与", "联合", "会同", "携手", "同")):
            found.append(link)
    if not found or not TOGETHER.fullmatch(scene.text, found[-1].end, verb.start):
        return []
    return found


def _authors(scene: Scene, clause: Clause, verb: Verb) -> tuple[Link, ...]:
    """Who 提出的《…》 is by: what stands right before the verb; where that is no entity, nobody."""
    for link in clause.links:
        if link.end <= verb.start and AUTHOR_GAP.fullmatch(scene.text, link.end, verb.start):
            if scene.class_of(link) in ("Organization", "Person"):
                return (link,)
    return ()


def _another_author(scene: Scene, clause: Clause, verb: Verb, document: Link) -> bool:
    """Whether a body or a person stands right before the title and behind the verb and another title."""
    between = [link for link in clause.links if verb.end <= link.start and link.end <= document.start]
    return (
        len(between) > 1
        and scene.class_of(between[-1]) in ("Organization", "Person")
        and re.fullmatch("(?:委员|代表)?《", scene.text[between[-1].end : document.start]) is not None
    )


def _titled(scene: Scene) -> Iterator[Fact]:
    """民建某县支部《关于…的建议》: the body or the member right before the title of a proposal is its author."""
    for one, two in pairwise(scene.outer):
        gap = scene.text[one.end : two.start]
        if (
            scene.class_of(two) == "Document"
            and scene.class_of(one) in ("Organization", "Person")
            and gap in ("《", "委员《", "代表《")
        ):
            if two.mention.name.startswith("关于") and two.mention.name.endswith(("建议", "提案", "议案")):
                if made := fact(scene, one, "issues", two, "author-before-title", at=two.start):
                    yield made


def spoken_of(scene: Scene, clause: Clause, object_: Link) -> bool:
    """Whether the clause only speaks of the object; see kg.relate.told_of."""
    return is_told_of(scene.text[clause.start : object_.start], scene.text[object_.end : clause.end])


def _relation(verb: Verb, class_: str, accepted: dict[str, set[str]]) -> str | None:
    fitting = [relation for relation in RELATIONS if class_ in accepted[relation] and relation in verb.relations]
    if fitting:
        return fitting[-1] if "attends" in fitting and "hosts" not in fitting else fitting[0]
    # a verb of carrying out says of a platform that it is run, and of running a program that it is carried out
    if class_ == "Platform" and "carriesOut" in verb.relations:
        return "runs"
    if class_ == "Program" and ("runs" in verb.relations or "hosts" in verb.relations):
        return "carriesOut"
    return None


def objects_of(scene: Scene, clause: Clause, verb: Verb, stop: int) -> list[Link]:
    """The links behind a verb, up to the next one: the nearest, and those coordinated with it."""
    text = scene.text
    found: list[Link] = []
    at = verb.end
    for link in clause.links:
        if link.start < verb.end:
            continue
        if link.start >= stop and not found:
            break
        between = text[at : link.start]
        if (
            not found
            and scene.class_of(link) == "District"
            and len(between) <= GAP
            and any(near.start >= link.end and scene.class_of(near) in ("Platform", "Program") for near in clause.links)
        ):
            at = link.end
            continue  # 依托|全市|107个乡镇“…”: where what is done is
        if not found:
            if len(between) > GAP or "由" in between or "被" in between:
                break
        elif not JOINED.fullmatch(between):
            break
        if link.start >= stop and found and not AND.search(between):
            break
        found.append(link)
        at = link.end
    return found


def _subjects(scene: Scene, clause: Clause, verb: Verb, relation: str, object_: Link) -> tuple[Link, ...]:
    """Who does it: an agent with 由, the clause's own subject, one carried over, or the body that reports."""
    for link in clause.links:
        if link.end <= verb.start and scene.class_of(link) == "Organization" and scene.text[link.start - 1 : link.start] == "由":
            return (link,)
    subject: Subject | None = clause.subject
    if clause.nameless:
        return ()
    if subject is not None:
        acting = tuple(link for link in subject.links if scene.class_of(link) in ("Organization", "Person"))
        if acting:
            if scene.class_of(acting[0]) == "Person" and relation not in ("attends", "issues"):
                return ()
            return acting
        if clause.explicit:
            return _for_district(scene, subject)
    return (scene.body,) if scene.body is not None else ()


def _for_district(scene: Scene, subject: Subject) -> tuple[Link, ...]:
    """全市 does what the government reports of it; another place's doings are not the body's."""
    if all(link.entity == scene.linked.home for link in subject.links) and scene.body is not None:
        return (scene.body,)
    return ()


def denied(scene: Scene, clause: Clause, verb: Verb) -> bool:
    """Whether a word of negation stands right before the verb."""
    return _negation().search(scene.text, max(clause.start, verb.start - 4), verb.start) is not None


@cache
def _negation() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().words("words", "negation")))


def _speaks(scene: Scene, clause: Clause) -> Iterator[Fact]:
    """在全省政协提案工作座谈会上介绍经验: who speaks at a meeting attends it."""
    meetings = [link for link in clause.links if scene.class_of(link) == "Meeting"]
    for number, link in enumerate(meetings):
        first = last = number
        while first and scene.text[meetings[first - 1].end : meetings[first].start] in ("、", "和"):
            first -= 1
        while last + 1 < len(meetings) and scene.text[meetings[last].end : meetings[last + 1].start] in ("、", "和"):
            last += 1
        before = scene.text[max(clause.start, meetings[first].start - 2) : meetings[first].start]
        if "在" not in before or scene.text[meetings[last].end : meetings[last].end + 1] != "上":
            continue
        rest = scene.text[meetings[last].end : min(clause.sentence.end, meetings[last].end + SPEECH_REACH)]
        if AT_MEETING.match(rest) or re.match(r"上[，、]?[^。；]{0,200}?(?:发言|介绍|交流|讲话|汇报)", rest):
            speaker = _said_by(scene, clause, meetings[first].start)
            if speaker is not None:
                if made := fact(scene, speaker, "attends", link, "speaks-at", at=link.start, timeless=True):
                    yield made
                continue
            if rest.startswith("上的"):
                continue
            subject = clause.subject
            links = tuple(near for near in subject.links if scene.class_of(near) in ("Organization", "Person")) if subject else ()
            for who in links or ((scene.body,) if scene.body is not None else ()):
                if made := fact(scene, who, "attends", link, "speaks-at", at=link.start):
                    yield made


def _said_by(scene: Scene, clause: Clause, at: int) -> Link | None:
    """The person right before 在: 习近平总书记在…上的重要讲话."""
    for link in clause.links:
        if (
            link.end <= at
            and scene.class_of(link) == "Person"
            and re.fullmatch(r"(?:总书记|主席|总理|同志|委员长|书记|省长|市长)?在[“]?", scene.text[link.end : at])
        ):
            return link
    return None


def _owner(scene: Scene, thing: Link) -> str | None:
    """The body right before a quoted thing: whose it is."""
    at = thing.start - (scene.text[thing.start - 1 : thing.start] == "“")
    before = scene.between(max(0, at - 20), at)
    owner = before[-1] if before and before[-1].end == at else None
    quoted = "“" in scene.text[at : thing.start + 1]
    return owner.entity if owner is not None and quoted and scene.class_of(owner) == "Organization" else None


def _owned(scene: Scene) -> Iterator[Fact]:
    """省政协“云上履职”应用: the body right before a quoted platform or program has it."""
    for body, thing in pairwise(scene.outer):
        if body.end != thing.start - (scene.text[thing.start - 1 : thing.start] == "“") or scene.class_of(body) != "Organization":
            continue
        if scene.linked.entities[body.entity].kind == "MediaOutlet" or body.entity == scene.linked.body:
            continue
        relation = {"Platform": "runs", "Program": "carriesOut"}.get(scene.class_of(thing))
        if (
            relation
            and "“" in scene.text[body.end : thing.start + 1]
            and (made := fact(scene, body, relation, thing, "owner-before-name", at=thing.start))
        ):
            yield made


def _fronted(scene: Scene) -> Iterator[Fact]:
    """Meetings whose own name says who holds them: 全国政协“…”协商会, 省政协第五次常委会会议."""
    holder: Link | None = None
    for link in scene.of_class("Meeting"):
        if link.mention.rule == "session-coordinated" and not scene.inside(link) and holder is not None:
            if made := fact(scene, holder, "hosts", link, "meeting-of-body", at=link.start, dated=False):
                yield made
            continue
        holder = None
        for inner in scene.inside(link):
            if inner.start == link.start and scene.class_of(inner) == "Organization" and _holds(scene, inner, link):
                holder = inner
                held = HELD_BEFORE.match(scene.text, link.end) is not None
                if made := fact(scene, inner, "hosts", link, "meeting-of-body", at=link.start, dated=False, timeless=held):
                    yield made
                break


def _holds(scene: Scene, body: Link, meeting: Link) -> bool:
    rest = scene.text[body.end : meeting.end]
    return bool(
        re.match(
            r"[“第九十届一二三四五六七八]|.{0,3}(?:全体|常委会|主席|委员|参加|民生|界别|系统|党组|文史|理论|协商|座谈|专题|双月|双周|远程)",
            rest,
        )
    )
