"""What the page knows of a graph, as columns of plain values: small in the file, quick to parse.

Entities, quotes, sources, classes, properties … are spoken of by their number in their own list. `data.js` reads it, and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.export.page.cite import citation
from kg.export.page.network import OPTIONS, drawn
from kg.export.page.pinyin import readings as pinyin_of
from kg.export.page.quotes import Quotes, Units
from kg.export.page.texts import BUDGET, Reading, readings
from kg.graph.iri import entity_iri
from kg.graph.rdf import measure_iri, statement_iri
from kg.graph.seen import seen, years_of
from kg.graph.values import number_text, time_text
from kg.model import CLASSES, PLANNED, PROPERTIES, Entity, Fact, Measure, Period

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

JSON = dict[str, Any]
BASES = ("stated", "carried", "inName", "table", "user", "model")


class Words:
    """Strings by number, each kept once; number 0 is nothing."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}

    def __call__(self, word: str | None) -> int:
        return self._numbers.setdefault(word or "", len(self._numbers))

    def list(self) -> list[str]:
        """All words in the order of their numbers."""
        return list(self._numbers)


def page_data(graph: Graph, *, budget: int = BUDGET) -> JSON:
    """The columns for the page of `graph`. `budget`: bytes of text above which it holds only what facts quote."""
    texts = readings(graph, budget)
    numbers = {entity.id: number for number, entity in enumerate(graph.entities)}
    quotes, words = Quotes(graph, texts), Words()
    properties = [*PROPERTIES, *(term.iri for term in graph.terms if term.sort == "property")]
    facts = _facts(graph, properties, numbers, quotes, words)
    figures = _figures(graph, numbers, quotes, words)
    picture = drawn(graph)
    discs = picture.arrangement.communities
    return {
        "base": graph.base,
        "classes": list(CLASSES),
        "properties": properties,
        "bases": list(BASES),
        "entities": _entities(graph, words),
        "places": {
            "x": [node["x"] for node in picture.nodes],
            "y": [node["y"] for node in picture.nodes],
            "size": [node["size"] for node in picture.nodes],
            "discs": [[disc.hub, disc.x, disc.y, disc.radius, *disc.members] for disc in discs],
        },
        "options": OPTIONS,
        "facts": facts,
        "figures": figures,
        "quotes": quotes.column(),
        "sources": _sources(graph, texts, numbers),
        "whole": all(text.whole for text in texts.values()),
        "budget": budget,
        "words": words.list(),
        "pinyin": pinyin_of(name for entity in graph.entities for name in (entity.label, *entity.alt)),
        "bodies": _bodies(graph, numbers),
    }


def _entities(graph: Graph, words: Words) -> JSON:
    entities = graph.entities
    shas = {sha: number for number, sha in enumerate(graph.sources)}
    years = years_of(graph.documents)
    return {
        "id": [entity.id for entity in entities],
        "iri": {number: iri for number, e in enumerate(entities) if (iri := entity_iri(e.id, "")) != e.id},
        "name": [entity.label for entity in entities],
        "alt": {number: list(entity.alt) for number, entity in enumerate(entities) if entity.alt},
        "sort": [CLASSES.index(entity.classes[0]) for entity in entities],
        "also": {n: [CLASSES.index(name) for name in e.classes[1:]] for n, e in enumerate(entities) if e.classes[1:]},
        "kind": {number: words(entity.kind) for number, entity in enumerate(entities) if entity.kind},
        "code": {
            n: [e.division_code, time_text(e.division_year) if e.division_year else ""]
            for n, e in enumerate(entities)
            if e.division_code
        },
        "seen": {n: over for n, e in enumerate(entities) if (over := seen(e, years))},
        "unresolved": [number for number, entity in enumerate(entities) if not entity.resolved],
        "mentions": [_mentions(entity, shas) for entity in entities],
    }


def _mentions(entity: Entity, shas: Mapping[str, int]) -> list[int]:
    """Source, number of mentions in it, source, number …"""
    counts = Counter(shas[span.source] for span in entity.mentions)
    return [value for pair in sorted(counts.items()) for value in pair]


