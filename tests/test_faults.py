"""Faults: whoever is killed, or has no room, leaves a whole graph, and the next run ends with the right one.

This is the quick part; `make faults` kills a build at 50 random moments: see docs/reliability.md.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command import kg, one_line
from faults.building import Build

from kg.export.aside import aside, exchanged


def test_a_build_killed_at_any_moment_leaves_one_graph_and_the_next_one_mends_it(tmp_path):
    build = Build(tmp_path / "work", html=False)
    found = [build.wrong(moment, thorough=False) for moment in build.moments(2, 7, placed=4)]
    assert [wrong for wrong, _ in found] == [""] * len(found)
    assert sum(was_killed for _, was_killed in found) >= 3


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
def test_standard_output_on_a_full_disk_is_one_line(seed_graph: Path):
    import subprocess
    import sys

    from command import START, environment

    with open("/dev/full", "w") as full:
        words = [sys.executable, "-c", START, "stats", "--graph", str(seed_graph)]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, env=environment(KG_LANG="en"))
    assert done.returncode == 1 and "No space left" in one_line(done.stderr)


def test_what_a_killed_export_left_is_taken_away_and_what_another_holds_stays(tmp_path, seed_graph):
    (tmp_path / ".kg-export-left" / "made").mkdir(parents=True)
    with aside(tmp_path, ".kg-export-") as held:
        assert kg("export", "csv", "-o", tmp_path / "csv", "--graph", seed_graph).returncode in (0, 3)
        assert {path.name for path in tmp_path.iterdir()} == {"csv", held.name}
    assert {path.name for path in tmp_path.iterdir()} == {"csv"}


def test_two_folders_change_places_in_one_step(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if exchanged(tmp_path / "a", tmp_path / "b"):
        assert (tmp_path / "a" / "b").exists() and (tmp_path / "b" / "a").exists()
    else:
        assert (tmp_path / "a" / "a").exists()
