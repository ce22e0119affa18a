"""`kg serve` in a real browser, as people use it: files dropped and built, names walked, questions asked. No request leaves the machine."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from serving import Served, served

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
BODY = "https://w3id.org/yishi/id/org/湖州市/政协"
DROP = """([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type: "text/plain" }));
    for (const kind of ["dragenter", "dragover", "drop"]) document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
TEXT = "湖州市政协打造“有事好商量”协商平台，全年开展协商20场次。"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        opened = running.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def server(seed_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("browser") / "graph"
    shutil.copytree(seed_graph, folder)
    with served(folder, lang="zh") as running:
        yield running


class Tab:
    """A page in the browser, with what went wrong in it and what it asked of others."""

    def __init__(self, browser: Any, server: Served, **context: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "zh-CN", **context})
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.server, self.wrong = server, []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda message: self.wrong.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on(
            "request",
            lambda request: (
                None if request.url.startswith((server.address, "data:", "blob:")) else self.wrong.append(request.url)
            ),
        )

    def open(self, path: str) -> Any:
        self.page.goto(self.server.address.rstrip("/") + path)
        return self.page


@pytest.fixture
def tab(browser: Any, server: Served) -> Iterator[Tab]:
    opened = Tab(browser, server)
    yield opened
    opened.context.close()
    assert opened.wrong == []


def until(page: Any, condition: str) -> None:
    """Wait until a condition holds. (Playwright's own way would have to evaluate text in the page, which our policy forbids.)"""
    deadline = time.monotonic() + 20
    while not page.evaluate(f"() => {condition}"):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(50)


# --- dropping files ---------------------------------------------------------------------------------------------------------------


def test_a_dropped_file_becomes_a_graph_that_opens_and_is_found_again(tab: Tab, server: Served) -> None:
    page = tab.open("/")
    page.evaluate(DROP, ["协商.txt", TEXT])
    assert page.locator("#chosen-files li").all_inner_texts() == ["协商.txt"]
    page.click("#start")
    page.wait_for_url("**/builds/*/graph")
    assert "有事好商量" in page.content()
    page = tab.open("/")
    line = page.locator(".builds li").first
    assert "协商" in line.inner_text() or "有事好商量" in line.inner_text()
    line.locator("a").click()
    page.wait_for_url("**/builds/*/")
    page.locator("a", has_text="政协湖州市委员会").first.click()
    assert "20场次" in page.locator(".figures").inner_text()
    assert "有事好商量" in page.locator("article").inner_text()
    assert "/builds/" in page.url
    page.click("a.other")
    assert "Also called" in page.content()
    (name,) = [path.name for path in Path(_folder(server), "builds").glob("*协商*")]
    assert server.get(f"/builds/{name}/rdf-graphs", params={"default": ""}).status_code == 200
    assert server.get(f"/builds/{name}/sparql", params={"query": "ASK { ?x a kg:Platform }"}).json()["boolean"] is True


