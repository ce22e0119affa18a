"""Names: what a reader would find in a sentence is found, as what it is, and what only looks like a name is not."""

from __future__ import annotations

import pytest
from reading import names, read

FOUND = [
    # bodies by level and core, whoever the reader is
    ("岳阳市", "市政协召开常委会会议。", "市政协", "Organization"),
    ("岳阳市", "市委、市政府高度重视。", "市委", "Organization"),
    ("岳阳市", "市委、市政府高度重视。", "市政府", "Organization"),
    ("岳阳市", "市人大常委会开展执法检查。", "市人大常委会", "Organization"),
    ("岳阳市", "受市教育局委托开展评估。", "市教育局", "Organization"),
    (None, "国家发展改革委、财政部印发通知。", "国家发展改革委", "Organization"),
    (None, "中国人民政治协商会议第八届岳阳市委员会常务委员会向大会报告工作。", "政协岳阳市委员会常务委员会", "Organization"),
    ("岳阳市", "民革岳阳市委会提交提案。", "民革岳阳市委会", "Organization"),
    ("岳阳市", "市政协党组理论学习中心组开展学习。", "市政协党组理论学习中心组", "Organization"),
    ("岳阳市", "成立岳阳楼书画研究会。", "岳阳楼书画研究会", "Organization"),
    (None, "湖南大学与中南林业科技大学签署协议。", "湖南大学", "Organization"),
    (None, "相关做法被《人民政协报》《湖南日报》报道。", "湖南日报", "Organization"),
    # places
    (None, "会议在北京市朝阳区举行。", "朝阳区", "District"),
    ("岳阳市", "全市经济平稳增长。", "岳阳市", "District"),
    (None, "粤港澳大湾区建设提速。", "粤港澳大湾区", "District"),
    # platforms and programs, quoted and not
    ("岳阳市", "创建“巴陵有约”协商平台。", "“巴陵有约”协商平台", "Platform"),
    ("岳阳市", "建成屋场会客厅20个。", "屋场会客厅", "Platform"),
    ("岳阳市", "深化“三联四建”工作机制。", "“三联四建”工作机制", "Program"),
    ("岳阳市", "推进“2358+N”协商议政格局。", "“2358+N”协商议政格局", "Program"),
    ("岳阳市", "开展“千名委员进千村”活动。", "“千名委员进千村”活动", "Program"),
    (None, "衡山湘江特大桥、浏阳抽水蓄能电站等重大项目开工建设。", "浏阳抽水蓄能电站", "Program"),
    # meetings
    (None, "中共二十届三中全会胜利召开。", "中共二十届三中全会", "Meeting"),
    ("岳阳市", "参加全省政协文史资料工作座谈会。", "全省政协文史资料工作座谈会", "Meeting"),
    ("岳阳市", "举办第三届洞庭湖生态发展论坛。", "第三届洞庭湖生态发展论坛", "Meeting"),
    ("岳阳市", "省政协第五次、第六次常委会会议听取汇报。", "省政协第六次常委会会议", "Meeting"),
    # documents, honors, topics, concepts
    ("岳阳市", "制定《岳阳市河道采砂管理条例》。", "岳阳市河道采砂管理条例", "Document"),
    ("岳阳市", "我市荣获全国文明城市称号。", "全国文明城市", "Honor"),
    ("岳阳市", "围绕“农村人居环境整治”“校园食品安全”等2个议题开展协商。", "校园食品安全", "Topic"),
    ("岳阳市", "深刻领悟“两个确立”的决定性意义。", "两个确立", "Concept"),
    # people
    ("岳阳市", "市政协主席王海明主持会议。", "王海明", "Person"),
    (None, "新疆维吾尔自治区主席艾尔肯·吐尼亚孜作报告。", "艾尔肯·吐尼亚孜", "Person"),
    ("岳阳市", "市政协副主席欧阳文、李红、张卫国出席。", "张卫国", "Person"),
    ("岳阳市", "市政协副主席欧阳文、李红、张卫国出席。", "欧阳文", "Person"),
]  # fmt: skip


@pytest.mark.parametrize(("home", "text", "name", "class_"), FOUND, ids=[f"{n}-{t[:8]}" for _, t, n, _ in FOUND])
def test_a_name_is_found_as_what_it_is(home: str | None, text: str, name: str, class_: str) -> None:
    assert names(read(text, home=home)).get(name) == class_


NOT_NAMES = [
    ("会议认真听取了大家的意见。", "会议"),
    ("全体委员和群众积极参与。", "委员"),
    ("加强合作，同心协力，促进和平。", "合作市"),
    ("支持上市公司做大做强。", "上市公司"),
    ("推进美丽乡村建设。", "美丽乡"),
    ("打造干部群众的“金钥匙”。", "金钥匙"),
]


@pytest.mark.parametrize(("text", "name"), NOT_NAMES)
def test_what_only_looks_like_a_name_is_none(text: str, name: str) -> None:
    assert name not in names(read(text, home="岳阳市"))


def test_the_same_words_mean_another_body_in_another_citys_text() -> None:
    one = read("市政协围绕教育开展调研。", home="岳阳市")
    two = read("市政协围绕教育开展调研。", home="绍兴市")
    assert "政协岳阳市委员会" in names(one)
    assert "政协绍兴市委员会" in names(two)
    assert {e.id for e in one.entities if e.classes[0] == "Organization"}.isdisjoint(
        e.id for e in two.entities if e.classes[0] == "Organization"
    )


def test_full_short_and_quoted_names_are_one_entity() -> None:
    reading = read("政协第八届岳阳市委员会推进“三联四建”工作机制。岳阳市政协落实“三联四建”机制，市政协持续用力。", home="岳阳市")
    assert [e.label for e in reading.entities if e.classes[0] == "Organization"] == ["政协岳阳市委员会"]
    assert len([e for e in reading.entities if e.classes[0] == "Program"]) == 1


def test_a_session_by_its_bodys_full_and_short_name_is_one_and_the_countrys_is_no_provinces() -> None:
    def sessions(text: str) -> list[str]:
        return [e.id for e in read(text, home="岳阳市").entities if e.classes[0] == "Meeting"]

    assert (
        len(sessions("政协第九届岳阳市委员会第二次会议开幕。中国人民政治协商会议第九届岳阳市委员会第二次会议听取了报告。")) == 1
    )
    assert sessions("政协第十四届全国委员会第二次会议开幕。") == ["meeting/全国政协十四届二次会议"]


def test_the_places_of_a_list_share_the_body_behind_the_last() -> None:
    found = names(read("与广西、贵州、四川政协合作，曲靖市、大理白族自治州政协列席。", home="昆明市"))
    assert {"政协广西壮族自治区委员会", "政协贵州省委员会", "政协曲靖市委员会"} <= set(found)


def test_without_a_home_a_relative_name_stays_as_the_text_says_it_and_is_marked() -> None:
    (body,) = (e for e in read("市政协召开座谈会听取意见。").entities if e.classes[0] == "Organization")
    assert body.label == "市政协"
    assert not body.resolved
