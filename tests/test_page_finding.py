"""Finding on the page: names however they are typed, filters with counts, neighbourhoods, ways between two, time, hide, pin, undo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx
import pytest
from page_opened import Opened

from kg.model import PLANNED

TYPED = {
    "民生议事": "民生议事堂",
    "minshengyishitang": "民生议事堂",
    "msyst": "民生议事堂",
    "myst": "民生议事堂",
    "MSYST": "民生议事堂",
    "省政协": "政协浙江省委员会",
    "changsanjiao": "长三角",
    "hzs": "湖州市",
    "1246": "“1246+X”协商议政新格局",
    "两山协商驿站": "“两山”协商驿站",
    "weiyuanhuiket": "委员会客厅",
}


@pytest.fixture(scope="module")
def held(browser: Any, seed_page: Path) -> Iterator[Opened]:
    """The seed's page for questions that leave nothing behind."""
    found = Opened(browser, seed_page)
    yield found
    assert found.errors == []
    found.context.close()


def _found(opened: Opened, typed: str) -> list[str]:
    opened.page.fill("#search", typed)
    return [text.splitlines()[0] for text in opened.page.locator("#found [role=option]").all_inner_texts()]


@pytest.mark.parametrize("typed", TYPED)
def test_a_name_is_found_by_a_part_of_it_by_pinyin_and_by_initials(held: Opened, typed: str) -> None:
    assert TYPED[typed] in _found(held, typed)[:3]


def test_every_common_reading_of_a_character_finds_the_name(browser: Any, tmp_path: Path) -> None:
    from page_opened import graph_of

    graph_of("重庆市政协召开座谈会。市政协制定《行长会议规则》。", home="重庆市").to_html(tmp_path / "graph.html")
    found = Opened(browser, tmp_path / "graph.html")
    for typed in ("chongqing", "zhongqing", "cqs"):
        assert "重庆市" in _found(found, typed)
    for typed in ("hangzhang", "xingchang"):
        assert any("行长会议规则" in name for name in _found(found, typed))
    found.context.close()


def test_the_hits_are_walked_with_arrows_and_taken_with_enter(opened: Opened) -> None:
    names = _found(opened, "政协")
    assert len(names) > 3
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("ArrowUp")
    marked = opened.page.locator("#found [aria-selected=true]")
    assert marked.inner_text().splitlines()[0] == names[1]
    assert opened.page.get_attribute("#search", "aria-activedescendant") == marked.get_attribute("id")
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#card h2") == names[1]
    assert _found(opened, "没有的名称") == []
    assert opened.page.inner_text("#found") == "没有找到"


@pytest.mark.parametrize(("facet", "value"), [("class", "Topic"), ("property", "hasTopic"), ("status", "planned")])
def test_a_filter_tells_how_many_there_are_and_takes_them_off_the_picture(
    opened: Opened, seed_built: Any, facet: str, value: str
) -> None:
    opened.page.click("#scene button:has-text('全图')")
    opened.page.keyboard.press("f")
    panel = "#legend" if facet == "class" else "#filters"
    wanted = {
        "class": sum(entity.classes[0] == value for entity in seed_built.entities),
        "property": sum(fact.property == value for fact in seed_built.facts),
        "status": sum(fact.status == value for fact in seed_built.facts),
    }[facet]
    switch = opened.page.locator(f"{panel} button[data-value={value}]")
    assert switch.locator(".count").inner_text() == str(wanted)
    nodes, facts = _counts(opened)
    switch.click()
    fewer_nodes, fewer_facts = _counts(opened)
    assert fewer_nodes == (nodes - wanted if facet == "class" else fewer_nodes) <= nodes
    assert fewer_facts == facts - (wanted if facet != "class" else facts - fewer_facts) < facts
    drawn = opened.ask("yishi.view.network.body.nodeIndices.length")
    assert drawn == fewer_nodes
    switch.click()
    assert _counts(opened) == (nodes, facts)


def _counts(opened: Opened) -> tuple[int, int]:
    opened.rest()
    nodes, facts = re.findall(r"\d+", opened.page.inner_text(".counts").replace(",", ""))
    return int(nodes), int(facts)


def test_with_shift_only_this_value_is_left_and_everything_can_be_shown_again(opened: Opened, seed_built: Any) -> None:
    opened.page.keyboard.press("w")
    opened.page.click("#legend button[data-value=Person]", modifiers=["Shift"])
    assert opened.shown() == {entity.label for entity in seed_built.entities if entity.classes[0] == "Person"}
    opened.page.click(".chip.asking button")
    assert len(opened.shown()) == len({entity.label for entity in seed_built.entities})


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_neighbourhood_shows_what_is_that_many_steps_away(opened: Opened, seed_built: Any, steps: int) -> None:
    opened.find("民生议事堂")
    opened.page.click(f"#card .steps button:text-is('{steps}')")
    opened.rest()
    graph = networkx.Graph((fact.subject, fact.object) for fact in seed_built.facts)
    graph.remove_edges_from(networkx.selfloop_edges(graph))
    centre = next(entity.id for entity in seed_built.entities if entity.label == "民生议事堂")
    near = networkx.single_source_shortest_path_length(graph, centre, cutoff=steps)
    assert opened.shown() == {seed_built.entity(entity).label for entity in near}
    assert "民生议事堂" in opened.page.inner_text("#scene .chip")


