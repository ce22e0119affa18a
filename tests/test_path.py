"""`kg path`: the shortest ways between two entities, each step with the sentence that says it."""

from __future__ import annotations

import itertools
import json

import networkx
import pytest
from command import one_line

import kg
from kg.graph.paths import paths
from kg.graph.store import open_store


def test_the_way_is_told_with_its_sentences(say, seed_graph):
    code, shown, errors = say("path", "民生议事堂", "新华社", "--graph", seed_graph, lang="zh")
    assert (code, errors) == (0, "")
    assert shown.startswith("第 1 条，2 步：民生议事堂 – 政协湖州市委员会 – 新华社\n")
    assert "政协湖州市委员会 —运行→ 民生议事堂" in shown and "政协湖州市委员会 —被报道→ 新华社" in shown
    assert "刊发报道75篇" in shown


def test_the_way_in_json_joins_up(say, seed_graph):
    (way, *_) = json.loads(say("path", "余村", "张文华", "--graph", seed_graph, "--json")[1])
    steps = way["steps"]
    assert steps[0]["from"]["label"] == "余村" and steps[-1]["to"]["label"] == "张文华"
    for one, two in itertools.pairwise(steps):
        assert one["to"] == two["from"]
    for step in steps:
        assert step["facts"]
        for fact in step["facts"]:
            assert {fact["subject"]["iri"], fact["object"]["iri"]} == {step["from"]["iri"], step["to"]["iri"]}
            assert fact["sentences"][0]["quote"]


def test_ways_are_as_short_and_as_many_as_networkx_finds(seed_graph):
    graph, store = kg.open(seed_graph), open_store(seed_graph)
    plain = networkx.Graph((f.subject, f.object) for f in graph.facts if f.subject != f.object)
    ends = sorted(plain)[::23]
    checked = 0
    for one in ends:
        for other in ends:
            found = paths(store, graph.iri(one), graph.iri(other), most=1000, longest=20)
            if one == other or not networkx.has_path(plain, one, other):
                assert found == []
            else:
                wanted = {tuple(map(graph.iri, way)) for way in networkx.all_shortest_paths(plain, one, other)}
                assert {(way[0].start, *(step.end for step in way)) for way in found} == wanted
                checked += 1
    assert checked > 20


def test_what_is_only_planned_connects_only_when_it_may(seed_graph):
    graph, store = kg.open(seed_graph), open_store(seed_graph)
    ends = [(f.subject, f.object) for f in graph.facts]
    done = {(f.subject, f.object) for f in graph.facts if f.status == "done"}
    one, other = next(pair for pair in ends if pair not in done)
    (way,) = paths(store, graph.iri(one), graph.iri(other), most=1)
    assert len(way) == 1 and way[0].facts[0].status == "planned"
    for way in paths(store, graph.iri(one), graph.iri(other), planned=False):
        assert all(fact.status == "done" for step in way for fact in step.facts) and len(way) > 1


def test_where_there_is_no_way_it_says_so(say, seed_graph):
    code, shown, errors = say("path", "余村", "张文华", "--graph", seed_graph, "--longest", 2)
    assert (code, shown) == (0, "") and "not connected within 2 steps" in one_line(errors)
    assert json.loads(say("path", "余村", "张文华", "--graph", seed_graph, "--longest", 2, "--json")[1]) == []


@pytest.mark.parametrize(
    ("ends", "code", "said"),
    [(("市政协", "湖州市政协"), 2, "one entity"), (("余村", "没有"), 1, "no entity"), (("议事", "余村"), 1, "near it")],
)
def test_ends_that_make_no_way_are_one_clear_line(say, seed_graph, ends, code, said):
    found, shown, errors = say("path", *ends, "--graph", seed_graph)
    assert (found, shown) == (code, "") and said in one_line(errors)
