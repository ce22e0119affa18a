"""The key of an indicator: what is counted, the same over years, places and wordings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.indicator_key import indicator_key
from kg.lexicon import table

ONE_KEY = {
    "地区生产总值": ["去年全市地区生产总值", "GDP增长", "ＧＤＰ", "2023年实现生产总值", "地区生产总值增速高于全国", "地區生產總值同比增長", "全省经济总量突破"],
    "一般公共预算收入": ["地方一般公共预算收入同口径增长", "我市一般公共预算收入达到", "全年累计完成一般公共预算收入"],
    "规模以上工业增加值": ["规上工业增加值增长", "规模工业增加值高于全国", "完成规模以上工业增加值"],
    "城镇新增就业": ["全年城镇新增就业", "新增城镇就业", "城镇累计新增就业", "城镇新增就业人数"],
    "改造城镇老旧小区": ["老旧小区改造", "改造老旧小区", "完成老旧小区改造", "全市累计改造城镇老旧小区"],
    "协商": ["开展协商", "共开展协商", "全年组织开展协商", "协商增长"],
    "新增专精特新小巨人企业": ["新增国家级专精特新“小巨人”企业", "新增专精特新小巨人企业数量"],
    "pm2.5浓度": ["PM2.5平均浓度下降", "细颗粒物（PM2.5）年均浓度"],
    "民营经济增加值占地区生产总值": ["民营经济增加值占全省GDP的比重", "民营经济增加值占地区生产总值比重提高"],
    "地区生产总值占全国": ["经济总量占全国比重", "地区生产总值占全国比重升至"],
    "人均预期寿命": ["人均预期寿命较2020年提高", "居民人均预期寿命达到"],
}  # fmt: skip
WORDS = [(word, key) for key, words in ONE_KEY.items() for word in words]
APART = [
    ("城镇居民人均可支配收入", "农村居民人均可支配收入"),
    ("新增上市公司", "上市公司"),
    ("提出意见建议", "采纳意见建议"),
    ("全国重点实验室", "重点实验室"),  # 全国 is a part of the name, not whose level the figure is of
    ("共同富裕示范区", "富裕示范区"),
    ("预期性指标", "性指标"),
    ("民营经济增加值占全国", "民营经济增加值占地区生产总值"),
    ("市级一般公共预算收入", "一般公共预算收入"),
]


@pytest.mark.parametrize(("words", "key"), WORDS)
def test_one_indicator_in_other_words_has_one_key(words, key):
    assert indicator_key(words) == key


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_is_not_the_same_keeps_keys_of_its_own(one, other):
    assert indicator_key(one) != indicator_key(other)


def test_where_nothing_would_be_left_the_words_stay():
    assert [indicator_key(words) for words in ("增长", "达到", "全市", "“”")] == ["增长", "达到", "全市", "“”"]


PIECES = [
    "全市", "去年", "2023年", "累计", "共", "完成", "开展", "达到", "增长", "同比", "居全国", "高于全国", "占", "占全省", "的", "比重", "数量",
    "新增", "净增", "改造", "办结", "改造完工", "老旧小区", "GDP", "生产总值", "经济总量", "规上", "工业增加值", "（市）", "“", "”", "5%", "净增长",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
def test_the_key_of_a_key_is_that_key(words):
    key = indicator_key(words)
    assert key and indicator_key(key) == key


@given(st.text(min_size=1, max_size=40))
def test_any_text_has_a_key(words):
    assert indicator_key(words)


def test_every_name_in_the_table_leads_to_its_key():
    for key, names in table("indicators")["same"].items():
        assert {indicator_key(name) for name in (key, *names)} == {key}


def test_a_level_and_a_change_of_one_thing_have_one_key_and_two_kinds(tmp_path):
    (tmp_path / "a.txt").write_text("2023年，湖州市地区生产总值达到4015亿元，增长5.8%。\n", "utf-8")
    level, change = sorted(kg.build(tmp_path / "a.txt").measures, key=lambda m: m.unit, reverse=True)
    assert (level.kind, change.kind) == ("level", "change")
    assert level.key == change.key == "地区生产总值"


def test_the_reports_of_ten_provinces_share_the_keys_of_the_usual_indicators(shared: Path):
    """Of one year and many hands: what every government reports has one key in nearly all of them."""
    reports = sorted((shared / "corpus").glob("gov-2026-*.txt"))
    keys = [{measure.key for measure in kg.build(report).measures} for report in reports]
    for key, least in (
        ("地区生产总值", 10),
        ("城镇新增就业", 10),
        ("一般公共预算收入", 9),
        ("货物进出口总额", 9),
        ("粮食产量", 7),
    ):
        assert sum(key in found for found in keys) >= least, key