def test_the_shortest_way_between_two_nodes_is_shown_with_its_sentences(opened: Opened, seed_built: Any) -> None:
    opened.find("新华社")
    opened.page.click("#card button:has-text('找路径')")
    assert "新华社" in opened.page.inner_text("#scene .asking")
    opened.page.fill("#search", "强村富民")
    opened.page.keyboard.press("Enter")
    opened.rest()
    graph = networkx.Graph((fact.subject, fact.object) for fact in seed_built.facts)
    ids = {entity.label: entity.id for entity in seed_built.entities}
    length = networkx.shortest_path_length(graph, ids["新华社"], ids["强村富民"])
    stops = opened.page.locator("#card .stop a").all_text_contents()
    assert (stops[0], stops[-1], len(stops)) == ("新华社", "强村富民", length + 1)
    assert all(graph.has_edge(ids[one], ids[two]) for one, two in pairwise(stops))
    assert opened.page.locator("#card .fact blockquote").count() >= length
    assert opened.shown() == set(stops)
    assert {label["text"] for label in opened.labels() if "edge" in label} >= {"议题为"}


def test_the_end_of_a_way_can_be_clicked_on_the_picture_and_where_there_is_none_it_is_told(opened: Opened) -> None:
    opened.click("民生议事堂")
    opened.page.click("#card button:has-text('找路径')")
    opened.click("委员工作室")
    assert opened.page.locator("#card .stop a").all_text_contents()[::2] == ["民生议事堂", "委员工作室"]
    lonely = opened.ask("yishi.kg.factsOf.findIndex((facts) => !facts.length)")
    opened.ask("(to) => yishi.go({ scene: 'path', path: [0, to], chosen: null })", lonely)
    assert "没有路径" in opened.page.inner_text("#card")


def test_the_timeline_has_a_bar_for_each_year_and_shows_one_or_several(opened: Opened, seed_built: Any) -> None:
    opened.page.keyboard.press("w")
    bars = opened.page.locator("#timeline button:not(.undated)")
    assert bars.all_inner_texts() == ["2022", "2023"]
    dated = [fact for fact in seed_built.facts if fact.period and fact.period.start <= "2023" <= fact.period.end]
    assert f"计划 {sum(fact.status == PLANNED for fact in dated)}" in bars.nth(1).get_attribute("aria-label")
    bars.nth(1).click()
    assert _counts(opened)[1] == len(dated)
    assert opened.page.locator("#timeline .undated").get_attribute("aria-pressed") == "false"
    bars.nth(0).click(modifiers=["Shift"])
    assert _counts(opened)[1] == sum(fact.period is not None for fact in seed_built.facts)
    opened.page.click("#timeline .undated")
    assert _counts(opened)[1] == len(seed_built.facts)
    opened.page.keyboard.press("f")
    opened.page.select_option("#filters select >> nth=0", "2023")
    assert _counts(opened)[1] == len(dated) + sum(fact.period is None for fact in seed_built.facts)


def test_what_is_hidden_is_gone_until_it_is_undone_and_the_panel_lists_it(opened: Opened) -> None:
    opened.click("民生议事堂")
    opened.page.click("#card button:has-text('隐藏')")
    assert "民生议事堂" not in opened.shown()
    opened.page.keyboard.press("f")
    assert "民生议事堂" in opened.page.inner_text("#filters")
    opened.page.keyboard.press("f")
    opened.page.keyboard.press("Control+z")
    opened.rest()
    assert "民生议事堂" in opened.shown()
    assert opened.page.inner_text("#card h2") == "民生议事堂"


def test_a_node_that_is_dragged_or_pinned_stays_there_whatever_else_is_shown(opened: Opened) -> None:
    x, y = opened.where("委员会客厅")
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x - 60, y + 150, steps=5)
    opened.page.mouse.up()
    opened.rest()
    moved = opened.where("委员会客厅")
    assert abs(moved[0] - x + 60) < 3 and abs(moved[1] - y - 150) < 3
    opened.page.click("#legend button[data-value=Platform]")
    assert "委员会客厅" in opened.shown() and "民生议事堂" not in opened.shown()
    opened.page.click("#tools button[aria-label=撤销]")
    opened.rest()
    assert "民生议事堂" in opened.shown()
    opened.page.click("#tools button[aria-label=撤销]")
    opened.rest()
    back = opened.where("委员会客厅")
    assert abs(back[0] - x) < 3 and abs(back[1] - y) < 3
    assert opened.page.locator("#tools button[aria-label=撤销]").is_disabled()


def test_going_back_returns_to_what_was_chosen_and_seen_before(opened: Opened) -> None:
    opened.find("民生议事堂")
    opened.find("双月座谈协商")
    opened.page.go_back()
    opened.rest()
    assert opened.page.inner_text("#card h2") == "民生议事堂"
    opened.page.go_back()
    opened.rest()
    assert not opened.page.locator("#card").is_visible()
