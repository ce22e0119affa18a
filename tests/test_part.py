"""A part of a published graph: some entities, with all that is said between them, and every quote still the text's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import YishiError
from kg.export.page import page
from kg.graph.part import part
from kg.graph.store import open_store


def test_all_entities_are_the_whole_graph(two_graph: Path) -> None:
    whole = kg.open(two_graph)
    same = part(two_graph, open_store(two_graph), [whole.iri(entity.id) for entity in whole.entities])
    assert same.entities == whole.entities
    assert same.facts == whole.facts
    assert same.measures == whole.measures
    assert {sha: source.text for sha, source in same.sources.items()} == {
        sha: source.text for sha, source in whole.sources.items()
    }


def test_a_part_has_what_is_said_between_its_entities_and_no_more(seed_graph: Path) -> None:
    whole = kg.open(seed_graph)
    ids = {"org/湖州市/政协", "thing/湖州市/民生议事堂", "place/湖州市"}
    some = part(seed_graph, open_store(seed_graph), [whole.iri(one) for one in (*ids, "thing/nowhere/nothing")])
    assert {entity.id for entity in some.entities} == ids
    assert set(some.facts) == {fact for fact in whole.facts if {fact.subject, fact.object} <= ids}
    assert set(some.measures) == {measure for measure in whole.measures if measure.about in ids}
    assert "民生议事堂" in page(some, "zh")


def test_a_part_of_nothing_is_empty(seed_graph: Path) -> None:
    assert part(seed_graph, open_store(seed_graph), []).entities == ()


def test_a_folder_that_is_not_whole_is_said(seed_graph: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(seed_graph, tmp_path / "graph")
    store = open_store(tmp_path / "graph")
    (tmp_path / "graph" / "documents.json").unlink()
    with pytest.raises(YishiError, match="build the graph again"):
        part(tmp_path / "graph", store, [])
