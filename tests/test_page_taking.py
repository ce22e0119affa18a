"""Taking along: the address that opens the page as it is, pictures, tables, triples, a query that gives the same facts."""

from __future__ import annotations

import base64
import csv
import io
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
import rdflib
from page_opened import Opened
from pyoxigraph import RdfFormat, parse

from kg.graph.knowledge import Graph
from kg.graph.rdf import statement_iri
from kg.graph.vocabulary import KG

STATEMENTS = rdflib.RDF.Statement


def _facts_of(graph: Graph, name: str) -> set[str]:
    entity = next(entity.id for entity in graph.entities if entity.label == name)
    return {statement_iri(fact, graph.base) for fact in graph.facts if entity in (fact.subject, fact.object)}


def test_the_address_opens_the_page_as_it_was_left(browser: Any, opened: Opened, seed_page: Path) -> None:
    opened.page.keyboard.press("w")
    opened.find("双月座谈协商")
    opened.page.click("#legend button[data-value=Concept]")
    opened.page.click("#timeline button >> nth=0")
    opened.ask("yishi.view.setCamera({ x: 40, y: -30, scale: 0.8 })")
    opened.rest()
    fragment, shown = opened.ask("location.hash"), opened.shown()
    again = Opened(browser, seed_page, fragment)
    assert again.page.inner_text("#card h2") == "双月座谈协商"
    assert again.shown() == shown
    assert again.ask("yishi.view.camera()") == pytest.approx({"x": 40, "y": -30, "scale": 0.8}, abs=0.1)
    assert again.page.locator("#timeline button[aria-pressed=true]").count() == 1
    assert again.errors == []
    again.context.close()


@pytest.mark.parametrize("asked", ["#e=thing/湖州市/委员会客厅", "#e=委员会客厅"])
def test_an_address_with_an_id_or_a_name_opens_on_it(browser: Any, seed_page: Path, asked: str) -> None:
    found = Opened(browser, seed_page, asked)
    assert found.page.inner_text("#card h2") == "委员会客厅"
    found.context.close()


def test_an_address_that_says_nonsense_opens_the_story(browser: Any, seed_page: Path) -> None:
    found = Opened(
        browser,
        seed_page,
        "#view=near&e=%00&steps=9&pin=x,y,z&at=1,a,0&years=20-x&no-class=Nothing&path=a&theme=<b>&lang=fr&text=zz",
    )
    assert found.ask("yishi.state.scene") == "story" and "政协湖州市委员会" in found.shown()
    assert found.errors == []
    found.context.close()


def test_the_picture_is_taken_as_svg_with_every_name_that_is_seen(opened: Opened) -> None:
    drawn = ElementTree.fromstring(opened.download("svg"))
    ns = "{http://www.w3.org/2000/svg}"
    texts = {node.text for node in drawn.iter(f"{ns}text")}
    assert texts == {label["text"] for label in opened.labels()}
    assert {node.text for node in drawn.iter(f"{ns}title")} >= opened.shown()
    assert not [
        node
        for node in drawn.iter()
        if node.tag not in {f"{ns}{tag}" for tag in ("svg", "title", "rect", "circle", "path", "text")}
    ]


def test_the_picture_is_taken_as_png_at_twice_the_pixels_and_is_not_empty(opened: Opened) -> None:
    picture = opened.download("png")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    box = opened.ask("[document.getElementById('graph').clientWidth, document.getElementById('graph').clientHeight]")
    assert [wide, high] == [2 * side for side in box]
    colours = opened.ask(
        """async (text) => { const image = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (char) => char.charCodeAt(0))]), { resizeWidth: 400 }),
        canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
        pen.drawImage(image, 0, 0); const { data } = pen.getImageData(0, 0, image.width, image.height), found = new Set();
        for (let at = 0; at < data.length; at += 4) found.add((data[at] << 16) + (data[at + 1] << 8) + data[at + 2]); return found.size; }""",
        base64.b64encode(picture).decode(),
    )
    assert colours > 50


def test_the_selection_is_taken_as_a_table_that_a_spreadsheet_reads(opened: Opened, seed_built: Graph) -> None:
    opened.find("民生议事堂")
    text = opened.download("csv").decode("utf-8")
    assert text.startswith("\ufeff")
    head, *rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert head[:4] == ["类型", "主体", "关系或指标", "客体或原文数据"] and {len(row) for row in rows} == {len(head)}
    entity = next(entity for entity in seed_built.entities if entity.label == "民生议事堂")
    facts = [fact for fact in seed_built.facts if entity.id in (fact.subject, fact.object)]
    figures = [measure for measure in seed_built.measures if measure.about == entity.id]
    assert [row[0] for row in rows] == ["事实"] * len(facts) + ["数据"] * len(figures)
    assert {"829", "2577"} <= {row[4] for row in rows}
    assert all(row[10] and row[11].startswith("李上葵. ") for row in rows)


