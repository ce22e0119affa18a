"""Texts are hostile: whatever a name holds, it is a name on the page, in what is taken along, in the title; it does nothing."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from typing import Any

import pytest
import rdflib
from hostile_names import HOSTILE
from page_opened import Opened
from pyoxigraph import RdfFormat, parse

from kg.graph.iri import normal_id
from kg.graph.knowledge import DocumentInfo, Graph
from kg.model import Entity, Fact, Measure, Period, Source, Span

BODY = "org/湖州市/政协"


def _hostile_graph() -> Graph:
    """A body that runs a platform of each name, with the names in every place that a text fills."""
    assert len(HOSTILE) >= 40
    text, entities, facts, measures = "湖州市政协工作报告\n\n", [], [], []
    sha = "ab" * 32
    for number, name in enumerate(HOSTILE):
        start = len(text)
        sentence = f"2022年，湖州市政协打造{name}平台，开展协商{number}次。"
        text += sentence + "\n"
        at = start + sentence.index(name)
        entity_id = normal_id(f"thing/湖州市/{number}")
        mention, evidence = Span(sha, at, at + len(name)), Span(sha, start, start + len(sentence))
        entities.append(Entity(entity_id, ("Platform",), name, (f"又{name}",), (mention,)))
        facts.append(Fact(BODY, "runs", entity_id, "done", "stated", f"rule{name}", (evidence,), Period.of("2022"), role=None))
        facts.append(Fact(BODY, "worksFor", entity_id, "planned", "carried", "rule", (evidence,), context=mention, role=name))
        measures.append(
            Measure(entity_id, f"指标{name}", number, name, f"{number}{name}", (evidence,), "rule", period=Period.of("2022"))
        )
    first = text.index("湖州市政协")
    entities.append(Entity(BODY, ("Organization",), "湖州市政协", (), (Span(sha, first, first + 5),)))
    source = Source(sha, HOSTILE[1], text)
    info = DocumentInfo(title=HOSTILE[1], speaker=HOSTILE[0], publisher=HOSTILE[2] + "报", date="2023-02-25", body=BODY)
    order = sorted(entities, key=lambda entity: entity.id)
    return Graph(tuple(order), tuple(facts), tuple(measures), {sha: source}, {sha: info})


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The graph of the hostile names."""
    return _hostile_graph()


