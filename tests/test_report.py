"""`report.html`: what a careful reader should check, told truly, in a page that is safe, whole and readable anywhere."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from graph_cases import reading
from hostile_names import HOSTILE
from page_opened import graph_of

import kg
from kg.account import HEADING, NAMED, SAID, SILENT
from kg.errors import UsageError
from kg.export.page.texts import one_line
from kg.export.report import report, write_report
from kg.export.report.gather import Limits, gather
from kg.graph.knowledge import Skipped
from kg.pipeline import read_document

LOST = "市政协召开座谈会，讨论河长制工作。我市推进垃圾分类。天气晴好。"


def sentences(graph: Any) -> list[tuple[str, int]]:
    """Every sentence of a graph's accounts with its state."""
    return [
        (graph.sources[sha].text[rows[at] : rows[at + 1]], rows[at + 3])
        for sha, account in graph.accounts.items()
        for rows in (account.sentences,)
        for at in range(0, len(rows), 4)
    ]


def seen(markup: str, lang: str = "zh") -> str:
    """The text of the page in one language."""
    other = {"zh": "en", "en": "zh"}[lang]
    body = re.sub(rf'<span class="{other}".*?</span>', "", markup[markup.index("<main>") : markup.index("<script>")], flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", body)))


# ---- what it tells ----


def test_the_document_is_told_with_its_home_and_how_that_was_found(seed_built: Any, seed: Path) -> None:
    page = seen(report(seed_built))
    assert "中国人民政治协商会议第九届湖州市委员会常务委员会工作报告" in page and seed.name in page
    assert "所属地 湖州市 (据标题)" in page and "谁的文本 政协湖州市委员会" in page
    for count in (len(seed_built.entities), len(seed_built.facts), len(seed_built.measures)):
        assert f" {count}" in page


def test_a_sentence_is_silent_if_and_only_if_no_fact_and_no_figure_rests_on_it(seed_built: Any) -> None:
    cited = {seed_built.quote(span) for finding in (*seed_built.facts, *seed_built.measures) for span in finding.evidence}
    told = sentences(seed_built)
    assert {state for _, state in told} == {SAID, NAMED, SILENT, HEADING}
    for words, state in told:
        if state != HEADING:
            assert (state == SAID) == any(words in quote or quote in words for quote in cited), words
    page = report(seed_built)
    shown = [unescape(words) for words in re.findall(r'<li><i class="(?:named|nothing)"></i>(.*?)</li>', page)]
    assert sorted(shown) == sorted(one_line(words) for words, state in told if state in (NAMED, SILENT))
    counts = gather(seed_built).counts
    assert (counts.silent, counts.all) == (len(shown), sum(state != HEADING for _, state in told))
    assert f"{counts.silent} 句没有给出事实或数据，占 {counts.all} 句的 {counts.silent / counts.all:.0%}" in seen(page)


def test_a_sentence_with_names_is_told_from_one_with_nothing_and_stands_under_its_heading() -> None:
    graph = graph_of("湖州市政协工作总结\n\n一、工作回顾\n湖州市政协打造“委员云”平台。天气晴好，万里无云。湖州市风景优美。\n")
    (document,) = gather(graph).documents
    (part,) = document.parts
    assert part.heading == "一、工作回顾"
    assert part.sentences == (("天气晴好，万里无云。", False), ("湖州市风景优美。", True))
    assert document.counts is not None and document.counts.said == 1


def test_what_cannot_be_resolved_stands_there_with_its_sentence_and_what_to_do() -> None:
    page = seen(report(graph_of(LOST, home="")))
    assert "1 份文本不知道是哪里的" in page and "--home" in page and "不知道是哪里的文本" in page
    assert "市政协组织机构 提及 1 次" in page and "市政协召开座谈会，讨论河长制工作。" in page
    assert "我市地区 提及 1 次 · 说的是读者所在的地方" in page


def test_a_note_of_the_build_that_is_about_no_name_is_told_too() -> None:
    assert "安吉县政协: not resolved" in seen(report(kg.merge([reading()])))


def test_what_was_skipped_is_named_with_the_reason(tmp_path: Path, seed: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "一.txt").write_text("湖州市政协召开座谈会。", "utf-8")
    kg.publish(kg.build(tmp_path), tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "1 项没有读进来" in seen(page) and "空.txtthe file is empty" in seen(page)
    assert "not read: 1" in seen(page, "en")


def test_what_was_taken_for_page_furniture_can_be_looked_at(seed_built: Any) -> None:
    (source,) = seed_built.sources.values()
    (account,) = seed_built.accounts.values()
    assert len(account.furniture) > 0
    told = gather(seed_built).documents[0].furniture
    assert told and all("".join(words.split()) in "".join(source.text.split()) for words in told)
    assert all(words in unescape(report(seed_built)) for words in told)


def test_merges_are_told_by_reason_and_the_table_is_linked(seed_built: Any) -> None:
    page = report(seed_built)
    assert 'href="merges.tsv"' in page and 'href="graph.html"' in page
    assert "省委→中共浙江省委" in seen(page).replace(" ", "")
    two = seen(report(graph_of("湖州市政协副主席王建国出席座谈会。", "德清县教育局局长王建国出席座谈会。")))
    assert "1 个人由多份文本中的同名者合成，没有核对职务" in two and "没有核对职务" not in seen(page)


# ---- large and made-by-hand graphs ----


def test_a_large_corpus_is_told_in_part_and_the_rest_counted() -> None:
    graph = graph_of(*(f"湖州市政协召开座谈会。天气{word}晴好。万里{word}无云。草木{word}繁盛。" for word in "甲乙丙丁"))
    page = seen(report(graph, limits=Limits(documents=3, sentences=6, fewest=1)))
    assert "另有 1 份文本" in page and page.count("另有 1 句") == 3
    assert f"{gather(graph).counts.silent} 句" in page and gather(graph).counts.silent == 12


def test_a_graph_that_was_not_just_read_says_that_it_has_no_record(tmp_path: Path) -> None:
    kg.publish(graph_of(LOST), tmp_path / "a", html=False)
    kg.publish(kg.open(tmp_path / "a"), tmp_path / "b")
    assert "1 份文本没有逐句的记录" in seen((tmp_path / "b" / "report.html").read_text("utf-8"))


def test_the_record_of_a_document_is_small_and_can_be_stored() -> None:
    source = next(iter(graph_of(LOST * 50).sources.values()))
    account = read_document(source).account
    assert account is not None and pickle.loads(pickle.dumps(account)) == account
    assert account.sentences.itemsize * 4 <= 16 and len(account.sentences) == 4 * 150


def test_the_same_graph_gives_the_same_page(seed_built: Any, seed: Path, tmp_path: Path) -> None:
    assert report(seed_built) == report(kg.build(seed))
    write_report(seed_built, tmp_path / "r.html", lang="en")
    assert '<html lang="en">' in (tmp_path / "r.html").read_text("utf-8")
    with pytest.raises(UsageError, match="fr"):
        report(seed_built, "fr")


# ---- in a browser ----


@contextmanager
def opened(browser: Any, path: Path, **context: Any) -> Iterator[Any]:
    """The page in a browser without a network. Nothing may go wrong in it and nothing be asked for."""
    here = browser.new_context(offline=True, **context)
    page = here.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    page.goto(path.as_uri())
    yield page
    assert (errors, requests) == ([], [path.as_uri()])
    here.close()


@pytest.fixture(scope="module")
def seed_report(seed_built: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed's report as a file."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(seed_built, path)
    return path


def test_it_speaks_the_other_language_when_asked(browser: Any, seed_report: Path) -> None:
    with opened(browser, seed_report) as page:
        assert "没有给出事实的句子" in page.inner_text("main") and "Sentences that gave no fact" not in page.inner_text("main")
        page.click("#lang")
        assert "Sentences that gave no fact" in page.inner_text("main") and "没有给出事实的句子" not in page.inner_text("main")
        assert page.evaluate("document.documentElement.lang") == "en"


def test_it_is_dark_where_the_system_is_and_the_button_turns_it(browser: Any, seed_report: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with opened(browser, seed_report, color_scheme="dark") as page:
        dark = page.evaluate(ground)
        page.click("#theme")
        light = page.evaluate(ground)
        page.click("#theme")
        assert page.evaluate(ground) == dark != light == "rgb(250, 249, 245)"
        page.emulate_media(media="print")
        assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_on_a_telephone_nothing_is_wider_than_the_screen(browser: Any, seed_report: Path) -> None:
    with opened(browser, seed_report, viewport={"width": 360, "height": 740}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_paper_what_is_folded_stands_open(browser: Any, seed_report: Path) -> None:
    with opened(browser, seed_report) as page:
        folded = page.locator("details:not([open])").count()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert folded > 0 == page.locator("details:not([open])").count()
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("details:not([open])").count() == folded


def test_hostile_words_of_a_text_are_only_words(browser: Any, tmp_path: Path) -> None:
    graph = graph_of("".join(f"湖州市政协打造“{name}”平台。{name}。\n市委推进{name}\n" for name in HOSTILE), home="")
    graph = kg.merge(
        [read_document(source) for source in graph.sources.values()], skipped=[Skipped(name, name) for name in HOSTILE]
    )
    write_report(graph, tmp_path / "report.html")
    with opened(browser, tmp_path / "report.html") as page:
        assert HOSTILE[0] in page.inner_text("#skipped") and "onerror=alert(1)" in page.inner_text("main")
        assert (
            page.locator("main :is(img, script, style, iframe, object, embed, video, link, base, form, math, meta)").count() == 0
        )
        assert page.locator("main [onerror], main [onload], main [onmouseover], main [style]").count() == 0
        assert {link.get_attribute("href") for link in page.locator("main a").all()} <= {
            "merges.tsv", "#skipped", "#documents", "#unresolved", "#silent", "#joined", "#apart",
        }  # fmt: skip
