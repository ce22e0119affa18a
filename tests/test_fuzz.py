"""The fuzzer: what it makes out of real texts is read, or refused in one line, and breaks no invariant; what breaks one is found.

This is the short run; `make fuzz` takes ten minutes: see docs/reliability.md.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import fuzz
import pytest
from absent import absent

SOME = 50
"""Inputs that a short run must have tried at least, however busy the machine is."""
BROKEN = """
import sys
from dataclasses import replace
sys.path.insert(0, sys.argv[1])
import fuzz_target

def read_document(source, read=fuzz_target.read_document):
    "A reader that says of a figure what its quote does not, where a text has a line twice."
    reading = read(source)
    lines = [line for line in source.text.splitlines() if len(line) > 20]
    measures = tuple(replace(measure, as_written="nowhere") for measure in reading.measures)
    return replace(reading, measures=measures) if len(set(lines)) < len(lines) else reading

fuzz_target.read_document = read_document
fuzz_target.main(sys.argv[2:])
"""


@pytest.fixture(autouse=True)
def atheris() -> None:
    """Skip where the fuzzer cannot be had."""
    if sys.platform != "linux" or sys.version_info >= (3, 12):
        pytest.skip("atheris 3.0 is for Linux and Python 3.11")
    if not importlib.util.find_spec("atheris"):
        absent("atheris is not installed")


@pytest.mark.alone
def test_a_short_run_breaks_nothing(tmp_path):
    came = fuzz.run(tmp_path, 12, seed=1)
    assert came.failed == ""
    assert came.inputs >= SOME and came.reached > 3000


def test_an_invariant_that_is_broken_is_found_and_the_input_is_left_to_be_tried_again(tmp_path, capsys):
    tests = str(Path(fuzz.__file__).parent)
    came = fuzz.run(tmp_path, 120, seed=1, program=("-c", BROKEN, tests))
    assert "'nowhere' is not in" in came.failed
    [left] = tmp_path.glob("crash-*")
    assert str(left) in came.failed
    assert fuzz.main(["--folder", str(tmp_path / "again"), str(left)]) == 0, "as the reader is not broken in truth"
    assert "nothing failed" in capsys.readouterr().out


def test_a_finding_ends_the_command_with_1_and_one_line(tmp_path, capsys, monkeypatch):
    program = tmp_path / "target.py"
    program.write_text(
        BROKEN.replace("sys.argv[1])", repr(str(Path(fuzz.__file__).parent)) + ")").replace("argv[2:]", "argv[1:]"), "utf-8"
    )
    twice = tmp_path / "twice.txt"
    line = "2023年，湖州市政协打造“民生议事堂”平台，开展协商50场次。\n"
    twice.write_text(f"0{line}{line}", "utf-8")
    monkeypatch.setattr(fuzz, "TARGET", program)
    assert fuzz.main(["--folder", str(tmp_path / "found"), str(twice)]) == 1
    [said] = capsys.readouterr().out.splitlines()
    assert said.startswith("1 inputs: AssertionError: ") and "'nowhere' is not in" in said


def test_an_input_is_not_cut_within_a_character():
    assert fuzz.fitting("0湖州".encode(), 6).decode() == "0湖"
    assert fuzz.fitting(b"0ab", 3) == b"0ab"


def test_it_starts_from_the_seed_and_from_pages_and_markdown():
    started = list(fuzz.starting())
    assert {data[:1] for data in started} >= {b"0", b"1"} and len(started) > 60
    assert max(map(len, started)) <= fuzz.LONGEST
    assert any("湖州市政协" in data.decode() for data in started)
