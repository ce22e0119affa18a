"""Graphs to load one after the other."""

from __future__ import annotations

from dataclasses import replace

import graph_cases as cases

from kg.graph.knowledge import Graph
from kg.graph.merge import merge

OTHER = "湖州市政协主席 李上葵\r\n2021年，市政协打造“民生议事堂”。安吉县政协在余村。新华社报道了民生议事堂。"


def before() -> Graph:
    """Two documents."""
    other = cases.source(OTHER, "旧.txt")
    small = cases.reading()
    facts = tuple(
        replace(fact, evidence=(cases.sentence(other, words),), context=None)
        for fact, words in zip(small.facts, ("打造", "报道", "打造", "在余村", "打造"), strict=True)
        if fact.property in ("runs", "inDistrict", "reportedBy")
    )
    known = {end for fact in facts for end in (fact.subject, fact.object)} | {cases.CHAIR}
    entities = tuple(
        replace(entity, mentions=cases.spans(other, entity.label, *entity.alt)) for entity in small.entities if entity.id in known
    )
    reading = replace(small, document=cases.document(other), entities=entities, facts=facts, measures=(), body=None, home=None)
    return merge([small, reading])


def after() -> Graph:
    """One of the two, in which a platform has become a meeting, an organization lost its code, and a figure went."""
    small = cases.reading()
    entities = tuple(
        replace(entity, classes=("Meeting",)) if entity.id == cases.HALL
        else replace(entity, division_code=None, division_year=None) if entity.id == cases.CITY
        else entity
        for entity in small.entities
    )  # fmt: skip
    return merge([replace(small, entities=entities, measures=())])
