"""Step *model*, off unless a server is named: what a language model proposes for a document, as far as the text itself bears it out.

    Reading ─pieces→ passages ─prompt→ messages ─ModelServer→ answer ─proposals→ entities, facts ─register→ Reading

A model's answer is no more than a proposal. It can name entities by words that stand in the passage and facts by sentences that do;
everything else in it is refused. What the rules found stays as they found it.
"""

from __future__ import annotations

from kg.llm.consult import consult
from kg.llm.server import ModelServer

__all__ = ["ModelServer", "consult"]
