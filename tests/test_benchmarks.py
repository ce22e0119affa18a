"""The benchmark measures what it says: the same texts for both, no text twice."""

from __future__ import annotations

import gc
import json
import subprocess
import sys

import pytest

from benchmarks import corpus, pages, steps, store
from benchmarks.made import made
from benchmarks.posseg import distinct, first_part, summary
from kg.pipeline import read_document
from kg.read import read_source

pytestmark = pytest.mark.alone

TEXT = "2022年，湖州市政协召开座谈会{n}次，打造委员工作室{n}家。\n"


def test_no_text_is_measured_twice(tmp_path):
    for name, text in (("a", "甲"), ("b", "甲"), ("c", "乙")):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    assert [path.name for path in distinct([tmp_path])] == ["a.txt", "c.txt"]


def test_a_tenth_of_the_texts_has_at_least_a_tenth_of_the_characters(tmp_path):
    for n in range(20):
        (tmp_path / f"{n:02}.txt").write_text("字" * (n + 1), "utf-8")
    part = first_part(distinct([tmp_path]), 0.1)
    assert 21 <= sum(len(path.read_text("utf-8")) for path in part) <= 41


def test_the_ratio_and_the_growth_are_of_the_time_a_character_takes():
    def run(seconds: float, characters: int) -> dict[str, float]:
        return {"seconds": seconds, "characters": characters}

    runs = {"kg-tenth": run(1, 10), "kg-all": run(15, 100), "posseg-tenth": run(3, 10), "posseg-all": run(30, 100)}
    assert summary(runs)["ratio"] == 0.5
    assert summary(runs)["growth"] == pytest.approx({"kg": 1.5, "posseg": 1.0})


def test_it_runs_over_a_folder_and_says_what_both_took(root, tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(TEXT.format(n=n + 1) * 20, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.posseg", "--texts", tmp_path, "--json"],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    runs = json.loads(done.stdout)["runs"]
    assert set(runs) == {"kg-tenth", "kg-all", "posseg-tenth", "posseg-all"}
    assert all(run["found"] > 0 and run["seconds"] > 0 and run["peak_mb"] > 10 for run in runs.values())


def test_each_step_is_measured_beside_cutting_the_same_text_into_words(root, tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(TEXT.format(n=n + 1) * 20, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.steps", "--texts", tmp_path, "--json"],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert told["characters"] == sum(len(path.read_text("utf-8")) for path in tmp_path.iterdir())
    assert set(told["steps"]) == {"kg", *steps.STEPS, *steps.BESIDE}
    assert all(row["seconds"] > 0 for row in told["steps"].values())
    assert sum(told["steps"][step]["seconds"] for step in steps.READING) < 3 * told["steps"]["kg"]["seconds"]


def test_a_step_is_told_in_times_of_jieba_cut_and_by_its_growth():
    names = ("kg", *steps.STEPS, *steps.BESIDE)
    tenth, whole = (
        dict.fromkeys(names, 1.0) | {"characters": 10},
        dict.fromkeys(names, 15.0) | {"characters": 100, "jieba.cut": 30},
    )
    rows = steps.summary({"tenth": tenth, "all": whole})["steps"]
    assert rows["kg"] == {"seconds": 15, "pace": pytest.approx(100 / 15), "of jieba.cut": 0.5, "growth": pytest.approx(1.5)}
    assert any(
        line.startswith("| **text to facts** | 15.000 | 7 | 0.50 | 1.50 |")
        for line in steps.table({"characters": 100, "steps": rows})
    )


def test_reading_a_document_leaves_no_cycles_behind_for_the_collector_that_waits_meanwhile(seed):
    read_document(read_source(seed))  # opens the tables
    gc.collect()
    read_document(read_source(seed))
    assert gc.collect() == 0 and gc.isenabled()


def test_the_store_and_rdflib_are_asked_the_same_of_the_same_triples(root):
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.store", "--triples", "8000", "--json"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["triples"] > 7000
    assert {name for name in told["rdflib"] if name.endswith(" rows")} == {f"{name} rows" for name in store.QUERIES}
    for name in store.QUERIES:
        assert told["memory"][f"{name} rows"] == told["disk"][f"{name} rows"] == told["rdflib"][f"{name} rows"] > 0
    assert all(ratio > 0 for both in told["ratios"].values() for ratio in both.values())


def test_a_made_graph_has_things_of_one_city_and_things_of_all():
    from graph_cases import CPPCC, NEWS, reading

    from kg.graph.merge import merge

    graph = made(merge([reading()]), 3)
    ids = {entity.id for entity in graph.entities}
    assert {NEWS, CPPCC, CPPCC.replace("湖州市", "湖州市1"), CPPCC.replace("湖州市", "湖州市2")} <= ids
    assert len(graph.sources) == 3 and len(graph.facts) == 15
    assert len(set(graph.triples())) == len(list(graph.triples()))


# ---- web pages beside trafilatura ----


def test_each_text_is_a_page_of_each_template_whole_and_cut_short(tmp_path):
    (tmp_path / "a.txt").write_text("湖州市工作报告\n各位代表：\n" + "湖州市政协召开会议，听取汇报。\n" * 9, "utf-8")
    found = pages.made(tmp_path)
    assert len(found) == 2 * len(pages.TEMPLATES)
    assert {len(lines) for _, lines in found} == {11, 4}
    assert all("版权所有" in markup and "湖州市政协召开会议" in markup for markup, _ in found)


def test_lines_that_are_missing_cost_recall_and_lines_that_are_foreign_precision():
    page = [("<p>", ["湖州市政协工作报告", "湖州市政协召开会议，听取汇报。"])]
    whole = pages.measure(lambda _: "湖州市政协工作报告\n湖州市政协召开会议，听取汇报。\n", page)
    assert (whole["recall"], whole["precision"]) == (1, 1)
    half = pages.measure(lambda _: "湖州市政协召开会议，听取汇报。\n另一个网站的人在说话，没有关系。\n", page)
    assert half["recall"] == 0.5 and half["precision"] < 0.6


# ---- many documents ----


def test_the_documents_of_a_corpus_are_all_different_and_made_of_the_texts(seed, tmp_path):
    found = corpus.write(seed.parent, tmp_path / "out", 50, 800)
    assert len(set(found)) == len(list((tmp_path / "out").iterdir())) == 50
    lines = set(seed.read_text("utf-8").splitlines())
    assert all(set(text.splitlines()) <= lines for text in found)
    (tmp_path / "short").mkdir()
    (tmp_path / "short" / "short.txt").write_text("题目\n主席\n二月\n一。\n二。\n", "utf-8")
    with pytest.raises(SystemExit, match="4 documents can be cut"):
        corpus.write(tmp_path / "short", tmp_path / "more", 5, 9)


def test_many_documents_are_built_on_one_core_and_on_two_and_again(root, seed):
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.many", "--texts", seed.parent, "--documents", "4", "--json"],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    counts = {work: (run["read"], run["unchanged"]) for work, run in told["runs"].items()}
    assert counts == {"alone": (4, 0), "apart": (4, 0), "same": (0, 4), "one": (1, 3), "publish": (0, 0)}
    assert told["faster"] > 0 and told["at_best"] > 0
