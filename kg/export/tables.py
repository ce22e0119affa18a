"""The graph as plain tables for people and data frames: what csv, xlsx and parquet write.

    figures    a panel: entity, indicator, period, value, unit, sentence, and how it was found
    facts      subject, relation, object, status, period, sentence …
    entities, mentions, sentences, documents     who is who, where each name and each sentence stands in the texts

Together they hold all that the graph says. Sentences are shown without the line breaks of the page they are from; the table
`sentences` has them exactly as they stand, with their place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from kg.export.cited import cited
from kg.export.network import period_text
from kg.export.page.texts import one_line
from kg.graph.iri import source_iri, span_iri
from kg.graph.rdf import measure_iri, namesakes, statement_iri
from kg.graph.seen import seen, years_of
from kg.model import Fact, Measure, Span

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

Cell = str | int | Decimal | bool | list[str] | None
Kind = Literal["text", "texts", "term", "terms", "whole", "number", "truth"]
"""Of a column: `term` is the local name of a term of the ontology, which has labels; `number` an int or Decimal."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in files, what people read above it (Chinese, English), and the kind of its cells."""

    name: str
    zh: str
    en: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name in files, what people read (Chinese, English), its columns, and its rows as tuples of cells."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    rows: Callable[[Graph], Iterator[tuple[Cell, ...]]]


def _figures(graph: Graph) -> Iterator[tuple[Cell, ...]]:
    names = _names(graph)
    for m in graph.measures:
        yield (
            names[m.about], m.indicator, _period(m), m.value, m.unit, _sentence(m, graph), m.key, m.as_written, m.bound, m.min, m.max,
            m.kind, *_found(m, graph), graph.iri(m.about), measure_iri(m, graph.base),
        )  # fmt: skip


def _facts(graph: Graph) -> Iterator[tuple[Cell, ...]]:
    names = _names(graph)
    for f in graph.facts:
        yield (
            names[f.subject], f.property, names[f.object], f.role, _period(f), _sentence(f, graph), *_found(f, graph),
            graph.iri(f.subject), graph.iri(f.object), statement_iri(f, graph.base),
        )  # fmt: skip


def _entities(graph: Graph) -> Iterator[tuple[Cell, ...]]:
    same_name, years = dict(namesakes(graph)), years_of(graph.documents)
    for e in graph.entities:
        first, over = same_name.get(e.id), seen(e, years)
        yield (
            e.label, list(e.classes), e.kind or None, list(e.alt), len(e.mentions), e.resolved, e.division_code, e.division_year,
            *(over or (None, None)), graph.iri(first) if first else None, graph.iri(e.id),
        )  # fmt: skip


def _mentions(graph: Graph) -> Iterator[tuple[Cell, ...]]:
    for e in graph.entities:
        for span in e.mentions:
            place = _place(span, graph)
            yield e.label, graph.quote(span), *place, graph.iri(e.id)


def _sentences(graph: Graph) -> Iterator[tuple[Cell, ...]]:
    for span in cited(graph):
        yield graph.quote(span), *_place(span, graph)


def _documents(graph: Graph) -> Iterator[tuple[Cell, ...]]:
    for sha, source in graph.sources.items():
        info = graph.documents[sha]
        entities = (info.report, info.publisher_entity, info.speaker_entity)
        yield (
            info.title, info.dated(), info.publisher, info.speaker, info.number, source.name, source.media_type, sha,
            *(graph.iri(entity) if entity else None for entity in entities), source_iri(sha, graph.base),
        )  # fmt: skip


def _names(graph: Graph) -> dict[str, str]:
    return {entity.id: entity.label for entity in graph.entities}


def _period(finding: Fact | Measure) -> str | None:
    return period_text(finding.period) or None


def _sentence(finding: Fact | Measure, graph: Graph) -> str:
    return "\n".join(dict.fromkeys(one_line(graph.quote(span)) for span in finding.evidence))


def _found(finding: Fact | Measure, graph: Graph) -> tuple[Cell, ...]:
    sha = finding.evidence[0].source
    return (
        finding.status, finding.basis, finding.rule, graph.documents[sha].title or graph.sources[sha].name,
        [span_iri(span, graph.base) for span in finding.evidence],
        span_iri(finding.context, graph.base) if finding.context else None, source_iri(sha, graph.base),
    )  # fmt: skip


