"""Period and status: when something holds, and whether it is done or planned."""

from __future__ import annotations

from dataclasses import replace

import pytest
from linked_cases import in_government_report, in_report, linked

from kg.model import DONE, PLANNED, Known, Linked, Period
from kg.relate.period import period
from kg.relate.status import denied, status


def at(found: Linked, word: str) -> int:
    return found.document.text.index(word)


def news(sentence: str, date: str = "2024-03-06") -> Linked:
    return linked(f"青江市要闻简报\n\n{sentence}", date=date)


def when(found: Linked, word: str = "★") -> Period | None:
    return period(found, at(found, word))[0]


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("2022年，开工★项目。", "2022", "2022"),
        ("2022年度，开工★项目。", "2022", "2022"),
        ("2022年9月，开工★项目。", "2022-09", "2022-09"),
        ("2022年9月8日，开工★项目。", "2022-09-08", "2022-09-08"),
        ("2022年9月8日至10日，举办★活动。", "2022-09-08", "2022-09-10"),
        ("二〇二二年，开工★项目。", "2022", "2022"),
        ("２０２２年，开工★项目。", "2022", "2022"),
        ("2019—2022年，开工★项目。", "2019", "2022"),
        ("2022年以来，开工★项目。", "2022", "2024"),
        ("去年，开工★项目。", "2023", "2023"),
        ("今年，开工★项目。", "2024", "2024"),
        ("去年12月，开工★项目。", "2023-12", "2023-12"),
        ("2023年上半年，开工★项目。", "2023-01", "2023-06"),
        ("今年前三季度，开工★项目。", "2024-01", "2024-09"),
        ("1—2月，开工★项目。", "2024-01", "2024-02"),
        ("3月5日，开工★项目。", "2024-03-05", "2024-03-05"),
        ("12月5日，开工★项目。", "2023-12-05", "2023-12-05"),
        ("昨天，开工★项目。", "2024-03-05", "2024-03-05"),
        ("“十四五”时期，开工★项目。", "2021", "2025"),
        ("到2030年，建成★项目。", "2030", "2030"),
        ("★项目于2021年建成。", "2021", "2021"),
        ("2022年，市政府办好实事，开工★项目。", "2022", "2022"),
    ],
)
def test_a_time_in_the_sentence_dates_it(sentence: str, start: str, end: str) -> None:
    found = news(sentence)
    assert period(found, at(found, "★")) == (Period(start, end), None, True)


@pytest.mark.parametrize(
    "sentence",
    [
        "投资★比2021年增长。",
        "较2019年同期★有所增加。",
        "每年召开★会议。",
        "近年来，建成★项目。",
        "实施2030年可持续发展议程远景目标★。",
        "建成★项目。",
    ],
)
def test_comparisons_habits_and_vague_times_date_nothing(sentence: str) -> None:
    assert when(news(sentence)) is None


def test_a_time_in_an_object_does_not_go_on_to_the_next_clause() -> None:
    found = news("获得2021年度奖项；认定★企业。")
    assert when(found) is None


def test_the_time_that_opens_a_paragraph_goes_on_over_its_sentences() -> None:
    found = news("3月5日，春季招商大会举行。会上签约★项目。")
    when_, source, stated = period(found, at(found, "★"))
    assert (when_, stated) == (Period.of("2024-03-05"), False)
    assert source is not None and found.document.quote(source) == "3月5日"


def test_a_report_reviews_the_year_of_its_heading() -> None:
    found = in_government_report("全年新建★学校。", "新建☆学校。")
    assert when(found) == Period.of("2023")
    assert when(found, "☆") == Period.of("2024")


def test_five_years_are_counted_back_from_the_year_under_review() -> None:
    assert when(in_government_report("五年来，新建★学校。")) == Period("2019", "2023")


def test_a_bulletin_is_about_the_year_of_its_title() -> None:
    found = linked(
        "青江市2022年国民经济和社会发展统计公报\n\n（2023年4月12日）\n\n一、综合\n\n粮食产量★稳定。", date="2023-04-12"
    )
    assert when(found) == Period.of("2022")


def test_a_year_inside_a_name_dates_nothing() -> None:
    assert when(news("发布2022年城市更新规划，启动★项目。")) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "青江市将开工★项目。", "会议强调，要建好★项目。", "青江市拟于5月开工★项目。", "力争开工★项目。", "青江市计划开工★项目。",
        "到2030年，★项目全面建成。", "主要预期目标是：增长5%，★项目开工。", "★项目将于下月开工。", "明年，开工★项目。",
        "青江市将深化★项目。", "青江市将用好★项目。", "青江市将深入开展★项目。",
    ],
)  # fmt: skip
def test_news_plans(sentence: str) -> None:
    found = news(sentence)
    assert status(found, at(found, "★")) == PLANNED


