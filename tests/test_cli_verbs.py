"""`kg score`, `sample`, `explain`, `validate` and `query`, over the seed page built once."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys

import pytest
from command import one_line

from kg.cli import main
from kg.evaluate.folder import open_graph
from kg.evaluate.sample import draw, share
from kg.model import PROPERTIES
from kg.ontology import ontology_dir


@pytest.fixture(scope="module")
def folder(seed, tmp_path_factory):
    """The seed page's graph, without its page."""
    out = tmp_path_factory.mktemp("verbs") / "out"
    assert main(["build", str(seed), "-o", str(out), "--no-html", "--lang", "en"]) == 0
    return out


# ---- score ----


def test_score_prints_precision_recall_and_f1_of_the_three_parts(say, root, folder):
    code, shown, _ = say("score", root / "tests/gold/seed.json", "--graph", folder)
    assert code == 0
    assert re.search(r"^gold +entities +P +R +F1 +relations +P +R +F1 +figures +P +R +F1 +labels +periods +whole\nseed ", shown)
    assert re.search(r"^  relations +carriesOut +P ", shown, re.M)


def test_score_in_json_is_what_the_shared_scorer_says_of_the_same_graph(say, root, shared, seed, folder):
    code, shown, _ = say("score", root / "tests/gold/seed.json", "--graph", folder, "--json")
    theirs = subprocess.run(
        [sys.executable, shared / "score.py", root / "tests/gold/seed.json", folder / "graph.ttl",
         "--ontology", ontology_dir(), "--text", seed, "--json"],
        capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert code == 0
    assert json.loads(shown) == json.loads(theirs.stdout)


def test_score_of_the_turtle_alone_needs_the_text_to_check_the_quotes(say, root, seed, folder):
    gold = root / "tests/gold/seed.json"
    _, from_folder, _ = say("score", gold, "--graph", folder, "--json")
    _, from_file, _ = say("score", gold, "--graph", folder / "graph.ttl", "--text", seed, "--json")
    assert from_file == from_folder


def test_score_finds_the_texts_and_builds_them(say, root, folder):
    gold = root / "tests/gold/seed.json"
    assert say("score", gold, "--texts", root / "seeds", "--json") == say("score", gold, "--graph", folder, "--json")


def test_score_says_which_text_is_not_there_and_scores_the_others(say, root, tmp_path):
    gold = tmp_path / "lost.json"
    gold.write_text(json.dumps({"doc": "lost.txt", "entities": [], "relations": []}), "utf-8")
    code, shown, errors = say("score", root / "tests/gold/seed.json", gold, "--texts", root / "seeds")
    assert code == 3 and "\nseed " in shown and "lost.txt" in one_line(errors)


def test_score_lists_what_is_wrong_when_asked(say, root, folder):
    _, shown, _ = say("score", root / "tests/gold/seed.json", "--graph", folder, "--json")
    wrong = sum(json.loads(shown)[part]["all"][kind] for part in ("relation", "measure") for kind in ("fp", "fn"))
    _, listed, _ = say("score", root / "tests/gold/seed.json", "--graph", folder, "--errors")
    assert len(re.findall(r"^seed\t(?:relation|measure)\t", listed, re.M)) == wrong


# ---- sample ----


def test_a_sample_is_the_same_for_the_same_seed_and_another_for_another(say, folder):
    draws = [say("sample", "-n", 20, "--seed", seed, "--graph", folder)[1] for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]


def test_a_sample_has_every_property_and_no_fact_twice(say, folder):
    code, shown, _ = say("sample", "-n", 60, "--graph", folder, "--format", "json")
    drawn = json.loads(shown)
    graph = {spelled.rpartition("#")[2] for spelled in facts_of(folder)}
    assert code == 0 and len(drawn) == len({fact["id"] for fact in drawn}) == 60
    assert {fact["property"] for fact in drawn} == graph & set(PROPERTIES)


def facts_of(folder) -> set[str]:
    predicate = "http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate"
    return {t.object.value for t in open_graph(folder).triples if t.predicate.value == predicate}


def test_what_a_judge_is_shown_is_in_the_text(folder, seed):
    text = seed.read_bytes().decode("utf-8-sig")
    for fact in draw(open_graph(folder), 60, 5):
        assert fact.quotes and all(quote in text for quote in fact.quotes)
        assert fact.subject.written or fact.object.written
        assert all(any(name in quote for quote in fact.quotes) for name in (*fact.subject.written, *fact.object.written))


def test_a_sample_to_judge_is_a_table_with_a_place_for_the_verdict_and_without_the_rule(say, folder):
    _, shown, _ = say("sample", "-n", 12, "--graph", folder, "--format", "md", lang="zh")
    rows = shown.splitlines()
    assert rows[0] == "| # | 事实 | 状态 | 原句 | 对错 |" and len(rows) == 14
    assert all(row.count(" | ") == 4 and row.endswith("| |") for row in rows[2:])


def test_more_than_there_is_gives_all_there_is(folder):
    everything = draw(open_graph(folder), 100_000, 0)
    assert len(everything) == sum(1 for t in open_graph(folder).triples if t.object.value.endswith("rdf-syntax-ns#Statement"))


@pytest.mark.parametrize(
    ("sizes", "number", "expected"),
    [
        ({"a": 90, "b": 9, "c": 1}, 10, {"a": 7, "b": 2, "c": 1}),
        ({"a": 2, "b": 2}, 60, {"a": 2, "b": 2}),
        ({"a": 5, "b": 9, "c": 7}, 2, {"a": 0, "b": 1, "c": 1}),
        ({}, 5, {}),
    ],
)
def test_each_property_has_its_share_and_at_least_one(sizes, number, expected):
    assert share(sizes, number) == expected


# ---- explain ----


def test_explain_shows_words_names_entities_facts_and_figures(say):
    code, shown, _ = say("explain", "2022年，市政协召开“双月协商座谈会”12次。", "--home", "湖州市")
    assert code == 0
    for step in ("召开/v", "政协湖州市委员会  org/湖州市/政协", "rule ", "period 2022", "12 次"):
        assert step in shown


def test_explain_says_why_two_names_are_not_related(say):
    _, shown, _ = say("explain", "市政协没有召开座谈会，新华社与安吉县无关。", "--home", "湖州市")
    assert "Not made facts" in shown and "Facts\n  none" in shown


def test_explain_for_scripts_has_every_step(say):
    _, shown, _ = say("explain", "市政协召开“双月协商座谈会”12次。", "--home", "湖州市", "--json")
    assert set(json.loads(shown)) == {"text", "tokens", "links", "entities", "facts", "measures", "unrelated", "unresolved"}


@pytest.mark.parametrize("sentence", ["", "   ", "政" * 5001])
def test_explain_refuses_what_it_cannot_explain(say, sentence):
    code, shown, errors = say("explain", sentence)
    assert (code, shown) == (2, "") and one_line(errors)


# ---- validate ----


def test_the_graph_of_the_seed_keeps_the_contract(say, folder):
    code, shown, _ = say("validate", "--graph", folder)
    assert (code, "conforms" in shown) == (0, True), shown


def test_a_graph_that_breaks_the_contract_is_told_what_breaks_it(say, folder, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    turtle = (broken / "graph.ttl").read_text("utf-8")
    (broken / "graph.ttl").write_text(re.sub(r"kg:status kg:done ;", "", turtle, count=1), "utf-8")
    code, shown, _ = say("validate", "--graph", broken, "--json")
    found = json.loads(shown)
    assert code == 1 and not found["conforms"] and any("status" in v["path"] for v in found["violations"])
    assert say("validate", "--graph", broken)[0] == 1


# ---- query ----

PLATFORMS = "SELECT ?name WHERE { ?x a kg:Platform ; skos:prefLabel ?name } ORDER BY ?name"


def test_a_query_is_answered_as_a_table_as_csv_and_as_json(say, folder):
    _, table, _ = say("query", PLATFORMS, "--graph", folder)
    _, separated, _ = say("query", PLATFORMS, "--graph", folder, "--format", "csv")
    _, as_json, _ = say("query", PLATFORMS, "--graph", folder, "--format", "json")
    names = [row["name"] for row in json.loads(as_json)]
    assert names and names == [row["name"] for row in csv.DictReader(io.StringIO(separated))]
    assert table.splitlines() == ["name", *names]


def test_numbers_are_numbers(say, folder):
    _, shown, _ = say("query", "SELECT (COUNT(*) AS ?n) WHERE { ?x a kg:Measure }", "--graph", folder, "--format", "json")
    assert json.loads(shown)[0]["n"] > 10


def test_a_query_that_does_not_parse_is_wrong_usage(say, folder):
    code, shown, errors = say("query", "SELECT WHERE", "--graph", folder)
    assert (code, shown) == (2, "") and one_line(errors)


def test_a_query_without_answers_says_so(say, folder):
    code, shown, errors = say("query", "SELECT ?x WHERE { ?x a kg:Nothing }", "--graph", folder)
    assert (code, shown, "no answers" in errors) == (0, "", True)


@pytest.mark.parametrize("verb", [["validate"], ["sample"], ["query", "ASK {}"], ["score", "gold.json"]])
def test_without_a_built_graph_every_verb_says_so_in_one_line(say, verb, tmp_path, root):
    words = [root / "tests/gold/seed.json" if word == "gold.json" else word for word in verb]
    code, shown, errors = say(*words, "--graph", tmp_path / "nothing")
    assert (code, shown) == (1, "") and "nothing" in one_line(errors)