def _place(span: Span, graph: Graph) -> tuple[Cell, ...]:
    document = graph.documents[span.source].title or graph.sources[span.source].name
    return document, span.start, span.end, span_iri(span, graph.base), source_iri(span.source, graph.base)


_IRI = Column("iri", "标识", "IRI")
_PERIOD, _SENTENCE = Column("period", "时间", "period"), Column("sentence", "原句", "sentence")
_FOUND = (
    Column("status", "状态", "status", "term"), Column("basis", "依据", "basis", "term"), Column("rule", "规则", "rule"),
    Column("document", "文本", "document"), Column("evidence", "原句位置", "evidence", "texts"), Column("context", "上文位置", "context"),
    Column("source", "来源标识", "source IRI"),
)  # fmt: skip
_PLACE = (
    Column("document", "文本", "document"), Column("start", "起", "start", "whole"), Column("end", "止", "end", "whole"),
    Column("span", "位置标识", "span IRI"), Column("source", "来源标识", "source IRI"),
)  # fmt: skip

FIGURES = Table("figures", "数据", "figures", (
    Column("entity", "实体", "entity"), Column("indicator", "指标", "indicator"), _PERIOD,
    Column("value", "数值", "value", "number"), Column("unit", "单位", "unit"), _SENTENCE,
    Column("indicator_key", "指标键", "indicator key"), Column("as_written", "原文写法", "as written"), Column("bound", "约数", "bound", "term"),
    Column("min", "下限", "min", "number"), Column("max", "上限", "max", "number"), Column("kind", "种类", "kind", "term"),
    *_FOUND, Column("entity_iri", "实体标识", "entity IRI"), _IRI,
), _figures)  # fmt: skip
FACTS = Table("facts", "关系", "facts", (
    Column("subject", "主体", "subject"), Column("relation", "关系", "relation", "term"), Column("object", "客体", "object"),
    Column("role", "职务", "role"), _PERIOD, _SENTENCE, *_FOUND,
    Column("subject_iri", "主体标识", "subject IRI"), Column("object_iri", "客体标识", "object IRI"), _IRI,
), _facts)  # fmt: skip
ENTITIES = Table("entities", "实体", "entities", (
    Column("name", "名称", "name"), Column("classes", "类", "classes", "terms"), Column("finer_class", "细类", "finer class", "term"),
    Column("other_names", "别称", "other names", "texts"), Column("mentions", "提及次数", "mentions", "whole"),
    Column("resolved", "已确定所指", "resolved", "truth"), Column("division_code", "区划代码", "division code"),
    Column("division_year", "代码年份", "code of year"), Column("first_seen", "最早见于", "first seen"),
    Column("last_seen", "最近见于", "last seen"), Column("namesake_iri", "同名者标识", "namesake IRI"), _IRI,
), _entities)  # fmt: skip
MENTIONS = Table("mentions", "提及", "mentions", (
    Column("name", "名称", "name"), Column("as_written", "原文写法", "as written"), *_PLACE,
    Column("entity_iri", "实体标识", "entity IRI"),
), _mentions)  # fmt: skip
SENTENCES = Table("sentences", "原句", "sentences", (Column("quote", "原文", "as it stands"), *_PLACE), _sentences)
DOCUMENTS = Table("documents", "文本", "documents", (
    Column("title", "标题", "title"), Column("issued", "日期", "date"), Column("publisher", "发布者", "publisher"),
    Column("speaker", "报告人", "speaker"), Column("number", "发文字号", "document number"), Column("file", "文件", "file"), Column("format", "格式", "format"),
    Column("sha256", "SHA-256", "SHA-256"), Column("report_iri", "所载文件标识", "report IRI"),
    Column("publisher_iri", "发布者标识", "publisher IRI"), Column("speaker_iri", "报告人标识", "speaker IRI"), _IRI,
), _documents)  # fmt: skip
TABLES = (FIGURES, FACTS, ENTITIES, MENTIONS, SENTENCES, DOCUMENTS)
