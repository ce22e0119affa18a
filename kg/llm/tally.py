"""What came of asking a model: counts for the person who asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Tally:
    """Passages: asked of the server, answered from kept answers, without an answer. What was taken over, and what was refused why."""

    asked: int = 0
    kept: int = 0
    failed: int = 0
    entities: int = 0
    facts: int = 0
    refused: Counter[str] = field(default_factory=Counter)  # by the names of kg.llm.register and kg.llm.facts

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        counts = {name: getattr(self, name) for name in ("asked", "kept", "failed", "entities", "facts")}
        return {**counts, "refused": {name: self.refused[name] for name in sorted(self.refused)}}
