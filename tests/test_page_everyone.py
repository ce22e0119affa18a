"""The page is for everyone: two languages, the keyboard alone, a screen reader, the dark, a telephone, paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from page_opened import Opened

from kg.graph.knowledge import Graph

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def test_the_language_is_switched_on_the_page_and_texts_stay_chinese(opened: Opened) -> None:
    opened.find("民生议事堂")
    assert "组织机构" in opened.page.inner_text("#legend")
    opened.page.click("#tools .lang")
    assert "organization" in opened.page.inner_text("#legend")
    assert "run by" in opened.page.inner_text("#card")
    assert opened.ask("document.documentElement.lang") == "en"
    assert opened.page.locator("#card blockquote q").first.get_attribute("lang") == "zh-Hans"
    assert {label["text"] for label in opened.labels() if "edge" in label} == {"runs", "part of"}
    left = opened.ask("[...document.querySelectorAll('header, #scene, #foot, #tabs')].map((part) => part.innerText).join(' ')")
    assert not re.search("[\u4e00-\u9fff]", left.replace(opened.page.inner_text("#title"), "").replace("中文", ""))


def test_both_languages_have_the_same_words() -> None:
    import tomllib

    from kg.export.page import HERE

    words = tomllib.loads((HERE / "words.toml").read_text("utf-8"))
    assert words["zh"].keys() == words["en"].keys()
    for key in words["zh"]:
        if isinstance(words["zh"][key], str):
            assert set(re.findall(r"{\w+}", words["zh"][key])) == set(re.findall(r"{\w+}", words["en"][key])), key
    used = set()
    for file in HERE.glob("*.js"):
        used |= set(re.findall(r'say\("([\w-]+)"', file.read_text("utf-8")))
    assert used <= words["zh"].keys()


def test_everything_is_done_with_the_keyboard_alone(opened: Opened) -> None:
    keys = opened.page.keyboard
    keys.press("/")
    keys.type("myst")
    keys.press("Enter")
    assert opened.page.inner_text("#card h2") == "民生议事堂"
    assert opened.ask("document.activeElement.id") == "card"
    keys.press("1")
    assert opened.ask("[yishi.state.scene, yishi.state.steps]") == ["near", 1]
    keys.press("p")
    assert opened.ask("yishi.state.pins.size") == 1
    keys.press("s")
    keys.press("g")
    assert opened.ask("document.activeElement.id") == "graph"
    keys.press("ArrowRight")
    first = opened.page.inner_text("#card h2")
    keys.press("ArrowRight")
    opened.rest()
    second = opened.page.inner_text("#card h2")
    assert first != second and opened.where(second)[0] > opened.where(first)[0]
    keys.press("Enter")
    assert opened.ask("document.activeElement.id") == "card"
    keys.press("t")
    keys.press("ArrowRight")
    name = opened.ask("document.activeElement.dataset.node")
    keys.press("ArrowRight")
    keys.press("ArrowLeft")
    assert opened.ask("document.activeElement.dataset.node") == name
    keys.press("Enter")
    assert opened.ask("String(yishi.state.chosen.node)") == name
    keys.press("Escape")
    assert not opened.page.locator("#card").is_visible()
    keys.press("?")
    assert "查找" in opened.page.inner_text("#sheet .keys")
    keys.press("Escape")
    assert not opened.page.locator("#sheet").is_visible()
    keys.press("f")
    opened.page.locator("#filters button[data-value=planned]").focus()
    keys.press("Space")
    assert opened.ask("yishi.state.off.status.size") == 1
    assert opened.ask("document.activeElement.dataset.value") == "planned"
    keys.press("u")
    opened.rest()
    assert opened.ask("yishi.state.off.status.size") == 0


def test_the_list_has_everything_that_is_shown_for_who_cannot_see_the_picture(opened: Opened, seed_built: Graph) -> None:
    opened.page.keyboard.press("w")
    opened.page.keyboard.press("Tab")
    opened.page.focus("#skip")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#list tbody th a").count() == len(seed_built.entities)
    row = opened.page.locator("#list tbody tr", has=opened.page.locator("a:text-is('民生议事堂')"))
    assert "平台" in row.inner_text() and "运行者" in row.inner_text() and "政协湖州市委员会" in row.inner_text()
    row.locator("a").focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#card h2") == "民生议事堂"
    opened.page.click("#legend button[data-value=Topic]")
    assert opened.page.locator("#list tbody th a").count() == sum(entity.classes[0] != "Topic" for entity in seed_built.entities)


def test_what_changes_is_said_to_a_screen_reader(opened: Opened) -> None:
    opened.click("民生议事堂")
    opened.page.wait_for_selector("#told:has-text('民生议事堂，平台，')", state="attached")
    assert opened.page.get_attribute("#told", "aria-live") == "polite"
    opened.page.click("#legend button[data-value=Topic]")
    opened.page.wait_for_selector("#told:has-text('条事实')", state="attached")


def test_every_control_has_a_name_and_every_picture_a_text(opened: Opened) -> None:
    opened.find("民生议事堂")
    opened.page.keyboard.press("f")
    nameless = opened.ask(
        """[...document.querySelectorAll("button, input, select, textarea, a, [role=separator], [tabindex='0'], section, aside")].filter((node) => node.checkVisibility()
        && !(node.ariaLabel || node.innerText?.trim() || node.labels?.length || node.title || node.closest("section section, aside section"))).map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
    assert opened.ask("[...document.querySelectorAll('svg')].every((node) => node.getAttribute('aria-hidden') === 'true')")
    tree = opened.page.locator("body").aria_snapshot()
    for role in ("combobox", "application", "separator", "navigation", "article", "status"):
        assert role in tree
    assert opened.ask("document.querySelectorAll('h1').length") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_the_dark_the_page_is_dark_and_everything_can_be_read(browser: Any, seed_page: Path, scheme: str) -> None:
    found = Opened(browser, seed_page, "#e=民生议事堂", color_scheme=scheme)
    light = """(selector) => { const part = document.querySelector(selector), style = getComputedStyle(part), level = (colour) => { const [r, g, b] = colour.match(/[0-9.]+/g).map(Number)
        .map((value) => { const part = value / 255; return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        let ground = part; while (ground && /rgba\\(0, 0, 0, 0\\)|transparent/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
        const [a, b] = [level(style.color), level(getComputedStyle(ground ?? document.body).backgroundColor)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); }"""
    for selector in (
        "#article p:not(.head)",
        "#card .quote q",
        "#card .end a",
        "#card .tag.planned",
        "#card h3",
        "#legend button",
        ".counts",
        "#card .kind",
    ):
        assert found.ask(light, selector) >= 4.5, selector
    red, green, blue = map(int, re.findall(r"\d+", found.ask("getComputedStyle(document.body).backgroundColor")))
    assert (max(red, green, blue) < 60) == (scheme == "dark")
    found.page.click("#tools button[aria-label=明暗]")
    turned = [int(value) for value in re.findall(r"\d+", found.ask("getComputedStyle(document.body).backgroundColor"))]
    assert (max(turned) < 60) != (scheme == "dark")
    ink = found.ask(
        "(() => { const pen = document.querySelector('#graph canvas').getContext('2d'); return yishi.svg().match(/<rect[^>]*fill=\"([^\"]+)\"/)[1]; })()"
    )
    assert (ink == "#15181b") == (scheme == "light")
    found.context.close()


