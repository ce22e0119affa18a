"""Relations: who runs, holds, attends, issues, receives what, as a clause says it, and whether it was done or is only planned."""

from __future__ import annotations

import pytest
from reading import facts, read

HOME = "岳阳市"
BODY = "政协岳阳市委员会"
SAID = [
    ("市政协打造“巴陵有约”协商平台。", (BODY, "runs", "“巴陵有约”协商平台")),
    ("市政协深化“三联四建”工作机制。", (BODY, "carriesOut", "“三联四建”工作机制")),
    ("市政协成功举办全市政协系统书画展。", (BODY, "hosts", "全市政协系统书画展")),
    ("市政协制定《委员履职管理办法》。", (BODY, "issues", "委员履职管理办法")),
    ("市政协参加全省政协文史资料工作座谈会。", (BODY, "attends", "全省政协文史资料工作座谈会")),
    ("市政协在全省政协提案工作座谈会上作交流发言。", (BODY, "attends", "全省政协提案工作座谈会")),
    ("市政协荣获全国政协先进单位称号。", (BODY, "receives", "全国政协先进单位")),
    ("市政协开展“千名委员进千村”活动，被《湖南日报》专题报道。", ("“千名委员进千村”活动", "reportedBy", "湖南日报")),
    ("市政协召开双月协商座谈会，围绕“农村人居环境整治”“校园食品安全”等主题建言。", ("双月协商座谈会", "hasTopic", "校园食品安全")),
    ("湘阴县政协召开会议。", ("政协湘阴县委员会", "inDistrict", "湘阴县")),
    ("市政协党组召开会议。", ("岳阳市政协党组", "partOf", BODY)),
    ("市政协主席王海明主持会议。", ("王海明", "worksFor", BODY)),
    ("市政协推进民生议政厅、屋场会客厅、委员工作室“三位一体”平台建设。", ("屋场会客厅", "partOf", "“三位一体”平台")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fact"), SAID, ids=[f"{f[1]}-{f[2]}" for _, f in SAID])
def test_what_a_clause_says_is_a_fact(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(read(text, home=HOME))


def test_a_plan_is_told_from_what_was_done() -> None:
    reading = read("2022年，市政协打造“巴陵有约”协商平台。2023年，市政协将创建“洞庭e协商”平台。", home=HOME)
    status = {
        next(e.label for e in reading.entities if e.id == f.object): f.status for f in reading.facts if f.property == "runs"
    }
    assert status == {"“巴陵有约”协商平台": "done", "“洞庭e协商”平台": "planned"}


def test_what_the_text_denies_is_no_fact() -> None:
    assert not [f for f in facts(read("市政协尚未建立“巴陵有约”协商平台。", home=HOME)) if f[1] == "runs"]


def test_a_subject_goes_on_over_the_clauses_and_ends_where_another_begins() -> None:
    found = facts(read("湘阴县政协创建“湘约”协商平台，打造“左公讲堂”平台；华容县政协搭建“容易商”协商平台。", home=HOME))
    assert ("政协湘阴县委员会", "runs", "“左公讲堂”平台") in found
    assert ("政协华容县委员会", "runs", "“容易商”协商平台") in found
    assert ("政协湘阴县委员会", "runs", "“容易商”协商平台") not in found


def test_every_fact_carries_the_sentence_that_names_an_end() -> None:
    reading = read("市政协召开常委会。湘阴县政协创建“湘约”协商平台。", home=HOME)
    spans = {e.id: e.mentions for e in reading.entities}
    for fact in reading.facts:
        assert any(
            s.start <= m.start and m.end <= s.end
            for s in fact.evidence
            for end in (fact.subject, fact.object)
            for m in spans[end]
        )


def test_two_honors_given_by_turns_go_each_to_its_own() -> None:
    found = facts(read("“湘约”协商平台和“容易商”协商平台分别获评省级示范点和市级示范点。", home=HOME))
    assert ("“湘约”协商平台", "receives", "省级示范点") in found
    assert ("“湘约”协商平台", "receives", "市级示范点") not in found
