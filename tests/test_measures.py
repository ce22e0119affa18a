"""Measures: what a figure counts, what it is about, when, and whether it is done."""

from __future__ import annotations

import pytest
from linked_cases import in_government_report, in_report, linked, row

from kg.model import CARRIED, DONE, PLANNED, STATED, Linked, Measure, Period
from kg.relate.measures import measures


def of(found: Linked) -> list[Measure]:
    return list(measures(found))


def rows(found: Linked) -> list[tuple[str, str, int | float, str]]:
    return [row(measure) for measure in measures(found)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # the thing that the clause counts, or that its verb is about
        ("全年开展“主任接待日”12场。", [("主任接待日", "开展“主任接待日”", 12, "场")]),
        ("上线运行代表之家120家。", [("代表之家", "上线运行代表之家", 120, "家")]),
        ("迭代升级22个代表之家。", [("代表之家", "升级代表之家", 22, "个")]),
        ("形成11份《审议意见书》。", [("《审议意见书》", "形成《审议意见书》", 11, "份")]),
        (
            "每月走访2个代表之家和1个议事驿站。",
            [
                ("代表之家", "走访代表之家", 2, "个"),
                ("议事驿站", "走访议事驿站", 1, "个"),
            ],
        ),
        # the thing with which the clause opens
        ("“代表之家”率先实现72个乡镇全覆盖。", [("代表之家", "实现乡镇全覆盖", 72, "个")]),
        (
            "“星火”产业基金规模突破50亿元、赋能项目389个。",
            [("“星火”产业基金", "规模", 5_000_000_000, "元"), ("“星火”产业基金", "赋能项目", 389, "个")],
        ),
        # what came of an activity goes on about it
        (
            "全年开展代表之家接待829场次，提出意见建议2577条。",
            [("代表之家", "开展代表之家接待", 829, "场次"), ("代表之家", "提出意见建议", 2577, "条")],
        ),
        ("集中开展“三送两帮”活动，服务群众2.7万多人次。", [("“三送两帮”活动", "服务群众", 27_000, "人次")]),
        (
            "进一步推进代表之家建设，全年新增3家、共建成7家。",
            [
                ("代表之家", "新增", 3, "家"),
                ("代表之家", "建成", 7, "家"),
            ],
        ),
        # another activity is the body's own
        ("推进代表之家建设，全年向市委报送专报28篇。", [("市人大常委会", "向市委报送专报", 28, "篇")]),
        ("在省级以上会议交流发言16次。", [("市人大常委会", "在省级以上会议交流发言", 16, "次")]),
        # a name behind a preposition only says where; a list before 等 only gives examples
        ("在文化旅游节上刊发报道75篇。", [("市人大常委会", "在文化旅游节上刊发报道", 75, "篇")]),
        ("围绕“促进就业”“改善交通”等6个主题开展监督。", [("市人大常委会", "主题开展监督", 6, "个")]),
        # members of a list of objects
        (
            "报送纪要28篇、意见建议312条。",
            [
                ("市人大常委会", "报送纪要", 28, "篇"),
                ("市人大常委会", "意见建议", 312, "条"),
            ],
        ),
        ("370件议案全部办结。", [("市人大常委会", "议案全部办结", 370, "件")]),
        (
            "11篇论文获奖，其中一等奖3篇。",
            [
                ("市人大常委会", "论文获奖", 11, "篇"),
                ("市人大常委会", "一等奖", 3, "篇"),
            ],
        ),
        # shares go with the count before them
        (
            "提交集体议案65件，占72.2%。",
            [("市人大常委会", "提交集体议案", 65, "件"), ("市人大常委会", "提交集体议案占比", 72.2, "%")],
        ),
    ],
)
def test_a_body_reports(sentence: str, expected: list[tuple[str, str, float, str]]) -> None:
    assert rows(in_report(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "地区生产总值达到1325.6亿元、增长4.8%。",
            [
                ("地区生产总值", 132_560_000_000, "level"),
                ("地区生产总值增长", 4.8, "change"),
            ],
        ),
        (
            "全市规上工业增加值增长6.2%、高于全国0.3个百分点。",
            [("规上工业增加值增长", 6.2, "change"), ("规上工业增加值高于全国", 0.3, "change")],
        ),
        (
            "财政收入达350.7亿元、增长1.7%（同口径增长2.5%以上）。",
            [
                ("财政收入", 35_070_000_000, "level"),
                ("财政收入增长", 1.7, "change"),
                ("财政收入同口径增长", 2.5, "change"),
            ],
        ),
        ("游客人数和总花费分别增长10.6%、9%。", [("游客人数增长", 10.6, "change"), ("总花费增长", 9, "change")]),
        (
            "城镇和农村居民收入分别增长4.4%、5.6%。",
            [
                ("城镇居民收入增长", 4.4, "change"),
                ("农村居民收入增长", 5.6, "change"),
            ],
        ),
        (
            "城镇新增就业4.3万人，城镇调查失业率5.2%。",
            [
                ("城镇新增就业", 43_000, "level"),
                ("城镇调查失业率", 5.2, "level"),
            ],
        ),
        ("对东盟、欧盟进出口分别增长16.7%、40.2%。", [("对东盟进出口增长", 16.7, "change"), ("欧盟进出口增长", 40.2, "change")]),
        ("建成6个千万千瓦级新能源基地。", [("建成千万千瓦级新能源基地", 6, "level")]),
        ("研发投入翻一番。", [("研发投入", 1, "multiple")]),
        ("民间投资占比达65.2%。", [("民间投资占比", 65.2, "share")]),
        (
            "工业技改投资增长16.9%，占工业投资的41.5%。",
            [
                ("工业技改投资增长", 16.9, "change"),
                ("工业技改投资占工业投资", 41.5, "share"),
            ],
        ),
        ("货物吞吐量达到117万吨、居全国第5位。", [("货物吞吐量", 1_170_000, "level"), ("货物吞吐量居全国", 5, "rank")]),
        ("出口总额增长1.5倍。", [("出口总额增长", 1.5, "multiple")]),
        (
            "粮食播种面积21.5万亩，比上年增加0.9万亩。",
            [
                ("粮食播种面积", 215_000, "level"),
                ("粮食播种面积增加", 9_000, "change"),
            ],
        ),
        ("城镇化率提高到66.2%。", [("城镇化率", 66.2, "level")]),
        ("净增经营主体3.4万家、企业1.4万家。", [("净增经营主体", 34_000, "level"), ("企业", 14_000, "level")]),
        ("人均可支配收入达39545元。", [("人均可支配收入", 39_545, "level")]),
        (
            "机械产量和家电产量分别完成46.8万台和51.4万台，分别增长9.6%和29.1%。",
            [
                ("机械产量", 468_000, "level"),
                ("家电产量", 514_000, "level"),
                ("机械产量增长", 9.6, "change"),
                ("家电产量增长", 29.1, "change"),
            ],
        ),
    ],
)
def test_a_government_reports_about_its_district(sentence: str, expected: list[tuple[str, float, str]]) -> None:
    found = of(in_government_report(sentence))
    assert [(m.indicator, float(m.value), m.kind) for m in found] == expected
    assert {m.about for m in found} == {"青江市"}


