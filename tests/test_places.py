"""How places are read: townships and villages, places side by side, and what names say of the place whose body they name."""

from __future__ import annotations

import time

import pytest
from reading import facts, names, read

from kg.model import Reading


def _places(reading: Reading) -> dict[str, str]:
    """Every name of a place as the text writes it or as its label, with its id."""
    found = [entity for entity in reading.entities if entity.classes[0] == "District"]
    return {name: entity.id for entity in found for name in (entity.label, *entity.alt)}


TOWNS = [
    # all townships of a county named, whatever words the text is cut into
    ("黄石市", "阳新县兴国镇、富池镇、黄颡口镇、韦源口镇、太子镇、大王镇试点。", "大王镇", "place/阳新县/大王镇"),
    ("黄石市", "阳新县兴国镇、富池镇、黄颡口镇、韦源口镇、太子镇、大王镇试点。", "黄颡口镇", "place/阳新县/黄颡口镇"),
    ("合川区", "在钓鱼城街道设立站点。", "钓鱼城街道", "place/合川区/钓鱼城街道"),
    # a name that is a city's too is the township's here
    ("安化县", "东坪镇和江南镇参加。", "江南镇", "place/安化县/江南镇"),
    # a township of a people is called without it
    ("铜仁市", "沿河自治县新景镇、思南县板桥镇参加。", "沿河自治县", "place/沿河土家族自治县"),
    # a county of one character and a word is one in a list
    ("运城市", "代县、五台县参加。", "代县", "place/代县"),
    # a village where its township stands before it, told by its form where no table has it
    ("安化县", "东坪镇杨林社区开展活动。", "杨林社区", "place/东坪镇/杨林社区"),
    ("安化县", "东坪镇青石坳村建成水厂。", "青石坳村", "place/东坪镇/青石坳村"),
    # no table has the town: the village is its, not that of another town
    ("安化县", "桃江县清泉镇大塘村参加。", "大塘村", "place/桃江县/清泉镇/大塘村"),
    # a district that no table has, in a list of those that they have
    ("洛阳市", "涧西区、洛龙区、伊滨区人民政府负责。", "伊滨区", "place/洛阳市/伊滨区"),
    # zones with brackets, with the province before them
    ("西安市", "建设中国（陕西）自由贸易试验区。", "中国（陕西）自由贸易试验区", "place/陕西省/中国(陕西)自由贸易试验区"),
    ("滁州市", "安徽来安经济开发区实现产值90亿元。", "安徽来安经济开发区", "place/来安县/经济开发区"),
]  # fmt: skip


@pytest.mark.parametrize(("home", "text", "name", "id_"), TOWNS, ids=[f"{n}-{t[:8]}" for _, t, n, _ in TOWNS])
def test_a_place_is_the_one_that_what_stands_around_it_tells(home: str, text: str, name: str, id_: str) -> None:
    assert _places(read(text, home=home)).get(name) == id_


NO_PLACES = [
    ("市委和县委支持，县人大常委会和县人民政府部署。", "和县"),
    ("新建县城停车位300个。", "新建县"),
    ("全市评选文明村、示范村。", "文明村"),
    ("沿郑州路、西乡大道布置。", "西乡县"),
    ("推进乡村振兴，建设美丽乡村。", "美丽乡"),
    ("安化县建设农村公路。", "建设农村"),
]


@pytest.mark.parametrize(("text", "name"), NO_PLACES)
def test_what_only_looks_like_a_place_is_none(text: str, name: str) -> None:
    assert name not in _places(read(text, home="安化县"))


def test_a_name_found_once_is_found_again_however_its_words_are_cut() -> None:
    reading = read("东坪镇青石坳村建成水厂。随后，青石坳村荣获表彰。", home="安化县")
    village = next(entity for entity in reading.entities if entity.label == "青石坳村")
    assert len(village.mentions) == 2


HOMES = [
    ("长沙市岳麓区人民代表大会常务委员会工作报告\n全区开展工作。", "place/岳麓区"),
    ("岳阳市平江县人民政府工作报告\n全县开展工作。", "place/平江县"),
    ("中国人民政治协商会议杭州市西湖区第十五届委员会常务委员会工作报告\n区政协开展活动。", "place/杭州市/西湖区"),
    ("上海市浦东新区人民代表大会常务委员会工作报告\n区人大常委会听取报告。", "place/浦东新区"),
    ("政协安徽省委员会工作报告\n省政协开展活动。", "place/安徽省"),
]


