"""The store in the output folder: opened again as the Graph it was, mended where little changed, never half-written."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import graph_cases as cases
import pyoxigraph as ox
import pytest
from graphs import LATER
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.graph import store_write
from kg.graph.manifest import manifest_of
from kg.graph.merge import merge
from kg.graph.query import run
from kg.graph.store import ONTOLOGY, open_store, place
from kg.model import Period

PARTS = ("entities", "facts", "measures", "sources", "documents", "notes", "skipped", "base")
HERE = str(Path(__file__).parent)


def quads(folder: Path) -> set[ox.Quad]:
    """All that a folder's store holds, without the ontology."""
    return {quad for quad in open_store(folder) if quad.graph_name != ONTOLOGY}


def same(one: kg.Graph, other: kg.Graph) -> bool:
    return all(getattr(one, part) == getattr(other, part) for part in PARTS)


# ---- opened again ----


def test_what_is_opened_is_what_was_built(seed, tmp_path):
    (tmp_path / "later.txt").write_text(LATER, "utf-8")
    built = kg.build(seed, tmp_path / "later.txt", tmp_path / "nothing.txt", home="湖州市")
    kg.publish(built, tmp_path / "out", html=False)
    opened = kg.open(tmp_path / "out")
    assert len(opened.entities) > 200 and len(opened.sources) == 2 and len(opened.skipped) == 1
    assert same(built, opened)
    assert [*opened.sources] == [*built.sources]
    assert opened.to_turtle() == built.to_turtle()
    assert opened.quote(opened.facts[0].evidence[0]) == built.quote(built.facts[0].evidence[0])


def test_every_kind_of_finding_comes_back_with_all_its_fields(tmp_path):
    reading = cases.reading()
    fact, measure = reading.facts[1], reading.measures[0]
    more = (
        replace(fact, period=Period("2022-01", "2022-06"), status="planned"),
        replace(reading.facts[4], role="主席、“党组书记”\n"),
    )
    figures = (replace(measure, value=Decimal("5.53"), min=Decimal("0.5"), max=9, kind="share", bound="atMost", unit=""),)
    graph = merge([replace(reading, facts=(*reading.facts, *more), measures=(*reading.measures, *figures))])
    kg.publish(graph, tmp_path, html=False)
    assert same(graph, kg.open(tmp_path))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30), value=st.decimals(allow_nan=False, allow_infinity=False)
)
def test_whatever_a_text_may_say_comes_back(tmp_path, text, value):
    reading = cases.reading(replace(cases.source(), name=text or "x", home=text or None))
    entities = (replace(reading.entities[0], label=text.strip() or "x", alt=(text,)), *reading.entities[1:])
    measures = (replace(reading.measures[0], indicator=text or "x", unit=text, as_written=text, value=value),)
    graph = merge([replace(reading, entities=entities, measures=measures, notes=(text,))])
    kg.publish(graph, tmp_path / "out", html=False)
    assert same(graph, kg.open(tmp_path / "out"))


def test_an_opened_graph_can_be_asked_shown_and_written(seed, seed_graph, tmp_path):
    graph = kg.open(seed_graph)
    platforms = sum("Platform" in entity.classes for entity in graph.entities)
    assert graph.query("SELECT (COUNT(*) AS ?n) { ?x a kg:Platform }") == [{"n": platforms}]
    graph.to_html(tmp_path / "page.html")
    assert "民生议事堂" in (tmp_path / "page.html").read_text("utf-8")
    assert set(graph.to_rdflib()) == set(kg.build(seed).to_rdflib())


@pytest.mark.parametrize("broken", ["documents.json", "sources", "store", "manifest.json"])
def test_a_folder_that_is_not_whole_is_one_clear_line(seed_graph, tmp_path, broken):
    folder = tmp_path / "out"
    shutil.copytree(seed_graph, folder)
    path = folder / broken
    shutil.rmtree(path) if path.is_dir() else path.write_text("{}", "utf-8")
    with pytest.raises(kg.YishiError) as caught:
        kg.open(folder)
    assert "\n" not in str(caught.value) and "build" in str(caught.value)


def test_a_text_that_was_changed_by_hand_is_told(seed_graph, tmp_path):
    shutil.copytree(seed_graph, tmp_path / "out")
    (text,) = (tmp_path / "out" / "sources").iterdir()
    text.write_text(text.read_text("utf-8") + "改", "utf-8")
    with pytest.raises(kg.YishiError, match="is not as it was built"):
        kg.open(tmp_path / "out")


# ---- what is in it ----


