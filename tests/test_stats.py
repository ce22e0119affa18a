"""`kg stats`: the figures of a graph are those of what was built."""

from __future__ import annotations

import json
from collections import Counter

from command import one_line

import kg
from kg.evaluate.summary import summarize


def test_the_figures_are_those_of_the_graph(say, two_graph):
    graph = kg.open(two_graph)
    told = json.loads(say("stats", "--graph", two_graph, "--json")[1])
    summary = summarize(graph)
    assert told["entities"] == {"all": len(graph.entities), **summary.classes}
    assert {name: told["facts"][name] for name in summary.properties} == summary.properties
    assert told["facts"]["all"] == {"done": summary.facts("done"), "planned": summary.facts("planned")}
    assert told["figures"] == {"all": len(graph.measures), **Counter(measure.kind for measure in graph.measures)}
    assert told["basis"] == Counter(fact.basis for fact in graph.facts)
    assert told["triples"] == len(list(graph.triples()))
    assert [(d["file"], d["facts"]) for d in told["documents"]] == [
        (source.name, sum(f.evidence[0].source == sha for f in graph.facts)) for sha, source in graph.sources.items()
    ]
    assert told["connected"][0]["label"] == "政协湖州市委员会"
    assert sum(told["years"].values()) == sum(f.period is not None for f in (*graph.facts, *graph.measures))


def test_the_figures_are_told_in_the_reader_s_language(say, seed_graph):
    count = len(kg.open(seed_graph).entities)
    for lang, lines in (
        ("zh", (f"实体 {count}", "组织机构", "依据", "2022")),
        ("en", (f"Entities: {count}", "organization", "What they rest on")),
    ):
        code, shown, errors = say("stats", "--graph", seed_graph, lang=lang)
        assert (code, errors) == (0, "") and all(line in shown for line in lines)


def test_a_turtle_file_has_figures_too(say, seed_graph):
    of_folder, of_file = (
        json.loads(say("stats", "--graph", graph, "--json")[1]) for graph in (seed_graph, seed_graph / "graph.ttl")
    )
    assert of_folder["triples"] == of_file["triples"] and of_folder["facts"] == of_file["facts"]


def test_without_a_graph_it_is_one_clear_line(say, tmp_path):
    for words in (["stats"], ["show", "x"], ["path", "x", "y"], ["query", "people"]):
        code, shown, errors = say(*words, "--graph", tmp_path / "nothing")
        assert (code, shown) == (1, "") and "kg build" in one_line(errors)
