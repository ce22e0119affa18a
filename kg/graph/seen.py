"""Over which years the documents name a thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.model import Entity

if TYPE_CHECKING:
    from kg.graph.knowledge import DocumentInfo


def years_of(documents: Mapping[str, DocumentInfo]) -> dict[str, str]:
    """SHA-256 → the year of the document ("2023"), of those that have a date."""
    return {sha: date[:4] for sha, about in documents.items() if (date := about.dated())}


def seen(entity: Entity, years: Mapping[str, str]) -> tuple[str, ...]:
    """The first and the last year of the documents that name the entity; () where none of them has a date."""
    if not entity.mentions:
        return entity.seen
    found = {years[sha] for sha in {span.source for span in entity.mentions} if sha in years}
    return (min(found), max(found)) if found else ()