def test_a_plain_query_sees_the_union_with_the_ontology_and_counts_nothing_twice(two_graph):
    graph, store = kg.open(two_graph), open_store(two_graph)
    (row,) = run(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    ontology = sum(1 for _ in store.quads_for_pattern(None, None, None, ONTOLOGY))
    assert int(row["n"].value) == len(list(graph.triples())) + ontology
    assert len(set(graph.triples())) == len(list(graph.triples()))
    assert bool(run(store, "ASK { kg:runs rdfs:label '运行'@zh }"))


def test_each_source_is_a_named_graph_and_from_asks_it_alone(two_graph):
    graph = kg.open(two_graph)
    for sha in graph.sources:
        name = f"{graph.base}source/{sha}"
        asked = graph.query(f"SELECT (COUNT(*) AS ?n) FROM <{name}> {{ ?st a rdf:Statement }}")
        assert asked == [{"n": sum(fact.evidence[0].source == sha for fact in graph.facts)}]


def test_rdflib_users_get_their_graph_on_the_same_store(two_graph):
    import rdflib

    graph = kg.open(two_graph).to_rdflib(store=True)
    label = rdflib.URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    assert rdflib.Literal("民生议事堂", lang="zh") in set(graph.objects(None, label))
    rows = graph.query("SELECT ?p { ?x skos:prefLabel '民生议事堂'@zh ; a ?p }")
    assert [str(row.p) for row in rows] == ["https://w3id.org/yishi/ontology#Platform"]
    with pytest.raises(Exception, match=r"[Rr]ead"):
        graph.add((label, label, label))


def test_nothing_in_the_store_names_a_path_of_the_machine(seed_graph):
    assert not [path for path in place(seed_graph).iterdir() if str(seed_graph).encode() in path.read_bytes()]


# ---- rebuilt ----


@pytest.fixture
def mended(monkeypatch):
    """Which named graphs are mended instead of loaded anew: a list of sets, one a publishing; None for a store loaded anew."""
    done: list[set[str] | None] = []
    mend, load = store_write._mend, store_write.load_files
    monkeypatch.setattr(store_write, "_SMALL", 0)

    def watch_mend(target, changed, spelled, files):
        done.append(set(changed))
        mend(target, changed, spelled, files)

    def watch_load(target, files):
        done.append(None)
        load(target, files)

    monkeypatch.setattr(store_write, "_mend", watch_mend)
    monkeypatch.setattr(store_write, "load_files", watch_load)
    return done


@pytest.mark.parametrize("size", [1, 700, 1 << 19])
def test_a_store_is_filled_slice_by_slice_and_no_line_is_lost_or_cut(size, seed, tmp_path, monkeypatch):
    graph = kg.build(seed)
    lines = tmp_path / "all.nq"
    with lines.open("wb") as out:
        ox.serialize(graph.quads(), out, format=ox.RdfFormat.N_QUADS)
    for name in ("SLICE", "SMALL_SLICE"):
        monkeypatch.setattr(store_write, name, size)
    if size < 1000:  # a line a slice, or three: some are enough
        lines.write_bytes(b"".join(lines.read_bytes().splitlines(keepends=True)[:40]))
    store_write.load_files(tmp_path / "store", [lines])
    assert set(ox.Store.read_only(str(tmp_path / "store"))) == set(ox.parse(path=lines, format=ox.RdfFormat.N_QUADS))


def test_a_document_that_comes_and_goes_touches_only_its_own_facts(seed, tmp_path, mended):
    (tmp_path / "later.txt").write_text(LATER, "utf-8")
    one, two = kg.build(seed), kg.build(seed, tmp_path / "later.txt", home="湖州市")
    out = tmp_path / "out"
    kg.publish(one, out, html=False)
    kg.publish(two, out, html=False)
    (later,) = two.sources.keys() - one.sources.keys()
    shared = {f"{one.base}graph/entities", f"{one.base}graph/facts"}
    assert quads(out) == set(two.quads()) and same(kg.open(out), two)
    kg.publish(one, out, html=False)
    assert mended == [None, shared | {f"{one.base}source/{later}"}, shared | {f"{one.base}source/{later}"}]
    assert quads(out) == set(one.quads()) and same(kg.open(out), one)
    assert len(list((out / "store").iterdir())) == 1


def test_the_same_graph_again_writes_no_store(seed_graph, tmp_path, mended):
    shutil.copytree(seed_graph, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in place(tmp_path / "out").iterdir()}
    kg.publish(kg.open(seed_graph), tmp_path / "out", html=False)
    assert mended == []
    assert {path: path.stat().st_mtime_ns for path in place(tmp_path / "out").iterdir()} == before


def test_mending_many_times_over_is_the_same_as_building_anew(tmp_path, mended):
    """Documents come, go and are named otherwise, in a random order."""
    chance = random.Random(5)
    readings = [cases.reading(cases.source(f"第{n}篇：" + cases.TEXT, f"{n}.txt")) for n in range(8)]
    for _ in range(12):
        graph = merge(chance.sample(readings, chance.randint(4, 8)))
        kg.publish(graph, tmp_path / "out", html=False)
        assert quads(tmp_path / "out") == set(graph.quads())
    assert sum(changed is not None for changed in mended) >= 3


def test_a_store_that_is_broken_is_built_anew(tmp_path, mended):
    readings = [cases.reading(cases.source(f"第{n}篇：" + cases.TEXT, f"{n}.txt")) for n in range(5)]
    kg.publish(merge(readings), tmp_path, html=False)
    for path in place(tmp_path).glob("*.sst"):
        path.write_bytes(b"nonsense")
    graph = merge(readings[:4])
    kg.publish(graph, tmp_path, html=False)
    assert quads(tmp_path) == set(graph.quads())


def test_who_has_the_old_graph_open_keeps_it_whole(seed, tmp_path):
    kg.publish(kg.build(seed), tmp_path / "out", html=False)
    opened, store = kg.open(tmp_path / "out"), open_store(tmp_path / "out")
    count = len(store)
    kg.publish(merge([cases.reading()]), tmp_path / "out", html=False)
    assert len(store) == count == sum(1 for _ in store)
    assert opened.query("ASK { <thing/湖州市/民生议事堂> a kg:Platform }") == [{"ask": True}]
    assert kg.open(tmp_path / "out").query("SELECT (COUNT(*) AS ?n) { ?x a kg:Platform }")[0]["n"] == 2


def test_readers_beside_a_writer_always_see_a_whole_graph(tmp_path):
    """While a process publishes two graphs in turn, who opens the folder sees the one or the other, never a mixture."""
    graphs = [merge([cases.reading(cases.source(text + cases.TEXT, "文.txt"))]) for text in ("甲：", "乙：")]
    kg.publish(graphs[0], tmp_path / "out", html=False)
    code = f"""
import sys; sys.path.insert(0, {HERE!r})
import graph_cases as cases, kg
from kg.graph.merge import merge
graphs = [merge([cases.reading(cases.source(text + cases.TEXT, "文.txt"))]) for text in ("甲：", "乙：")]
for turn in range(12):
    kg.publish(graphs[turn % 2], sys.argv[1], html=False)
"""
    writer = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "out")], cwd=Path(HERE).parent)
    wholes = [frozenset(map(str, graph.quads())) for graph in graphs]
    seen = set()
    while writer.poll() is None:
        found = kg.open(tmp_path / "out")
        told = frozenset(map(str, (quad for quad in found.store if quad.graph_name != ONTOLOGY)))
        assert told in wholes and any(same(found, graph) for graph in graphs)
        seen.add(told)
    assert writer.returncode == 0
    assert len(seen) == 2