@pytest.mark.parametrize(
    ("sentence", "about"),
    [
        ("清溪县入境游客增长32.5%。", "清溪县"),
        ("江滨大桥建成通车、全长5.2公里。", "江滨大桥"),
        ("文化旅游节带动游客人数增长10.6%，其中接待入境游客突破2.4万人次。", "文化旅游节"),
        ("全力推进助企纾困行动，带动销售9.5亿元。", "助企纾困行动"),
        ("深入开展助企纾困行动，为企业减税降费4.6亿元。", "青江市"),
        ("清溪县工业投资增长8%，全市粮食产量51.5亿斤。", "青江市"),
    ],
)
def test_the_last_figure_is_about_what_it_is_closest_to(sentence: str, about: str) -> None:
    assert of(in_government_report(sentence))[-1].about == about


@pytest.mark.parametrize(
    "sentence",
    [
        "清理单笔50万元以下拖欠企业账款。",  # a threshold
        "信访总量连续3年下降。",  # a duration
        "移动、电信、联通三家提供服务。",  # an apposition
        "成为全国4个试点省份之一。",  # one of several
        "亩均3.5微米极薄铜箔实现量产。",  # an attribute
        "最大的750千伏输电工程投运。",  # an attribute
        "庆祝建市40周年大会召开。",  # part of what the meeting is called
        "发展目标未达到5%。",  # denied
        "信息工作位列第一。",  # no measure word
    ],
)
def test_what_counts_nothing_is_no_measure(sentence: str) -> None:
    assert rows(in_government_report(sentence)) == []


