"""`kg export webannotation`: an annotation for each mention, fact and figure, which finds its place in the text."""

from __future__ import annotations

import json

import pytest
from export_cases import CASES, graph

from kg.export.exporter import export
from kg.graph.iri import source_iri
from kg.graph.rdf import measure_iri, statement_iri


def read(path):
    return json.loads(path.read_text("utf-8"))


def targets(annotation):
    return annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]


@pytest.mark.parametrize("case", CASES)
def test_both_selectors_of_every_target_lead_to_the_same_place(case, tmp_path):
    assert not export(graph(case), "webannotation", tmp_path / "g")
    texts = {source_iri(sha, graph(case).base): source.text for sha, source in graph(case).sources.items()}
    for annotation in read(tmp_path / "g")["items"]:
        for target in targets(annotation):
            position, quote = target["selector"]
            text = texts[target["source"]]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert text[: position["start"]].endswith(quote["prefix"]) and text[position["end"] :].startswith(quote["suffix"])


@pytest.mark.parametrize("case", CASES)
def test_every_mention_fact_and_figure_is_annotated_once(case, tmp_path):
    export(graph(case), "webannotation", tmp_path / "g")
    items, base = read(tmp_path / "g")["items"], graph(case).base
    assert len({item["id"] for item in items}) == len(items)
    named = sorted(item["body"]["source"] for item in items if item["motivation"] == "identifying")
    assert named == sorted(graph(case).iri(entity.id) for entity in graph(case).entities for _ in entity.mentions)
    described = sorted(item["body"][0]["source"] for item in items if item["motivation"] == "describing")
    wanted = [statement_iri(fact, base) for fact in graph(case).facts] + [measure_iri(m, base) for m in graph(case).measures]
    assert described == sorted(wanted)


def test_it_is_what_the_model_of_the_w3c_asks_for(tmp_path):
    export(graph("small"), "webannotation", tmp_path / "g")
    page = read(tmp_path / "g")
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    for item in page["items"]:
        assert item["type"] == "Annotation" and item["target"] and item["body"]
        for target in targets(item):
            assert [selector["type"] for selector in target["selector"]] == ["TextPositionSelector", "TextQuoteSelector"]