@pytest.mark.parametrize(
    "sentence",
    [
        "青江市开工★项目。",
        "青江市将力量凝聚到★项目。",
        "建成了★重要项目。",
        "制定纲要，建成★项目。",
        "争取到资金，建成★项目。",
        "“将来要做的事”推动★项目。",
        "人均预期寿命和★水平提高。",
    ],
)
def test_news_tells_what_is_done(sentence: str) -> None:
    found = news(sentence)
    assert status(found, at(found, "★")) == DONE


def test_a_review_is_done_even_where_it_speaks_of_assuring_and_demanding() -> None:
    found = in_report("确保★工程推进，要求部门落实，将意见转化为★★举措。")
    assert {status(found, at(found, word)) for word in ("★", "★★")} == {DONE}


def test_what_is_already_done_stays_done_in_a_section_of_tasks() -> None:
    found = in_report(planned="★平台已建成，继续开展☆活动。2022年，建成◇平台。")
    assert [status(found, at(found, word)) for word in "★☆◇"] == [DONE, PLANNED, DONE]


def test_a_denial_before_the_verb() -> None:
    found = news("青江市未开展★活动，开展☆活动。")
    assert [denied(found, at(found, word)) for word in "★☆"] == [True, False]


def undated(text: str, title: str | None = None) -> Linked:
    """A text that has no date, and no title but the one that the user says, such as a chapter cut from a report."""
    parsed = linked(text)
    source = replace(parsed.document.source, known=Known(title=title))
    return replace(parsed, document=replace(parsed.document, title=None, source=source))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("刚刚过去的2025年，极不平凡。一年来，全市上下奋力拼搏。\n开工★项目。", "2025", "2025"),
        ("开工★项目。\n各位代表！2025年是“十四五”收官之年。五年来，我们感恩奋进。", "2025", "2025"),
        ("透过2023回望来路，全市走过一段历程。五年来，我们实干争先，开工★项目。", "2019", "2023"),
        ("2020年是“十三五”规划收官之年。过去五年，全市变化很大。\n五年来，建成★项目。", "2016", "2020"),
        ("“十四五”时期是全市阔步向前的五年。五年来，我们牢记嘱托。\n这五年，产业壮大。建成★项目。", "2021", "2025"),
        ("各位代表！2025年是“十四五”收官之年。五年来，我们感恩奋进。\n——实力跃升。建成★项目。", "2021", "2025"),
        ("刚刚过去的2025年，极不平凡。一年来，全市上下奋力拼搏，开工★项目。", "2025", "2025"),
        ("“十四五”时期是全市极不平凡的五年，我们牢记嘱托。\n建成★项目。", "2021", "2025"),
        ("五年来，全市建成★项目。\n二、2026年工作安排\n加快发展。", "2021", "2025"),
    ],
)
def test_a_text_without_a_date_is_of_the_year_it_says_it_looks_back_on(text: str, start: str, end: str) -> None:
    assert when(undated(text)) == Period(start, end)


@pytest.mark.parametrize(
    "text",
    [
        "2025年是“十四五”收官之年。做好工作意义重大，我们要开工★项目。",  # still to come
        "建成★项目。\n过去的2022年，困难很多。过去的2023年，变化很大。",  # which of the two?
        "建成★项目。\n刚刚过去的2025年，极不平凡。一年来，全市上下奋力拼搏。",  # the review of the year starts there
        "一年来，全市上下奋力拼搏，开工★项目。",
        "今年，全市开工★项目。\n回顾2025年，成绩很多。",  # 今年 may be that year or the next
    ],
)
def test_a_year_to_come_or_one_of_several_dates_nothing(text: str) -> None:
    assert when(undated(text)) is None


def test_the_words_that_tell_the_year_under_review_are_the_context() -> None:
    found = undated("刚刚过去的2025年，极不平凡。一年来，全市上下奋力拼搏。\n建成★项目。")
    _, source, stated = period(found, at(found, "★"))
    assert source is not None
    assert (found.document.quote(source), stated) == ("刚刚过去的2025年", False)


def test_what_comes_after_the_year_under_review_is_planned() -> None:
    found = undated("刚刚过去的2025年，极不平凡。一年来，全市上下奋力拼搏。\n到2030年，建成★项目。")
    assert status(found, at(found, "★")) == PLANNED


@pytest.mark.parametrize("title", ["青江市国民经济和社会发展第十五个五年规划纲要", "青江市“十五五”规划"])
def test_a_five_year_plan_looks_back_on_the_five_years_before_its_own(title: str) -> None:
    assert when(undated("五年来，全市建成★项目。", title)) == Period("2021", "2025")


def test_a_government_report_reviews_the_year_before_the_one_in_its_title() -> None:
    assert when(undated("五年来，全市建成★项目。", "2026年青江市政府工作报告")) == Period("2021", "2025")
