"""Hostile and broken inputs: whatever lies in a folder, each is read or told of in one line, and the rest is built.

This is the quick part; `make torture` runs every input alone within limits of time and memory: see docs/reliability.md.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from torture import encodings, files, texts
from torture.inputs import SENTENCE, every
from torture.run import alone, build, together

import kg
from kg.errors import InputError
from kg.pipeline import read_document
from kg.read import MAX_CHARS, expand, read_bytes

ALONE = (
    "lone surrogate in UTF-8",
    "bad file whose name is broken UTF-8",
    "a folder without permission",
    "DOCX with an entity bomb",
)
"""Inputs that are built by themselves here, one of each kind of trouble."""


def test_there_are_more_than_a_hundred():
    assert len(every()) > 300


def test_all_that_is_quick_to_read_in_one_folder_is_told_of_line_by_line_and_the_good_document_is_built(tmp_path):
    chosen = [one for module in (encodings, files) for one in module.inputs() if not one.big]
    chosen += [one for one in texts.inputs() if one.name.startswith("payload")]
    assert together(chosen, tmp_path, 280, ("--no-html",)) == ""


@pytest.mark.parametrize("name", ALONE)
def test_an_input_alone_holds_its_limits(tmp_path, name):
    wrong, came = alone(every()[name], tmp_path, 120)
    for folder in (tmp_path / "in").iterdir():
        os.chmod(folder, 0o700)
    assert came is not None and wrong == ""


def test_the_quality_of_being_refused_can_fail(tmp_path):
    good = every()["encoding utf-8"]
    wrong, _ = alone(type(good)(good.name, "refused", good.make), tmp_path, 120)
    assert wrong == "read, but must be refused"


# ---- what was found and mended ----


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good document."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(SENTENCE, "utf-8")
    return tmp_path / "in"


def told_of(folder: Path) -> list[str]:
    denied: list[InputError] = []
    assert [path.name for path in expand([str(folder)], denied) if path != "-"] == ["good.txt"]
    return [str(error).replace(str(folder), "in") for error in denied]


def test_a_file_that_is_skipped_may_have_a_name_that_is_no_text(folder):
    with open(bytes(folder) + b"/\xff\xc3.txt", "wb"):
        pass
    graph = kg.build(folder)
    assert [skipped.name for skipped in graph.skipped] == ["??.txt"]
    kg.publish(graph, folder.parent / "out", html=False)
    assert (folder.parent / "out" / "manifest.json").is_file()


def test_links_and_pipes_called_documents_are_told_of_and_not_read(folder):
    (folder.parent / "outside.txt").write_text(SENTENCE, "utf-8")
    (folder / "a.txt").symlink_to("../outside.txt")
    (folder / "b.txt").symlink_to("nowhere")
    (folder / "c.txt").symlink_to("c.txt")
    os.mkfifo(folder / "d.txt")
    assert told_of(folder) == [
        "in/a.txt: a link that leads out of the folder (name the file itself)",
        "in/b.txt: a link that leads nowhere (mend or remove it)",
        "in/c.txt: a link that leads nowhere (mend or remove it)",
        "in/d.txt: a pipe, socket or device, not a file (give a file)",
    ]


@pytest.mark.parametrize("mode", [0, 0o444])
def test_a_folder_without_permission_in_a_folder_does_not_keep_the_rest_from_being_built(folder, mode):
    (folder / "closed").mkdir()
    (folder / "closed" / "b.txt").write_text(SENTENCE * 2, "utf-8")
    os.chmod(folder / "closed", mode)
    try:
        came = build("in", cwd=folder.parent, options=["--no-html"])
    finally:
        os.chmod(folder / "closed", 0o700)
    assert came.code == 3 and len(came.errors) == 1 and "no permission to read it" in came.errors[0]


def test_a_line_far_longer_than_any_document_is_refused_before_it_is_read():
    with pytest.raises(InputError, match="longer than 5,000,000 characters"):
        read_bytes(SENTENCE.encode() * (MAX_CHARS // len(SENTENCE) + 1), "a.txt")


@pytest.mark.parametrize("unit", ["据新华社报道，", SENTENCE])
def test_the_time_grows_as_the_text_does_and_not_as_its_square(unit):
    def seconds(size: int) -> float:
        source = read_bytes((SENTENCE + "\n" + unit * (size // len(unit))).encode(), "a.txt")
        started = time.process_time()
        read_document(source)
        return time.process_time() - started

    seconds(2_000)  # what is loaded once
    assert seconds(40_000) < 8 * seconds(10_000)


def test_a_thing_that_is_said_over_and_over_is_one_fact_in_a_time_that_grows_as_the_text_does(tmp_path):
    def seconds(times: int) -> float:
        (tmp_path / "a.txt").write_text(SENTENCE * times, "utf-8")
        started = time.process_time()
        graph = kg.build(tmp_path / "a.txt")
        assert max(len(fact.evidence) for fact in graph.facts) == times
        return time.process_time() - started

    seconds(50)  # what is loaded once
    assert seconds(4_000) < 8 * seconds(1_000)
