"""Step *resolve*: one entity per real thing. Mentions of a document become links to entities, by rule and table alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from kg import divisions
from kg.divisions import Division
from kg.model import Document, Entity, Link, Linked, Mention, Span, Token
from kg.names import unquoted
from kg.resolve.body import find_body
from kg.resolve.chained import chained
from kg.resolve.coreference import fuller_departments, fuller_documents, fuller_meetings
from kg.resolve.districts import country, division_entity, resolve_place
from kg.resolve.home import Home, find_home
from kg.resolve.known import finer, known_entity, knows_things
from kg.resolve.labels import fullest
from kg.resolve.lowest import Nearby
from kg.resolve.organizations import its_committee, resolve_body, sub_body
from kg.resolve.publisher import published_by
from kg.resolve.sessions import names_body, session_of
from kg.resolve.things import resolve_thing
from kg.resolve.why import BEFORE, FULLER, namings, why

__all__ = ["resolve"]

FORMED = ("district-form", "district-town", "district-village")  # places that the tables know by what stands near
FORM_ALONE = (
    "quoted-form",
    "quoted-object",
    "quoted-event",
    "again",
)  # rules that no head noun tells the class to: they count less


def resolve(document: Document, tokens: tuple[Token, ...], mentions: tuple[Mention, ...], home: str | None = None) -> Linked:
    """Links and entities of a document. `home` is what the user says of whose text it is (else Source.home, else the text tells).

    Raises UsageError where `home` names no place.
    """
    here = find_home(document, mentions, home or document.source.home)
    source = document.source.sha256[:12]
    links: list[Link] = []
    made: dict[str, list[tuple[Entity, Mention]]] = defaultdict(list)
    reasons: list[str] = []  # why each link is to its entity
    unplaced: list[Mention] = []
    full = frozenset(mention.name for mention in mentions if mention.rule == "district-table" and not mention.optional)
    whole: Entity | None = None  # the body named last, whose committees are named without it
    party: Entity | None = None  # the party committee named last
    titled: Entity | None = None  # the body in the title, which goes before it
    county: Division | None = None  # the one named last: whose 区政协 it is in a text of a city
    town: Division | None = None  # the township named last
    knows = knows_things()
    where = _places(document, mentions, here, full, unplaced)
    ends = {end: entity.division_code for (_, end), entity in where.items() if entity.division_code}
    for mention in mentions:
        entity: Entity
        reason = ""
        told = _told(document.text, mention, ends)
        if knows and (user := known_entity(mention)) is not None:
            entity = user
        elif mention.classes[0] == "District":
            if (mention.start, mention.end) not in where:
                continue
            entity = where[mention.start, mention.end]
            division = divisions.by_code(entity.division_code) if entity.division_code else None
            if division is not None and division.level == "county" and mention.rule != "district-relative":
                county = division
            elif division is not None and division.level == "township":
                town = division
        elif mention.rule in ("sub-body-bare", "sub-body-its") and whole is not None:
            entity = its_committee(whole) if mention.rule == "sub-body-its" else sub_body(titled or whole, mention.name)
            reason = BEFORE
        elif mention.rule == "sub-body-party" and party is not None:
            entity = sub_body(party, mention.name)
            reason = BEFORE
        elif mention.classes[0] == "Organization":
            near = town if town is not None and mention.place in ("镇", "乡") else county
            entity, _ = resolve_body(_with_nearest(mention, here, near), here, source, told)
            if mention.rule in ("party-core", "party-full"):
                party = entity
            if mention.rule in (
                "cppcc-core",
                "congress-core",
                "congress-full",
                "congress_standing-core",
                "government-core",
                "cppcc-full",
            ):
                whole = entity
                if (
                    titled is None
                    and not mention.name.endswith(("常务委员会", "常委会"))
                    and document.title
                    and document.title[0] <= mention.start < document.title[1]
                ):
                    titled = entity
        else:
            if mention.rule == "session" and whole is not None and not names_body(mention.name):
                mention = replace(mention, name=session_of(whole.label, mention.name))  # 市政协召开|十届十次常委会会议
            entity, _ = resolve_thing(mention, here, document, told)
        links.append(Link(mention.start, mention.end, entity.id, mention))
        reasons.append(reason or why(mention, entity))
        made[entity.id].append((entity, mention))
    joined = {**fuller_meetings(document.text, made), **fuller_documents(made), **fuller_departments(made)}
    for short, longer in joined.items():
        made[longer] += made.pop(short)
    reasons = [FULLER if link.entity in joined else reason for link, reason in zip(links, reasons, strict=True)]
    links = [replace(link, entity=joined[link.entity]) if link.entity in joined else link for link in links]
    entities = {id_: _entity(document, id_, found) for id_, found in made.items()}
    if (publisher := published_by(document, entities)) is not None:
        entities[publisher.id] = publisher
    linked = Linked(
        document,
        tokens,
        tuple(links),
        entities,
        home=_home_id(here),
        body=None,
        notes=tuple(sorted({*(m.name for m in unplaced), *(e.label for e in entities.values() if not e.resolved)})),
        home_by=here.how,
        names=namings(links, reasons, entities),
        unplaced=tuple((mention.start, mention.end) for mention in unplaced),
    )
    return replace(linked, body=find_body(linked))


def _places(
    document: Document, mentions: tuple[Mention, ...], here: Home, full: frozenset[str], unplaced: list[Mention]
) -> dict[tuple[int, int], Entity]:
    """The entity of every place mention that names one, by its offsets. What names none goes to `unplaced`."""
    knows = knows_things()
    nearby, chains = Nearby(document.text, here, full), chained(mentions)
    found: dict[tuple[int, int], Entity] = {}
    for mention in mentions:
        if mention.classes[0] != "District" or (knows and known_entity(mention) is not None):
            continue
        if mention.rule in FORMED:
            entity = nearby.formed(mention, "".join(mention.name.split()))
        else:
            resolved = resolve_place(mention, here, nearby.before(mention.start), full)
            if resolved is not None and not resolved[1] and (county := nearby.county(mention)) is not None:
                resolved = division_entity(county), True
            if resolved is not None and not resolved[1] and mention.name in chains:
                resolved = division_entity(chains[mention.name]), True
            if resolved is None and mention.rule.startswith("tagger"):
                resolved = nearby.formed(mention, mention.name), True  # a lake, a street: no table has it
            if resolved is None:
                if not mention.optional:  # a common word that is a county's name too is no name here
                    unplaced.append(mention)
                continue
            entity, _ = resolved
        nearby.passed(mention, entity)
        found[mention.start, mention.end] = entity
    return found


def _told(text: str, mention: Mention, ends: dict[int, str]) -> Division | None:
    """The division that the place in a name means, as the place mention there was resolved."""
    if not mention.place or mention.classes[0] == "District":
        return None
    at = text.find(mention.place, mention.start, mention.end)
    code = ends.get(at + len(mention.place)) if at >= 0 else None
    return divisions.by_code(code) if code else None


def _with_nearest(mention: Mention, home: Home, near: Division | None) -> Mention:
    """The mention of 区政协 or 镇人大 with the county or township named before it, where the text's home has no such level."""
    if near is None or mention.place not in ("区", "县", "旗", "镇", "乡") or home.level(mention.place) is not None:
        return mention
    if not near.name.endswith(mention.place):
        return mention
    own = mention.name.removeprefix(mention.place) if not mention.of else ""
    return replace(mention, place=near.name, name=near.name + own if own else mention.name)


