"""A graph is published whole: what the manifest names belongs together, whatever happens while it is written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import graph_cases as cases
import pytest

import kg
from kg.export.files import safe_name, write_whole
from kg.export.publish import publish, settle, source_file
from kg.graph.manifest import ASIDE, manifest_of
from kg.graph.merge import merge
from kg.graph.store import ONTOLOGY, open_store
from kg.graph.store_write import write_store

HERE = str(Path(__file__).parent)
NEW_TEXT = "按：" + cases.TEXT


def old_graph():
    return merge([cases.reading()])


def new_graph():
    return merge([cases.reading(cases.source(NEW_TEXT, "新.txt"))])


def snapshot(folder: Path) -> dict[str, bytes]:
    """All files; a store (whose engine stamps its files) as its folder, which is named by what is in it."""
    found = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*"))}
    stores = {name: b"" for name in found if name.startswith("store/") and name.count("/") == 1}
    return stores | {name: path.read_bytes() for name, path in found.items() if path.is_file() and not name.startswith("store/")}


def asked(folder: Path) -> set[str]:
    """What the folder's store says, without the ontology."""
    return {str(quad) for quad in open_store(folder) if quad.graph_name != ONTOLOGY}


def told(graph) -> set[str]:
    """What a graph says."""
    return {str(quad) for quad in graph.quads()}


def store_of(graph) -> str:
    """Where the store of a graph lies in a folder that it is published to."""
    with TemporaryDirectory() as aside:
        return write_store(graph, Path(aside), None)


def is_whole(folder: Path) -> bool:
    files = manifest_of(folder)["files"]
    assert asked(folder) == told(new_graph() if "新.txt" in (folder / "graph.ttl").read_text("utf-8") else old_graph())
    return all(sha256((folder / name).read_bytes()).hexdigest() == told["sha256"] for name, told in files.items())


def test_the_folder_holds_the_graph_the_texts_and_a_manifest_that_fits_them(tmp_path):
    written = publish(old_graph(), tmp_path / "out", html=False)
    (source,) = old_graph().sources.values()
    own = {"graph.ttl", "documents.json", "merges.tsv", "manifest.json"}
    assert set(written) == own | {source_file(source), store_of(old_graph())}
    assert all(path.exists() for path in written.values())
    assert is_whole(tmp_path / "out")
    assert (tmp_path / "out" / "graph.ttl").read_text("utf-8") == old_graph().to_turtle()
    manifest = manifest_of(tmp_path / "out")
    assert manifest["version"] == kg.__version__
    assert manifest["counts"]["classes"]["Organization"] == 3
    assert manifest["sources"] == [
        {"sha256": source.sha256, "name": "报告.txt", "file": source_file(source), "title": "政协湖州市委员会工作报告"}
    ]
    assert str(tmp_path) not in (tmp_path / "out" / "manifest.json").read_text("utf-8")


@pytest.mark.parametrize(
    "text", [cases.TEXT, "\ufeff" + cases.TEXT, cases.TEXT.replace("\r\n", "\r"), cases.TEXT + "\x85\u2028\x0c"]
)
def test_a_kept_text_gives_every_quote_back(tmp_path, text):
    source = cases.source(text)
    graph = merge([replace(cases.reading(), document=cases.document(source), entities=(), facts=(), measures=())])
    publish(graph, tmp_path, html=False)
    with (tmp_path / source_file(source)).open(encoding="utf-8-sig", newline="") as file:
        assert file.read() == text


def test_publishing_again_gives_the_same_bytes_and_takes_away_only_what_is_its_own(tmp_path):
    publish(old_graph(), tmp_path, html=False)
    first = snapshot(tmp_path)
    publish(old_graph(), tmp_path, html=False)
    assert snapshot(tmp_path) == first
    (tmp_path / "sources" / "mine.txt").write_text("mine")
    (tmp_path / ".gitkeep").touch()
    publish(new_graph(), tmp_path, html=False)
    kept = set(snapshot(tmp_path))
    own = {"graph.ttl", "documents.json", "merges.tsv", "manifest.json"}
    own |= {source_file(*new_graph().sources.values()), store_of(new_graph())}
    assert kept == own | {".gitkeep", "sources/mine.txt"}


