"""Whatever rows are written, sensible or not, the edited graph keeps the graph contract and is opened as it was published."""

from __future__ import annotations

import random

import edit_cases as edits
import pytest

import kg
from kg.edits.apply import edit
from kg.edits.rows import parse_edits
from kg.graph.knowledge import Graph
from kg.graph.validate import validate
from kg.model import CLASSES, PROPERTIES


def rows(graph: Graph, choose: random.Random) -> list[dict[str, str]]:
    """Rows of every kind about what is in the graph, in any order; many of them make no sense."""
    entities, facts, figures = graph.entities, graph.facts, graph.measures

    def entity() -> str:
        return choose.choice(entities).id

    made = [{"action": "join", "subject": entity(), "object": entity()} for _ in range(8)]
    made += [{"action": "retype", "subject": entity(), "to": choose.choice(CLASSES)} for _ in range(8)]
    made += [{"action": "rename", "subject": entity(), "to": choose.choice(entities).label} for _ in range(4)]
    made += [{"action": "reject", "subject": entity()} for _ in range(4)]
    for _ in range(8):
        one = choose.choice(entities)
        mention = choose.choice(one.mentions)
        made.append({"action": "part", "subject": one.id, "source": mention.source, "to": choose.choice([entity(), "新的", ""])})
        made.append(
            {"action": "part", "subject": one.id, "object": graph.quote(mention), "to": choose.choice([entity(), "另一个"])}
        )
    for _ in range(20):
        fact, figure = choose.choice(facts), choose.choice(figures)
        said = {"subject": fact.subject, "property": fact.property, "object": fact.object}
        quote, sha = graph.quote(fact.evidence[0])[:40], fact.evidence[0].source
        to = {
            "subject": entity(),
            "object": entity(),
            "property": choose.choice(PROPERTIES),
            "status": "planned",
            "period": "2020",
        }
        field = choose.choice(sorted(to))
        made.append({"action": "mend", **said, "status": fact.status, "field": field, "to": to[field]})
        made.append({"action": "add", **said, "property": choose.choice(PROPERTIES), "quote": quote, "source": sha})
        to = {"subject": entity(), "value": "7", "unit": "个", "period": "2019", "indicator": "数"}
        field = choose.choice(sorted(to))
        about = {"subject": figure.about, "indicator": figure.indicator, "value": str(figure.value)}
        made.append({"action": "mend", **about, "field": field, "to": to[field]})
        made.append({"action": "part", "subject": fact.subject, "source": sha, "quote": quote, "to": "又一个"})
    choose.shuffle(made)
    return made


@pytest.mark.parametrize("number", range(2))
def test_no_rows_break_the_contract(number, two_graph, tmp_path):
    before = kg.open(two_graph)
    graph = edit(before, parse_edits(edits.table(*rows(before, random.Random(number)))))
    assert graph.edited and 20 < graph.edited.obeyed < 132, "some fit and some do not"
    report = validate(graph.to_rdflib())
    assert report.conforms, report.violations[:3]
    kg.publish(graph, tmp_path / "out", html=False)
    opened = kg.open(tmp_path / "out")
    for part in ("entities", "facts", "measures", "documents", "edited"):
        assert getattr(opened, part) == getattr(graph, part), part
    ids = {entity.id for entity in graph.entities}
    assert {old for entity in graph.entities for old in entity.replaces}.isdisjoint(ids)
