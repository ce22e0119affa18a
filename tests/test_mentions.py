"""`--mentions all|first|none`: fewer triples for who does not ask where a name stands; facts and figures keep their sentences."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.errors import UsageError
from kg.graph.mentions import FIRST, LEVELS, NONE, keep_mentions
from kg.graph.store import open_store
from kg.graph.validate import validate
from kg.graph.vocabulary import KG

MENTION = ox.NamedNode(KG + "mention")
MANY = ("huzhou-2022.txt", "huzhou-2023.txt")


@pytest.fixture(scope="module")
def graph(root) -> kg.Graph:
    """Two years of one city."""
    texts = root / "tests" / "many"
    return kg.build(*(texts / name for name in MANY), metadata=texts / "metadata.csv")


@pytest.fixture(scope="module")
def folders(graph, tmp_path_factory) -> dict[str, Path]:
    """The graph published at each level. Only read them."""
    top = tmp_path_factory.mktemp("levels")
    for level in LEVELS:
        kg.publish(graph, top / level, mentions=level)
    return {level: top / level for level in LEVELS}


def mentions(folder: Path) -> Counter[str]:
    """Entity → how many mentions the Turtle tells."""
    every = ox.parse(path=folder / "graph.ttl", format=ox.RdfFormat.TURTLE)
    return Counter(quad.subject.value for quad in every if quad.predicate == MENTION)


def said(graph: kg.Graph) -> set[str]:
    """All that a graph says but for mentions, spans and the build."""
    return {
        str(t)
        for t in graph.triples()
        if t.predicate != MENTION and "#offset_" not in t.subject.value and "/build/" not in t.subject.value
    }


def test_the_first_mention_in_each_source_is_kept_or_none(graph, folders) -> None:
    assert sum(mentions(folders["all"]).values()) == sum(len(entity.mentions) for entity in graph.entities)
    first = mentions(folders["first"])
    assert first == {graph.iri(e.id): len({span.source for span in e.mentions}) for e in graph.entities}
    assert max(first.values()) == 2
    assert not mentions(folders["none"])
    for entity in kg.open(folders["first"]).entities:
        every = graph.entity(entity.id).mentions
        starts = {sha: min(s.start for s in every if s.source == sha) for sha in {s.source for s in every}}
        assert {span.source: span.start for span in entity.mentions} == starts


@pytest.mark.parametrize("level", [FIRST, NONE])
def test_facts_figures_quotes_names_and_years_stay_as_they_are(graph, folders, level) -> None:
    assert any("lastSeen" in line for line in said(graph))
    opened = kg.open(folders[level])
    assert said(opened) == said(graph)
    assert opened.facts == graph.facts and opened.measures == graph.measures
    assert len(opened.quote(opened.facts[0].evidence[0])) > 5


@pytest.mark.parametrize("level", LEVELS)
def test_turtle_store_page_and_exports_agree(graph, folders, level, tmp_path) -> None:
    opened = kg.open(folders[level])
    assert opened.mentions == level
    assert opened.entities == keep_mentions(graph, level).entities
    assert opened.to_turtle() == (folders[level] / "graph.ttl").read_text("utf-8")
    opened.to_html(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_bytes() == (folders[level] / "graph.html").read_bytes()
    stored = open_store(folders[level])
    assert sum(1 for _ in stored.quads_for_pattern(None, MENTION, None, None)) == sum(mentions(folders[level]).values())
    opened.export("csv", tmp_path / "tables")
    assert len((tmp_path / "tables" / "mentions.csv").read_text("utf-8").splitlines()) == 1 + sum(
        mentions(folders[level]).values()
    )


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_keeps_the_contract_and_says_which_it_is(folders, level) -> None:
    assert validate(folders[level]).violations == ()
    told = (folders[level] / "graph.ttl").read_text("utf-8")
    assert (f'kg:mentionsKept "{level}"' in told) == (level != "all")
    assert json.loads((folders[level] / "manifest.json").read_text("utf-8"))["mentions"] == level


def test_a_graph_that_has_lost_its_mentions_without_saying_so_breaks_the_contract(folders, tmp_path) -> None:
    turtle = (folders["none"] / "graph.ttl").read_text("utf-8")
    line = ' ;\n    kg:mentionsKept "none"'
    assert turtle.count(line) == 1
    (tmp_path / "graph.ttl").write_text(turtle.replace(line, ""), "utf-8")
    assert {"entity-mentioned", "stated-names-both"} <= {violation.shape for violation in validate(tmp_path).violations}


def test_near_half_of_the_triples_go(seed) -> None:
    graph = kg.build(seed)
    size = {level: sum(1 for _ in keep_mentions(graph, level).triples()) for level in LEVELS}
    assert size["none"] < size["first"] < size["all"]
    assert size["none"] < 0.65 * size["all"]


def test_the_report_tells_how_the_texts_were_read_whatever_is_written(folders) -> None:
    for name in ("report.html", "merges.tsv"):
        assert len({(folder / name).read_bytes() for folder in folders.values()}) == 1


def test_what_was_left_out_is_not_brought_back(graph) -> None:
    none = keep_mentions(graph, NONE)
    assert keep_mentions(none, FIRST) is none
    assert keep_mentions(keep_mentions(graph, FIRST), NONE).entities == none.entities
    assert keep_mentions(graph, "all") is graph


def test_an_unknown_level_is_one_clear_line_and_nothing_is_written(graph, tmp_path, say) -> None:
    with pytest.raises(UsageError, match="some"):
        kg.publish(graph, tmp_path / "out", mentions="some")
    assert not (tmp_path / "out").exists()
    code, _, err = say("build", tmp_path, "-o", tmp_path / "out", "--mentions", "some")
    assert code == 2 and "some" in err and not (tmp_path / "out").exists()


def test_on_the_command_line(root, tmp_path, say) -> None:
    text = root / "tests" / "many" / MANY[0]
    assert say("build", text, "-o", tmp_path / "out", "--mentions", "none", "--no-html", "--jobs", 1)[0] == 0
    assert say("validate", "--graph", tmp_path / "out")[0] == 0
    name = kg.open(tmp_path / "out").entities[0].label
    code, out, _ = say("show", name, "--graph", tmp_path / "out")
    assert code == 0 and name in out
    assert say("build", text, "-o", tmp_path / "out", "--no-html", "--jobs", 1)[0] == 0
    assert mentions(tmp_path / "out")


def test_a_score_needs_all_mentions(root, tmp_path, say) -> None:
    seeds = next((root / "tests" / "gold").glob("*.json"))
    kg.publish(kg.build(root / "seeds"), tmp_path, html=False, mentions="first")
    code, _, err = say("score", seeds, "--graph", tmp_path)
    assert code != 0 and "--mentions all" in err and "Traceback" not in err


def test_entities_of_undated_texts_have_no_years(graph) -> None:
    undated = replace(graph, documents={sha: replace(about, date=None, issued=None) for sha, about in graph.documents.items()})
    assert all(entity.seen == () for entity in keep_mentions(undated, NONE).entities)