def _home_id(home: Home) -> str | None:
    if home.national:
        return country().id
    return division_entity(home.division).id if home.division is not None else None


def _most(counted: dict[str, int], found: list[tuple[Entity, Mention]]) -> str:
    """The class that most mentions tell; of two that as many do, that of the longest (“民情直通车”走访活动 is an activity)."""
    longest: dict[str, int] = {}
    for _, mention in found:
        longest[mention.classes[0]] = max(longest.get(mention.classes[0], 0), len(mention.name))
    return min(counted, key=lambda class_: (-counted[class_], -longest[class_], class_))


def _entity(document: Document, id_: str, found: list[tuple[Entity, Mention]]) -> Entity:
    """One entity of all its mentions: the class most of them have, the fullest label, every other name."""
    counted: dict[str, int] = {}
    for _, mention in found:
        class_ = mention.classes[0]
        counted[class_] = counted.get(class_, 0) + (1 if mention.rule.startswith(FORM_ALONE) else 4)
    first = next(iter(counted)) if len(counted) == 1 else _most(counted, found)
    kind = min((kind for entity, mention in found for kind in (entity.kind, mention.kind) if kind), default="")
    label = fullest(found)
    names = {unquoted(name) for name in {mention.name for _, mention in found}} | {entity.label for entity, _ in found}
    kept: list[Span] = []
    last = 0  # where the last one that is kept ends
    for start, end in sorted({(mention.start, -mention.end) for _, mention in found}):
        if start >= last:
            kept.append(document.span(start, -end))
            last = -end
    base = found[0][0]
    second = next((mention.classes[1] for _, mention in found if mention.classes[0] == first and len(mention.classes) > 1), None)
    return Entity(
        id_, (first, second) if second else (first,), label, tuple(sorted(names - {label, ""})), tuple(kept), finer(first, label, kind),
        all(entity.resolved for entity, _ in found), base.division_code, base.division_year,
    )  # fmt: skip
