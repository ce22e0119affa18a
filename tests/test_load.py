"""`kg load`: finding the loader, keeping secrets, and saying what was done in one or two lines."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from types import SimpleNamespace

import pytest
from command import one_line
from load_cases import after, before

import kg
from kg.cli import main
from kg.export.carried import Note
from kg.load import Loaded, Login, load
from kg.load.cypher import synchronise
from kg.load.loader import loaders


@pytest.fixture
def played(monkeypatch):
    """A loader for play: addresses; what it was asked; what it says."""
    asked = []
    player = SimpleNamespace(SCHEMES=("play",), EXTRA="", says=Loaded(True, {"nodes": 4200, "edges": 1}))

    def take(graph, url, login, *, force, tell):
        tell("Entity")
        asked.append((url, login, force))
        return player.says

    player.load, player.asked = take, asked
    monkeypatch.setattr("kg.load.loader.loaders", lambda: {"play": player})
    return player


def test_every_kind_of_address_has_its_loader():
    assert list(loaders()) == [
        "bolt", "bolt+s", "bolt+ssc", "falkor", "falkors", "http", "https", "ladybug", "neo4j", "neo4j+s", "neo4j+ssc",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_loaded_is_said(lang, seed_graph, played, capsys):
    played.says = Loaded(True, {"nodes": 4200, "edges": 1}, {"nodes": 3, "edges": 0}, mended=True)
    assert main(["load", "play://x/y", "--graph", str(seed_graph), "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "4,200" in lines[0] and "play://x/y" in lines[0]
    assert lines[1] == ("移去 3 个节点" if lang == "zh" else "removed 3 nodes")
    assert ("中断" if lang == "zh" else "broken off") in lines[2]


def test_that_nothing_changed_is_said(seed_graph, played, capsys):
    played.says = Loaded(False, {"nodes": 4200, "edges": 1})
    assert main(["load", "play://x/y", "--graph", str(seed_graph), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "play://x/y: holds this graph already, nothing changed\n"


def test_json_is_for_scripts_and_what_is_lost_is_exit_code_3(seed_graph, played, capsys):
    played.says = Loaded(True, {"nodes": 1, "edges": 1}, notes=(Note("少了", "something is lost"),))
    assert main(["load", "play:x", "--graph", str(seed_graph), "--json", "--lang", "en"]) == 3
    shown = capsys.readouterr()
    told = json.loads(shown.out)
    assert (told["url"], told["changed"], told["counts"]) == ("play:x", True, {"nodes": 1, "edges": 1})
    assert one_line(shown.err) == "something is lost"


def test_the_login_comes_from_options_the_environment_or_the_address_and_is_never_shown(seed_graph, played, capsys, monkeypatch):
    main(["load", "play://x", "--graph", str(seed_graph), "--user", "甲", "--password", "s3cr3t-1"])
    main(["load", "play://乙:s3cr3t%2D2@x/y", "--graph", str(seed_graph)])
    for name, value in (("KG_USER", "丙"), ("KG_PASSWORD", "s3cr3t-3"), ("KG_TOKEN", "s3cr3t-4")):
        monkeypatch.setenv(name, value)
    main(["load", "play://x", "--graph", str(seed_graph), "--force", "--json"])
    assert played.asked == [
        ("play://x", Login("甲", "s3cr3t-1", None), False),
        ("play://x/y", Login("乙", "s3cr3t-2", None), False),
        ("play://x", Login("丙", "s3cr3t-3", "s3cr3t-4"), True),
    ]
    shown = capsys.readouterr()
    assert "s3cr3t" not in shown.out + shown.err
    assert "s3cr3t" not in repr(played.asked)


@pytest.mark.parametrize("url", ["graph.ttl", "ftp://x/y", "", "bolt", "://", "play//u:s3cr3t@x"])
def test_an_address_of_no_known_kind_is_wrong_usage(url, seed_graph, capsys):
    assert main(["load", url, "--graph", str(seed_graph), "--lang", "en"]) == 2
    said = one_line(capsys.readouterr().err)
    assert "bolt:" in said and "falkor:" in said and "ladybug:" in said and "s3cr3t" not in said


def test_without_a_built_graph_it_says_so(played, capsys):
    assert main(["load", "play:x", "--graph", "nothing/here"]) == 1
    assert "nothing/here" in one_line(capsys.readouterr().err) and not played.asked


@pytest.mark.parametrize(
    ("url", "package", "extra"),
    [("bolt://x", "neo4j", "neo4j"), ("falkor://x", "falkordb", "falkordb"), ("ladybug:x.lbug", "ladybug", "ladybug")],
)
def test_a_missing_extra_is_named_in_one_line(url, package, extra, monkeypatch):
    for module in [module for module in sys.modules if module.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(kg.YishiError, match=rf"needs the package {package} \(pip install 'yishi\[{extra}\]'\)"):
        load(before(), url)


def test_a_third_party_s_loader_is_found_by_its_entry_point_and_cannot_take_over_ours(monkeypatch):
    other = SimpleNamespace(SCHEMES=("gremlin", "bolt"), EXTRA="", load=lambda *_, **__: Loaded(True, {"nodes": 1}))
    point = importlib.metadata.EntryPoint("gremlin", "other:loader", "yishi.loaders")
    monkeypatch.setitem(sys.modules, "other", SimpleNamespace(loader=other))
    monkeypatch.setattr("kg.load.loader.entry_points", lambda group: [point] if group == "yishi.loaders" else [])
    assert load(before(), "gremlin://x").counts == {"nodes": 1}
    assert loaders()["bolt"].EXTRA == "neo4j"


class Recorded:
    """A database that only listens: what reaches it, and what it claims to hold."""

    where = "recorded:"

    def __init__(self) -> None:
        self.queries: list[str] = []

    def prepare(self, label: str) -> None:
        pass

    def fit(self, row):
        return row

    def run(self, query, **parameters):
        self.queries.append(query)
        return [{"n": 0}] if "AS n" in query else []


def test_no_word_of_a_text_stands_in_a_statement():
    from hostile_cases import NAMES, hostile

    database = Recorded()
    with pytest.raises(kg.YishiError, match="where the graph has"):
        synchronise(database, hostile(), force=False, tell=lambda _: None)
    assert all(query.isascii() for query in database.queries)
    assert not any(name in query for name in NAMES for query in database.queries if len(name) > 3)


def test_a_database_that_loses_rows_is_found_out():
    with pytest.raises(kg.YishiError, match=r"the load broke off: holds .* where the graph has"):
        synchronise(Recorded(), after(), force=False, tell=lambda _: None)
