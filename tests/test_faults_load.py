"""Faults of a load: whoever is killed in the middle of it, the loader or the database, the next load ends with the right graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults.databases import SERVERS
from faults.loading import FileLoad, Graphs, ServerLoad, after_its_database_was_killed
from faults.writing import Writing


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Graphs:
    return Graphs(tmp_path_factory.mktemp("graphs"))


@pytest.mark.parametrize("name", SERVERS)
def test_a_killed_load_is_mended_by_the_next(name: str, graphs: Graphs, tmp_path: Path) -> None:
    with SERVERS[name](tmp_path) as database:
        assert ServerLoad(graphs, database).wrong(8_000) == ("", True)


def test_a_killed_load_into_a_file_leaves_the_old_one_or_the_new(graphs: Graphs, tmp_path: Path) -> None:
    pytest.importorskip("ladybug", reason="no LadybugDB: pip install 'yishi[ladybug]'")
    killed = FileLoad(graphs, tmp_path / "files")
    found = [killed.wrong(moment) for moment in killed.moments(1, 7)]
    assert [wrong for wrong, _ in found] == [""] * len(found)
    assert sum(was_killed for _, was_killed in found) >= 2


@pytest.mark.parametrize("name", SERVERS)
def test_a_killed_database_is_one_line_and_started_again_it_takes_the_graph(name: str, graphs: Graphs, tmp_path: Path) -> None:
    assert after_its_database_was_killed(graphs, name, tmp_path, 6_000) == ""


def test_a_server_killed_while_it_writes_has_what_it_said_is_done(seed: Path, seed_graph: Path, tmp_path: Path) -> None:
    writing = Writing(tmp_path / "served", seed_graph)
    assert [writing.wrong(moment) for moment in writing.moments(2, 7)] == [("", True)] * 2
    assert writing.next_build(seed) == ""
