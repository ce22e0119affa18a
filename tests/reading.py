"""Reading a short text of our own: what the specifications of names and relations look at."""

from __future__ import annotations

import hashlib

from kg.model import Reading, Source
from kg.pipeline import read_document


def read(text: str, *, home: str | None = None) -> Reading:
    """All that a text gives, as if it were a file."""
    return read_document(Source(hashlib.sha256(text.encode()).hexdigest(), "text.txt", text), home=home)


def names(reading: Reading) -> dict[str, str]:
    """Every name of every entity, as the text writes it or as its label, with the entity's class."""
    return {name: entity.classes[0] for entity in reading.entities for name in (entity.label, *entity.alt)}


def facts(reading: Reading) -> set[tuple[str, str, str]]:
    """The facts by label."""
    label = {entity.id: entity.label for entity in reading.entities}
    return {(label[fact.subject], fact.property, label[fact.object]) for fact in reading.facts}
