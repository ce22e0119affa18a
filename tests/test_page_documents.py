"""A page of many documents: it lists them, opens each beside the graph, and leaves out which ones the reader does not want."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_opened import Opened, graph_of

from kg.export.page import write_page
from kg.graph.knowledge import Graph

TEXTS = (
    "政协湖州市委员会工作报告\n（2022年2月25日）\n\n2021年，市政协制定《委员履职办法》。\n新华社报道了委员云平台。",
    "政协湖州市委员会工作报告\n（2023年2月25日）\n\n2022年，市政协打造“委员云”平台。市政协召开双月座谈会。",
    "湖州市政协召开主席会议\n（2023年5月6日）\n\n2023年5月6日，湖州市政协召开主席会议。市政协制定《提案工作条例》。",
)


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The graph of the three texts."""
    return graph_of(*TEXTS)


@pytest.fixture
def pages(browser: Any, graph: Graph, tmp_path: Path) -> Iterator[Opened]:
    """Their page."""
    write_page(graph, tmp_path / "graph.html")
    found = Opened(browser, tmp_path / "graph.html")
    yield found
    assert found.errors == []
    found.context.close()


def test_the_documents_are_listed_by_year_and_each_opens_beside_the_graph(pages: Opened) -> None:
    assert pages.page.inner_text("#title") == "议事图谱"
    pages.page.click("#papers .paper")
    years = pages.page.locator("#sheet .papers h3").all_inner_texts()
    assert [year.split()[0][:4] for year in years] == ["2023", "2022"]
    assert pages.page.locator("#sheet li").count() == 3
    pages.page.fill("#sheet input[type=search]", "主席会议")
    assert pages.page.locator("#sheet li").count() == 1
    pages.page.click("#sheet li .paper")
    assert "提案工作条例" in pages.page.inner_text("#article")
    assert "委员云" not in pages.page.inner_text("#article")
    assert "主席会议" in pages.page.inner_text("#papers")
    pages.page.click("#papers .next")
    assert "3/3" not in pages.page.inner_text("#papers") and "1/3" in pages.page.inner_text("#papers")


def test_a_document_or_a_year_that_is_left_out_is_not_in_the_graph(pages: Opened, graph: Graph) -> None:
    pages.page.keyboard.press("w")
    everything = pages.shown()
    pages.page.click("#papers .paper")
    pages.page.locator("#sheet h3:has-text('2023') input").uncheck()
    pages.page.keyboard.press("Escape")
    shas = list(graph.sources)
    left = {entity.label for entity in graph.entities if any(span.source == shas[0] for span in entity.mentions)}
    assert pages.shown() <= left < everything
    pages.page.keyboard.press("f")
    counts = pages.page.locator("#filters button[data-value]").filter(has_text="工作报告").locator(".count").all_inner_texts()
    assert len(counts) == 2
    pages.page.keyboard.press("u")
    pages.rest()
    assert pages.shown() == everything


def test_what_is_chosen_opens_the_document_that_names_it(pages: Opened) -> None:
    pages.find("提案工作条例")
    assert "提案工作条例" in pages.page.inner_text("#article")
    assert pages.lit() and pages.seen("#article .name.lit")
    cite = pages.page.inner_text("#card blockquote cite >> nth=0")
    assert "主席会议" in cite and "2023-05-06" in cite
    pages.find("政协湖州市委员会")
    links = pages.page.locator("#card section:last-child li a")
    assert links.count() == 3
    links.first.click()
    assert "委员履职办法" in pages.page.inner_text("#article")


def test_texts_above_the_budget_are_their_quoted_sentences_and_the_page_says_how_to_open_the_rest(
    browser: Any, graph: Graph, tmp_path: Path
) -> None:
    write_page(graph, tmp_path / "graph.html", budget=100)
    found = Opened(browser, tmp_path / "graph.html")
    note = found.page.inner_text("#article .note")
    assert "kg serve --graph" in note and "0.0001 MB" in note
    assert "委员履职办法" in found.page.inner_text("#article")
    found.find("委员云")
    assert found.lit() and all("委员云" in name for name in found.lit())
    assert "打造" in found.page.inner_text("#card blockquote >> nth=0")
    assert found.errors == []
    found.context.close()


def test_a_text_of_many_pages_gets_its_lines_as_it_is_read(browser: Any, tmp_path: Path) -> None:
    lines = "\n".join(f"第{number}天，湖州市政协召开座谈会，听取各方面的意见建议，研究下一步的工作。" for number in range(1800))
    write_page(graph_of(f"湖州市政协工作纪事\n\n{lines}\n湖州市政协打造“委员云”平台。"), tmp_path / "graph.html")
    found = Opened(browser, tmp_path / "graph.html")
    assert found.page.locator("#article p").count() > 1700
    some = found.page.locator("#article .name").count()
    assert 0 < some < 2000
    found.find("委员云")
    assert found.lit() and found.seen("#article .name.lit")
    assert found.errors == []
    found.context.close()
