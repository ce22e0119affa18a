"""The page: a person opens one file, without a network, and finds what the graph says and which sentence says it."""

from __future__ import annotations

import hashlib
import json
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import UsageError, YishiError
from kg.export.page import page, write_page
from kg.export.page.data import one_line
from kg.export.page.layout import arrange
from kg.export.page.style import STYLES
from kg.graph.knowledge import Graph
from kg.graph.merge import merge
from kg.model import CLASSES, Source
from kg.pipeline import read_document

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt"))
HOSTILE = "湖州市政协打造“<img src=x onerror=alert(1)>在线”平台。湖州市政协制定《</script><script>alert(2)</script>办法》。湖州市政协将建设“委员云”平台。"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WHERE = """(number) => {
    const node = yishi.all.nodes[number], at = yishi.network.canvasToDOM(node), box = document.getElementById("graph").getBoundingClientRect();
    return [box.x + at.x, box.y + at.y];
}"""


@pytest.fixture(scope="module")
def seed_graph() -> Graph:
    return kg.build(SEED)


def _of(*texts: str) -> Graph:
    sources = [Source(hashlib.sha256(text.encode()).hexdigest(), f"text{number}.txt", text) for number, text in enumerate(texts)]
    return merge([read_document(source, home="湖州市") for source in sources])


