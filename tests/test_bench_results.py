"""`make bench` leaves one file: the machine, the goals beside what was reached, and each table."""

from __future__ import annotations

import platform

from benchmarks.results import document, goals, machine

STEPS = "10 characters\n\n| | s | characters/s | of jieba.cut | growth |\n| --- | --: |\n| **text to facts** | 2.26 | 110,868 | 2.13 | 0.86 |"
MANY = "2 processes are 1.40 times as fast as one (1.92 at best)"


def test_the_goals_stand_beside_what_was_reached_and_nothing_is_made_up() -> None:
    reached = {what: figure for what, _, figure in goals({"steps": STEPS, "many": MANY}, runs=1)}
    assert reached["text to facts, in times of `jieba.cut`"] == "2.13"
    assert reached["two processes, in times of one"] == "1.92"
    assert 0 < float(reached["`kg --help`, seconds"]) < float(reached["`kg build` of one page, seconds"])
    assert goals({}, runs=1)[0][2] == "not measured"


def test_the_file_names_the_machine_but_not_whose_it_is(root) -> None:
    told = machine()
    assert "cores" in told and platform.python_version() in told
    assert platform.node() not in told and str(root) not in told


def test_what_could_not_run_is_named_with_its_reason() -> None:
    text = document("2 cores", [("speed", "≤ 1", "2.1")], {"Steps": STEPS, "Pages": "plain lines"}, {"The store": "no disk"})
    assert "| speed | ≤ 1 | 2.1 |" in text
    assert "```\nplain lines\n```" in text and "## Steps\n\n10 characters" in text
    assert "- The store: no disk" in text
