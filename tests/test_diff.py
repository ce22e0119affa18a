"""`kg diff`: what came, went and changed between two builds, and between two documents."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import graph_cases as cases
import pytest
from command import one_line
from graphs import LATER

from kg.evaluate.diff import diff
from kg.graph.merge import merge
from kg.model import Measure

YEARS = Path(__file__).parent / "years"
"""The reports of one city for two years, made for this: the same indicators in other words, programs that stay, come and go."""


@pytest.fixture
def later(tmp_path):
    path = tmp_path / "later.txt"
    path.write_text(LATER, "utf-8")
    return path


def test_two_reports_tell_which_programs_stay_come_and_go(say, seed, later):
    code, shown, errors = say("diff", seed, later, "--home", "湖州市", "--all", lang="zh")
    assert (code, errors) == (0, "")
    lines = shown.splitlines()
    for line in ("    = “六送下乡”为民服务月活动", "    + “百名委员联百企”活动", "    - “三协三聚”体系", "    = 民生议事堂"):
        assert line in lines
    assert any(line.startswith("  ~ 政协湖州市委员会 —运行→ 民生议事堂") for line in lines)


def test_two_reports_in_json_have_the_sentences_of_both(say, seed, later):
    told = json.loads(say("diff", seed, later, "--home", "湖州市", "--json")[1])
    assert "“百名委员联百企”活动" in [e["label"] for e in told["entities"]["come"]["Program"]]
    (fact,) = [f for f in told["facts"]["changed"] if f["object"]["label"] == "民生议事堂"]
    assert {s["status"] for s in fact["before"]["states"]} == {"done", "planned"}
    assert {s["status"] for s in fact["after"]["states"]} == {"done"}
    assert fact["before"]["quotes"] and fact["after"]["quotes"][0] in LATER


def test_figures_of_two_reports_stand_side_by_side(say, tmp_path):
    for year, number in ((2022, 200), (2023, 250)):
        text = f"{year}年，湖州市政协打造“民生议事堂”，“民生议事堂”开展协商{number}场次。\n"
        (tmp_path / f"{year}.txt").write_text(text, "utf-8")
    code, shown, _ = say("diff", tmp_path / "2022.txt", tmp_path / "2023.txt")
    (line,) = [line for line in shown.splitlines() if "+25.0%" in line]
    assert code == 0 and line.split() == ["民生议事堂", "开展协商", "200", "→", "250", "场次", "+25.0%"]


def test_figures_of_two_years_meet_whatever_their_words_and_programs_come_first(say):
    one, two = (YEARS / f"report-{year}.txt" for year in (2023, 2024))
    code, shown, errors = say("diff", one, two)
    assert (code, errors) == (0, "")
    lines = shown.splitlines()
    assert lines[2:8] == [
        "  program  1 stay, 1 came, 1 went",
        "    = “两山银行”改革",
        "    + “青年入湖”行动",
        "    - “百企攀高”行动",
        "  platform  1 stay, 0 came, 0 went",
        "    = “亲清直通车”平台",
    ]
    beside = [line.split() for line in lines[lines.index("Figures of both, side by side") + 1 :]]
    assert ["湖州市", "地区生产总值", "385,000,000,000", "→", "401,500,000,000", "元", "+4.3%"] in beside
    assert ["湖州市", "地区生产总值", "(change)", "3.3", "→", "5.8", "%"] in beside
    assert ["湖州市", "改造城镇老旧小区", "86", "→", "102", "个", "+18.6%"] in beside
    told = json.loads(say("diff", one, two, "--json")[1])["figures"]
    assert (told["come"], told["go"]) == ([], [])  # every figure of the one year has its like in the other


def test_figures_of_two_places_stand_side_by_side_under_both_names(say, tmp_path):
    for place, words, number in (("湖州市", "全市生产总值达到", 4015), ("嘉兴市", "实现GDP", 7000)):
        (tmp_path / f"{place}.txt").write_text(f"2023年，{place}政协工作。2023年，{place}{words}{number}亿元。\n", "utf-8")
    one, two = (tmp_path / f"{place}.txt" for place in ("湖州市", "嘉兴市"))
    (figure,) = json.loads(say("diff", one, two, "--json")[1])["figures"]["both"]
    assert (figure["about"]["label"], figure["about_after"]["label"], figure["key"]) == ("湖州市", "嘉兴市", "地区生产总值")
    assert "湖州市 | 嘉兴市" in say("diff", one, two)[1]


def test_two_builds_tell_what_came_and_with_the_ends_changed_what_went(say, seed_graph, two_graph):
    code, shown, _ = say("diff", seed_graph, two_graph)
    assert code == 0 and "    + “百名委员联百企”活动" in shown.splitlines() and "    - " not in shown and "    = " not in shown
    _, back, _ = say("diff", two_graph, seed_graph)
    assert "    - “百名委员联百企”活动" in back.splitlines() and "    + " not in back


def test_the_same_build_has_no_difference(say, seed_graph):
    assert say("diff", seed_graph, seed_graph) == (0, "no difference\n", "")


def test_a_fact_whose_time_changed_has_changed_between_builds_but_not_between_years():
    reading = cases.reading()
    moved = replace(reading, facts=(replace(reading.facts[0], period=None), *reading.facts[1:]))
    one, two = merge([reading]), merge([moved])
    (change,) = diff(one, two).facts_changed
    assert (change.before, change.after) == ((("done", "2022", ""),), (("done", "", ""),))
    assert diff(one, two, dated=False).empty


def test_an_entity_that_is_called_or_classed_otherwise_has_changed():
    reading = cases.reading()
    hall = next(e for e in reading.entities if e.id == cases.HALL)
    others = tuple(e for e in reading.entities if e.id != cases.HALL)
    one, two = (
        merge([reading]),
        merge([replace(reading, entities=(*others, replace(hall, classes=("Program",), label="议事堂")))]),
    )
    (change,) = diff(one, two).changed
    assert (change.before.label, change.after.label) == ("民生议事堂", "议事堂")


@pytest.mark.parametrize(
    ("before", "after", "kind", "change"),
    [(200, 250, "level", 25.0), (Decimal("5.0"), Decimal("4.5"), "level", -10.0), (0, 5, "level", None), (5, 6, "share", None)],
)
def test_a_change_is_in_percent_where_that_can_be_said(before, after, kind, change):
    from kg.evaluate.diff import Beside

    def told(value):
        return (Measure("x", "开展", value, "次", str(value), (), "r", kind=kind),)

    assert Beside("x", "x", "开展", "次", kind, told(before), told(after)).change == change


def test_what_cannot_be_compared_is_one_clear_line(say, seed, tmp_path):
    code, shown, errors = say("diff", seed, tmp_path / "没有.txt")
    assert (code, shown) == (1, "") and "没有.txt" in one_line(errors)
    (tmp_path / "空.txt").write_bytes(b"")
    code, shown, errors = say("diff", seed, tmp_path / "空.txt")
    assert (code, shown) == (1, "") and "空.txt" in one_line(errors)


def test_a_folder_of_texts_is_compared_as_far_as_it_can_be_read(say, seed, later):
    (later.parent / "空.txt").write_bytes(b"")
    code, shown, errors = say("diff", seed, later.parent, "--home", "湖州市")
    assert code == 3 and "百名委员联百企" in shown and "空.txt" in one_line(errors)
