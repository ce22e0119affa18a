"""What could not be resolved: the names, what it may be due to, and the sentences that have them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.export.page.texts import one_line
from kg.model import Span

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph
    from kg.model import Account, Entity

HOME, PLACE, BODY, UNPLACED = "home", "place", "body", "unplaced"
"""What it may be due to: see because-… in words.toml."""
QUOTES = 3
BEFORE, BEHIND = 120, 200  # code points of the sentence that are shown on either side of the name


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that was not resolved: the class of its entity ("": it is none), how often it is there, and some sentences.

    Of each: the document's name, the words before the name, the name, and the words behind it.
    """

    name: str
    sort: str
    because: str
    mentions: int
    quotes: tuple[tuple[str, str, str, str], ...]


def unresolved(graph: Graph) -> tuple[list[Unresolved], tuple[str, ...]]:
    """Those names, the most frequent first, and the graph's notes that are about none of them."""
    found = [
        _told(graph, entity.label, entity.classes[0], _due_to(entity), list(entity.mentions))
        for entity in graph.entities
        if not entity.resolved
    ]
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for sha, account in graph.accounts.items():
        for at in range(0, len(account.unplaced), 2):
            span = Span(sha, account.unplaced[at], account.unplaced[at + 1])
            spans["".join(graph.quote(span).split())].append(span)
    found += [_told(graph, name, "", UNPLACED, there) for name, there in spans.items()]
    names = {one.name for one in found} | {name for entity in graph.entities if not entity.resolved for name in entity.alt}
    notes = tuple(note for note in graph.notes if note not in names and "".join(note.split()) not in names)
    return sorted(found, key=lambda one: (-one.mentions, one.name, one.sort)), notes


def _due_to(entity: Entity) -> str:
    if entity.classes[0] != "District":
        return BODY
    return HOME if entity.id.startswith("place/?/") else PLACE


def _told(graph: Graph, name: str, sort: str, because: str, spans: list[Span]) -> Unresolved:
    quotes = tuple(_quote(graph, span) for span in spans[:QUOTES])
    return Unresolved(name, sort, because, len(spans), quotes)


def _quote(graph: Graph, span: Span) -> tuple[str, str, str, str]:
    source = graph.sources[span.source]
    start, end = _sentence(graph.accounts.get(span.source), span)
    before, behind = one_line(source.text[start : span.start]), one_line(source.text[span.end : end])
    return (
        source.name,
        f"……{before[-BEFORE:]}" if len(before) > BEFORE else before,
        one_line(graph.quote(span)),
        f"{behind[:BEHIND]}……" if len(behind) > BEHIND else behind,
    )


def _sentence(account: Account | None, span: Span) -> tuple[int, int]:
    """Where the sentence that a mention stands in begins and ends; the mention alone where that is not known."""
    if account is None:
        return span.start, span.end
    starts = account.sentences[::4]
    at = 4 * (bisect_right(starts, span.start) - 1)
    if at < 0 or account.sentences[at + 1] < span.end:
        return span.start, span.end
    return account.sentences[at], account.sentences[at + 1]