def test_a_publisher_killed_at_any_moment_leaves_a_whole_graph_old_or_new(tmp_path):
    """The process is killed at the n-th change it makes to the folder, for every n."""
    publish(old_graph(), tmp_path / "plain", html=False)
    shutil.copytree(tmp_path / "plain", tmp_path / "old")
    old = snapshot(tmp_path / "plain")
    publish(new_graph(), tmp_path / "plain", html=False)
    new = snapshot(tmp_path / "plain")
    code = f"""
import sys; sys.path.insert(0, {HERE!r})
import os, shutil, graph_cases as cases, kg, kg.export.publish
left = 0
def watch(event, args):
    global left
    writes = event == "open" and folder in str(args[0]) and args[1] not in ("r", "rb", None)
    if writes or event in ("os.rename", "os.mkdir", "os.remove", "os.rmdir"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
graph = kg.merge([cases.reading(cases.source({NEW_TEXT!r}, "新.txt"))])
for moment in range(60):
    left, folder = moment, os.path.join(sys.argv[1], f"run{{moment}}")
    shutil.copytree(os.path.join(sys.argv[1], "old"), folder)
    child = os.fork()
    if not child:
        sys.addaudithook(watch)
        kg.publish(graph, folder, html=False)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended == 0:
        break
    assert ended == -9, ended
print(moment)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=Path(HERE).parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    last = int(done.stdout)
    outcomes = []
    for moment in range(last + 1):
        folder = tmp_path / f"run{moment}"
        if not (folder / ASIDE / "manifest.json").exists() or moment == last:
            assert is_whole(folder), f"killed at change {moment}"
        settle(folder)
        assert is_whole(folder), f"settled after change {moment}"
        assert not (folder / ASIDE).exists()
        found = snapshot(folder)
        assert old.items() <= found.items() or new.items() <= found.items()
        outcomes.append(new.items() <= found.items())
    assert not outcomes[0]
    assert outcomes == sorted(outcomes), "before some moment the old graph stays, after it the new one is there"
    assert 4 < len(outcomes) < 60, len(outcomes)


def test_an_error_while_writing_leaves_the_old_graph_and_nothing_else(tmp_path, monkeypatch):
    publish(old_graph(), tmp_path, html=False)
    before = snapshot(tmp_path)
    graph = new_graph()
    (source,) = graph.sources.values()
    graph.sources[source.sha256] = replace(source, name="x", text="\ud800")  # a text that no file can hold
    with pytest.raises((kg.YishiError, UnicodeEncodeError)):
        publish(graph, tmp_path, html=False)
    assert snapshot(tmp_path) == before


def test_a_full_disk_is_one_clear_line_and_the_old_graph_stays(tmp_path):
    publish(old_graph(), tmp_path, html=False)
    before = snapshot(tmp_path)
    code = f"""
import sys; sys.path.insert(0, {HERE!r})
import resource, test_publish, kg
graph = test_publish.new_graph()
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    kg.publish(graph, sys.argv[1], html=False)
except kg.YishiError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, cwd=Path(HERE).parent
    )
    assert "cannot be written" in done.stdout
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("below", ["a-file", "a-file/below"])
def test_an_output_that_cannot_be_a_folder_is_one_clear_line(tmp_path, below):
    (tmp_path / "a-file").write_text("mine")
    with pytest.raises(kg.YishiError, match="cannot be written") as caught:
        publish(old_graph(), tmp_path / below, html=False)
    assert "\n" not in str(caught.value)
    assert (tmp_path / "a-file").read_text() == "mine"


def test_a_folder_in_the_place_of_a_file_is_one_clear_line(tmp_path):
    (tmp_path / "graph.ttl" / "mine").mkdir(parents=True)
    with pytest.raises(kg.YishiError, match="cannot be written"):
        publish(old_graph(), tmp_path, html=False)
    assert snapshot(tmp_path) == {}
    assert (tmp_path / "graph.ttl" / "mine").is_dir()


def test_a_manifest_that_names_files_outside_the_folder_takes_none_of_them_away(tmp_path):
    folder = tmp_path / "out"
    publish(old_graph(), folder, html=False)
    (tmp_path / "precious.txt").write_text("mine")
    (folder / "sources" / ".hidden").write_text("mine")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["files"] |= {
        "../precious.txt": {},
        "sources/../../precious.txt": {},
        "sources/.hidden": {},
        "sources/": {},
        "/etc/x": {},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    publish(new_graph(), folder, html=False)
    assert (tmp_path / "precious.txt").exists()
    assert (folder / "sources" / ".hidden").exists()


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"files": 1}'])
def test_a_folder_without_a_manifest_is_one_clear_line(tmp_path, content):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(kg.YishiError) as caught:
        manifest_of(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("报告 2023.txt", "报告_2023.txt"),
        ("../../etc/passwd", "_.._etc_passwd"),
        (".hidden", "hidden"),
        ("...", "_"),
        ("a\nb\x00", "a_b_"),
        ("长" * 300 + ".txt", "长" * 56 + ".txt"),
    ],
)
def test_file_names_are_made_safe(name, safe):
    assert safe_name(name) == safe
    assert len(os.fsencode(safe_name(name))) < 200


def test_a_file_written_whole_has_the_usual_rights(tmp_path):
    write_whole(tmp_path / "a", b"x")
    (tmp_path / "b").write_bytes(b"x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode
