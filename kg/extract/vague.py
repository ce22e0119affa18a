"""Words that make no name of what they stand before (相关平台, 新型工作站)."""

from __future__ import annotations

from kg.lexicon import cache, lexicon


@cache
def vague() -> frozenset[str]:
    """Words before a head that make no name of it."""
    return frozenset(lexicon().words("words", "vague"))
