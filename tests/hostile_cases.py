"""A graph whose every word tries to break out of the format that it is written in."""

from __future__ import annotations

from decimal import Decimal

import graph_cases as cases

from kg.graph.knowledge import Graph
from kg.graph.merge import merge
from kg.model import Entity, Fact, Measure, Period, Reading, Source, Span

NAMES = (
    "'单引\"双引`反引", "=HYPERLINK(\"http://x/?\"&A1,\"看\")", "+1+1", "-2-2", "@SUM(1)", "＝1+1", "'=1", "</名><script>alert(1)</script>",
    "]]>&amp;<![CDATA[", "行\r\n一", "行\n二", "行\r三", "制\t表", "页\x0c一", "钟\x07声", "隔\x1f开", "删\x7f除", "\u202e倒序", "\u2028段",
    "零\u200b宽", "标\ufeff记", "非\ufffe字", "😀面", "反\\斜\\\\", "\\u0041字", "$参{数}{{", "甲 | 乙", "甲|乙\\|", "_x000D_码", "' OR 1=1 // 查",
    "`}) DETACH DELETE n // 删", "\"\"\"@zh . <x> <y> <z> .", "分;号,逗", "#N/A", "1.5", "TRUE", "NULL 空", "?查=1&b", "%41%2F", "{\"@id\": \"x\"}",
)  # fmt: skip
NUL = "空\x00字"


def hostile(*more: str) -> Graph:
    """A graph of entities that are called so (and by `more`), with a fact between each and the next, and a figure about each."""
    names = (*NAMES, *more)
    text = "".join(f"起{name}终。" for name in names) + cases.TEXT
    source = cases.source(text, "文件';--\".txt")
    sha = source.sha256
    spans = [_span(source, f"起{name}终。") for name in names]
    entities, facts, measures = [], [], []
    for number, (name, around) in enumerate(zip(names, spans, strict=True)):
        mention = Span(sha, around.start + 1, around.end - 2)
        entity = f"thing/地/{name}-{number}"
        entities.append(Entity(entity, ("Platform",), name, (f"{name}的别名",), (mention,), division_code=name))
        after = f"thing/地/{names[number + 1]}-{number + 1}" if number + 1 < len(names) else entities[0].id
        status = "planned" if number % 2 else "done"
        facts.append(
            Fact(entity, "partOf", after, status, "stated", name, (around,), Period("2022-01", "2022-06"), mention, name)
        )
        measures.append(
            Measure(entity, name, Decimal("5.53"), name, name, (around,), name, min=-1, max=2**40, period=Period.of("2022-03-01"))
        )
    document = cases.document(source, title=(1, 4), speaker=names[0], publisher=names[7], issued="2023-03-06")
    return merge([Reading(document, tuple(entities), tuple(facts), tuple(measures))])


def _span(source: Source, words: str) -> Span:
    start = source.text.index(words)
    return Span(source.sha256, start, start + len(words))
