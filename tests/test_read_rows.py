"""Tables become lines from which their figures can be read; only words of the table are used."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.rows import table_lines, unit_of


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            [["指 标", "单位", "2022年", "增长（%）"], ["地区生产总值", "亿元", "3,850.0", "3.3"], ["#第一产业", "亿元", "165.1", "-"]],
            ["2022年地区生产总值3,850.0亿元，增长3.3%。", "2022年第一产业165.1亿元。"],
        ),
        (  # two rows of heads, one of them over two columns, and numbers of the lines
            [["序号", "地区", "总产值（亿元）", "总产值（亿元）"], ["序号", "地区", "2021年", "2022年"], ["1", "安吉县", "566.3", "582.4"]],
            ["2021年安吉县总产值566.3亿元。2022年安吉县总产值582.4亿元。"],
        ),
        ([["年份", "提案", "大会发言"], ["2021", "300件", "20篇"]], ["2021年提案300件，大会发言20篇。"]),
        (  # the unit of the whole table on a line across it
            [["表1 财政收支"] * 3, ["单位：亿元"] * 3, ["指标", "2021年", "2022年"], ["财政收入", "612.6", "700.1"]],
            ["表1 财政收支", "单位：亿元", "2021年财政收入612.6亿元。2022年财政收入700.1亿元。"],
        ),
        ([["县区", "活动（场次）"], ["吴兴区", "12"], ["南浔区", "约20场次"]], ["吴兴区活动12场次。", "南浔区活动约20场次。"]),
        ([["姓名", "职务"], ["李上葵", "主席"], ["张文华", "委员"]], ["姓名\t职务", "李上葵\t主席", "张文华\t委员"]),
        ([["第一段话。"], ["第二段话。"]], ["第一段话。", "第二段话。"]),
        ([["", ""], ["", ""]], []),
        ([], []),
    ],
)  # fmt: skip
def test_a_table_is_read_as_a_person_reads_it(rows, lines):
    assert table_lines(rows) == lines


def test_the_line_over_a_table_tells_its_unit():
    assert table_lines([["指标", "2022年"], ["财政收入", "700.1"]], "表1（单位：亿元）") == ["2022年财政收入700.1亿元。"]
    assert (unit_of("单位：万人"), unit_of("单位：湖州市统计局，地址见下"), unit_of("湖州市")) == ("万人", "", "")


def test_a_table_that_only_sets_text_side_by_side_gives_its_paragraphs():
    text = "湖州市政协围绕中心工作开展协商，" * 6 + "取得成效。"
    assert table_lines([[text, text.replace("湖州", "嘉兴")]]) == [text, text.replace("湖州", "嘉兴")]


@settings(deadline=None)
@given(st.lists(st.lists(st.text("湖州市增长（）%12.3亿元\n年 单位", max_size=8), max_size=5), max_size=6))
def test_no_table_is_too_odd_and_no_word_of_it_is_lost_but_heads_said_in_the_sentences(rows):
    lines = table_lines(rows)
    assert all(line.strip() and "\n" not in line for line in lines)
    filled = {char for row in rows for cell in row for char in cell if not char.isspace()}
    said = {char for line in lines for char in line}
    assert said <= filled | set("，。\t 年")
