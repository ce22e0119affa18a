"""Merging many readings: one entity for one thing, one statement for one fact, and no difference what came first."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import graph_cases as cases
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.fold_entity import apart
from kg.graph.merge import merge
from kg.model import Entity, Period, Span

OTHER_TEXT = cases.TEXT + "又：湖州市政协在省城。"
FIRST, SECOND = cases.source(), cases.source(OTHER_TEXT, "另一篇.txt")


def with_entity(entity_id: str, **more: object):
    """The hand-made reading of the second text with one entity changed."""
    reading = cases.reading(SECOND)
    entities = tuple(replace(e, **more) if e.id == entity_id else e for e in reading.entities)
    return replace(reading, entities=entities)


def test_two_texts_about_one_city_make_one_entity_with_the_names_and_places_of_both():
    graph = merge([cases.reading(FIRST), with_entity(cases.CPPCC, alt=("市政协", "我市政协"))])
    found = graph.entity(cases.CPPCC)
    assert found.label == "政协湖州市委员会"
    assert found.alt == ("市政协", "我市政协", "湖州市政协")
    assert {span.source for span in found.mentions} == {FIRST.sha256, SECOND.sha256}
    assert len(graph.entities) == len(cases.reading().entities)


def test_the_order_of_the_texts_makes_no_difference():
    readings = [
        cases.reading(FIRST),
        with_entity(cases.MEETING, classes=("Platform",), label="推进会"),
        cases.reading(cases.source("前言。" + cases.TEXT, "三.txt")),
    ]
    want = merge(readings).to_turtle()
    for order in ((0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)):
        assert merge(readings[place] for place in order).to_turtle() == want


def test_reading_a_text_twice_changes_nothing():
    once, twice = merge([cases.reading()]), merge([cases.reading(), cases.reading()])
    assert once.to_turtle() == twice.to_turtle()


def test_of_two_files_with_the_same_bytes_the_name_that_sorts_first_stands_for_both():
    copy = cases.reading(cases.source(name="a 副本.txt"))
    assert merge([cases.reading(), copy]).to_turtle() == merge([copy, cases.reading()]).to_turtle()
    assert [s.name for s in merge([cases.reading(), copy]).sources.values()] == ["a 副本.txt"]


def test_classes_are_voted_for_by_mentions_and_are_two_at_most():
    graph = merge([cases.reading(FIRST), with_entity(cases.HALL, classes=("Meeting",))])
    assert graph.entity(cases.HALL).classes == ("Platform", "Meeting")
    third = replace(cases.reading(cases.source(cases.TEXT * 8, "八.txt")))
    graph = merge([cases.reading(FIRST), with_entity(cases.HALL, classes=("Meeting",)), third])
    assert graph.entity(cases.HALL).classes == ("Platform",), "a class that few mentions speak for is dropped"


def test_a_finer_class_goes_with_the_class_it_refines():
    lone = with_entity(cases.NEWS, classes=("Platform",), kind="")
    eight = cases.reading(cases.source(cases.TEXT * 8))
    of = {cases.NEWS: ("Platform",)}
    heavy = replace(eight, entities=tuple(replace(e, classes=of.get(e.id, e.classes), kind="") for e in eight.entities))
    graph = merge([cases.reading(FIRST), lone, heavy])
    assert graph.entity(cases.NEWS).classes == ("Platform",)
    assert graph.entity(cases.NEWS).kind == ""


def test_the_fullest_label_of_a_reading_that_resolved_it_wins():
    graph = merge([cases.reading(FIRST), with_entity(cases.HALL, label="民生议事堂（建议名称很长）", resolved=False)])
    assert graph.entity(cases.HALL).label == "民生议事堂"
    assert graph.entity(cases.HALL).alt == ("民生议事堂（建议名称很长）",)
    assert graph.entity(cases.HALL).resolved
    graph = merge([cases.reading(FIRST), with_entity(cases.HALL, label="湖州市民生议事堂")])
    assert graph.entity(cases.HALL).label == "湖州市民生议事堂"


def test_ids_that_differ_in_width_alone_are_one():
    graph = merge([cases.reading(FIRST), with_entity(cases.HALL, id="thing/湖州市/民生议事堂")])
    assert [e.id for e in graph.entities].count(cases.HALL) == 1


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda at: (at[0], at[0] + at[1])), max_size=20))
def test_mentions_of_one_entity_never_overlap_and_every_place_named_is_kept_or_overlapped(places):
    kept = apart(set(places))
    assert kept == sorted(kept)
    assert all(one[1] <= two[0] for one, two in pairwise(kept))
    assert set(kept) <= set(places)
    assert apart(reversed(places)) == kept
    alone = [p for p in set(places) if not any(p != q and p[0] < q[1] and q[0] < p[1] for q in places)]
    assert set(alone) <= set(kept)


def test_the_longer_of_two_overlapping_mentions_is_kept():
    assert apart([(0, 3), (0, 8), (10, 12), (11, 15)]) == [(0, 8), (11, 15)]


def test_one_fact_found_by_two_rules_is_one_statement_on_the_stronger_ground_with_all_evidence():
    reading = cases.reading()
    fact = next(f for f in reading.facts if f.property == "runs")
    other = replace(fact, basis="carried", rule="a-rule", evidence=(cases.sentence(FIRST, "报道"),), context=fact.evidence[0])
    for facts in ((fact, other), (other, fact)):
        (merged,) = (f for f in merge([replace(reading, facts=facts)]).facts)
        assert (merged.basis, merged.rule, merged.context) == ("stated", "test-rule", None)
        assert merged.evidence == (fact.evidence[0], other.evidence[0])


@pytest.mark.parametrize(
    "difference",
    [{"status": "planned"}, {"period": Period.of("2021")}, {"period": None}, {"property": "carriesOut"}, {"role": "办"}],
)
def test_facts_that_differ_in_status_period_property_or_role_are_two_statements(difference):
    reading = with_entity(cases.HALL, classes=("Platform", "Program"))
    fact = next(f for f in reading.facts if f.property == "runs")
    graph = merge([replace(reading, facts=(fact, replace(fact, **difference)))])
    assert len(graph.facts) == 2
    assert len(graph.query("SELECT ?s { ?s a rdf:Statement }")) == 2


def test_each_source_states_a_fact_for_itself():
    graph = merge([cases.reading(FIRST), cases.reading(SECOND)])
    assert len(graph.facts) == 2 * len(cases.reading().facts)
    assert all(len({span.source for span in fact.evidence}) == 1 for fact in graph.facts)


def test_the_same_figure_found_twice_is_one_measure_and_another_period_is_another():
    reading = cases.reading()
    (figure,) = reading.measures
    again = replace(figure, evidence=(cases.sentence(FIRST, "报道"),))
    assert len(merge([replace(reading, measures=(figure, again))]).measures) == 1
    assert len(merge([replace(reading, measures=(figure, again))]).measures[0].evidence) == 2
    assert len(merge([replace(reading, measures=(figure, replace(again, period=None)))]).measures) == 2


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"object": "thing/没有"}, "no entity"),
        ({"evidence": ()}, "no evidence"),
        ({"property": "likes"}, "not a property"),
        ({"status": "maybe"}, "status"),
        ({"basis": "guess"}, "basis"),
    ],
)
def test_a_fact_that_breaks_the_pipelines_promises_is_not_let_in(change, complaint):
    reading = cases.reading()
    broken = replace(reading, facts=(replace(reading.facts[0], **change),))
    with pytest.raises(ValueError, match=complaint):
        merge([broken])


def test_an_entity_that_is_mentioned_nowhere_is_not_let_in():
    stranger = Entity("org/浙江省/政协", ("Organization",), "政协浙江省委员会")
    with pytest.raises(ValueError, match="mentioned nowhere"):
        merge([replace(cases.reading(), entities=(stranger,), facts=(), measures=())])


def test_times_that_no_calendar_has_lose_the_part_that_is_wrong():
    reading = cases.reading()
    fact = replace(reading.facts[0], period=Period("2022-02-30", "2022-03-05"))
    (merged,) = merge([replace(reading, facts=(fact,))]).facts
    assert merged.period == Period("2022-02", "2022-03")


def test_what_is_known_of_a_document_as_a_whole():
    graph = merge([cases.reading()])
    info = graph.documents[FIRST.sha256]
    assert info.title == "政协湖州市委员会工作报告"
    assert info.report == cases.REPORT
    assert info.speaker_entity == cases.CHAIR
    assert (info.home, info.body) == (cases.CITY, cases.CPPCC)
    assert graph.notes == ("安吉县政协: not resolved",)
    assert graph.quote(Span(FIRST.sha256, 0, 8)) == "政协湖州市委员会"
