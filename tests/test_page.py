"""The page: a person opens one file, without a network, and finds what the graph says and which sentence says it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.export.page import page, write_page
from kg.export.page.layout import layout
from kg.graph.knowledge import Graph
from kg.graph.merge import merge
from kg.model import Source
from kg.pipeline import read_document

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt"))
HOSTILE = "湖州市政协打造“<img src=x onerror=alert(1)>在线”平台。湖州市政协制定《</script><script>alert(2)</script>办法》。湖州市政协将建设“委员云”平台。"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def seed_graph() -> Graph:
    return kg.build(SEED)


def _of(text: str) -> Graph:
    return merge([read_document(Source(hashlib.sha256(text.encode()).hexdigest(), "text.txt", text), home="湖州市")])


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        opened = running.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


class Opened:
    """A page in the browser, with what it asked for and what went wrong."""

    def __init__(self, browser: Any, path: Path, **context: Any) -> None:
        self.context = browser.new_context(offline=True, viewport={"width": 1600, "height": 1000}, **context)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("dialog", lambda dialog: self.errors.append(f"dialog {dialog.message}"))
        self.page.goto(path.as_uri())
        self.page.wait_for_function("window.yishi !== undefined")


@pytest.fixture
def opened(browser: Any, seed_graph: Graph, tmp_path: Path) -> Iterator[Opened]:
    write_page(seed_graph, tmp_path / "graph.html")
    found = Opened(browser, tmp_path / "graph.html")
    yield found
    found.context.close()


def test_the_page_asks_for_nothing_and_reports_no_error(opened: Opened) -> None:
    opened.page.wait_for_timeout(300)
    assert [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert opened.errors == []


def test_searching_a_name_shows_its_card_with_figures_relations_and_the_quoted_sentence(opened: Opened) -> None:
    opened.page.fill("#search", "民生议事堂")
    opened.page.keyboard.press("Enter")
    card = opened.page.inner_text("#card")
    assert card.startswith("民生议事堂")
    assert "829场次" in card
    assert "大力推进民生议事堂、委员工作室" in card
    assert "e=" in opened.page.evaluate("location.hash")


def test_a_name_in_a_card_leads_to_its_own(opened: Opened) -> None:
    opened.page.fill("#search", "民生议事堂")
    opened.page.keyboard.press("Enter")
    opened.page.click("#card a >> text=政协湖州市委员会 >> nth=0")
    assert opened.page.inner_text("#card h2") == "政协湖州市委员会"


def test_choosing_a_line_shows_the_sentence_behind_it(opened: Opened) -> None:
    fact = opened.page.evaluate(
        "() => { const e = yishi.all.edges[0]; yishi.choose(e.from, false, e.facts[0]);"
        " return yishi.all.graph.quotes[yishi.all.graph.facts[e.facts[0]].quotes[0]]; }"
    )
    assert opened.page.inner_text("#card .selected blockquote >> nth=0") == fact


def test_the_legend_hides_a_class_and_shows_it_again(opened: Opened) -> None:
    shown = "yishi.network.body.nodeIndices.length"
    before = opened.page.evaluate(shown)
    opened.page.click("#legend button[data-class=Topic]")
    hidden = opened.page.evaluate(shown)
    opened.page.click("#legend button[data-class=Topic]")
    assert hidden < before == opened.page.evaluate(shown)


def test_at_first_view_labels_are_there_and_only_the_most_important(opened: Opened) -> None:
    opened.page.wait_for_function("window.yishiLabels > 0")
    assert 10 <= opened.page.evaluate("window.yishiLabels") <= 45


def test_the_language_is_switched_on_the_page(opened: Opened) -> None:
    assert "机构" in opened.page.inner_text("#legend")
    opened.page.click("#lang")
    assert "organization" in opened.page.inner_text("#legend")
    assert opened.page.evaluate("document.documentElement.lang") == "en"


def test_the_list_has_every_entity_as_a_link_for_who_cannot_see_the_graph(opened: Opened, seed_graph: Graph) -> None:
    opened.page.click("#aslist")
    assert opened.page.locator("#list a").count() == len(seed_graph.entities)


def test_an_address_with_a_name_opens_on_it(browser: Any, seed_graph: Graph, tmp_path: Path) -> None:
    write_page(seed_graph, tmp_path / "graph.html")
    found = Opened(browser, tmp_path / "graph.html")
    found.page.goto((tmp_path / "graph.html").as_uri() + "#e=委员会客厅")
    found.page.reload()
    found.page.wait_for_function("window.yishi !== undefined")
    assert found.page.inner_text("#card h2") == "委员会客厅"
    found.context.close()


def test_text_from_a_document_stays_text(browser: Any, tmp_path: Path) -> None:
    write_page(_of(HOSTILE), tmp_path / "graph.html")
    found = Opened(browser, tmp_path / "graph.html")
    found.page.click("#aslist")
    assert found.page.locator("#list img, #list script").count() == 0
    assert "<img src=x onerror=alert(1)>" in found.page.inner_text("#list")
    for link in range(found.page.locator("#list a").count()):
        found.page.locator("#list a").nth(link).click()
        assert found.page.locator("#card img, #card script").count() == 0
    assert found.errors == []
    found.context.close()


def test_planned_facts_are_dashed_and_done_ones_are_not() -> None:
    import json
    import re

    text = page(_of(HOSTILE), "zh")
    found = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    data = json.loads(found[1])
    names = [entity["name"] for entity in data["graph"]["entities"]]
    dashes = {names[edge["to"]]: bool(edge["dashes"]) for edge in data["edges"]}
    assert dashes["“委员云”平台"]
    assert not all(dashes.values())


def test_the_same_graph_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    code = f"import kg, hashlib; from kg.export.page import page; print(hashlib.sha256(page(kg.build({str(SEED)!r}), 'zh').encode()).hexdigest())"
    made = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SEED.parent.parent,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(made) == 1


def test_no_two_nodes_stand_in_one_place() -> None:
    places = layout(60, [(0, n) for n in range(1, 30)] + [(30, n) for n in range(31, 50)], [n % 4 for n in range(60)])
    assert len(set(places)) == 60