@pytest.fixture(scope="module")
def hostile(browser: Any, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Its page. Nothing may have happened in it at the end."""
    path = tmp_path_factory.mktemp("hostile") / "graph.html"
    graph.to_html(path)
    found = Opened(browser, path)
    yield found
    assert found.errors == []
    assert found.requests == [path.as_uri()] or all(url.startswith(("blob:", "data:", path.as_uri())) for url in found.requests)
    assert found.ask(FOREIGN) == 0
    found.context.close()


FOREIGN = "document.querySelectorAll('img, iframe, object, embed, video, link, base, form, math, details, body style, body script:not([type]):not(:nth-last-of-type(-n+2))').length"


def _letters(text: str) -> str:
    """What of a name the parse leaves as it is (it sets quotation marks and brackets right)."""
    return "".join(char for char in text if char.isalnum() or char in "<>&=/")


def test_the_title_is_text(hostile: Opened) -> None:
    assert hostile.page.title() == HOSTILE[1] == hostile.page.inner_text("#title")
    assert hostile.ask(FOREIGN) == 0


def test_every_name_stands_in_the_text_as_it_is(hostile: Opened) -> None:
    shown = {_letters(text) for text in hostile.page.locator("#article .name").all_text_contents()}
    whole = _letters(hostile.page.locator("#article").text_content() or "")
    assert [name for name in HOSTILE if _letters(name) not in shown and _letters(name) not in whole] == []
    assert len({_letters(name) for name in HOSTILE} - shown) <= 2, (
        "all but those that the parse divides: line separators, comments"
    )
    assert hostile.ask(FOREIGN) == 0


def test_every_name_has_a_card_with_its_sentence(hostile: Opened, graph: Graph) -> None:
    for name in HOSTILE:
        number = hostile.ask("(name) => yishi.kg.names.indexOf(name)", name)
        hostile.ask("(node) => yishi.pick(node, { from: 'search' })", number)
        assert hostile.page.locator("#card h2").text_content() == name
        assert hostile.page.locator("#card .names").text_content() == f"又{name}"
        hostile.page.locator("#card .indicator").first.evaluate("(node) => node.click()")
        assert "打造" in (hostile.page.locator("#card blockquote q").first.text_content() or "")
        assert name in hostile.page.locator("#card .tag").all_text_contents()
    assert hostile.ask(FOREIGN) == 0


def test_every_name_is_found_and_listed_as_text(hostile: Opened) -> None:
    for name in HOSTILE:
        found = hostile.ask("(name) => yishi.find(name).map(({ node }) => yishi.kg.names[node])", name)
        assert name in found, name
    hostile.page.fill("#search", "<img src=x onerror")
    assert "<img src=x onerror=alert(1)>" in hostile.page.inner_text("#found")
    hostile.page.fill("#search", "")
    hostile.page.keyboard.press("Escape")
    hostile.ask("yishi.go({ scene: 'whole', list: true, chosen: null })")
    listed = set(hostile.page.locator("#list tbody th").all_text_contents())
    assert set(HOSTILE) <= listed
    hostile.ask("yishi.go({ list: false })")
    assert hostile.ask(FOREIGN) == 0


def test_the_address_carries_what_has_such_a_name_and_brings_it_back(hostile: Opened) -> None:
    for number in range(0, len(HOSTILE), 3):
        hostile.ask("(id) => yishi.go({ chosen: { node: yishi.kg.numberOf(id) } })", f"thing/湖州市/{number}")
        fragment = hostile.ask("location.hash")
        hostile.ask(
            "(fragment) => new Promise((done) => { location.hash = '#'; setTimeout(() => { location.hash = fragment; setTimeout(done, 10); }, 10); })",
            fragment,
        )
        assert hostile.page.locator("#card h2").text_content() == HOSTILE[number]


def test_what_is_taken_along_is_well_formed_and_says_the_names(hostile: Opened, graph: Graph) -> None:
    hostile.ask("yishi.go({ scene: 'whole', chosen: null, camera: null })")
    hostile.rest()
    rows = list(csv.reader(io.StringIO(hostile.ask("yishi.csv(yishi.selection())")[1:], newline="")))
    assert {len(row) for row in rows} == {14}
    cells = {cell for row in rows for cell in row}
    assert all(name in cells or f"'{name}" in cells for name in HOSTILE)
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r") and not cell.lstrip("-").replace(".", "").isdigit()]
    turtle = hostile.ask("yishi.turtle(yishi.selection())")
    triples = {quad.triple for quad in parse(turtle.encode(), RdfFormat.TURTLE)}
    assert triples <= set(graph.triples())
    labels = {str(label) for label in rdflib.Graph().parse(data=turtle, format="turtle").objects(None, rdflib.SKOS.prefLabel)}
    assert set(HOSTILE) <= labels
    drawn = ElementTree.fromstring(hostile.ask("yishi.svg()"))
    assert len({node.tag.rpartition("}")[2] for node in drawn.iter()} - {"svg", "title", "rect", "circle", "path", "text"}) == 0
    for number in (0, 1, 5, 37, 40, 41, 49):
        hostile.ask("(id) => yishi.go({ chosen: { node: yishi.kg.numberOf(id) } })", f"thing/湖州市/{number}")
        asked = hostile.ask("[yishi.sparql(yishi.selection()), yishi.selection().facts.map((fact) => yishi.kg.facts.key(fact))]")
        assert {row["statement"] for row in graph.query(asked[0])} == set(asked[1])


def test_a_file_that_is_taken_along_has_a_plain_name(hostile: Opened) -> None:
    for number in (0, 44, 45, 47, 51):
        hostile.ask("(id) => yishi.go({ chosen: { node: yishi.kg.numberOf(id) } })", f"thing/湖州市/{number}")
        hostile.page.keyboard.press("e")
        with hostile.page.expect_download() as waited:
            hostile.page.click("[data-take=csv]")
        name = waited.value.suggested_filename
        assert name.endswith(".csv") and len(name) <= 60 and not set(name) & set("/\\<>:\"|?*'\u202e")
        hostile.page.keyboard.press("Escape")
