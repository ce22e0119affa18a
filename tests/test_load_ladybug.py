"""`kg load ladybug:FILE`: a LadybugDB file that holds the graph and answers as it does."""

from __future__ import annotations

import os

import pytest
from hostile_cases import NUL, hostile
from load_cases import after, before
from property_checks import answers_as_the_graph_does, holds

import kg
from kg.load import load

ladybug = pytest.importorskip("ladybug", reason="no LadybugDB: pip install 'yishi[ladybug]'")


@pytest.fixture
def file(tmp_path):
    """A file that is not there yet, in a folder with a name that has to be quoted."""
    return tmp_path / 'it\'s "所"' / "graph.lbug"


def asked(file):
    """How to ask the file."""

    def run(query: str) -> list[list[object]]:
        with ladybug.Database(str(file), read_only=True) as database, ladybug.Connection(database) as connection:
            return [list(row) for row in connection.execute(query).get_all()]

    return run


def test_the_seed_s_graph_answers_ten_questions_as_its_sparql_does(file, seed_graph):
    graph = kg.open(seed_graph)
    loaded = load(graph, f"ladybug:{file}")
    assert loaded.changed and not loaded.notes
    answers_as_the_graph_does(asked(file), graph)
    holds(asked(file), graph, labelled=False)


def test_loading_twice_leaves_the_file_untouched(file):
    load(before(), f"ladybug:{file}")
    first = (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino)
    assert not load(before(), f"ladybug:{file}").changed
    assert (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino) == first
    assert os.listdir(file.parent) == ["graph.lbug"]
    assert load(before(), f"ladybug:{file}", force=True).changed


def test_loading_a_changed_graph_removes_what_went(file):
    load(before(), f"ladybug:{file}")
    loaded = load(after(), f"ladybug:{file}")
    assert loaded.removed["nodes"] and loaded.removed["edges"]
    holds(asked(file), after(), labelled=False)


def test_hostile_words_arrive_as_they_are(file):
    graph = hostile(NUL)
    assert not load(graph, f"ladybug:{file}").notes
    holds(asked(file), graph, labelled=False)


def test_a_load_that_is_stopped_leaves_the_file_as_it_was(file):
    load(before(), f"ladybug:{file}")
    first = file.read_bytes()

    def stop(what: str) -> None:
        if what == "MENTION":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(after(), f"ladybug:{file}", tell=stop)
    assert file.read_bytes() == first
    assert os.listdir(file.parent) == ["graph.lbug"]


def test_a_file_of_somebody_else_s_is_left_alone(file):
    file.parent.mkdir()
    file.write_bytes(b"mine" * 2000)
    with pytest.raises(kg.UsageError, match="is no LadybugDB file"):
        load(before(), f"ladybug:{file}")
    assert file.read_bytes() == b"mine" * 2000


@pytest.mark.parametrize("made_by_us", [True, False])
def test_tables_of_somebody_else_s_are_left_alone(file, made_by_us):
    file.parent.mkdir()
    if made_by_us:
        load(before(), f"ladybug:{file}")
    with ladybug.Database(str(file)) as database, ladybug.Connection(database) as connection:
        connection.execute("CREATE NODE TABLE Mine(id INT64 PRIMARY KEY)")
    with pytest.raises(kg.UsageError, match="holds what no load of kg made"):
        load(after(), f"ladybug:{file}")
    assert ["Mine"] in asked(file)("CALL show_tables() RETURN name")


@pytest.mark.parametrize("url", ["ladybug:", "ladybug:.", "ladybug:/"])
def test_an_address_that_names_no_file_is_wrong_usage(url):
    with pytest.raises(kg.UsageError, match="names no file"):
        load(before(), url)
