"""What must hold of every text and every graph, asked of every text at hand and of texts that nobody wrote.

`tests/invariants/` has one file an invariant; `make fuzz` asks the same of what a coverage-guided fuzzer comes to. See docs/reliability.md.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from random import Random

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from invariants import broken, ends, formats, generate, graphs, quotes, read, same, shapes, texts, turtle, whole

from kg.graph.merge import merge
from kg.model import Fact, Reading, Span

REAL = texts.lines()
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


# ---- every text at hand ----


@pytest.mark.parametrize("name", texts.own())
def test_all_holds_of_the_projects_own_texts(name):
    reading = texts.reading(texts.own()[name])
    assert broken(reading) == []
    assert graphs.broken(merge([reading])) == []


@pytest.mark.parametrize("name", texts.of_corpus())
def test_nothing_breaks_in_the_reading_of_a_text_of_the_corpus(name):
    assert broken(texts.reading(texts.of_corpus()[name])) == []


def test_all_holds_of_the_graph_of_the_passages_that_have_a_gold_graph(shared):
    assert graphs.broken(texts.graph(texts.of_gold())) == []


def test_the_same_files_give_the_same_bytes_whatever_the_hash_seed_their_order_and_the_number_of_processes(tmp_path):
    own = texts.own()
    files = [own[name] for name in ("later.txt", "report-2023.txt", "report-2024.txt", "quzhou-2023.txt", "page.html")]
    assert same.broken(files, tmp_path) == []


# ---- texts that nobody wrote ----


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(generate.texts(REAL))
def test_nothing_breaks_in_the_reading_of_a_text_that_nobody_wrote(text):
    reading = read(text)
    assert reading is None or broken(reading) == []


@settings(
    max_examples=12, deadline=None, suppress_health_check=SLOW, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)  # shrinking a graph takes minutes
@given(st.lists(generate.texts(REAL), min_size=1, max_size=3, unique=True))
def test_all_holds_of_the_graph_of_texts_that_nobody_wrote(made):
    readings = [reading for reading in map(read, made) if reading is not None]
    assert graphs.broken(merge(readings)) == []


@pytest.mark.parametrize("extension", formats.FORMATS)
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(paragraphs=generate.documents(REAL))
def test_a_file_of_any_format_is_read_without_losing_or_doubling_a_character(extension, paragraphs):
    assert formats.broken(paragraphs, extension, formats.FORMATS[extension]) == []


def test_generated_texts_are_of_the_genre_most_give_facts_and_figures():
    readings = [reading for seed in range(40) if (reading := read(generate.text(Random(seed), REAL))) is not None]
    assert sum(bool(reading.facts) for reading in readings) > 20
    assert sum(bool(reading.measures) for reading in readings) > 15
    assert sum(bool(reading.document.furniture) for reading in readings) > 8


# ---- each invariant sees what breaks it ----


@pytest.fixture(scope="module")
def good() -> Reading:
    """A reading of which everything holds."""
    found = texts.reading(texts.own()["later.txt"])
    assert broken(found) == [] and found.facts and found.measures
    return found


def test_a_character_that_is_lost_doubled_or_moved_is_seen(good):
    document = good.document
    assert whole.broken(replace(good, document=replace(document, furniture=((0, 1),)))) == [
        "'政' at 0 is in the view and furniture"
    ]
    short = replace(document, text=document.text[:-1], offsets=document.offsets[:-1])
    last = len(document.source.text.rstrip()) - 1
    assert f"{document.source.text[last]!r} at {last} is lost" in whole.lost(short)
    moved = array("I", [*document.offsets[:3], document.offsets[3] + 1, *document.offsets[4:]])
    assert whole.misplaced(replace(document, offsets=moved))
    assert whole.out_of_order(replace(document, sentences=document.sentences[1:]))


def test_a_quote_beside_its_words_is_seen(good):
    entity = good.entities[0]
    outside = Span(good.document.source.sha256, 0, len(good.document.source.text) + 1)
    assert quotes.broken(replace(good, entities=(replace(entity, mentions=(outside,)),)))
    measure = replace(good.measures[0], as_written="一百件")
    assert quotes.broken(replace(good, measures=(measure,)))
    assert quotes.broken(replace(good, facts=(replace(good.facts[0], evidence=()),)))


def test_a_quote_of_the_graph_that_is_not_what_the_source_says_is_seen(good):
    graph = merge([good])
    store = shapes.stored(graph)
    assert quotes.broken_in(graph, store) == []
    one = next(iter(store.quads_for_pattern(None, ox.NamedNode(quotes.KG + "quote"), None)))
    store.remove(one)
    store.add(ox.Quad(one.subject, one.predicate, ox.Literal("别的话")))
    assert any("别的话" in line for line in quotes.broken_in(graph, store))


def test_a_fact_about_what_is_no_entity_is_seen(good):
    fact = replace(good.facts[0], object="org/没有")
    assert ends.broken(replace(good, facts=(fact,))) == [f"{fact.rule}: org/没有 is no entity"]
    store = shapes.stored(merge([good]))
    subject = next(iter(store.quads_for_pattern(None, ox.NamedNode(ends.KG + "runs"), None))).subject
    store.remove(next(iter(store.quads_for_pattern(subject, ox.NamedNode(ends.RDF + "type"), None))))
    assert ends.broken_in(store)
    assert shapes.broken(store)


def test_turtle_that_says_something_else_is_seen(good):
    class Lying:
        """A graph whose Turtle has one triple less than it should."""

        def __init__(self, graph):
            self.triples, self.turtle = graph.triples, graph.to_turtle()

        def to_turtle(self):
            return self.turtle.replace("28", "29", 1)

    graph = merge([good])
    assert turtle.broken(graph) == []
    found = turtle.broken(Lying(graph))
    assert {line.partition(":")[0] for line in found} == {"Oxigraph", "rdflib"}


# ---- what was found and mended ----


def test_marks_with_nothing_in_them_name_nothing():
    found = read("市政协出台《》和《。》，打造“”平台。")
    assert found is not None and broken(found) == []
    assert not [entity for entity in found.entities if not any(map(str.isalnum, entity.label))]


def test_a_document_whose_title_is_a_place_has_a_name_of_its_own():
    found = read("湖州市政协编印了《湖州市》。")
    assert found is not None and broken(found) == []
    assert "湖州市" in [entity.label for entity in found.entities if entity.classes[0] == "Document"]


def test_no_figure_goes_over_the_end_of_a_paragraph():
    found = read("全市政协组织共有委员300\n\n家企业参加市政协活动50场次。\n市政协开展协商20至\n\n30场次。")
    assert found is not None and broken(found) == []
    assert not [measure for measure in found.measures if "\n" in measure.as_written]


def test_a_figure_is_told_in_the_signs_of_its_source():
    found = read("2023年，湖州市政协開展協商議政活動１２．５萬人次，組織委員視察３２場次。")
    assert found is not None and broken(found) == []
    assert {measure.as_written for measure in found.measures} == {"１２．５萬人次", "３２場次"}
    assert {measure.value for measure in found.measures} == {125000, 32}


def test_a_figure_that_goes_over_furniture_is_told_as_the_source_has_it():
    found = read(
        "22..77万万多多人人次次\n市政协委员活动情况\n湖州市政协组织活动。\n"
        + 3 * "湖州市政协打造“民生议事堂”，开展协商50场次。\n"
    )
    assert found is not None and broken(found) == []


def test_a_fact_whose_end_the_texts_together_make_into_something_else_is_not_told(good):
    runs = next(fact for fact in good.facts if fact.property == "runs")
    source = replace(good.document.source, sha256="0" * 64)
    mentions = tuple(Span("0" * 64, at, at + 2) for at in range(0, 60, 2))
    meeting = next(replace(e, classes=("Meeting",), mentions=mentions) for e in good.entities if e.id == runs.object)
    other = replace(
        good, document=replace(good.document, source=source), entities=(meeting,), facts=(), measures=(), account=None
    )
    graph = merge([good, other])
    assert graph.entity(runs.object).classes == ("Meeting",)
    assert ends_of(graph.facts).isdisjoint([(runs.subject, "runs", runs.object)])
    assert shapes.broken(shapes.stored(graph)) == []


def ends_of(facts: tuple[Fact, ...]) -> set[tuple[str, str, str]]:
    """Subject, property and object of each fact."""
    return {(fact.subject, fact.property, fact.object) for fact in facts}