def test_files_that_cannot_be_read_are_named_and_the_rest_is_built(tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    page = tab.open("/")
    page.set_input_files("#files", [tmp_path / "good.txt", tmp_path / "empty.txt"])
    page.fill("#home-place", "湖州市")
    page.click("#start")
    page.wait_for_selector("#outcome:not([hidden])")
    assert "empty.txt" in page.locator("#outcome li").inner_text()
    page.click("#outcome a.primary")
    page.wait_for_url("**/builds/*/graph")


def test_what_gives_no_graph_says_why_and_leaves_nothing(tab: Tab, server: Served) -> None:
    page = tab.open("/")
    before = page.locator(".builds li").count()
    page.evaluate(DROP, ["broken.txt", ""])
    page.click("#start")
    page.wait_for_selector("#outcome .bad")
    assert "empty" in page.locator("#outcome").inner_text()
    assert tab.open("/").locator(".builds li").count() == before
    assert not list(Path(_folder(server), "builds").glob("*broken*"))


def test_a_build_can_be_stopped_and_leaves_nothing(tab: Tab, server: Served) -> None:
    page = tab.open("/")
    page.evaluate(
        DROP, ["long.txt", "\n".join(f"第{n}次会议上，湖州市政协打造“平台{n}”协商平台，开展协商{n}场次。" for n in range(20_000))]
    )
    page.click("#start")
    page.wait_for_selector("#progress:not([hidden])")
    until(page, "document.getElementById('doing').textContent.includes('long')")
    page.click("#stop")
    page.wait_for_selector("#outcome:not([hidden])")
    assert "已停止" in page.locator("#outcome").inner_text()
    assert not list(Path(_folder(server), "builds").glob("*long*"))


def test_too_many_files_are_refused_before_they_are_sent(tab: Tab) -> None:
    page = tab.open("/")
    page.evaluate(
        """() => {
        const data = new DataTransfer();
        for (let n = 0; n < 201; n += 1) data.items.add(new File([String(n)], `${n}.txt`));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    )
    page.wait_for_selector("#outcome .bad")
    assert "200" in page.locator("#outcome").inner_text()
    assert page.locator("#start").is_disabled()


def test_a_graph_that_was_built_can_be_removed_but_not_by_one_slip(tab: Tab, server: Served) -> None:
    page = tab.open("/")
    page.evaluate(DROP, ["away.txt", TEXT + "一年来，市政协领导作用明显。"])
    page.click("#start")
    page.wait_for_url("**/builds/*/graph")
    page = tab.open("/")
    (folder,) = Path(_folder(server), "builds").glob("*away*")
    line = page.locator(f'.builds li[data-build="{folder.name}"]')
    line.locator("[data-remove]").click()
    line.locator("button", has_text="不删").click()
    assert folder.is_dir()
    line.locator("[data-remove]").click()
    line.locator("button", has_text="删除").click()
    line.wait_for(state="detached")
    assert not folder.exists()


def _folder(server: Served) -> str:
    return str(server.process.args[server.process.args.index("--graph") + 1])  # type: ignore[index,union-attr]


# --- finding and walking ----------------------------------------------------------------------------------------------------------


def test_a_name_is_found_by_its_initials_with_the_keyboard_alone(tab: Tab) -> None:
    page = tab.open("/")
    page.keyboard.press("/")
    page.keyboard.type("msyst")
    page.wait_for_selector("#found li[role]")
    page.keyboard.press("ArrowDown")
    assert page.locator("#search").get_attribute("aria-activedescendant") == "found-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/**")
    assert page.locator("h1").inner_text() == "民生议事堂"


def _walk(tab: Tab) -> Any:
    page = tab.open(f"/walk?iri={quote(BODY)}")
    page.wait_for_selector("g.name.chosen")
    page.wait_for_selector("#card h2.name")
    return page


def test_the_walk_begins_at_a_name_with_all_it_is_connected_to(tab: Tab) -> None:
    page = _walk(tab)
    assert page.locator("#card h2.name").inner_text() == "政协湖州市委员会"
    labels = page.locator("text.relation").all_text_contents()
    assert any(label.startswith("运行") for label in labels)
    assert any(label.startswith("任职者") for label in labels)


def test_no_name_of_the_walk_lies_over_another(tab: Tab) -> None:
    page = _walk(tab)
    page.locator("g.name", has_text="亲清直通车").first.locator(".knob").click()
    page.wait_for_timeout(500)
    boxes = page.evaluate("""() => [...document.querySelectorAll("g.name > text, text.relation, g.more > text")].map((node) => {
        const box = node.getBoundingClientRect();
        return [box.left, box.top, box.right, box.bottom];
    })""")
    assert len(boxes) > 30
    over = [
        (a, b)
        for n, a in enumerate(boxes)
        for b in boxes[n + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] + 1 < b[3] and b[1] + 1 < a[3]
    ]
    assert over == []


def test_one_walks_from_name_to_name_and_back(tab: Tab) -> None:
    page = _walk(tab)
    before = page.locator("g.name").count()
    page.locator("g.name", has_text="亲清直通车").first.locator(".knob").click()
    until(page, f"document.querySelectorAll('g.name').length > {before}")
    page.locator("g.name", has_text="促进农业企业高质量发展").first.click()
    until(page, "document.querySelector('#card h2.name')?.innerText.includes('促进农业企业')")
    assert "促进农业企业" in page.locator("#card").inner_text()
    page.go_back()
    until(page, "document.querySelector('#card h2.name')?.innerText === '政协湖州市委员会'")


def test_the_rest_of_a_relation_comes_when_asked_for(tab: Tab) -> None:
    page = _walk(tab)
    more = page.locator("g.more").first
    before = page.locator("g.name").count()
    more.dispatch_event("click")
    until(page, f"document.querySelectorAll('g.name').length > {before}")


def test_the_map_is_walked_with_the_keyboard(tab: Tab) -> None:
    page = _walk(tab)
    page.locator("g.name.root").focus()
    page.keyboard.press("ArrowLeft")
    first = page.evaluate("document.activeElement.dataset.iri")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.iri") != first
    page.keyboard.press("Enter")
    until(page, "document.querySelector('#card h2.name')?.innerText !== '政协湖州市委员会'")
    assert page.locator("[role=treeitem][aria-selected=true]").count() == 1


def test_a_link_of_the_card_goes_on_on_the_map(tab: Tab) -> None:
    page = _walk(tab)
    page.locator("#card a.thing", has_text="湖州市").first.click()
    until(page, "document.querySelector('#card h2.name')?.innerText === '湖州市'")
    assert "walk" in page.url


# --- asking -----------------------------------------------------------------------------------------------------------------------


def test_a_question_is_answered_in_a_table_whose_names_lead_on(tab: Tab) -> None:
    page = tab.open("/query")
    page.fill("#query", "SELECT ?x ?name WHERE { ?x a kg:Person ; skos:prefLabel ?name } ORDER BY ?name")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer table")
    assert page.locator("#answer thead th").all_inner_texts() == ["x", "name"]
    assert "李上葵" in page.locator("#answer tbody").inner_text()
    page.locator("#answer tbody tr", has_text="李上葵").locator("a").click()
    page.wait_for_url("**/id/**")
    assert page.locator("h1").inner_text() == "李上葵"


def test_the_editor_completes_the_words_of_the_graph(tab: Tab) -> None:
    page = tab.open("/query")
    page.fill("#query", "SELECT ?x WHERE { ?x a ")
    page.keyboard.press("Control+End")
    page.keyboard.type("平台")
    page.wait_for_selector("#completions li")
    assert page.locator("#completions li").first.inner_text().startswith("kg:Platform")
    page.keyboard.press("Enter")
    assert page.input_value("#query") == "SELECT ?x WHERE { ?x a kg:Platform"


def test_a_mistake_is_shown_where_it_is(browser: Any, server: Served) -> None:
    opened = Tab(browser, server)
    page = opened.open("/query")
    page.fill("#query", "SELECT ?x WHERE {\n  ?x nope:is 1 }")
    page.click("#run")
    page.wait_for_selector("#answer .wrong")
    assert "line 2" in page.locator("#answer .wrong").inner_text()
    assert page.evaluate("document.getElementById('query').selectionStart") > len("SELECT ?x WHERE {\n")
    opened.context.close()
    assert all("400" in line for line in opened.wrong)  # the browser's own note that the answer was a 400


def test_a_named_query_asks_for_what_it_needs(tab: Tab) -> None:
    page = tab.open("/query")
    page.select_option("#examples", "coverage")
    page.locator("#parameters input").fill("民生议事堂")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer table")
    assert "提到次数" in page.locator("#answer thead").inner_text()
    with page.expect_download() as download:
        page.locator("#answer a", has_text="CSV").click()
    assert "mentions" in Path(download.value.path()).read_text("utf-8").splitlines()[0]


def test_a_running_question_can_be_stopped(tab: Tab) -> None:
    page = tab.open("/query")
    page.fill("#query", "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    page.click("#run")
    page.wait_for_selector("#cancel:not([hidden])")
    page.click("#cancel")
    until(page, "!document.getElementById('run').disabled")
    began = time.monotonic()
    page.fill("#query", "ASK {}")
    page.click("#run")
    page.wait_for_selector("#answer .verdict")
    assert time.monotonic() - began < 10


# --- how it looks -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/walk", "/query", "/list/Platform", "/id/org/湖州市/政协", "/find?q=政协"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_screen(browser: Any, server: Served, path: str, width: int) -> None:
    opened = Tab(browser, server, viewport={"width": width, "height": 800})
    page = opened.open(quote(path, safe="/?="))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    opened.context.close()
    assert opened.wrong == []


def test_text_can_be_read_by_day_and_by_night(browser: Any, server: Served) -> None:
    """WCAG AA: what is written stands out from its ground, in either colour scheme."""
    for scheme in ("light", "dark"):
        opened = Tab(browser, server, color_scheme=scheme)
        page = opened.open("/id/org/" + quote("湖州市/政协"))
        weak = page.evaluate(CONTRAST)
        opened.context.close()
        assert weak == [], scheme


CONTRAST = """() => {
    const number = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
    const ground = (node) => { for (let at = node; at; at = at.parentElement) { const c = number(getComputedStyle(at).backgroundColor); if (c.length < 4 || c[3] > 0.9) return c; } return [255, 255, 255]; };
    const weak = new Set();
    for (const node of document.querySelectorAll("body *")) {
        if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()) || !node.getClientRects().length || node.closest(".skip")) continue;
        const one = light(number(getComputedStyle(node).color)), two = light(ground(node)), ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
        if (ratio < 4.5) weak.add(`${node.tagName}.${node.className} ${ratio.toFixed(2)}`);
    }
    return [...weak];
}"""


def test_the_other_language_is_one_click_away_and_stays(tab: Tab) -> None:
    page = tab.open("/")
    page.click("a.other")
    assert "Best connected" in page.content()
    assert "Classes" in tab.open("/").content()