def test_a_figure_inside_a_name_is_part_of_it() -> None:
    found = linked("青江市简讯\n\n2024年3月1日，全市举办了“100场音乐会”，接待观众2万人次。", date="2024-03-02")
    assert [measure.value for measure in measures(found)] == [20_000]


def test_what_a_section_of_coming_tasks_says_is_planned() -> None:
    done, planned = of(in_report("开展视察18次。", "开展视察20次。"))
    assert (done.status, done.period) == (DONE, Period.of("2023"))
    assert (planned.status, planned.period) == (PLANNED, Period.of("2024"))


def test_the_year_of_the_heading_is_carried_and_the_heading_is_its_context() -> None:
    found = in_government_report("全市新建学校12所。")
    (measure,) = measures(found)
    assert (measure.basis, measure.context is not None) == (CARRIED, True)
    assert measure.context is not None
    assert found.document.quote(measure.context) == "一、2023年工作回顾"


def test_what_the_sentence_does_not_name_is_carried_from_where_the_text_does() -> None:
    found = in_report("2023年，开展视察18次。")
    (measure,) = measures(found)
    assert measure.basis == CARRIED and measure.context is not None
    assert found.document.quote(measure.context) == "市人大常委会"


def test_a_sentence_that_says_all_is_stated() -> None:
    (measure,) = measures(in_government_report("2023年，全市新建学校12所。"))
    assert (measure.basis, measure.context) == (STATED, None)


def test_evidence_is_the_sentence_as_the_source_has_it() -> None:
    found = in_government_report("全市新建学校12所。建成公园超过30个。")
    first, second = measures(found)
    assert [found.document.quote(m.evidence[0]) for m in (first, second)] == ["全市新建学校12所。", "建成公园超过30个。"]
    assert (second.as_written, second.bound) == ("超过30个", "atLeast")


def test_a_habit_has_no_period() -> None:
    first, second, third = of(in_report("坚持每年开展1次视察，2次调研。开展评议3次。"))
    assert (first.period, second.period, third.period) == (None, None, Period.of("2023"))


def test_where_a_value_stood_before_has_no_period() -> None:
    before, now = of(in_government_report("全市经营主体从68万户增至95万户。"))
    assert (before.indicator, before.period) == ("经营主体", None)
    assert (now.indicator, now.value, now.period) == ("经营主体", 950_000, Period.of("2023"))


def test_a_range_keeps_both_ends() -> None:
    (measure,) = measures(in_government_report(planned="培育专业村10—15个。"))
    assert (measure.value, measure.min, measure.max, measure.bound) == (10, 10, 15, "approximately")


def test_news_is_about_the_meeting_it_tells_of() -> None:
    text = "春季招商大会在青江市举行\n\n3月5日，春季招商大会在青江市举行。12位企业代表作了发言。"
    found = linked(text, home="青江市", date="2024-03-06")
    assert rows(found) == [("春季招商大会", "企业代表作了发言", 12, "位")]


def test_who_publishes_a_figure_is_not_what_it_is_about() -> None:
    found = linked("经济简讯\n\n市政府数据显示，2023年，用电量985亿千瓦时。", home="青江市", date="2024-01-06")
    assert "市政府" not in {measure.about for measure in measures(found)}


def test_the_same_text_gives_the_same_measures() -> None:
    assert rows(in_government_report("全市新建学校12所、公园30个。")) == rows(
        in_government_report("全市新建学校12所、公园30个。")
    )


def test_a_long_text_takes_time_as_it_grows() -> None:
    import time

    def seconds(times: int) -> float:
        found = in_government_report("全市新建学校12所，建成公园30个，投资增长5%。" * times)
        begun = time.perf_counter()
        assert len(measures(found)) >= 3
        return time.perf_counter() - begun

    few, many = seconds(300), seconds(3_000)
    assert many < 40 * few + 1