def test_a_publisher_killed_at_any_moment_leaves_a_store_that_is_asked(tmp_path):
    """Killed at random moments, also within the engine: the folder is asked, and the next publisher ends with the right graph."""
    old, new = (merge([cases.reading(cases.source(text + cases.TEXT, "文.txt"))]) for text in ("甲：", "乙："))
    wholes = [set(graph.quads()) for graph in (old, new)]
    code = f"""
import sys; sys.path.insert(0, {HERE!r})
import graph_cases as cases, kg
from kg.graph.merge import merge
graph = merge([cases.reading(cases.source("乙：" + cases.TEXT, "文.txt"))])
print("ready", flush=True)
kg.publish(graph, sys.argv[1], html=False)
"""
    chance, killed = random.Random(7), 0
    for turn in range(8):
        out = tmp_path / f"out{turn}"
        kg.publish(old, out, html=False)
        process = subprocess.Popen([sys.executable, "-c", code, str(out)], cwd=Path(HERE).parent, stdout=subprocess.PIPE)
        assert process.stdout is not None and process.stdout.readline()
        time.sleep(chance.random() * 0.15)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() != 0
        process.stdout.close()
        assert quads(out) in wholes and any(same(kg.open(out), graph) for graph in (old, new))
        kg.publish(new, out, html=False)
        assert quads(out) == wholes[1] and not (out / ".yishi-new").exists()
        assert [path.name for path in (out / "store").iterdir()] == [place(out).name]
    assert killed


def test_a_manifest_cannot_make_a_publisher_remove_or_read_another_folder(tmp_path):
    out = tmp_path / "out"
    kg.publish(merge([cases.reading()]), out, html=False)
    (tmp_path / "precious").mkdir()
    manifest = manifest_of(out)
    for at in ("../precious", "store/../../precious", "/etc", "store", 5, None):
        (out / "manifest.json").write_text(json.dumps({**manifest, "store": at}), "utf-8")
        with pytest.raises(kg.YishiError):
            place(out)
        kg.publish(merge([cases.reading(cases.source("乙：" + cases.TEXT))]), out, html=False)
        assert (tmp_path / "precious").is_dir()
        assert quads(out)


def test_a_disk_that_is_full_leaves_the_store_that_was_there(tmp_path):
    kg.publish(merge([cases.reading()]), tmp_path, html=False)
    before = quads(tmp_path)
    code = f"""
import sys; sys.path.insert(0, {HERE!r})
import resource, graph_cases as cases, kg
from kg.graph.merge import merge
graph = merge([cases.reading(cases.source("乙：" + cases.TEXT))])
resource.setrlimit(resource.RLIMIT_FSIZE, (30000, 30000))
try:
    kg.publish(graph, sys.argv[1], html=False)
except kg.YishiError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, cwd=Path(HERE).parent)
    assert "cannot be written" in done.stdout and done.stdout.count("\n") == 1, done.stderr
    assert quads(tmp_path) == before
