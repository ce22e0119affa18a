"""Whether what a graph says is backed by what its sources say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping

from kg.evaluate.built import Built, Node, Quote, Statement
from kg.model import DONE

_CLOSING = re.compile("[。！？]")
_SENTENCE = 3  # closing marks in one sentence: its own, and a quoted one or two


def evidence(built: Built) -> dict[str, int]:
    """Counts of what is backed: statements by a sentence that names their ends, plain triples by a done statement, and so on."""
    named = _Named(built)
    counts = Counter(statements=0, statements_backed=0, quote_names_an_end=0, quote_names_both=0, with_status=0)
    done = set()
    for statement in built.statements:
        ends = [named.ends(statement, quote) for quote in statement.evidence if len(_CLOSING.findall(quote.text)) <= _SENTENCE]
        counts.update(
            statements=1,
            statements_backed=bool(ends),
            quote_names_an_end=any(map(any, ends)),
            quote_names_both=any(map(all, ends)),
            with_status=bool(statement.status),
        )
        if statement.status == DONE:
            done.add(statement.fact)
    return {
        **counts,
        "plain_triples": len(built.facts),
        "plain_triples_done": sum(fact in done for fact in built.facts),
        "measures": len(built.measures),
        "measures_backed": sum(bool(measure.evidence) for measure in built.measures),
        "entities": len(built.entities),
        "entities_mentioned": sum(bool(entity.mentions) for entity in built.entities.values()),
        "quotes": built.quotes,
        "quotes_wrong": built.wrong,
    }


def whole(counts: Mapping[str, int]) -> bool:
    """Whether nothing in the counts of `evidence` falls short."""
    full = counts["statements"]
    return (
        counts["quotes_wrong"] == 0
        and all(counts[name] == full for name in ("statements_backed", "quote_names_an_end", "with_status"))
        and counts["plain_triples"] == counts["plain_triples_done"]
        and counts["measures"] == counts["measures_backed"]
        and counts["entities"] == counts["entities_mentioned"]
    )


class _Named:
    """Where each entity is mentioned, to be asked whether a quote names it."""

    def __init__(self, built: Built) -> None:
        self._mentions: dict[tuple[Node, str], list[tuple[int, int]]] = defaultdict(list)
        for entity in built.entities.values():
            for mention in entity.mentions:  # sorted by source and place
                self._mentions[entity.node, mention.source].append((mention.start, mention.end))

    def ends(self, statement: Statement, quote: Quote) -> list[bool]:
        """Whether the quote names the subject, and the object."""
        subject, _, target = statement.fact
        return [self._names(quote, subject), self._names(quote, target)]

    def _names(self, quote: Quote, node: Node | None) -> bool:
        if node is None:
            return False
        mentions = self._mentions.get((node, quote.source), [])
        for start, end in mentions[bisect_left(mentions, (quote.start, 0)) :]:
            if start >= quote.end:
                return False
            if end <= quote.end:
                return True
        return False
