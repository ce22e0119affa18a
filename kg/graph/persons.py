"""A reading without the people in it: for graphs that shall hold no personal data beyond what the texts themselves say."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Account, Entity, Reading


def without_persons(reading: Reading) -> Reading:
    """The reading without its persons, all facts and figures about them, and who delivered the text.

    The text and the sentences that are quoted from it stay as they are: they name whom they name.
    """
    gone = {entity.id for entity in reading.entities if _is_person(entity)}
    names = {name for entity in reading.entities if entity.id in gone for name in (entity.label, *entity.alt)}
    return replace(
        reading,
        document=replace(reading.document, speaker=None, speaker_post=None),
        entities=tuple(entity for entity in reading.entities if entity.id not in gone),
        facts=tuple(fact for fact in reading.facts if fact.subject not in gone and fact.object not in gone),
        measures=tuple(measure for measure in reading.measures if measure.about not in gone),
        notes=tuple(note for note in reading.notes if note not in names),
        account=_without(reading.account, gone) if reading.account is not None else None,
    )


def _without(account: Account, gone: set[str]) -> Account:
    """The account without the names of those that are left out."""
    return replace(account, names=tuple(naming for naming in account.names if naming.entity not in gone))


def _is_person(entity: Entity) -> bool:
    return "Person" in entity.classes or entity.id.startswith("person/")
