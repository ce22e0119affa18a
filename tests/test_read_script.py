"""Traditional characters and odd forms of characters: read as the usual ones, while every offset and quote stays that of the source."""

from __future__ import annotations

import unicodedata

import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import names, read

from kg.errors import InputError
from kg.parse.forms import ideographs
from kg.parse.script import simplified
from kg.read import read_bytes

TRADITIONAL = "2022年3月5日，湖州市政協在安吉縣召開民主協商座談會，新華社報道了這次會議。"
SIMPLIFIED = "2022年3月5日，湖州市政协在安吉县召开民主协商座谈会，新华社报道了这次会议。"


def test_a_traditional_sentence_says_what_the_simplified_one_says():
    assert making.words(read(TRADITIONAL)) == making.words(read(SIMPLIFIED))


@pytest.mark.parametrize("encoding", ["big5hkscs", "gb18030", "utf-16-le", "utf-16"])
def test_traditional_texts_and_pages_in_old_encodings_are_read(encoding):
    text = TRADITIONAL * 5
    assert read_bytes(text.encode(encoding), "a.txt").text == text
    markup = f"<html><head><title>會議</title></head><body><p>{text}</p></body></html>"
    if encoding != "utf-16-le":
        assert text in read_bytes(markup.encode(encoding), "a.html").text


def test_the_quote_is_in_the_characters_of_the_source():
    reading = read(TRADITIONAL)
    assert {reading.document.quote(span) for fact in reading.facts for span in fact.evidence if fact.basis == "stated"} == {
        TRADITIONAL
    }
    mention = next(e for e in reading.entities if e.label == "新华社").mentions[0]
    assert reading.document.quote(mention) == "新華社"


def test_what_people_are_shown_is_in_the_characters_of_the_source():
    from kg.export.page.texts import readings
    from kg.graph.merge import merge
    from kg.serve.article import article

    text = f"湖州市政協工作報告\n{TRADITIONAL}\n"
    reading = read(text)
    written = "湖州市政協工作報告\n" + TRADITIONAL
    assert reading.document.as_written() == written and reading.document.text == simplified(written)
    assert [shown.text for shown in readings(merge([reading])).values()] == [written]
    assert "".join(part.before + part.place + part.after for part in article(reading.document, 0, 0)) == written.replace("\n", "")


@pytest.mark.parametrize("name", ["於潜镇", "乾隆桥村"])
def test_a_name_that_keeps_an_old_character_in_a_simplified_text_stays_as_it_is(name):
    text = f"2022年3月5日，杭州市政协在{name}召开民主协商座谈会，新华社报道了这次会议。"
    assert name in read(text).document.text


def test_a_traditional_line_in_a_simplified_text_is_read_too():
    assert "新华社报道" in read(f"{SIMPLIFIED}\n新華社報道了湖州市政協會議。\n{SIMPLIFIED}").document.text


def test_words_decide_between_two_simplified_forms():
    assert simplified("乾隆年間的著名學者著力發展，以後皇后乾杯") == "乾隆年间的著名学者着力发展，以后皇后干杯"


def test_radicals_that_a_font_shows_for_characters_are_those_characters():
    text = SIMPLIFIED.replace("民", "⺠").replace("长", "⻓").replace("见", "⻅").replace("日", "⽇").replace("月", "⽉")
    assert text != SIMPLIFIED
    reading = read(text)
    assert making.words(reading) == making.words(read(SIMPLIFIED))
    assert reading.document.quote(next(f for f in reading.facts if f.basis == "stated").evidence[0]) == text


def test_a_heading_numbered_in_radicals_is_a_heading():
    report = "湖州市政协工作报告\n⼀、2022年工作回顾\n2022年，湖州市政协召开座谈会12场。\n⼆、2023年工作任务\n湖州市政协召开座谈会15场。\n"
    assert [section.title for section in read(report).document.sections] == ["一、2022年工作回顾", "二、2023年工作任务"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0x2E80, max_codepoint=0x9FFF), max_size=60))
def test_both_keep_the_number_of_characters(text):
    assert len(simplified(text)) == len(text)
    assert len(ideographs(text)) == len(text)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="湖州市政協會議召開12年月日，。、「」“”⼀⼆⺠長⻓於潛 \n　", min_size=1, max_size=120))
def test_every_character_of_the_view_is_at_its_offset_in_the_source(text):
    try:
        document = read(text).document
    except InputError:
        return
    for char, offset in zip(document.text, document.offsets, strict=False):
        source = document.source.text[offset : offset + 1]
        if char in "\n ":
            continue
        alike = {
            source,
            simplified(source),
            ideographs(source),
            simplified(ideographs(source)),
            unicodedata.normalize("NFKC", source),
        }
        assert char in alike or source in "「」", (char, source)


def test_furniture_in_traditional_characters_is_known():
    page = f"湖州市政協召開會議\n來源：新華社\n發布時間：2022-03-06\n{TRADITIONAL}\n"
    document = read(page).document
    assert (document.publisher, document.issued) == ("新华社", "2022-03-06")
    assert "新华社" in names(read(page))
