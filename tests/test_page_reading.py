"""Reading beside the graph: the text on the left, its graph on the right, and the two are one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from page_opened import Opened


def test_the_source_is_set_as_an_article_with_its_title_headings_and_joined_paragraphs(opened: Opened) -> None:
    page = opened.page
    assert page.inner_text("#article .title") == "中国人民政治协商会议第九届湖州市委员会常务委员会工作报告"
    assert "湖州市政协主席 李上葵" in page.locator("#article .head").all_text_contents()
    assert page.locator("#article h3").all_text_contents()[0] == "一、2022年工作回顾"
    assert page.locator("#article h4").count() >= 5
    assert "站稳政治立场" in page.locator("#article .lead").all_text_contents()
    first = next(text for text in page.locator("#article p").all_text_contents() if text.startswith("我代表"))
    assert first == "我代表政协第九届湖州市委员会常务委员会，向大会报告工作，请予审议，并请会议列席人员提出意见。"
    assert "责任编辑" not in page.inner_text("#article")


def test_every_mention_of_the_graph_is_underlined_in_the_colour_of_its_class(opened: Opened, seed_built: Any) -> None:
    marked = opened.page.locator("#article .name")
    assert marked.count() == sum(len(entity.mentions) for entity in seed_built.entities)
    of_city = opened.page.locator("#article .name.sort1", has_text=re.compile("^湖州市$")).first
    colour = of_city.evaluate(
        "(node) => [getComputedStyle(node).borderBottomStyle, getComputedStyle(node).getPropertyValue('--own')]"
    )
    sign = opened.page.locator("#legend button[data-value=District] svg").evaluate(
        "(node) => getComputedStyle(node).getPropertyValue('--own')"
    )
    assert colour == ["solid", sign]


def test_a_name_in_a_name_has_its_own_line_below_it(opened: Opened) -> None:
    outer = opened.page.locator("#article .name.over1", has=opened.page.locator(".name")).first
    inner = outer.locator(".name").first
    assert outer.text_content() != inner.text_content()
    assert outer.bounding_box()["y"] + outer.bounding_box()["height"] > inner.bounding_box()["y"] + inner.bounding_box()["height"]


def test_choosing_a_node_lights_its_mentions_and_scrolls_to_the_first(opened: Opened, seed_built: Any) -> None:
    opened.click("民生议事堂")
    entity = next(entity for entity in seed_built.entities if entity.label == "民生议事堂")
    assert len(opened.lit()) == len(entity.mentions)
    assert set(opened.lit()) == {"民生议事堂"}
    assert opened.seen("#article .name.lit")
    assert opened.ask("document.getElementById('text').scrollTop") > 100


def test_choosing_a_line_lights_the_sentence_that_says_it(opened: Opened) -> None:
    opened.find("双月座谈协商")
    topic = "南太湖未来城建设"
    edge = opened.ask("([from, to]) => yishi.kg.edgeOf(from, to)", [opened.number("双月座谈协商"), opened.number(topic)])
    middle = opened.ask(
        """(edge) => { const { edges } = yishi.kg, drawn = yishi.view.network.body.edges[edge];
        const { x, y } = yishi.view.network.canvasToDOM(drawn.edgeType.getPoint(0.6)), box = document.getElementById("graph").getBoundingClientRect();
        return [box.x + x, box.y + y]; }""",
        edge,
    )
    opened.page.mouse.click(*middle)
    opened.rest()
    assert opened.ask("yishi.state.chosen.edge") == edge
    quote = opened.page.inner_text("#card blockquote >> nth=0")
    assert opened.lit("said") and opened.lit("said")[0].startswith(quote[:40])
    assert opened.seen("#article .said.lit")
    ends = opened.page.locator("#card h2 a").all_text_contents()
    assert len(ends) == 2 and "双月座谈协商" in ends


def test_a_sentence_in_the_card_shows_itself_in_the_text(opened: Opened) -> None:
    opened.find("民生议事堂")
    quote = opened.page.locator("#card blockquote .quote").nth(1)
    said = quote.inner_text()
    quote.click()
    assert "".join(opened.lit("said")) == said
    assert opened.seen("#article .said.lit")


def test_a_name_in_the_text_is_flown_to(opened: Opened) -> None:
    assert "长三角" not in opened.shown()
    name = opened.page.locator("#article .name", has_text=re.compile("^长三角")).first
    wanted = opened.ask("(node) => yishi.kg.names[node]", int(name.get_attribute("data-node") or ""))
    name.click()
    opened.rest()
    assert opened.page.inner_text("#card h2") == wanted
    x, y = opened.where(wanted)
    stage, card = opened.page.locator("#graph").bounding_box(), opened.page.locator("#card").bounding_box()
    assert stage["x"] < x < card["x"] and stage["y"] < y < stage["y"] + stage["height"]


def test_the_card_tells_names_class_district_figures_and_facts_by_property(opened: Opened) -> None:
    card = opened.find("委员会客厅")
    assert card.splitlines()[0] == "委员会客厅"
    assert "平台" in opened.page.inner_text("#card .kind")
    opened.find("政协湖州市委员会")
    assert opened.page.locator("#card .kind a").all_text_contents() == ["湖州市"]
    assert "市政协" in opened.page.inner_text("#card .names")
    headings = [text.rstrip("0123456789") for text in opened.page.locator("#card h3").all_text_contents()]
    assert {"又称", "数据", "运行", "开展", "主办"} <= set(headings) and len(headings) == len(set(headings))
    row = opened.page.locator("#card .figures tr", has_text="675条").first
    assert row.locator("td").all_text_contents()[:2] == ["675条", "2022"]
    row.locator("button").click()
    assert "675条" in opened.page.inner_text("#card .figures blockquote:visible")


def test_every_fact_of_the_card_has_its_sentence_and_the_other_end_as_a_link(opened: Opened, seed_built: Any) -> None:
    opened.find("双月座谈协商")
    entity = next(entity for entity in seed_built.entities if entity.label == "双月座谈协商")
    facts = [fact for fact in seed_built.facts if entity.id in (fact.subject, fact.object)]
    linked = opened.page.locator("#card .fact .end a")
    assert linked.count() == len(facts)
    assert all(
        opened.page.locator("#card .fact").nth(n).locator("blockquote").count()
        for n in range(opened.page.locator("#card .fact").count())
    )
    linked.first.click()
    assert opened.page.inner_text("#card h2") == linked.first.inner_text() or opened.page.inner_text("#card h2") != "双月座谈协商"


def test_planned_carried_over_and_table_facts_are_told_apart(opened: Opened) -> None:
    opened.find("民生议事堂")
    assert {"计划", "承前"} <= set(opened.page.locator("#card .tag").all_inner_texts())
    planned = opened.page.locator("#card .fact.planned blockquote").first
    assert planned.evaluate("(node) => getComputedStyle(node).borderLeftStyle") == "dashed"
    assert opened.page.locator("#card .context").first.inner_text().startswith("承上文")
    opened.find("安吉县")
    assert "区划表" in opened.page.locator("#card .tag.table").first.get_attribute("title")


def test_a_figure_or_a_fact_is_copied_with_its_citation(opened: Opened) -> None:
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.find("李上葵")
    opened.page.locator("#card .fact:has(.tag:text-is('主席')) .copy").first.click()
    copied = opened.ask("navigator.clipboard.readText()")
    lines = copied.splitlines()
    assert lines[0].startswith("李上葵 任职于 政协湖州市委员会（已成，")
    assert "主席" in lines[0]
    assert re.fullmatch("“.+”", lines[1])
    assert lines[-1] == "——李上葵. 中国人民政治协商会议第九届湖州市委员会常务委员会工作报告[R]. 2023-02-25."


def test_the_width_of_the_text_is_changed_by_dragging_or_with_the_keyboard(opened: Opened) -> None:
    wide = opened.page.locator("#text").bounding_box()["width"]
    opened.page.focus("#divider")
    opened.page.keyboard.press("ArrowLeft")
    assert opened.page.locator("#text").bounding_box()["width"] == wide - 24
    box = opened.page.locator("#divider").bounding_box()
    opened.page.mouse.move(box["x"], 400)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + 100, 400)
    opened.page.mouse.up()
    assert abs(opened.page.locator("#text").bounding_box()["width"] - wide - 76) < 4
    opened.page.keyboard.press("Escape")
    opened.page.click("#tools button[aria-label=原文]")
    assert not opened.page.locator("#text").is_visible()


def test_a_page_without_relations_or_without_anything_is_still_a_page(browser: Any, tmp_path: Path) -> None:
    from kg.graph.knowledge import Graph

    Graph((), (), (), {}, {}).to_html(tmp_path / "graph.html", lang="en")
    found = Opened(browser, tmp_path / "graph.html")
    found.page.click(".counts")
    assert "0 entities" in found.page.inner_text("#card")
    found.page.keyboard.press("w")
    found.page.keyboard.press("l")
    assert found.errors == []
    found.context.close()
