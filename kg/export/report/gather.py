"""What the report tells, put together from the graph and its accounts. No page can grow without bound: the rest is a figure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kg.account import HEADING, NAMED, SAID, SILENT
from kg.export.page.texts import one_line
from kg.export.report.joins import Called, apart, joined
from kg.export.report.unresolved import Unresolved, unresolved
from kg.resolve.why import PERSON

if TYPE_CHECKING:
    from kg.graph.knowledge import DocumentInfo, Graph, Skipped
    from kg.model import Account, Entity, Source

EXAMPLES = 6  # names that a reason is shown with
LONGEST_QUOTE = 600  # code points


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the page shows: documents; sentences of all of them together, but `fewest` of each that has so many; stretches of
    furniture of one document; names that were not resolved, and names that were kept apart."""

    documents: int = 500
    sentences: int = 4000
    fewest: int = 5
    stretches: int = 40
    names: int = 300


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Counts:
    """Sentences by what they gave."""

    said: int = 0
    named: int = 0
    nothing: int = 0

    @property
    def all(self) -> int:
        """How many there are, without headings."""
        return self.said + self.named + self.nothing

    @property
    def silent(self) -> int:
        """How many gave no fact and no figure."""
        return self.named + self.nothing

    @property
    def share(self) -> str:
        """What part of all that is: 45%."""
        return f"{self.silent / self.all:.0%}" if self.all else "–"


@dataclass(frozen=True, slots=True)
class Part:
    """The sentences of one section that gave nothing: its heading ("": none), and of each the words and whether it names something."""

    heading: str
    sentences: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """One document as the report shows it. `counts` is None where there is no account of it."""

    source: Source
    info: DocumentInfo
    home: str
    home_by: str
    body: str
    entities: int
    facts: int
    figures: int
    counts: Counts | None
    parts: tuple[Part, ...]
    more_sentences: int
    furniture: tuple[str, ...]
    more_furniture: int


@dataclass(frozen=True, slots=True)
class Told:
    """All that the page tells. `reasons`: why names are one entity's, how many names, some of them with their entity's label."""

    documents: tuple[Read, ...]
    more_documents: int
    characters: int
    entities: int
    facts: int
    figures: int
    counts: Counts
    unaccounted: int
    skipped: tuple[Skipped, ...]
    homeless: int
    unresolved: tuple[Unresolved, ...]
    more_unresolved: int
    notes: tuple[str, ...]
    joined: int
    people: int
    reasons: tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...]
    apart: tuple[tuple[str, tuple[Entity, ...], str], ...]
    apart_names: int


def gather(graph: Graph, limits: Limits = USUAL) -> Told:
    """What there is to tell of `graph`."""
    counts = {sha: _counts(account) for sha, account in graph.accounts.items()}
    doubtful, notes = unresolved(graph)
    groups = list(joined(graph))
    kept: dict[str, tuple[tuple[Entity, ...], str]] = {one.name: (one.group, one.why) for one in apart(graph)}
    return Told(
        documents=tuple(_documents(graph, counts, limits)),
        more_documents=max(0, len(graph.sources) - limits.documents),
        characters=sum(len(source.text) for source in graph.sources.values()),
        entities=len(graph.entities),
        facts=len(graph.facts),
        figures=len(graph.measures),
        counts=Counts(*(sum(getattr(one, name) for one in counts.values()) for name in ("said", "named", "nothing"))),
        unaccounted=len(graph.sources) - len(counts),
        skipped=graph.skipped,
        homeless=sum(info.home is None for info in graph.documents.values()),
        unresolved=tuple(doubtful[: limits.names]),
        more_unresolved=max(0, len(doubtful) - limits.names),
        notes=notes,
        joined=len(groups),
        people=sum(any(one.why == PERSON and len(one.documents) > 1 for one in names) for names in groups),
        reasons=_reasons(one for names in groups for one in names),
        apart=tuple((name, group, why) for name, (group, why) in islice(kept.items(), limits.names)),
        apart_names=len(kept),
    )


def _counts(account: Account) -> Counts:
    states = Counter(account.sentences[3::4])
    return Counts(states[SAID], states[NAMED], states[SILENT])


def _documents(graph: Graph, counts: dict[str, Counts], limits: Limits) -> Iterator[Read]:
    sources = list(islice(graph.sources.values(), limits.documents))
    entities = Counter(sha for entity in graph.entities for sha in {span.source for span in entity.mentions})
    facts = Counter(fact.evidence[0].source for fact in graph.facts)
    figures = Counter(measure.evidence[0].source for measure in graph.measures)
    labels = {entity.id: entity.label for entity in graph.entities}
    most = max(limits.fewest, limits.sentences // max(1, len(sources)))
    for source in sources:
        sha = source.sha256
        info, account = graph.documents[sha], graph.accounts.get(sha)
        stretches = _furniture(source, account) if account else []
        silent = counts[sha].silent if account else 0
        yield Read(
            source, info, _label(info.home, labels), account.home_by if account else "", _label(info.body, labels),
            entities[sha], facts[sha], figures[sha], counts.get(sha),
            tuple(_parts(source, account, most)) if account else (), max(0, silent - most),
            tuple(stretches[: limits.stretches]), max(0, len(stretches) - limits.stretches),
        )  # fmt: skip


def _label(entity_id: str | None, labels: dict[str, str]) -> str:
    """The label of an entity; of a home that no text names, its name."""
    return labels.get(entity_id, entity_id.rpartition("/")[2]) if entity_id else ""


def _parts(source: Source, account: Account, most: int) -> Iterator[Part]:
    """The sentences that gave nothing, at most `most`, by section in the order of the text."""
    found: defaultdict[int, list[tuple[str, bool]]] = defaultdict(list)
    rows = account.sentences
    silent = (at for at in range(0, len(rows), 4) if rows[at + 3] not in (SAID, HEADING))
    for at in islice(silent, most):
        found[rows[at + 2]].append((quoted(source.text[rows[at] : rows[at + 1]]), rows[at + 3] == NAMED))
    for section, sentences in found.items():
        heading = account.sections[2 * section : 2 * section + 2] if section >= 0 else ()
        yield Part(quoted(source.text[slice(*heading)]) if heading else "", tuple(sentences))


def _furniture(source: Source, account: Account) -> list[str]:
    """What was left out of the text, without what is only white space."""
    offsets = account.furniture
    stretches = (one_line(source.text[offsets[at] : offsets[at + 1]]) for at in range(0, len(offsets), 2))
    return [quoted(stretch) for stretch in stretches if stretch]


def _reasons(names: Iterable[Called]) -> tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...]:
    """Each reason with how many names it made one with their entity's label or one in several documents, and the first few of them."""
    counted: Counter[str] = Counter()
    examples: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in names:
        if one.name == one.entity.label and len(one.documents) < 2:
            continue
        counted[one.why] += 1
        if len(examples[one.why]) < EXAMPLES:
            examples[one.why].append((one.name, one.entity.label))
    return tuple((why, counted[why], tuple(examples[why])) for why in sorted(counted, key=lambda why: (-counted[why], why)))


def quoted(words: str) -> str:
    """Words of a source on one line, cut where they are very long."""
    line = one_line(words)
    return f"{line[:LONGEST_QUOTE]}……" if len(line) > LONGEST_QUOTE else line