def _data(graph: Graph) -> Any:
    found = re.search(r'id="data">(.*?)</script>', page(graph, "zh"), re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        opened = running.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


class Opened:
    """A page in the browser, with what it asked for and what went wrong."""

    def __init__(self, browser: Any, path: Path, hash: str = "", **context: Any) -> None:
        self.context = browser.new_context(**{"offline": True, "viewport": {"width": 1600, "height": 1000}, **context})
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("dialog", lambda dialog: self.errors.append(f"dialog {dialog.message}"))
        self.page.goto(path.as_uri() + hash)
        self.page.wait_for_function("window.yishi !== undefined && window.yishiLabels !== undefined")

    def find(self, name: str) -> str:
        """Search a name, take the first, and return the card."""
        self.page.fill("#search", name)
        self.page.keyboard.press("Enter")
        return str(self.page.inner_text("#card"))

    def number(self, name: str) -> int:
        return int(self.page.evaluate("(name) => yishi.all.graph.entities.findIndex((e) => e.name === name)", name))


@pytest.fixture(scope="module")
def seed_page(seed_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(seed_graph, path)
    return path


@pytest.fixture
def opened(browser: Any, seed_page: Path) -> Iterator[Opened]:
    found = Opened(browser, seed_page)
    yield found
    assert found.errors == []
    found.context.close()


def test_the_page_asks_for_nothing(opened: Opened) -> None:
    opened.find("民生议事堂")
    opened.page.wait_for_timeout(300)
    assert [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert len([url for url in opened.requests if url.startswith("file:")]) == 1


def test_searching_a_name_shows_its_card_with_figures_relations_and_the_quoted_sentence(opened: Opened) -> None:
    card = opened.find("民生议事堂")
    assert card.startswith("民生议事堂")
    assert "829场次" in card
    assert "大力推进民生议事堂、委员工作室" in card
    assert "e=" in opened.page.evaluate("location.hash")


def test_a_part_of_another_name_finds_it_too_and_what_is_not_there_is_told(opened: Opened) -> None:
    assert opened.find("省政协").startswith("政协浙江省委员会")
    opened.page.fill("#search", "没有的名称")
    assert opened.page.inner_text("#found") == "没有这个名称"


def test_clicking_a_node_shows_what_it_is_and_the_sentences_that_say_so(opened: Opened) -> None:
    opened.page.mouse.click(*opened.page.evaluate(WHERE, opened.number("双月座谈协商")))
    card = opened.page.inner_text("#card")
    assert card.startswith("双月座谈协商\n")
    assert "会议活动" in card
    quotes = opened.page.locator("#card blockquote").all_inner_texts()
    assert quotes and all(len(quote) > 8 for quote in quotes)


def test_clicking_a_line_shows_its_two_ends_and_the_sentence_behind_it(opened: Opened) -> None:
    opened.page.evaluate("yishi.network.moveTo({scale: 1})")
    edge = opened.page.evaluate("yishi.all.edges.find((e) => yishi.all.graph.entities[e.from].name === '双月座谈协商').id")
    opened.page.evaluate(
        "(id) => { const e = yishi.all.edges[id], a = yishi.all.nodes[e.from], b = yishi.all.nodes[e.to];"
        " yishi.network.moveTo({position: {x: (a.x + b.x) / 2, y: (a.y + b.y) / 2}, scale: 1}); }",
        edge,
    )
    at = opened.page.evaluate(
        "(id) => { const p = yishi.network.body.edges[id].edgeType.getPoint(0.5), at = yishi.network.canvasToDOM(p),"
        " box = document.getElementById('graph').getBoundingClientRect(); return [box.x + at.x, box.y + at.y]; }",
        edge,
    )
    opened.page.mouse.click(*at)
    fact = opened.page.evaluate("(id) => yishi.all.graph.facts[yishi.all.edges[id].facts[0]]", edge)
    quote = opened.page.evaluate("(number) => yishi.all.graph.quotes[number][0]", fact["quotes"][0])
    assert opened.page.inner_text("#card h2").startswith("双月座谈协商 → ")
    assert opened.page.inner_text("#card .fact blockquote >> nth=0") == quote


def test_a_figure_shows_its_sentence_when_asked(opened: Opened) -> None:
    opened.find("民生议事堂")
    row = opened.page.locator("#card tr:visible", has_text="829场次")
    row.locator("button").click()
    assert "协商829场次" in opened.page.inner_text("#card table blockquote:visible")


def test_what_is_planned_or_carried_over_is_marked_with_what_it_is_carried_from(opened: Opened) -> None:
    opened.find("民生议事堂")
    assert {"计划", "承前"} <= set(opened.page.locator("#card .tag").all_inner_texts())
    assert opened.page.locator("#card .context").count() > 0


def test_a_name_in_a_card_leads_to_its_own_and_back_returns(opened: Opened) -> None:
    opened.find("民生议事堂")
    opened.page.click("#card a >> text=政协湖州市委员会 >> nth=0")
    assert opened.page.inner_text("#card h2") == "政协湖州市委员会"
    opened.page.go_back()
    assert opened.page.inner_text("#card h2") == "民生议事堂"


def test_planned_lines_are_drawn_dashed_and_done_ones_are_not(opened: Opened) -> None:
    drawn = opened.page.evaluate(
        "yishi.all.edges.map((e) => [e.facts.every((f) => yishi.all.graph.facts[f].planned),"
        " Boolean(yishi.network.body.edges[e.id].options.dashes)])"
    )
    assert all(planned == dashed for planned, dashed in drawn)
    assert {planned for planned, _ in drawn} == {True, False}


@pytest.mark.parametrize("key", ["Topic", "hasTopic", "planned"])
def test_the_legend_hides_a_class_a_relation_or_a_status_and_shows_it_again(opened: Opened, key: str) -> None:
    shown = "[yishi.network.body.nodeIndices.length, yishi.network.body.edgeIndices.length]"
    before = opened.page.evaluate(shown)
    opened.page.click(f"#legend button[data-key={key}]")
    after = opened.page.evaluate(shown)
    opened.page.click(f"#legend button[data-key={key}]")
    assert after[1] < before[1]
    assert (after[0] < before[0]) == (key == "Topic")
    assert opened.page.evaluate(shown) == before


def test_at_first_view_the_best_connected_are_labelled_and_few_others(opened: Opened) -> None:
    labelled = opened.page.evaluate("window.yishiLabels.map((n) => yishi.all.graph.entities[n].name)")
    assert 15 <= len(labelled) <= 40
    assert {"政协湖州市委员会", "湖州市", "双月座谈协商"} <= set(labelled)
    opened.page.evaluate("yishi.network.moveTo({scale: 1})")
    opened.page.wait_for_timeout(200)
    assert any(
        name not in labelled for name in opened.page.evaluate("window.yishiLabels.map((n) => yishi.all.graph.entities[n].name)")
    )


def test_lines_of_what_is_chosen_carry_the_names_of_their_relations(opened: Opened) -> None:
    opened.find("民生议事堂")
    labels = opened.page.evaluate("Object.values(yishi.network.body.edges).map((e) => e.options.label).filter(Boolean).sort()")
    assert labels == sorted(["运行", "属于"])
    opened.page.click("#lang")
    labels = opened.page.evaluate("Object.values(yishi.network.body.edges).map((e) => e.options.label).filter(Boolean).sort()")
    assert labels == ["part of", "runs"]


def test_the_language_is_switched_on_the_page(opened: Opened) -> None:
    assert "组织机构" in opened.page.inner_text("#legend")
    opened.page.click("#lang")
    assert "organization" in opened.page.inner_text("#legend")
    assert opened.page.evaluate("document.documentElement.lang") == "en"


def test_the_list_has_every_entity_as_a_link_for_who_cannot_see_the_graph(opened: Opened, seed_graph: Graph) -> None:
    opened.page.focus("#aslist")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#list a").count() == len(seed_graph.entities)
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#card h2") == opened.page.inner_text("#list a >> nth=0")


@pytest.mark.parametrize("key", ["platform/湖州市/委员会客厅", "委员会客厅"])
def test_an_address_with_an_id_or_a_name_opens_on_it(browser: Any, seed_graph: Graph, seed_page: Path, key: str) -> None:
    wanted = next(entity for entity in seed_graph.entities if entity.label == "委员会客厅")
    found = Opened(browser, seed_page, f"#e={wanted.id if '/' in key else key}")
    assert found.page.inner_text("#card h2") == "委员会客厅"
    found.context.close()


def test_on_a_telephone_nothing_is_wider_than_the_screen(browser: Any, seed_page: Path) -> None:
    found = Opened(browser, seed_page, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    found.find("民生议事堂")
    assert found.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert found.page.locator("#graph").bounding_box()["height"] >= 200
    assert found.errors == []
    found.context.close()


def test_in_the_dark_the_page_is_dark(browser: Any, seed_page: Path) -> None:
    found = Opened(browser, seed_page, color_scheme="dark")
    red, green, blue = map(int, re.findall(r"\d+", found.page.evaluate("getComputedStyle(document.body).backgroundColor")))
    assert max(red, green, blue) < 60
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
    found.page.fill("#search", "<img")
    assert "<img src=x" in found.page.inner_text("#found")
    assert found.errors == []
    found.context.close()


def test_a_graph_with_nothing_in_it_is_still_a_page(browser: Any, tmp_path: Path) -> None:
    write_page(Graph((), (), (), {}, {}), tmp_path / "graph.html", lang="en")
    found = Opened(browser, tmp_path / "graph.html")
    assert "0 entities" in found.page.inner_text("#card")
    assert found.errors == []
    found.context.close()


def test_quotes_of_several_documents_say_which_one_they_stand_in(browser: Any, tmp_path: Path) -> None:
    write_page(_of("湖州市政协制定《委员履职办法》。", "湖州市政协打造“委员云”平台。"), tmp_path / "graph.html")
    found = Opened(browser, tmp_path / "graph.html")
    found.find("委员云")
    assert found.page.inner_text("#card blockquote cite >> nth=0") == "text1.txt"
    found.context.close()


def test_every_fact_and_figure_of_the_graph_is_in_the_page_with_its_sentences(seed_graph: Graph) -> None:
    data = _data(seed_graph)["graph"]
    assert len(data["facts"]) == len(seed_graph.facts)
    for said, fact in zip(data["facts"] + data["figures"], seed_graph.facts + seed_graph.measures, strict=True):
        assert {data["quotes"][number][0] for number in said["quotes"]} == {
            one_line(seed_graph.quote(span)) for span in fact.evidence
        }


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_quote_on_one_line_keeps_every_character_that_is_seen(text: str) -> None:
    assert "".join(one_line(text).split()) == "".join(text.split())
    assert not re.search(r"[\r\n]", one_line(text))


def test_classes_are_told_apart_without_their_colours() -> None:
    assert set(STYLES) == set(CLASSES)
    assert len({(shape, hollow) for _, shape, hollow in STYLES.values()}) == len(CLASSES)


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


def test_an_unknown_language_or_a_place_that_cannot_be_written_is_told_in_a_line(seed_graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="zh or en"):
        write_page(seed_graph, tmp_path / "graph.html", lang="fr")
    (tmp_path / "file").write_text("")
    with pytest.raises(YishiError, match="cannot be written"):
        write_page(seed_graph, tmp_path / "file" / "graph.html")


@given(st.integers(1, 60), st.data())
def test_no_two_nodes_stand_in_one_place(count: int, data: st.DataObject) -> None:
    node = st.integers(0, count - 1)
    edges = sorted(set(data.draw(st.lists(st.tuples(node, node), max_size=120))))
    places = arrange(count, edges, [number % 4 for number in range(count)]).places
    apart = sorted(places)
    assert all(math.dist(one, two) > 20 for one, two in pairwise(apart))
    assert places == arrange(count, edges, [number % 4 for number in range(count)]).places


def test_a_graph_of_many_documents_is_laid_out_in_time() -> None:
    edges = [(number, number // 7) for number in range(1, 6000)] + [
        (6000 + number, 6001 + number) for number in range(0, 3000, 2)
    ]
    assert len(set(arrange(9500, edges, [number % 10 for number in range(9500)]).places)) == 9500