@pytest.mark.parametrize(("text", "home"), HOMES, ids=[home for _, home in HOMES])
def test_of_places_side_by_side_the_last_is_the_texts_home(text: str, home: str) -> None:
    assert read(text).home == home


def test_a_newspapers_page_is_of_its_city() -> None:
    reading = read(
        "黄石日报　2021年9月15日　星期三　第2版\n\n阳新县：惠企平台打通“最后一米”\n\n近日，阳新县推出服务平台。\n我市12个村入选。"
    )
    assert reading.home == "place/黄石市"


BODIES = [
    ("武汉市", "政协成都市武侯区委员会来访。", "政协武侯区委员会"),
    ("武汉市", "岳阳市平江县第十七届人民代表大会常务委员会听取报告。", "平江县人大常委会"),
    ("黄石市", "阳新县、大冶市政协作交流发言。", "政协大冶市委员会"),
    ("黄石市", "阳新县、大冶市政协作交流发言。", "政协阳新县委员会"),
    ("黄石市", "长沙、株洲、湘潭三市政协联合调研。", "政协株洲市委员会"),
    ("黄石市", "阳新县召开会议，县文化和旅游局作了说明。", "阳新县文化和旅游局"),
    ("黄石市", "阳新县兴国镇党委召开会议。", "兴国镇党委"),
    ("黄石市", "市公安局交警支队新增泊位1.2万个。", "黄石市公安局交警支队"),
    ("黄石市", "中国移动黄石分公司参加。", "中国移动黄石分公司"),
    ("黄石市", "中国地质大学（武汉）参加。", "中国地质大学（武汉）"),
    ("黄石市", "市政协十四届五次会议召开。", "黄石市政协十四届五次会议"),
]


@pytest.mark.parametrize(("home", "text", "label"), BODIES, ids=[label for *_, label in BODIES])
def test_a_body_goes_by_the_place_whose_it_is(home: str, text: str, label: str) -> None:
    assert label in {entity.label for entity in read(text, home=home).entities}


def test_bodies_of_the_whole_country_are_no_towns() -> None:
    reading = read("中国书法家协会、中国长江三峡集团来平江考察，全国工商联参加。", home="平江县")
    assert not {fact for fact in facts(reading) if fact[1] == "inDistrict"}
    assert "org/中国书法家协会" in {entity.id for entity in reading.entities}


def test_a_paper_is_no_part_of_the_body_in_its_name() -> None:
    assert ("人民政协报", "partOf", "人民政协") not in facts(read("人民政协报、红网作了报道。", home="平江县"))


def test_lines_that_share_their_head_are_lines_and_no_people() -> None:
    found = names(read("郑万、郑合、郑太高铁建成通车。", home="洛阳市"))
    assert found.get("郑万高铁") == found.get("郑合高铁") == found.get("郑太高铁") == "Program"
    assert "Person" not in found.values()


def test_what_is_done_in_several_places_lies_in_each() -> None:
    reading = read("在汇川区、播州区、红花岗区建成“委员之家”12个。", home="遵义市")
    assert {place for _, what, place in facts(reading) if what == "inDistrict"} == {"汇川区", "播州区", "红花岗区"}


def test_of_places_side_by_side_the_last_has_the_figure() -> None:
    reading = read("上海市闵行区投入帮扶资金5600万元。", home="遵义市")
    assert [(m.about, m.indicator) for m in reading.measures] == [("place/闵行区", "投入帮扶资金")]


@pytest.mark.alone
@pytest.mark.parametrize("unit", ["石牌镇、", "郑万、", "、沈丘县、新县", "怀宁县石牌镇红旗村、"])
def test_a_list_without_end_takes_time_as_it_grows(unit: str) -> None:
    def seconds(size: int) -> float:
        begun = time.process_time()
        read(unit * (size // len(unit)) + "等样板村。", home="安庆市")
        return time.process_time() - begun

    seconds(400)
    assert seconds(16_000) < 8 * seconds(4_000)  # 4 is linear, 16 quadratic
