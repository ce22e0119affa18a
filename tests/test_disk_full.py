"""A disk without room, and one that cannot be written: one clear line, nothing half-written, and with room the next run ends right."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from command import kg, one_line
from serving import TOKEN, served
from small_disk import SmallDisk, disk
from test_export import FORMATS

import kg as library

__all__ = ["disk"]  # a fixture

TEXT = "湖州市政协2023年工作情况通报\n2023年，湖州市政协打造“民生议事堂”平台，开展协商50场次。\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, "utf-8")
    return path


def full(err: str) -> bool:
    """Whether standard error is one line that says that the disk is full."""
    return "No space left" in one_line(err) or "full" in one_line(err)


def test_a_build_without_room_leaves_nothing_and_with_room_the_graph(disk: SmallDisk, seed: Path, tmp_path: Path) -> None:
    done = kg("build", seed, "-o", disk.path / "out")
    assert done.returncode == 1 and full(done.stderr)
    assert not [name for name in disk.names() if not name.startswith("out/.yishi-cache") and name != "out"]
    disk.resize("64m")
    assert kg("build", seed, "-o", disk.path / "out").returncode == 0
    assert kg("build", seed, "-o", tmp_path / "other").returncode == 0
    for name in ("graph.ttl", "graph.html", "manifest.json"):
        assert (disk.path / "out" / name).read_bytes() == (tmp_path / "other" / name).read_bytes(), name


def test_a_build_that_finds_no_room_leaves_the_former_graph_as_it_was(disk: SmallDisk, seed: Path, text: Path) -> None:
    disk.resize("64m")
    out = disk.path / "out"
    assert kg("build", seed, "-o", out).returncode == 0
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    names = disk.names()
    filler = disk.fill(200_000)
    done = kg("build", seed, text, "-o", out)
    assert done.returncode == 1 and full(done.stderr)
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
    assert [name for name in disk.names() if ".yishi-cache" not in name] == [name for name in names if ".yishi-cache" not in name]
    assert kg("query", "platforms", "--graph", out).returncode == 0
    filler.unlink()
    assert kg("build", seed, text, "-o", out).returncode == 0
    assert len(library.open(out).sources) == 2


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_without_room_leaves_nothing(disk: SmallDisk, seed_graph: Path, name: str) -> None:
    disk.fill(8_000)
    done = kg("export", name, "-o", disk.path / "made", "--graph", seed_graph)
    assert done.returncode == 1 and full(done.stderr)
    assert disk.names() == []


def test_a_load_into_a_file_without_room_leaves_none_and_with_room_the_graph(disk: SmallDisk, seed_graph: Path) -> None:
    pytest.importorskip("ladybug")
    done = kg("load", f"ladybug:{disk.path}/graph.lbug", "--graph", seed_graph)
    assert done.returncode == 1 and one_line(done.stderr)
    assert disk.names() == []
    disk.resize("256m")
    assert kg("load", f"ladybug:{disk.path}/graph.lbug", "--graph", seed_graph).returncode in (0, 3)


def test_a_server_without_room_refuses_what_is_written_and_goes_on_reading(disk: SmallDisk, seed_graph: Path) -> None:
    disk.resize("64m")
    shutil.copytree(seed_graph, disk.path / "out", ignore=shutil.ignore_patterns(".yishi-cache"))
    with served(disk.path / "out", "--writable", KG_TOKEN=TOKEN) as running:
        filler = disk.fill(0)
        update = "INSERT DATA { " + " ".join(f'<urn:x> <urn:p{n}> "{"民" * 5_000}" .' for n in range(40)) + " }"
        answer = running.post("/sparql", data={"update": update}, headers=running.authorized(), timeout=60)
        assert 500 <= answer.status_code < 600 and answer.text.count("\n") <= 1, answer.text
        assert running.get("/sparql", params={"query": "SELECT ?x { ?x a kg:Platform }"}).status_code == 200
        filler.unlink()
        time.sleep(0.1)
        small = {"update": 'INSERT DATA { <urn:x> <urn:p> "民" }'}
        assert running.post("/sparql", data=small, headers=running.authorized(), timeout=60).status_code in (200, 204)
        asked = running.get(
            "/sparql", params={"query": "ASK { <urn:x> <urn:p> ?o }"}, headers={"Accept": "application/sparql-results+json"}
        )
        assert asked.json()["boolean"] is True


@pytest.mark.parametrize(
    "words",
    [
        ("build", "{text}", "-o", "{disk}/out"),
        ("export", "turtle", "-o", "{disk}/graph.ttl", "--graph", "{graph}"),
        ("export", "csv", "-o", "{disk}/csv", "--graph", "{graph}"),
        ("load", "ladybug:{disk}/graph.lbug", "--graph", "{graph}"),
    ],
    ids=lambda words: words[0] + " " + words[1].split(":")[0],
)
def test_what_cannot_be_written_is_one_line(disk: SmallDisk, seed_graph: Path, text: Path, words: tuple[str, ...]) -> None:
    disk.protect()
    done = kg(*(word.format(disk=disk.path, graph=seed_graph, text=text) for word in words))
    assert done.returncode == 1
    assert "Read-only" in one_line(done.stderr) or "cannot be" in one_line(done.stderr), done.stderr
    assert disk.names() == []


def test_a_read_only_graph_is_read_by_every_command_that_writes_nothing(disk: SmallDisk, seed_graph: Path) -> None:
    disk.resize("64m")
    shutil.copytree(seed_graph, disk.path / "out", ignore=shutil.ignore_patterns(".yishi-cache"))
    disk.protect()
    for words in (("stats",), ("query", "platforms"), ("show", "民生议事堂"), ("validate",), ("export", "turtle")):
        done = kg(*words, "--graph", disk.path / "out")
        assert done.returncode == 0, (words, done.stderr)
    done = kg("build", "-", "-o", disk.path / "out", text=TEXT)
    assert done.returncode == 1 and one_line(done.stderr)
