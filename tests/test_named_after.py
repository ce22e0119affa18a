"""What is named after the place whose text it is lies there, wherever in its name the place stands."""

from __future__ import annotations

import pytest
from reading import facts, read

HOME = "岳阳市"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("平安岳阳建设基础更加牢固。", "平安岳阳"),
        ("“投资岳阳”品牌更加响亮。", "“投资岳阳”品牌"),
        ("深入推进健康岳阳行动。", "健康岳阳行动"),
        ("上线运行“信用岳阳”一体化平台。", "“信用岳阳”一体化平台"),
    ],
)
def test_a_program_named_after_the_home_is_of_it(text: str, name: str) -> None:
    assert (name, "inDistrict", HOME) in facts(read(text, home=HOME))


@pytest.mark.parametrize(
    "text",
    [
        "深入开展学习贯彻习近平新时代中国特色社会主义思想主题教育。",  # 中国 tells no place
        "打造“投资长沙”品牌。",  # another's: what it has to do with this one is not said
        "开展“进万家，共建新岳阳”活动。",  # a saying
    ],
)
def test_a_name_that_tells_no_place_of_its_own_is_of_none(text: str) -> None:
    reading = read(text, home="中国" if "中国" in text else HOME)
    assert not [fact for fact in reading.facts if fact.rule == "named-after"]
