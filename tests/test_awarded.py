"""What alone stands before a verb of conferring and an honor is the name of what receives it."""

from __future__ import annotations

import pytest
from reading import facts, names, read

HOME = "岳阳市"


@pytest.mark.parametrize(
    ("text", "name", "kind", "honor"),
    [
        ("岳阳洞庭湖湿地观测站入选全国绿色低碳典型案例。", "岳阳洞庭湖湿地观测站", "Platform", "全国绿色低碳典型案例"),
        ("河源青竹湖获评国家5A级景区。", "青竹湖", "District", "国家5A级景区"),
        ("经济平稳，沿岸固沙工程成功入选“2024全国十大工程成就”。", "沿岸固沙工程", "Program", "2024全国十大工程成就"),
    ],
)
def test_a_name_that_nothing_else_tells_receives_its_honor(text: str, name: str, kind: str, honor: str) -> None:
    reading = read(text, home=HOME)
    assert names(reading).get(name) == kind
    assert (name, "receives", honor) in facts(reading)


@pytest.mark.parametrize(
    "text",
    [
        "推动沿岸固沙工程入选“2024全国十大工程成就”。",
        "12个项目入选“2024全国十大工程成就”。",
        "一批重点项目入选“2024全国十大工程成就”。",
        "沿岸固沙工程、造林工程等项目入选“2024全国十大工程成就”。",
    ],
)
def test_a_count_a_list_or_a_clause_is_no_name(text: str) -> None:
    assert not [
        name for name in names(read(text, home=HOME)) if name.endswith(("项目入选", "项目")) or "推动" in name or "批" in name
    ]
