"""Markdown: read as the page it makes."""

from __future__ import annotations

import making
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read import read_bytes


def lines(text: str) -> list[str]:
    return read_bytes(text.encode(), "a.md").text.splitlines()


def test_marks_are_taken_out_and_headings_stay():
    text = (
        "# 湖州市政协工作报告\n\n湖州市*政协*[召开](http://a.cn/b)了**双月**会议`一`。\n接着，\n说。\n\n## 总体要求\n\n> 引用的话。\n\n- 甲\n- 乙\n\n3. 丙\n4. 丁\n\n"
        "下一步打算\n----------\n\n一行\\\n二行，1 \\* 2。\n\n![图](a.png)\n"
    )
    assert lines(text) == [
        "湖州市政协工作报告", "湖州市政协召开了双月会议一。接着，说。", "# 总体要求", "引用的话。", "甲", "乙", "3. 丙", "4. 丁", "# 下一步打算", "一行", "二行，1 * 2。",
    ]  # fmt: skip


def test_headings_are_sections():
    document = making.read("# 湖州市政协工作报告\n\n## 下一步打算\n\n湖州市政协将召开座谈会15场。\n".encode(), "a.md").document
    assert [(section.title, section.planned) for section in document.sections] == [("下一步打算", True)]


def test_a_table_becomes_sentences():
    assert lines("# 湖州市公报\n\n单位：亿元\n\n| 地区 | 2021年 | 2022年 |\n|---|--:|--:|\n| 安吉县 | 566.3 | 582.4 |\n")[2:] == [
        "2021年安吉县566.3亿元。2022年安吉县582.4亿元。"
    ]


def test_what_stands_over_the_text_tells_title_date_and_source():
    front = "---\ntitle: 湖州市政协召开会议\ndate: 2023-03-06\nsource: 湖州日报\ntags: [a]\n---\n\n湖州市政协在安吉县召开会议，新华社报道。\n"
    assert lines(front)[:3] == ["湖州市政协召开会议", "日期：2023-03-06", "来源：湖州日报"]
    document = making.read(front.encode(), "a.md").document
    assert (document.issued, document.publisher) == ("2023-03-06", "湖州日报")


@settings(deadline=None)
@given(st.text(alphabet="#*_`[]()|-\n>湖州市政协会议。1.\\!<a>&;~ ", max_size=120))
def test_no_mark_up_brings_the_reader_down(text):
    try:
        read_bytes(("湖州市政协召开会议。\n\n" + text).encode(), "a.md")
    except InputError as error:
        assert "\n" not in str(error)
