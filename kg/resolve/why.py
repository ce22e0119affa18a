"""Why a mention names the entity it does: the decision that was made, as a word that the report of merges explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.lexicon import lexicon
from kg.model import Entity, Link, Mention, Naming
from kg.names import plain, unquoted
from kg.resolve.districts import WHOLE_COUNTRY
from kg.resolve.organizations import LEVEL, NATIONAL_CPPCC, aliases, place_in
from kg.resolve.things import known_as

RELATIVE = "relative"  # said from where the text is: 市政协, 我市
BEFORE = "before"  # a part of the body that was named before it: 机关党组
FULLER = "fuller"  # short for the one thing that the same text names in full: 市文旅局
DIVISION = "division"  # the state's table of divisions has it by this name, short or full: 湖州
REGION = "region"  # the table of regions and countries has it by this name
ALIAS = "alias"  # a table has it as another name of what the whole country knows: 党中央
FORM = "form"  # the body of this kind in its place, whichever form its name has: 政协第九届湖州市委员会
REPORT = "report"  # the report of this kind, place and year
PERSON = "person"  # the same personal name in texts of one place
NATIONWIDE = "nationwide"  # the same name, which the whole country knows
KEY = "key"  # the same name after the name grammar, in one place
CANONICAL = "canonical"  # the form that the grammar gives the name; no text has it
REASONS = (RELATIVE, BEFORE, FULLER, DIVISION, REGION, ALIAS, FORM, REPORT, PERSON, NATIONWIDE, KEY, CANONICAL)

LEVELS = ("省", "市", "县", "区", "州")


def why(mention: Mention, entity: Entity) -> str:
    """What made `mention` one of `entity`, which it was resolved to by itself (not by what stands before it or elsewhere)."""
    name = unquoted(mention.name)
    if mention.classes[0] == "District":
        return _place(mention, name, entity)
    if mention.classes[0] == "Person":
        return NATIONWIDE if name in lexicon().words("people", "known") else PERSON
    if _is_alias(mention, name):
        return ALIAS
    if entity.resolved and _is_relative(mention, name, entity):
        return RELATIVE
    if mention.rule.endswith(("-core", "-full")) or mention.rule == "sub-body":
        return FORM
    if mention.rule in ("title-of-text", "report-named"):
        return REPORT
    return NATIONWIDE if not _is_scoped(entity) and plain(name) == plain(entity.label) else KEY


def namings(links: Iterable[Link], reasons: Iterable[str], entities: Mapping[str, Entity]) -> tuple[Naming, ...]:
    """Every name of every entity with why it is that entity's; `reasons` goes with `links`. A label that no link has is canonical."""
    counted = Counter((link.entity, unquoted(link.mention.name), reason) for link, reason in zip(links, reasons, strict=True))
    linked = {(entity, name) for entity, name, _ in counted}
    for entity in entities.values():
        missing = [name for name in (entity.label, *entity.alt) if (entity.id, name) not in linked]
        if len(missing) > len(entity.alt):  # all of them: the medium that the furniture names
            counted[entity.id, entity.label, NATIONWIDE] = len(entity.mentions)
        else:
            counted.update(dict.fromkeys(((entity.id, name, CANONICAL) for name in missing), 0))
    return tuple(Naming(*key, counted[key]) for key in sorted(counted) if key[1])


def _place(mention: Mention, name: str, entity: Entity) -> str:
    if mention.rule == "district-relative":
        return RELATIVE if entity.resolved else KEY
    if entity.division_code:
        return DIVISION
    if name in WHOLE_COUNTRY:
        return ALIAS
    return KEY if _is_scoped(entity) or not entity.resolved else REGION


def _is_alias(mention: Mention, name: str) -> bool:
    if mention.classes[0] == "Organization":
        return NATIONAL_CPPCC.fullmatch(name) is not None or aliases().get(name, name) != name
    return (known_as(name) or name) != name


def _is_relative(mention: Mention, name: str, entity: Entity) -> bool:
    """Whether the name begins with a level (市) that stands for the place of that level which the text is of."""
    if not _is_scoped(entity):
        return False
    if LEVEL.match(mention.place) or LEVEL.match(place_in(mention.of)):
        return True
    return name.startswith(LEVELS) and entity.label != name and entity.label.endswith(name[1:])


def _is_scoped(entity: Entity) -> bool:
    return entity.id.count("/") > 1