def test_a_table_has_nothing_that_a_spreadsheet_would_calculate(opened: Opened) -> None:
    for name in ('=HYPERLINK("http://x")', "+1", "-2+3", "@SUM(A1)", "\t=1", ' "=1', "|cmd", "%x"):
        opened.ask("(name) => { yishi.kg.names[yishi.kg.numberOf('民生议事堂')] = name; }", name)
        text = opened.ask(
            "() => yishi.csv({ nodes: [], facts: yishi.kg.factsOf[yishi.kg.entities.id.indexOf('thing/湖州市/民生议事堂')], figures: [] })"
        )
        opened.ask("() => { yishi.kg.names[yishi.kg.entities.id.indexOf('thing/湖州市/民生议事堂')] = '民生议事堂'; }")
        cells = [cell for row in csv.reader(io.StringIO(text[1:], newline="")) for cell in row]
        assert f"'{name}" in cells
        assert not [cell for cell in cells if cell.lstrip(" \"'")[:1] in ("=", "+", "@") and not cell.startswith("'")]


@pytest.mark.parametrize("name", ["民生议事堂", "李上葵", "政协湖州市委员会", "安吉县", None])
def test_the_selection_is_taken_as_turtle_and_the_graph_has_every_triple_of_it(
    opened: Opened, seed_built: Graph, name: str | None
) -> None:
    if name:
        opened.find(name)
    turtle = opened.download("ttl").decode()
    taken = {quad.triple for quad in parse(turtle.encode(), RdfFormat.TURTLE)}
    assert taken <= set(seed_built.triples())
    same = rdflib.Graph().parse(data=turtle, format="turtle")
    assert len(same) == len(taken)
    if name:
        assert {str(node) for node in same.subjects(rdflib.RDF.type, STATEMENTS)} == _facts_of(seed_built, name)
        assert len(set(same.subjects(rdflib.RDF.type, rdflib.URIRef(KG + "Measure")))) == sum(
            seed_built.entity(measure.about).label == name for measure in seed_built.measures
        )
    for statement in same.subjects(rdflib.RDF.type, STATEMENTS):
        assert list(same.objects(statement, rdflib.URIRef(KG + "evidence")))


VIEWS = [
    "e=thing/湖州市/民生议事堂", "e=政协湖州市委员会&no-property=runs", "view=whole", "view=whole&no-status=done", "view=whole&years=2023-2023", "view=whole&years=2022-2022&undated=no",
    "", "view=near&centre=双月座谈协商&steps=2", "view=path&path=新华社&path=强村富民", "from=政协湖州市委员会&to=民生议事堂", "view=whole&no-class=Topic", "e=政协湖州市委员会&undated=no&hide=民生议事堂",
]  # fmt: skip


def test_the_query_gives_the_facts_that_are_selected(opened: Opened, seed_built: Graph) -> None:
    for view in VIEWS:
        opened.ask("(fragment) => { location.hash = fragment; }", view)
        opened.rest()
        selected = opened.ask(
            "(() => { const found = yishi.selection(); return [yishi.sparql(found), found.facts.map((fact) => yishi.kg.facts.key(fact))]; })()"
        )
        answers = seed_built.query(selected[0])
        assert {row["statement"] for row in answers} == set(selected[1]), view
        assert selected[1], view
        assert all(row["quote"] and row["subject"] and row["object"] for row in answers)


def test_the_sheet_shows_the_query_and_the_citation(opened: Opened, seed_built: Graph) -> None:
    opened.find("民生议事堂")
    opened.page.keyboard.press("e")
    query = opened.page.locator("#sheet textarea").input_value()
    assert {row["statement"] for row in seed_built.query(query)} == _facts_of(seed_built, "民生议事堂")
    assert (
        opened.page.inner_text("#sheet .cites")
        == "李上葵. 中国人民政治协商会议第九届湖州市委员会常务委员会工作报告[R]. 2023-02-25."
    )
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.page.click("[data-take=link]")
    assert opened.ask("navigator.clipboard.readText()") == opened.page.url
    opened.page.click("[data-take=facts]")
    copied = opened.ask("navigator.clipboard.readText()")
    assert copied.count("——李上葵. ") == opened.ask(
        "(() => { const { facts, figures } = yishi.selection(); return facts.length + figures.length; })()"
    )
