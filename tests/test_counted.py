"""What news, bulletins and reports count in their own way: whose a figure is, people without a measure word, what it stood at before."""

from __future__ import annotations

import pytest
from reading import read

from kg.model import DONE, Measure, Period

HOME = "安庆市"
TITLE = "安庆市工作简报\n\n"


def told(text: str, home: str = HOME) -> list[tuple[str, str, float, str]]:
    """About, indicator, value and unit of every measure of a short text of the home."""
    reading = read(TITLE + text, home=home)
    label = {entity.id: entity.label for entity in reading.entities}
    return [(label[m.about], m.indicator, float(m.value), m.unit) for m in reading.measures]


def measures(text: str) -> list[Measure]:
    return list(read(TITLE + text, home=HOME).measures)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        # a place or company that the sentence names holds for its later clauses
        ("桐城市生产总值350亿元，增长5%，规上工业增加值增长8.1%。", ["桐城市"] * 3),
        ("安徽鸿润集团有限公司营业收入达到15.3亿元，同比增长21.4%，出口额占比29%。", ["安徽鸿润集团有限公司"] * 3),
        ("桐城市生产总值350亿元；怀宁县生产总值280亿元，财政收入25亿元。", ["桐城市", "怀宁县", "怀宁县"]),
        # who acts together with somebody stands before
        ("怀宁县政协走访企业。与怀宁县科技局、怀宁县商务局联合开展专题调研，提出意见建议36条。", ["安庆市"]),
        # a chain of places is its last one; a list of examples is none of them
        ("上海市闵行区投入帮扶资金5600万元。", ["闵行区"]),
        # no economic figure is a meeting's, but those who spoke there are
        (
            "5月9日，首届茶文化旅游节在桐城市开幕。今年上半年，全市实现生产总值1216亿元，财政收入达381亿元。",
            ["安庆市"] * 2,
        ),
        ("5月9日，首届茶文化旅游节开幕。12位企业代表作了发言。", ["首届茶文化旅游节"]),
        # the last company named is the one meant; where none is named there is no measure
        ("在安徽桐城鸿润有限公司，公司去年出口羽绒1200余吨，带动农户680户。", ["安徽桐城鸿润有限公司"] * 2),
        ("该公司去年实现产值3.2亿元。", []),
        # what a clause keeps to did not do what is counted; who was moved to act did
        ("坚持“一把手”招商行动，签约项目27个。", ["安庆市"]),
        ("全市围绕打赢“四场硬仗”行动组织调研37次，形成报告29份。", ["安庆市"] * 2),
        ("王建国委员提交提案3件，推动市农业农村局打造样板村132个。", ["王建国", "安庆市农业农村局"]),
        # what a relative clause says of the project behind it
        ("总投资5亿元的江滨大桥项目开工建设。", ["江滨大桥项目"]),
        ("占地300亩的安庆化工新材料产业园投产。", ["安庆化工新材料产业园"]),
        # an anniversary is that of what was founded
        ("今年是改革开放40周年，也是人民政协成立70周年。", ["人民政协"]),
    ],
)
def test_whose_a_figure_is(text: str, about: list[str]) -> None:
    assert [row[0] for row in told(text)] == about


@pytest.mark.parametrize(
    "text",
    [
        "2024年，安庆市生产总值增长5.6%。其中，桐城市增长9.4%，怀宁县增长6.1%。",
        "2024年，全市生产总值增长5.6%。分区域看，桐城市增长9.4%，怀宁县增长6.1%。",
    ],
)
def test_places_told_apart_take_over_what_was_counted_of_the_whole(text: str) -> None:
    assert told(text)[1:] == [("桐城市", "生产总值增长", 9.4, "%"), ("怀宁县", "生产总值增长", 6.1, "%")]


def test_a_place_with_its_number_alone_counts_what_the_sentence_before_counted_in_that_unit() -> None:
    found = told("全市常住人口96.8万人，城镇化率64.3%。其中，桐城市5.2万人，怀宁县6.9万人。")
    assert found[2:] == [("桐城市", "常住人口", 52_000, "人"), ("怀宁县", "常住人口", 69_000, "人")]
    assert told("其中，桐城市5.2万人，怀宁县6.9万人。") == []


