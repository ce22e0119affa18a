"""Places that lie over the bounds of others: a river's stretch, a region named by two cities, a belt along the coast."""

from __future__ import annotations

import pytest
from reading import names, read


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("黄河干流山东段保持Ⅱ类水质。", "黄河干流山东段"),
        ("长江干流重庆段水质良好。", "长江干流重庆段"),
        ("嘉陵江重庆段完成治理。", "嘉陵江重庆段"),
        ("西宁—海东都市圈一体化发展提速。", "西宁—海东都市圈"),
        ("推进岷江—长江上游经济带建设。", "岷江—长江上游经济带"),
        ("沿海经济带协同效应显现。", "沿海经济带"),
    ],
)
def test_a_place_over_the_bounds_of_others_is_one_place(text: str, place: str) -> None:
    assert names(read(text, home="重庆市")).get(place) == "District"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("渝昆高铁重庆段开工。", "重庆段"),  # a railway's part is a work
        ("长江黄河干流四川段水质良好。", "长江黄河干流四川段"),  # two rivers
        ("西宁海东都市圈一体化发展提速。", "西宁—海东都市圈"),
        ("高中阶段毛入学率提高。", "高中阶段"),
    ],
)
def test_what_only_looks_like_one_is_none(text: str, name: str) -> None:
    assert names(read(text, home="重庆市")).get(name) != "District"
