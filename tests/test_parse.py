"""Reading and parsing: whatever the encoding, the line ends and the columns, the text is the same and every character keeps its place."""

from __future__ import annotations

import hashlib
import random
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Document, Source
from kg.parse import parse
from kg.pipeline import build, read_document

HAN = "市政协召开会议围绕推进发展工作二〇年月日第一次的了和与，。；：、！？“”《》（）·％%0123456789 　ABab—\n\r"
LINES = st.lists(st.text(alphabet=HAN, max_size=60), max_size=14).map("\n".join)


def document(text: str) -> Document:
    return parse(Source(hashlib.sha256(text.encode()).hexdigest(), "text.txt", text))


def parsed(text: str) -> Document | None:
    """The document, or None where the text holds nothing to read."""
    try:
        return document(text)
    except InputError:
        return None


@settings(max_examples=300, deadline=None)
@given(LINES)
def test_every_character_of_the_view_stands_in_the_source_where_its_offset_says(text: str) -> None:
    found = parsed(text)
    if found is None:
        return
    assert len(found.offsets) == len(found.text) + 1
    places = list(found.offsets[:-1])
    assert places == sorted(set(places))
    for char, place in zip(found.text, places, strict=True):
        assert (
            char == unicodedata.normalize("NFKC", text[place])
            or char == text[place]
            or (char.isspace() and text[place].isspace())
        )


@settings(max_examples=300, deadline=None)
@given(LINES)
def test_nothing_is_lost_but_white_space_and_what_is_listed_as_furniture(text: str) -> None:
    found = parsed(text)
    if found is None:
        return
    kept = set(found.offsets[:-1])
    listed = {place for start, end in found.furniture for place in range(start, end)}
    lost = [char for place, char in enumerate(text) if place not in kept and place not in listed and not char.isspace()]
    assert lost == []