def _facts(graph: Graph, properties: list[str], numbers: Mapping[str, int], quotes: Quotes, words: Words) -> JSON:
    facts = graph.facts
    return {
        "s": [numbers[fact.subject] for fact in facts],
        "p": [properties.index(fact.property) for fact in facts],
        "o": [numbers[fact.object] for fact in facts],
        "role": {number: fact.role for number, fact in enumerate(facts) if fact.role},
        "key": _keys(statement_iri(fact, "") for fact in facts),
        **_found(facts, quotes, words),
    }


def _figures(graph: Graph, numbers: Mapping[str, int], quotes: Quotes, words: Words) -> JSON:
    measures = graph.measures
    return {
        "about": [numbers[measure.about] for measure in measures],
        "indicator": [words(measure.indicator) for measure in measures],
        "indicatorKey": [words(measure.key) for measure in measures],
        "written": [measure.as_written for measure in measures],
        "value": [number_text(measure.value) for measure in measures],
        "unit": [words(measure.unit) for measure in measures],
        "bound": [words(measure.bound) for measure in measures],
        "kind": [words(measure.kind) for measure in measures],
        "range": {
            n: ["" if limit is None else number_text(limit) for limit in (m.min, m.max)]
            for n, m in enumerate(measures)
            if m.min is not None or m.max is not None
        },
        "key": _keys(measure_iri(measure, "") for measure in measures),
        **_found(measures, quotes, words),
    }


def _found(findings: Iterable[Fact] | Iterable[Measure], quotes: Quotes, words: Words) -> JSON:
    """What facts and figures have in common, as columns."""
    table: dict[str, list[Any]] = {name: [] for name in ("planned", "basis", "period", "rule", "quotes", "context")}
    for finding in findings:
        said = [quotes.number(span) for span in finding.evidence]
        row = (
            int(finding.status == PLANNED), BASES.index(finding.basis), words(period(finding.period)), words(finding.rule),
            said[0] if len(said) == 1 else said, -1 if finding.context is None else quotes.number(finding.context),
        )  # fmt: skip
        for name, value in zip(table, row, strict=True):
            table[name].append(value)
    return table


def _keys(iris: Iterable[str]) -> str:
    """The hashes that statements and measures are named by, 16 hex figures each, one behind the other."""
    return "".join(iri.rpartition("/")[2] for iri in iris)


def period(value: Period | None) -> str:
    """A period with the parts that a calendar has: 2022, 2022-03/2022-05; nothing for none."""
    if value is None:
        return ""
    start, end = time_text(value.start), time_text(value.end)
    return start if value.start == value.end else f"{start}/{end}"


def _sources(graph: Graph, texts: Mapping[str, Reading], numbers: Mapping[str, int]) -> list[JSON]:
    """Each source: what is known about it, its text, and where the text names which entity (outer names before inner ones)."""
    marks: dict[str, list[tuple[int, int, int]]] = {sha: [] for sha in graph.sources}
    for entity in graph.entities:
        for span in entity.mentions:
            start, end = texts[span.source].at(span)
            if start < end and texts[span.source].offsets[start] == span.start:  # else it is not in what is quoted
                marks[span.source].append((start, -end, numbers[entity.id]))
    return [_source(sha, graph, texts[sha], sorted(marks[sha]), numbers) for sha in graph.sources]


def _source(sha: str, graph: Graph, text: Reading, marks: list[tuple[int, int, int]], numbers: Mapping[str, int]) -> JSON:
    source, info = graph.sources[sha], graph.documents[sha]
    units = Units(text.text)
    body = graph.entities[numbers[info.body]].label if info.body in numbers and info.body else ""
    issued = info.dated()
    return {
        "sha": sha,
        "file": source.name,
        "type": source.media_type,
        "title": info.title or source.name,
        "known": info.title or "",
        "date": info.date or info.issued or "",
        "number": info.number or "",
        "issued": time_text(issued) if issued else "",
        "cite": citation(source, info, body),
        "text": text.text,
        "paragraphs": [[units(start), units(end), kind] for start, end, kind in text.paragraphs],
        "leads": [units(place) for lead in text.leads for place in lead],
        "mentions": [value for start, end, entity in marks for value in (units(start), units(-end), entity)],
    }


def _bodies(graph: Graph, numbers: Mapping[str, int]) -> list[int]:
    """The bodies that the documents are of, the one of most documents first."""
    counts = Counter(numbers[info.body] for info in graph.documents.values() if info.body in numbers and info.body)
    return sorted(counts, key=lambda number: (-counts[number], number))
