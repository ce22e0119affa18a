"""What came of asking a model: counts for the person who asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Tally:
    """Questions and passages, what was taken over, and what was refused."""

    asked: int = 0  # questions that the server gave a usable answer to
    kept: int = 0  # those that a kept answer was found for
    failed: int = 0  # passages without a usable answer
    entities: int = 0
    facts: int = 0
    refused: Counter[str] = field(
        default_factory=Counter
    )  # by why: the words that kg.llm.register, facts, proposals and consult have for it

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        counts = {name: getattr(self, name) for name in ("asked", "kept", "failed", "entities", "facts")}
        return {**counts, "refused": {name: self.refused[name] for name in sorted(self.refused)}}
