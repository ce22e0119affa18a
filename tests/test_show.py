"""`kg show`: all about an entity with its sentences; several of one name are listed."""

from __future__ import annotations

import json

import graph_cases as cases
import pytest
from command import one_line

import kg
from kg.graph.card import card
from kg.graph.find import find, find_one
from kg.graph.merge import merge
from kg.graph.store import open_store


def test_show_tells_names_facts_both_ways_figures_and_the_sentences(say, seed_graph, seed):
    code, shown, errors = say("show", "民生议事堂", "--graph", seed_graph, lang="zh")
    assert (code, errors) == (0, "")
    for line in ("民生议事堂  平台", "829 场次", "→ 属于", "民生议事堂 —属于→ “三位一体”基层履职新平台",
                 "← 运行", "政协湖州市委员会 —运行→ 民生议事堂  计划 · 2023 · 承前", f"{seed.name}  "):  # fmt: skip
        assert line in shown
    assert "「大力推进民生议事堂、委员工作室、社情民意信息联系点“三位一体”建设。」" in shown  # the line wrap is gone


def test_show_in_json_has_quotes_that_are_in_the_text(say, seed_graph, seed):
    text = seed.read_bytes().decode("utf-8-sig")
    told = json.loads(say("show", "市政协", "--graph", seed_graph, "--json")[1])
    assert told["id"] == "org/湖州市/政协" and "湖州市政协" in told["names"] and told["classes"] == ["Organization"]
    graph = kg.open(seed_graph)
    assert len(told["figures"]) == sum(m.about == told["id"] for m in graph.measures)
    assert len(told["facts"]) == sum(told["id"] in (f.subject, f.object) for f in graph.facts)
    for found in (*told["facts"], *told["figures"]):
        for sentence in found["sentences"]:
            assert text[sentence["start"] : sentence["end"]] == sentence["quote"]


def test_without_sentences_it_is_brief(say, seed_graph):
    shown = say("show", "民生议事堂", "--graph", seed_graph, "--brief")[1]
    assert "「" not in shown and "829 场次" in shown


def test_a_thing_of_two_documents_is_one_with_the_facts_of_both(say, two_graph):
    told = json.loads(say("show", "“百名委员联百企”活动", "--graph", two_graph, "--json")[1])
    assert told["named"] == {"later.txt": 1}
    hall = json.loads(say("show", "民生议事堂", "--graph", two_graph, "--json")[1])
    assert set(hall["named"]) == {"later.txt", "000_f4386b4722091613.txt"}
    runs = [f for f in hall["facts"] if f["property"] == "runs" and f["status"] == "done"]
    assert [f["period"] for f in runs] == ["2022", "2023"]


@pytest.fixture
def namesakes(tmp_path):
    """Two cities' halls of one name, and persons of one name."""
    one = cases.reading()
    other = cases.reading(cases.source("另：" + cases.TEXT, "二.txt"))

    def elsewhere(value: str) -> str:
        return value.replace("/湖州市/", "/德清县/")

    from dataclasses import replace

    entities = tuple(replace(e, id=elsewhere(e.id)) for e in other.entities)
    facts = tuple(replace(f, subject=elsewhere(f.subject), object=elsewhere(f.object)) for f in other.facts)
    measures = tuple(replace(m, about=elsewhere(m.about)) for m in other.measures)
    kg.publish(merge([one, replace(other, entities=entities, facts=facts, measures=measures)]), tmp_path, html=False)
    return tmp_path


def test_an_ambiguous_name_lists_who_it_may_be(say, namesakes):
    code, shown, errors = say("show", "民生议事堂", "--graph", namesakes)
    assert code == 1 and "2 entities are called" in one_line(errors)
    assert [line.split()[-1] for line in shown.splitlines()] == ["thing/德清县/民生议事堂", "thing/湖州市/民生议事堂"]
    code, shown, _ = say("show", "民生议事堂", "--graph", namesakes, "--json")
    assert code == 1 and len(json.loads(shown)["candidates"]) == 2
    for one in json.loads(shown)["candidates"]:
        assert say("show", one["id"], "--graph", namesakes)[0] == 0
        assert say("show", one["iri"], "--graph", namesakes)[0] == 0


def test_persons_who_may_be_one_are_pointed_at(say, namesakes):
    assert "person/德清县/李上葵" in say("show", "person/湖州市/李上葵", "--graph", namesakes)[1]


def test_a_name_that_nobody_has_offers_what_is_near(say, seed_graph):
    code, shown, errors = say("show", "议事堂", "--graph", seed_graph)
    assert code == 1 and "no entity is called" in one_line(errors) and "民生议事堂" in shown
    code, shown, errors = say("show", "没有这个名字", "--graph", seed_graph)
    assert (code, shown) == (1, "") and one_line(errors)


@pytest.mark.parametrize("name", ["", " ", "“”", "\udcff", "<http://x>", "http://nowhere/", "a/b/c/d", "\x00", "?s ?p ?o"])
def test_a_name_that_is_none_is_one_clear_line(say, seed_graph, name):
    code, shown, errors = say("show", name, "--graph", seed_graph)
    assert (code, shown) == (1, "") and one_line(errors)


def test_a_name_is_found_whatever_marks_and_widths_it_is_written_with(seed_graph):
    store = open_store(seed_graph)
    for name in ("1246+X协商议政新格局", "“1246＋X”协商议政新格局", "1246 + X 协商议政新格局"):
        assert find_one(store, name).label == "“1246+X”协商议政新格局"
    assert {one.how for one in find(store, "协商驿站")} == {"near"}


def test_every_entity_of_the_graph_has_a_card(seed_graph):
    graph, store = kg.open(seed_graph), open_store(seed_graph)
    for entity in graph.entities:
        told = card(store, graph.iri(entity.id))
        assert (told.id, told.label, told.names) == (entity.id, entity.label, entity.alt)
        assert set(told.classes) == set(entity.classes) and sum(told.named.values()) == len(entity.mentions)
    with pytest.raises(KeyError):
        card(store, "http://nowhere/")
