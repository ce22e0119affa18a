"""Figures: which numbers of a text count something, what they are worth, and where they stand."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.figures import figures
from kg.extract.numerals import in_chinese, neighbours, value_of
from kg.model import Figure
from kg.words import tokenize


def read(text: str) -> list[Figure]:
    return figures(text, tokenize(text))


def the(text: str) -> Figure:
    (figure,) = read(text)
    return figure


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("新建学校12所", 12, "所"),
        ("服务群众3.6万多人次", 36_000, "人次"),
        ("生产总值5.53万亿元", 5_530_000_000_000, "元"),
        ("发电1200亿千瓦时", 120_000_000_000, "千瓦时"),
        ("装机386万千瓦", 3_860_000, "千瓦"),
        ("新增企业34.6万家", 346_000, "家"),
        ("下降0.3个百分点", Decimal("0.3"), "个百分点"),
        ("出生率7.71‰", Decimal("7.71"), "‰"),
        ("占76.0%", 76, "%"),
        ("占 ７６％", 76, "％"),
        ("批示123件次", 123, "件次"),
        ("浓度降至28.5微克每立方米", Decimal("28.5"), "微克每立方米"),
        ("均价6500元/平方米", 6500, "元/平方米"),
        ("更新设备12台（套）", 12, "台（套）"),
        ("建成档口1,215个", 1215, "个"),
        ("投资3亿5000万元", 350_000_000, "元"),
        ("吸收外资3.71亿美元", 371_000_000, "美元"),
        ("绿化面积20多平方公里", 20, "平方公里"),
        ("同比变化-3.2%", Decimal("-3.2"), "%"),
        ("两次下调利率", 2, "次"),
        ("召开一百二十余场", 120, "场"),
        ("占比百分之三十", 30, "%"),
        ("输电线路750千伏", 750, "千伏"),
        ("算力达4800PF", 4800, "PF"),
        ("联系22个代表小组", 22, "个"),
    ],
)
def test_a_number_with_a_measure_word_is_a_figure(written: str, value: int | Decimal, unit: str) -> None:
    figure = the(written)
    assert (figure.value, figure.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "2022年3月6日", "自2021年以来", "90年代", "5月底前", "二〇二二年", "第二十七次会议",
        "省政协第二十七次、二十八次会议", "十四届十次全会", "根据第26条", "长三角G60走廊", "国产C919", "1246+X格局",
        "“12345”热线", "办好“10件实事”", "《2023年20项任务》", "上午8时30分", "7:41开幕", "1. 加强领导",
        "电话05722033333", "第8.6代线", "三次产业结构10.1:43.5:46.4", "三位一体", "一个场地", "四个意识", "三个方面",
        "8小时制", "百亿级产业", "千家万户", "上千万家庭", "三农", "共四章", "十大工程", "2025版", "PM2.5",
    ],
)  # fmt: skip
def test_dates_ordinals_identifiers_and_figures_of_speech_are_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("投资20亿元", "exact"),
        ("投资近20亿元", "approximately"),
        ("投资约20亿元", "approximately"),
        ("投资20亿元左右", "approximately"),
        ("投资超20亿元", "atLeast"),
        ("投资突破20亿元", "atLeast"),
        ("投资逾20亿元", "atLeast"),
        ("投资不少于20亿元", "atLeast"),
        ("投资20多亿元", "atLeast"),
        ("投资20余亿元", "atLeast"),
        ("投资20亿元以上", "atLeast"),
        ("投资不超过20亿元", "atMost"),
        ("投资最多20亿元", "atMost"),
        ("投资20亿元以内", "atMost"),
    ],
)
def test_the_words_about_a_number_bound_it(text: str, bound: str) -> None:
    figure = the(text)
    assert (figure.value, figure.bound) == (2_000_000_000, bound)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("培育10—15个", 10, 15, "个"),
        ("增长3%至5%", 3, 5, "%"),
        ("增长4.5%-5%", Decimal("4.5"), 5, "%"),
        ("补助5—8万元", 50_000, 80_000, "元"),
        ("补助8000—1.2万元", 8_000, 12_000, "元"),
        ("办三四十个", 30, 40, "个"),
        ("用时3到5年", 3, 5, "年"),
    ],
)
def test_a_range_has_both_ends(text: str, low: int, high: int, unit: str) -> None:
    figure = the(text)
    assert (figure.min, figure.max, figure.unit, figure.value) == (low, high, unit, low)


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("总量居全国第9位", 9, "位", "exact"),
        ("考核位列全省第三名", 3, "名", "exact"),
        ("信息工作位列第一", 1, "", "exact"),
        ("稳居全国前十", 10, "", "atMost"),
        ("跻身全省前10位", 10, "位", "atMost"),
    ],
)
def test_ranks(text: str, value: int, unit: str, bound: str) -> None:
    figure = the(text)
    assert (figure.kind, figure.value, figure.unit, figure.bound) == ("rank", value, unit, bound)


@pytest.mark.parametrize(
    ("text", "value", "unit"), [("增长1.5倍", Decimal("1.5"), "倍"), ("总量翻一番", 1, "番"), ("总量翻了两番", 2, "番")]
)
def test_multiples(text: str, value: int | Decimal, unit: str) -> None:
    figure = the(text)
    assert (figure.kind, figure.value, figure.unit) == ("multiple", value, unit)


def test_a_quoted_name_hides_its_numbers_but_speech_does_not() -> None:
    assert read("推行“5分钟便民圈20个点位”做法") == []
    assert the("他说：“去年我们新建了公园30个。今年还要建。”").value == 30


def test_figures_of_one_sentence_come_in_order() -> None:
    found = read("游客人数和总花费分别增长10.6%、9%，接待入境游客突破240万人次、增长19.1%。")
    assert [figure.as_written for figure in found] == ["10.6%", "9%", "突破240万人次", "19.1%"]


@given(st.integers(0, 10**8 - 1))
def test_chinese_numerals_mean_what_they_were_written_for(value: int) -> None:
    assert value_of(in_chinese(value)) == value


@given(st.integers(1, 9), st.sampled_from(["", "十", "百", "千", "万"]))
def test_two_neighbouring_digits_are_a_range(digit: int, power: str) -> None:
    signs = "一二三四五六七八九"
    if digit < 9:
        low, high = value_of(signs[digit - 1] + power), value_of(signs[digit] + power)
        assert neighbours(signs[digit - 1] + signs[digit] + power) == (low, high)


@given(
    st.decimals(0, 99_999, places=1),
    st.sampled_from(["", "万", "亿", "万亿"]),
    st.sampled_from(["元", "人次", "吨", "平方公里", "%"]),
    st.sampled_from(["", "近", "超", "不少于"]),
    st.text("的了在全市县，、工作平台", max_size=8),
)
def test_a_figure_stands_where_it_says(number: Decimal, power: str, unit: str, modifier: str, lead: str) -> None:
    text = f"{lead}共{modifier}{number}{power}{unit}。"
    figure = read(text)[-1]
    assert text[figure.start : figure.end] == figure.as_written == f"{modifier}{number}{power}{unit}"
    assert figure.value == number * {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[power]


@given(st.text("0123456789.,，一二三十百千万亿第前多余近超%个位次年月日“”《》()（）—-至到G+ 元人", max_size=60))
def test_figures_never_overlap_and_lie_in_the_text(text: str) -> None:
    at = 0
    for figure in read(text):
        assert at <= figure.start <= figure.number < figure.end <= len(text)
        assert figure.as_written in text[figure.start : figure.end]
        assert figure.min is None or (figure.max is not None and figure.min < figure.max)
        at = figure.end


@pytest.mark.parametrize(
    "text", ["1" * 200_000, "“" * 200_000, "一" * 200_000, "1个" * 100_000, "3—" * 100_000, "《1个》" * 50_000, "1," * 100_000]
)
def test_hostile_text_takes_no_long_time(text: str) -> None:
    begun = time.process_time()
    figures(text)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("before", ["总产值超过", "总产值达", "降幅-", "累计近"])
def test_a_modifier_or_a_sign_at_the_end_of_a_paragraph_is_no_part_of_the_figure_that_begins_the_next(before):
    figure = the(f"{before}\n1.3万亿元")
    assert (figure.as_written, figure.start, figure.bound) == ("1.3万亿元", len(before) + 1, "exact")
    assert figure.value == 1_300_000_000_000