@settings(max_examples=200, deadline=None)
@given(LINES, st.data())
def test_a_span_of_the_view_quotes_the_same_words_from_the_source(text: str, data: st.DataObject) -> None:
    found = parsed(text)
    if found is None or not found.text:
        return
    start = data.draw(st.integers(0, len(found.text) - 1))
    end = data.draw(st.integers(start + 1, len(found.text)))
    listed = {place for a, b in found.furniture for place in range(a, b)}
    span = found.span(start, end)
    said = "".join(text[place] for place in range(span.start, span.end) if place not in listed)
    assert plain(said) == plain(found.text[start:end])


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_sentences_and_paragraphs_lie_in_order_and_do_not_overlap(text: str) -> None:
    found = parsed(text)
    if found is None:
        return
    for spans in ([(s.start, s.end) for s in found.sentences], list(found.paragraphs)):
        assert all(0 <= start < end <= len(found.text) for start, end in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
    for section in found.sections:
        assert 0 <= section.start <= section.end <= len(found.text)


def plain(text: str) -> str:
    """Without white space, and full-width signs as half-width ones, as the view has some of them."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def wrapped(text: str, columns: int, gap: str = "\n") -> str:
    """Each paragraph set in a column of so many characters, as a newspaper does."""
    lines = []
    for paragraph in text.split("\n"):
        lines += [paragraph[at : at + columns] for at in range(0, len(paragraph), columns)] or [""]
    return gap.join(lines)


REPORT = """政协第八届青山市委员会常务委员会工作报告
——2023年2月25日在政协第八届青山市委员会第二次会议上
青山市政协主席 林致远
各位委员：
我受政协第八届青山市委员会常务委员会的委托，向大会报告工作，请予审议。
一、2022年工作回顾
2022年，市政协常委会坚持以人民为中心，打造“青山议事堂”协商平台，全年开展协商活动八百二十九场次，提出意见建议二千五百余条，得到了各方面的充分肯定。
二、2023年工作任务
今年，市政协将深化“三联四建”工作机制，持续擦亮“青山议事堂”品牌，围绕“打造人才强市”等主题开展专题协商，为全市高质量发展作出新的更大贡献。"""


@pytest.mark.parametrize("columns", [18, 20, 24, 30])
def test_lines_that_a_column_broke_are_joined_again(columns: int) -> None:
    whole, broken = document(REPORT), document(wrapped(REPORT, columns))
    assert "".join(broken.text.split()) == "".join(whole.text.split())
    assert [s.title for s in broken.sections] == [s.title for s in whole.sections]
    assert (broken.speaker, broken.date) == ("林致远", "2023-02-25")
    sentences = ["".join(broken.text[s.start : s.end].split()) for s in broken.sentences]
    assert any(s.startswith("今年，市政协将深化") and s.endswith("更大贡献。") for s in sentences)


def test_a_sentence_that_a_column_break_tore_goes_on_in_the_next_paragraph() -> None:
    found = document(
        "一、工作回顾\n\n市政协开展“三联四建”活动，组织委员走访企业一百余家，帮助解决了\n\n一批实际困难，受到企业欢迎。"
    )
    assert any(
        found.text[s.start : s.end].endswith("受到企业欢迎。") and "走访企业" in found.text[s.start : s.end]
        for s in found.sentences
    )


def test_spaces_inside_a_number_do_not_break_it() -> None:
    measures = read_document(
        Source(
            "0" * 64, "text.txt", "青岛市政协工作报告\n\n一、2022年工作回顾\n\n市政协现有委员 38 名，占 76.0%，提出建议 1, 2 条。"
        )
    ).measures
    assert {(float(m.value), m.unit) for m in measures} >= {(38, "名"), (76, "%")}


def test_title_speaker_meeting_date_and_sections_are_told() -> None:
    found = document(REPORT)
    assert found.title and found.text[slice(*found.title)] == "政协第八届青山市委员会常务委员会工作报告"
    assert found.meeting and found.text[slice(*found.meeting)] == "政协第八届青山市委员会第二次会议"
    assert found.speaker_post == "青山市政协主席"
    assert [(s.title, s.planned, s.year) for s in found.sections] == [
        ("一、2022年工作回顾", False, "2022"),
        ("二、2023年工作任务", True, "2023"),
    ]


def test_what_a_newspaper_prints_around_its_text_is_no_text(seed: Path) -> None:
    page = "2016年1月15日 星期五 要闻 青山日报 A04 责任编辑 陈晓丽\n" + REPORT + "\n网址：www.example.com"
    found = document(page)
    assert "责任编辑" not in found.text
    assert "example.com" not in found.text
    assert (found.publisher, found.issued) == ("青山日报", "2016-01-15")


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_the_same_page_in_any_encoding_and_with_any_line_ends_gives_the_same_graph(
    encoding: str, ends: str, seed: Path, tmp_path: Path
) -> None:
    text = seed.read_text("utf-8-sig").replace("\r\n", "\n")[:6000]
    plain, other = tmp_path / "plain.txt", tmp_path / "other.txt"
    plain.write_text(text, "utf-8", newline="\n")
    other.write_bytes(text.replace("\n", ends).encode(encoding))
    one, two = build(plain), build(other)
    assert [(e.id, e.label, e.classes) for e in one.entities] == [(e.id, e.label, e.classes) for e in two.entities]
    assert [(f.subject, f.property, f.object, f.status) for f in one.facts] == [
        (f.subject, f.property, f.object, f.status) for f in two.facts
    ]
    for entity in two.entities:
        for mention in entity.mentions:
            assert "".join(two.quote(mention).split())


def test_quotes_are_the_sources_own_whatever_stands_between_the_lines(seed: Path, tmp_path: Path) -> None:
    random.seed(7)
    text = seed.read_text("utf-8-sig")
    noisy = "".join(char + ("\r\n" if char == "\n" and random.random() < 0.1 else "") for char in text)
    file = tmp_path / "noisy.txt"
    file.write_bytes(noisy.encode())
    graph = build(file)
    (source,) = graph.sources.values()
    for fact in graph.facts:
        for span in fact.evidence:
            assert source.text[span.start : span.end] == graph.quote(span)
            assert 0 <= span.start < span.end <= len(source.text)