def test_on_a_telephone_nothing_is_wider_than_the_screen_and_each_pane_has_it(browser: Any, seed_page: Path) -> None:
    found = Opened(browser, seed_page, **PHONE)
    assert found.page.locator("#graph").bounding_box()["height"] >= 350
    assert len(found.labels()) >= 15
    found.find("民生议事堂")
    card = found.page.locator("#card").bounding_box()
    assert card["width"] == 390 and card["y"] > 300
    for tab in ("原文", "列表", "图谱"):
        found.page.click(f"#tabs button:has-text('{tab}')")
        assert found.ask("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)") <= 390
        assert found.page.locator({"原文": "#article", "列表": "#list", "图谱": "#graph"}[tab]).is_visible()
    found.page.click("#tabs button:has-text('原文')")
    found.page.locator("#article .name", has_text="委员会客厅").first.tap()
    found.rest()
    assert found.page.locator("#graph").is_visible() and found.page.inner_text("#card h2") == "委员会客厅"
    assert found.errors == []
    found.context.close()


def test_on_paper_the_text_the_picture_and_the_card_stand_below_each_other(opened: Opened) -> None:
    opened.find("民生议事堂")
    opened.page.emulate_media(media="print")
    for gone in ("#tools", "#search", "#scene", "#divider", "#card .deeds", "#card .close"):
        assert not opened.page.locator(gone).first.is_visible()
    stage, text = opened.page.locator("#stage").bounding_box(), opened.page.locator("#article").bounding_box()
    assert text["y"] >= stage["y"] + stage["height"] - 1
    assert text["height"] > 4000, "all of it, not a pane that scrolls"
    drawn = opened.page.locator("#drawn svg text").all_text_contents()
    assert "民生议事堂" in drawn and opened.page.locator("#drawn svg").bounding_box()["height"] > 200
    opened.page.emulate_media(media="screen")
    assert not opened.page.locator("#drawn").is_visible()


def test_who_wants_less_motion_gets_none(opened: Opened) -> None:
    opened.page.keyboard.press("w")
    opened.ask("yishi.pick(yishi.kg.numberOf('双月座谈协商'), { from: 'text' })")
    first = opened.ask("yishi.view.camera()")
    opened.page.wait_for_timeout(200)
    assert opened.ask("yishi.view.camera()") == first
