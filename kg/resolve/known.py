"""What the user's own lexicon says of entities: which of its known things a mention names, and the finer class that a head noun tells."""

from __future__ import annotations

from kg.extract.known import RULE
from kg.lexicon import cache, lexicon
from kg.model import Entity, GazetteerEntry, Mention
from kg.names import key, plain, unquoted
from kg.resolve.districts import chain, division_entity
from kg.resolve.home import Home

FAMILIES = {"Organization": "org", "District": "place", "Person": "person", "Meeting": "meeting", "Document": "doc"}
REFINED = ("", "Project")  # finer classes in whose place one of the user's own may stand: relations rest on the others


def known_entity(mention: Mention) -> Entity | None:
    """The entity (without mentions) of the known thing that a mention names; None where it names none."""
    things = _by_name()
    if not things:
        return None
    thing = things.get(plain(unquoted(mention.name)))
    if thing is None or (mention.rule != RULE and thing.class_ not in mention.classes):
        return None
    return Entity(known_id(thing), (thing.class_,), thing.name, kind=thing.kind)


def knows_things() -> bool:
    """Whether the user's lexicon names any thing, so that each mention has to be asked for it."""
    return bool(_by_name())


@cache
def known_id(thing: GazetteerEntry) -> str:
    """The id of a known thing: scoped by the place it lies in, where the lexicon says one."""
    place = place_id(thing.place) if thing.place else None
    scope = f"{place.removeprefix('place/')}/" if place else ""
    return f"{FAMILIES.get(thing.class_, 'thing')}/{scope}{key(thing.name).replace('/', '-')}"


@cache
def place_id(words: str) -> str | None:
    """The id of the division that a user names (湖州市, 岳阳市平江县); None where no table knows it, or several are called so."""
    division = chain(words, Home(None, "told"), None)
    return division_entity(division).id if division is not None else None


@cache
def known_by_id() -> dict[str, GazetteerEntry]:
    """All known things by their ids."""
    return {known_id(thing): thing for thing in lexicon().known}


def finer(class_: str, label: str, kind: str) -> str:
    """The finer class of an entity: that which the last word of its name tells, else `kind`."""
    if kind not in REFINED:
        return kind
    return next((iri for head, iri, of in _heads() if of == class_ and label.endswith(head)), kind)


@cache
def _by_name() -> dict[str, GazetteerEntry]:
    return {plain(name): thing for thing in lexicon().known for name in (thing.name, *thing.alt)}


@cache
def _heads() -> tuple[tuple[str, str, str], ...]:
    """Head noun, own class and the class of the ten it refines, the longest head first."""
    above = {term.iri: term.of for term in lexicon().terms}
    return tuple(sorted(((head, iri, above[iri]) for head, iri in lexicon().heads.items()), key=lambda one: (-len(one[0]), one)))