def test_places_of_a_list_have_each_their_own_figure() -> None:
    found = told("全市新增就业5万人，其中桐城市8000人、怀宁县6000人。")
    assert found[1:] == [("桐城市", "新增就业", 8_000, "人"), ("怀宁县", "新增就业", 6_000, "人")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # people are counted without a measure word
        ("全市10.3万贫困人口稳定脱贫。", ("贫困人口稳定脱贫", 103_000, "人")),
        ("工程受益人口1800万。", ("工程受益人口", 18_000_000, "人")),
        ("惠及群众2.3万余。", ("惠及群众", 23_000, "人")),
        ("51万新就业形态人员参加职业伤害保障。", ("新就业形态人员参加职业伤害保障", 510_000, "人")),
        # trains, fractions, what fell to nothing
        ("国际货运班列累计开行1008班。", ("国际货运班列累计开行", 1008, "班")),
        ("服务业增加值占全市的四分之一。", ("服务业增加值占全市", 25, "%")),
        # adverbials before and within
        ("2023年底前建成充电桩1.8万个。", ("建成充电桩", 18_000, "个")),
        ("粮食总产连续7年超过110亿斤。", ("粮食总产", 11_000_000_000, "斤")),
        ("经审查，并案37件。", ("并案", 37, "件")),
        ("开行旅游专列12列次。", ("开行旅游专列", 12, "列次")),
        ("全市12个村入选名单。", ("村入选名单", 12, "个")),
        ("全市新增城镇就业4.2万。", ("新增城镇就业", 42_000, "人")),
        ("一般公共预算收入完成120亿元。", ("一般公共预算收入", 12_000_000_000, "元")),
        ("空气优良天数320天。", ("空气优良天数", 320, "天")),
        ("农户3000户受益，户均增收4500元。", ("户均增收", 4_500, "元")),
        ("全市有国家级非遗项目12项，省级45项。", ("省级非遗项目", 45, "项")),
        ("接待游客12万人次，恢复到2019年的98.6%。", ("接待游客恢复到2019年", 98.6, "%")),
        ("“岳西翠兰”品牌价值达34.66亿元。", ("“岳西翠兰”品牌价值", 3_466_000_000, "元")),
    ],
)
def test_what_is_counted(text: str, expected: tuple[str, float, str]) -> None:
    assert [row[1:] for row in told(text)][-1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "全市80万人口的用水得到保障。",  # how many have it
        "打造百万人口城市。",
        "总书记三次亲临安徽视察指导。",  # how often someone came
        "信息工作在全省24个直报点中位列第三。",  # one of them
        "新三样出口保持两位数增长。",
        "三分之二以上的县建成示范区。",
        "高三5班，",
    ],
)
def test_what_is_no_figure_of_its_own(text: str) -> None:
    assert told(text) == []


def test_a_figure_and_what_it_was_before_share_their_noun_and_have_each_their_time() -> None:
    found = measures("2023年，全市贫困发生率由2018年底的2.37%下降至0.86%。")
    assert [(m.indicator, m.period) for m in found] == [
        ("贫困发生率", Period.of("2018")),
        ("贫困发生率", Period.of("2023")),
    ]
    assert [row[1:] for row in told("集体经济空白村由12个降至0。")] == [
        ("集体经济空白村", 12, "个"),
        ("集体经济空白村", 0, "个"),
    ]
    assert {row[1] for row in told("用电量占全省比重由7.2%提高到7.4%。")} == {"用电量占全省比重"}
    assert told("固定资产投资17.6万亿元，是上个五年的2.3倍。")[1][1:] == ("固定资产投资是上个五年", 2.3, "倍")


def test_what_a_list_has_in_common_is_said_of_each() -> None:
    assert [row[1:] for row in told("7日内程序回复率、3个月内办理结果答复率均为100%。")] == [
        ("7日内程序回复率", 100, "%"),
        ("3个月内办理结果答复率", 100, "%"),
    ]
    assert {row[1] for row in told("全市森林覆盖率、湿地保护率均居全省第2位。")} == {"森林覆盖率居全省", "湿地保护率居全省"}
    assert len(told("集中采购药品、耗材平均降价50%。")) == 1


def test_a_total_is_of_what_was_counted_before() -> None:
    assert told("全市新增高新技术企业152家，总数达到486家。")[1][1:] == ("高新技术企业总数", 486, "家")


def test_a_third_is_only_about_a_percentage() -> None:
    (third,) = measures("服务业增加值占全市的三分之一。")
    (half,) = measures("服务业增加值占全市的二分之一。")
    assert (float(third.value), third.bound, third.as_written) == (33.33, "approximately", "三分之一")
    assert (float(half.value), half.bound, half.as_written) == (50, "exact", "二分之一")


def test_a_rate_of_several_years_is_not_one_of_their_last() -> None:
    found = measures("2018—2022年，全市生产总值年均增长8.2%。2022年，全市财政收入397亿元，年均增长9%。")
    assert [m.period for m in found] == [Period("2018", "2022"), Period.of("2022"), Period("2018", "2022")]


def test_how_many_are_due_is_no_plan() -> None:
    assert {m.status for m in measures("大会应出席委员466名，实到441名。")} == {DONE}


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("截至目前，全市建成充电桩1.2万个。", "2021-09-12"),
        ("今年前8个月，全市接待游客12万人次。", "2021-01/2021-08"),
        ("两年多来，全市解决问题4712个。", ""),
    ],
)
def test_when_news_counts(sentence: str, period: str) -> None:
    text = f"安庆市经济简讯\n\n2021年9月12日\n\n安庆日报讯 2020年5月，全市启动建设。{sentence}"
    found = read(text, home=HOME).measures[-1].period
    assert ("" if found is None else found.start if found.start == found.end else f"{found.start}/{found.end}") == period
