"""The label of an entity: the canonical name the grammar gives, else the fullest form the text uses."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from kg.model import Entity, Mention
from kg.names import unquoted

CANONICAL = (
    "-core",
    "-full",
    "sub-body",
    "district",
    "body-table",
    "department",
    "outlet",
    "-table",
    "mass",
    "title-of-text",
    "report-named",
)
LONGEST_LABEL = 40  # code points; what is longer is a sentence rather than a name


def fullest(found: list[tuple[Entity, Mention]]) -> str:
    """The label of the entity that `found` (its candidates with their mentions) are all of."""
    if len(found) == 1:
        entity, mention = found[0]
        return entity.label if _is_canonical(mention.rule) else _clean(entity.label)
    canonical = sorted({entity.label for entity, mention in found if _is_canonical(mention.rule)})
    if canonical:
        return max(canonical, key=lambda name: (len(name), name))
    counted = Counter(_clean(entity.label) for entity, _ in found)
    short = [name for name in sorted(counted) if len(name) <= LONGEST_LABEL] or sorted(counted)
    # the fullest form, of those that the text uses more than once where it does (“…”新模式 rather than “…”线上平台)
    often = [name for name in short if counted[name] > 1] or short
    return max(often, key=lambda name: (len(name), name))


@lru_cache(maxsize=1000)
def _is_canonical(rule: str) -> bool:
    return any(mark in rule for mark in CANONICAL)


def _clean(name: str) -> str:
    return unquoted(name)
