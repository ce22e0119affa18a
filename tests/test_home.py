"""Whose text one is: what tells it where no title, speaker, publisher or office does."""

from __future__ import annotations

import pytest

from kg.divisions.file_name import file_place
from kg.model import Source
from kg.pipeline import read_document

HEADLESS = "新建学校12所，改造老旧小区30个。"


def home(text: str, name: str = "text.txt") -> str | None:
    return read_document(Source("ab" * 32, name, text)).home


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("浙江省-第三章.txt", "浙江省"),
        ("2023年绍兴市政协报告.txt", "绍兴市"),
        ("关于浙江省嘉兴市桐乡市2022年预算的报告.docx", "桐乡市"),
        ("中共安吉县委工作要点.txt", "安吉县"),
        ("gov-2024-贵州省.txt", "贵州省"),
        ("苏州政协简报（12）.pdf", "苏州市"),
        ("福建统计公报.txt", "福建省"),
        ("广州.txt", "广州市"),
        ("天津市南开区-2024.txt", "南开区"),
    ],
)
def test_a_file_is_named_by_the_place_its_text_is_of(name: str, place: str) -> None:
    found = file_place(name)
    assert found is not None and found.name == place


@pytest.mark.parametrize(
    "name",
    [
        "text.txt",
        "长沙会战.txt",
        "北京师范大学章程.txt",
        "全国政协赴浙江省调研.txt",
        "国务院关于福建省海峡蓝色经济试验区的批复.txt",
        "绍兴市-嘉兴市.txt",
        "朝阳.txt",
        "第一章.txt",
    ],
)
def test_a_name_that_may_mean_something_else_tells_no_place(name: str) -> None:
    assert file_place(name) is None


def test_the_name_of_its_file_tells_whose_a_text_without_a_head_is() -> None:
    assert home(HEADLESS) is None
    assert home(HEADLESS, "绍兴市-第三章.txt") == "place/绍兴市"


def test_what_the_text_says_of_itself_goes_before_the_name_of_its_file() -> None:
    assert home("嘉兴市政府工作报告\n\n" + HEADLESS, "绍兴市.txt") == "place/嘉兴市"
    assert home("政协全国委员会工作报告\n\n全国政协召开会议12次。", "绍兴市.txt") == "place/中国"
    assert home("全市上下一心，我市" + HEADLESS, "浙江省.txt") is None  # a city's


def test_a_municipality_s_text_says_all_of_the_city_though_the_tables_have_it_as_a_province() -> None:
    assert home("全市新建学校12所。天津港吞吐量增长5%，南开区、滨海新区改造老旧小区30个，天津口岸开放。") == "place/天津市"


def test_a_numbered_passage_that_names_a_municipality_alone_is_its() -> None:
    assert home("（五）增强文化影响力\n办好天津国际电影节，让天津故事走出去，建设天津书香之城。") == "place/天津市"


def test_a_text_that_says_in_yue_is_guangdongs_where_its_places_are() -> None:
    text = "吸引300万人在粤就业创业。汕头、湛江新建学校12所，惠州改造老旧小区30个。"
    assert home(text) == "place/广东省"
    assert home(text.replace("在粤", "在粤港澳大湾区")) is None


def test_where_the_news_was_written_is_not_whose_it_is() -> None:
    assert home("新华社北京3月2日电 我市新建学校12所，绍兴改造老旧小区30个。") == "place/绍兴市"


def test_a_firm_s_city_is_not_the_text_s_where_it_speaks_of_the_province() -> None:
    text = "支持南宁国家植物园建设。广西新建学校12所，让广西天更蓝，八桂大地更美，广西经济向好。"
    assert home(text) != "place/南宁市"
