"""`kg export`: finding the formats, writing them whole or not at all, and saying what is wrong in one line."""

from __future__ import annotations

import importlib.metadata
import json
import os
import sys
from types import SimpleNamespace

import pytest
from command import kg as command
from command import one_line
from export_cases import graph

import kg
from kg.cli import main
from kg.export.carried import Note
from kg.export.exporter import export, exporters

FORMATS = [
    "csv", "gexf", "graphml", "jsonld", "neo4j-csv", "networkx", "nif", "nquads", "parquet", "rdfxml", "trig", "turtle",
    "webannotation", "xlsx",
]  # fmt: skip


def contents(path):
    """Everything at a path: of a folder, what is in each file but for the list of what was written."""
    return {file.name: file.read_bytes() for file in sorted(path.iterdir())} if path.is_dir() else path.read_bytes()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_a_format_every_format_is_listed_with_what_it_is(lang, capsys):
    assert main(["export", "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == FORMATS
    assert main(["export", "--json", "--lang", lang]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["format"] for one in told] == FORMATS and all(one["about"] for one in told)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_graph_gives_the_same_bytes_and_the_place_of_the_old_ones_is_taken(name, tmp_path):
    export(graph("two documents"), name, tmp_path / "a")
    export(graph("small"), name, tmp_path / "b")
    export(graph("two documents"), name, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert sorted(os.listdir(tmp_path)) == ["a", "b"], "nothing else is left"


@pytest.mark.parametrize("name", ["nquads", "jsonld", "graphml", "csv"])
def test_the_bytes_do_not_depend_on_the_hash_seed(name, seed_graph, tmp_path):
    for seed in ("1", "2"):
        done = command("export", name, "--graph", seed_graph, "-o", tmp_path / seed, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_a_built_folder_goes_to_a_file_or_to_standard_output(seed_graph, tmp_path):
    to_file = command("export", "turtle", "--graph", seed_graph, "-o", tmp_path / "deep" / "g.ttl")
    assert to_file.stdout == f"wrote {tmp_path / 'deep' / 'g.ttl'}\n" and not to_file.stderr
    piped = command("export", "turtle", "--graph", seed_graph)
    assert piped.stdout == (tmp_path / "deep" / "g.ttl").read_text("utf-8") == (seed_graph / "graph.ttl").read_text("utf-8")


def test_what_a_format_does_not_hold_is_one_line_and_no_failure(seed_graph, tmp_path, capsys):
    words = ["export", "gexf", "--graph", str(seed_graph), "-o", str(tmp_path / "g.gexf"), "--lang", "en"]
    assert main(words) == 0
    assert "no figures" in one_line(capsys.readouterr().err)
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["path"] == str(tmp_path / "g.gexf")


def test_what_is_lost_of_a_graph_is_exit_code_3(seed_graph, tmp_path, capsys, monkeypatch):
    loss = Note("少了", "something is lost")
    other = SimpleNamespace(
        ABOUT=("甲", "a"), SUFFIX=".x", EXTRA="", BINARY=False, write=lambda g, t, _: t.write_text("x") and [loss]
    )
    monkeypatch.setattr("kg.export.exporter.exporters", lambda: {"x": other})
    assert main(["export", "x", "--graph", str(seed_graph), "-o", str(tmp_path / "g"), "--lang", "en"]) == 3
    assert one_line(capsys.readouterr().err) == "something is lost"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["export", "docx"], 2, "no format 'docx'"),
        (["export", "xlsx"], 2, "name a place with -o"),
        (["export", "csv"], 2, "name a place with -o"),
        (["export", "turtle", "--graph", "nothing/here"], 1, "nothing/here"),
    ],
)
def test_wrong_usage_is_one_line(words, code, said, capsys):
    assert main([*words, "--lang", "en"]) == code
    shown = capsys.readouterr()
    assert said in one_line(shown.err) and not shown.out


def test_a_folder_of_somebody_else_s_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("mine")
    with pytest.raises(kg.UsageError, match=r"holds what no export made \(thesis\.doc\)"):
        export(graph("small"), "csv", tmp_path / "mine")
    assert os.listdir(tmp_path / "mine") == ["thesis.doc"] and os.listdir(tmp_path) == ["mine"]
    export(graph("small"), "csv", tmp_path / "ours")
    (tmp_path / "ours" / "notes.txt").write_text("mine")
    with pytest.raises(kg.UsageError, match=r"notes\.txt"):
        export(graph("small"), "csv", tmp_path / "ours")
    assert (tmp_path / "ours" / "notes.txt").read_text() == "mine"


def test_a_file_in_the_place_of_a_folder_and_a_folder_in_the_place_of_a_file_are_left_alone(tmp_path):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    with pytest.raises(kg.UsageError, match="is a file"):
        export(graph("small"), "csv", tmp_path / "file")
    with pytest.raises(kg.UsageError, match="is a folder"):
        export(graph("small"), "turtle", tmp_path / "folder")
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("name", ["nquads", "csv"])
def test_a_writer_that_fails_half_way_leaves_what_was_there(name, tmp_path, monkeypatch):
    export(graph("small"), name, tmp_path / "g")
    before = contents(tmp_path / "g")

    def broken(graph, target, lang):
        target.write_text("half") if name == "nquads" else target.mkdir()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporters()[name], "write", broken)
    with pytest.raises(kg.YishiError, match="No space left on device"):
        export(graph("small"), name, tmp_path / "g")
    assert contents(tmp_path / "g") == before and os.listdir(tmp_path) == ["g"]


@pytest.mark.parametrize(("name", "package", "extra"), [("parquet", "pyarrow", "parquet"), ("xlsx", "openpyxl", "xlsx")])
def test_a_missing_extra_is_named_in_one_line(name, package, extra, tmp_path, monkeypatch):
    for module in [module for module in sys.modules if module.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(kg.YishiError) as caught:
        export(graph("small"), name, tmp_path / "g")
    assert str(caught.value) == f"{name}: needs the package {package} (pip install 'yishi[{extra}]')"
    assert os.listdir(tmp_path) == []


def test_a_third_party_s_exporter_is_found_by_its_entry_point_and_cannot_take_over_ours(tmp_path, monkeypatch):
    other = SimpleNamespace(ABOUT=("点数", "dots"), SUFFIX=".dot", EXTRA="", BINARY=False)
    other.write = lambda graph, target, lang: target.write_text(f"{len(graph.entities)} {lang}") and ()
    points = [
        importlib.metadata.EntryPoint(name, "other:exporter", "yishi.exporters") for name in ("dot", "turtle")
    ]  # fmt: skip
    monkeypatch.setitem(sys.modules, "other", SimpleNamespace(exporter=other))
    monkeypatch.setattr("kg.export.exporter.entry_points", lambda group: points if group == "yishi.exporters" else [])
    assert exporters()["turtle"].SUFFIX == ".ttl"
    export(graph("small"), "dot", tmp_path / "g.dot", lang="en")
    assert (tmp_path / "g.dot").read_text() == f"{len(graph('small').entities)} en"


def test_a_third_party_s_exporter_that_breaks_is_one_line(monkeypatch):
    point = importlib.metadata.EntryPoint("dot", "no_such_module:exporter", "yishi.exporters")
    monkeypatch.setattr("kg.export.exporter.entry_points", lambda group: [point])
    with pytest.raises(kg.YishiError, match="the exporter dot cannot be loaded"):
        exporters()
