"""The medium that the page furniture names as where the text is from (来源：四川日报): an entity, though the view has no mention of it."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.titles import is_outlet
from kg.model import Document, Entity, Span
from kg.names import plain


def published_by(document: Document, entities: Mapping[str, Entity]) -> Entity | None:
    """The entity of the publisher with its mention in the furniture; None where it is no medium or is named in the text anyway."""
    name = document.publisher
    if not name or not is_outlet(name):
        return None
    if any(plain(name) in {plain(other) for other in (entity.label, *entity.alt)} for entity in entities.values()):
        return None
    for start, end in document.furniture:
        at = document.source.text.find(name, start, end)
        if at >= 0:
            span = Span(document.source.sha256, at, at + len(name))
            return Entity(f"org/{plain(name)}", ("Organization",), name, mentions=(span,), kind="MediaOutlet")
    return None
