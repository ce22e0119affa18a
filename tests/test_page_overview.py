"""The first view: the story of the body, then the whole graph; communities apart and named, no name over another, more of them nearer."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from page_opened import Opened


def test_the_page_opens_on_the_story_the_body_with_its_platforms_and_programs(opened: Opened, seed_built: Any) -> None:
    classes = {entity.label: entity.classes[0] for entity in seed_built.entities}
    shown = opened.shown()
    assert {"政协湖州市委员会", "民生议事堂", "委员会客厅", "“1246+X”协商议政新格局"} <= shown
    assert {classes[name] for name in shown} == {"Organization", "Platform", "Program"}
    body, hall, program = opened.where("政协湖州市委员会"), opened.where("民生议事堂"), opened.where("“1246+X”协商议政新格局")
    assert hall[0] < body[0] < program[0]


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (390, 844)])
@pytest.mark.parametrize("view", ["", "#view=whole"])
def test_at_first_view_no_name_lies_over_another_and_the_important_ones_are_there(
    browser: Any, seed_page: Path, size: tuple[int, int], view: str
) -> None:
    found = Opened(browser, seed_page, view, viewport={"width": size[0], "height": size[1]})
    labels = found.labels()
    stage = found.page.locator("#graph").bounding_box()
    assert len(labels) >= (25 if size[0] > 1000 else 8)
    assert "政协湖州市委员会" in {label["text"] for label in labels}
    for one, two in combinations(labels, 2):
        apart_x = one["x"] + one["width"] <= two["x"] or two["x"] + two["width"] <= one["x"]
        apart_y = one["y"] + one["height"] <= two["y"] or two["y"] + two["height"] <= one["y"]
        assert apart_x or apart_y, (one["text"], two["text"])
    assert all(label["x"] >= 0 and label["x"] + label["width"] <= stage["width"] for label in labels)
    found.context.close()


def test_every_entity_of_the_story_is_named_at_once(browser: Any, seed_page: Path) -> None:
    found = Opened(browser, seed_page, viewport={"width": 1280, "height": 800})
    assert len([label for label in found.labels() if "node" in label]) == len(found.shown())
    found.context.close()


def test_communities_stand_apart_and_are_named_by_their_best_connected_member(opened: Opened) -> None:
    opened.page.click("#scene button:has-text('全图')")
    discs = opened.ask("yishi.kg.graph.communities.map(({ hub, x, y, radius, count }) => [hub, x, y, radius, count])")
    for (_, x, y, radius, _), (_, other_x, other_y, other_radius, _) in combinations(discs, 2):
        assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (radius + other_radius - 1) ** 2
    captions = {label["node"]: label for label in opened.labels() if "community" in label}
    large = [hub for hub, *_, count in discs if count >= 5]
    assert set(large) <= set(captions)
    assert all(captions[hub]["weight"] == 600 for hub in large)
    assert "湖州市" in {label["text"] for label in captions.values()}


def test_nearer_more_names_are_written(opened: Opened) -> None:
    opened.page.click("#scene button:has-text('全图')")
    far = {label["text"] for label in opened.labels()}
    x, y = opened.where("双月座谈协商")
    opened.page.mouse.move(x, y)
    for _ in range(12):
        opened.page.mouse.wheel(0, -300)
        opened.page.wait_for_timeout(60)
    near = {label["text"] for label in opened.labels()}
    assert "南太湖未来城建设" in near - far
