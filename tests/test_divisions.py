"""The state's divisions: what a code and a name mean, today and in the years that texts are from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import divisions

ROOT = Path(__file__).parent.parent


def names(found: tuple[divisions.Division, ...]) -> list[str]:
    return [division.name for division in found]


def codes(found: tuple[divisions.Division, ...]) -> list[str]:
    return [division.code for division in found]


def test_a_county_stands_in_its_city_its_province_and_the_country() -> None:
    anji = divisions.by_code("330523")
    assert anji is not None
    assert (anji.name, anji.level, anji.parent, anji.year, anji.abolished) == ("安吉县", "county", "330500", 2023, None)
    assert names(divisions.ancestors("330523")) == ["湖州市", "浙江省", "中国"]
    assert divisions.parent("330523") == divisions.by_code("330500")


def test_there_are_34_provinces() -> None:
    provinces = divisions.children("000000")
    assert len(provinces) == 34
    assert {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}.items() <= {
        d.code: d.name for d in provinces
    }.items()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("湖州市", "330500"), ("湖州", "330500"), ("安吉县", "330523"), ("安吉", "330523"), ("浙江省", "330000"),
        ("新疆维吾尔自治区", "650000"), ("新疆", "650000"), ("内蒙古", "150000"), ("内蒙", "150000"), ("广西", "450000"),
        ("恩施土家族苗族自治州", "422800"), ("恩施州", "422800"), ("延边州", "222400"), ("长阳县", "420528"), ("景宁", "331127"),
        ("浦东", "310115"), ("神农架", "429021"), ("锡盟", "152500"), ("科右前旗", "152221"), ("香港", "810000"),
        ("澳门", "820000"), ("台湾", "710000"), ("浙江", "330000"), ("湘西州", "433100"), ("大兴安岭", "232700"),
        ("万柏林", "140109"), ("东乡县", "622926"),
    ],
)  # fmt: skip
def test_full_and_short_names_find_the_division(name: str, code: str) -> None:
    assert codes(divisions.by_name(name))[0] == code


def test_of_several_of_a_name_the_higher_comes_first() -> None:
    assert names(divisions.by_name("吉林"))[:2] == ["吉林省", "吉林市"]
    assert names(divisions.by_name("河南"))[0] == "河南省"
    assert divisions.by_name("海南")[0].name == "海南省"
    assert names(divisions.by_name("长沙"))[:2] == ["长沙市", "长沙县"]


@pytest.mark.parametrize(
    ("name", "code", "year", "under"),
    [
        ("萧山市", "330181", 2001, "杭州市"), ("莱芜市", "371200", 2019, "山东省"), ("宣武区", "110104", 2010, "北京市"),
        ("余杭市", "330184", 2001, "杭州市"), ("襄樊市", "420600", 2010, "湖北省"), ("南汇区", "310119", 2009, "上海市"),
        ("江干区", "330104", 2021, "杭州市"), ("思茅市", "530800", 2007, "云南省"), ("闸北区", "310108", 2015, "上海市"),
        ("蓬莱市", "370684", 2020, "烟台市"), ("达县", "511721", 2013, "达州市"), ("居巢区", "341402", 2011, "巢湖市"),
    ],
)  # fmt: skip
def test_names_abolished_since_1990_are_known_with_the_year(name: str, code: str, year: int, under: str) -> None:
    found = {division.code: division for division in divisions.by_name(name)}[code]
    assert found.abolished == year
    assert found.year <= year
    assert divisions.by_code(found.parent) is not None
    assert names(divisions.ancestors(code))[0] == under or divisions.by_code(found.parent).name == under  # type: ignore[union-attr]


def test_a_name_that_meant_a_prefecture_once_and_means_a_county_now_gives_both() -> None:
    county, prefecture = divisions.by_name("巢湖市")
    assert (county.code, county.level, county.abolished) == ("340181", "county", None)
    assert (prefecture.code, prefecture.level, prefecture.abolished) == ("341400", "prefecture", 2011)


def test_a_division_that_only_changed_its_code_is_one() -> None:
    assert codes(divisions.by_name("寿县")) == ["340422"]
    assert codes(divisions.by_name("重庆市")) == ["500000"]
    old = divisions.by_code("341521")
    assert old is not None and old.abolished == 2015
    assert divisions.renamed(old) == divisions.by_code("340422")
    chongqing = divisions.by_code("510200")
    assert chongqing is not None and divisions.renamed(chongqing) == divisions.by_code("500000")


def test_a_name_is_read_as_in_the_year_of_the_text() -> None:
    assert names(divisions.ancestors(divisions.by_name("江北区", 2023)[-1].code))[:1] == ["重庆市"]
    assert [(d.code, divisions.in_force(d, 2023)) for d in divisions.by_name("江北区", 2023)] == [
        ("330205", True),
        ("500105", True),
    ]
    assert [(d.code, d.abolished) for d in divisions.by_name("江北区")] == [("330205", None), ("500105", 2025)]
    assert divisions.by_name("巢湖市", 2009)[0].level == "prefecture"
    [liangjiang] = divisions.by_name("两江新区")
    assert (liangjiang.code, liangjiang.year, divisions.in_force(liangjiang, 2023)) == ("500157", 2025, False)


def test_counties_set_up_after_the_table_are_known() -> None:
    assert names(divisions.by_name("和康县") + divisions.by_name("和安县")) == ["和康县", "和安县"]
    assert names(divisions.ancestors("653228"))[:2] == ["和田地区", "新疆维吾尔自治区"]
    assert {"和康县", "和安县"} <= set(names(divisions.counties_of("653200")))


def test_townships_of_an_abolished_county_hang_on_it_as_it_was() -> None:
    [town] = divisions.townships("大石坝街道", "500000")
    assert names(divisions.ancestors(town.code)) == ["江北区", "重庆市", "中国"]


def test_what_is_in_force_is_not_renamed() -> None:
    assert divisions.renamed(divisions.by_name("安吉县")[0]) is None
    assert divisions.renamed(divisions.by_name("宣武区")[0]) is None


def test_rows_that_only_hold_a_number_are_no_divisions() -> None:
    assert divisions.by_code("110100") is None
    assert divisions.by_code("429000") is None
    for placeholder in ("市辖区", "县", "市", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖行政单位"):
        assert divisions.by_name(placeholder) == ()
    assert names(divisions.ancestors("110105")) == ["北京市", "中国"]
    assert names(divisions.ancestors("500229")) == ["重庆市", "中国"]
    assert names(divisions.ancestors("429004")) == ["湖北省", "中国"]
    assert "仙桃市" in names(divisions.children("420000"))


def test_counties_of_a_city() -> None:
    assert names(divisions.counties_of("330500")) == ["吴兴区", "南浔区", "德清县", "长兴县", "安吉县"]
    assert "朝阳区" in names(divisions.counties_of("110000"))
    assert divisions.counties_of("441900") == ()


def test_children_go_down_to_the_village() -> None:
    assert names(divisions.children("330500")) == names(divisions.counties_of("330500"))
    assert "天荒坪镇" in names(divisions.children("330523"))
    assert "余村" in names(divisions.children("330523108"))
    assert "莞城街道" in names(divisions.children("441900"))
    assert "雄关街道" in names(divisions.children("620200"))
    assert divisions.children("330523108204") == divisions.children("so") == ()


def test_short_names() -> None:
    shorts = [
        "浙江省",
        "新疆维吾尔自治区",
        "香港特别行政区",
        "湖州市",
        "恩施土家族苗族自治州",
        "吴兴区",
        "易县",
        "科尔沁右翼前旗",
        "东乡族自治县",
    ]
    assert [divisions.short(name) for name in shorts] == [
        "浙江", "新疆", "香港", "湖州", "恩施", "吴兴", "易县", "科尔沁右翼前旗", "东乡",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "word", ["和平", "河口", "鼓楼", "朝阳", "城中", "大安", "同心", "平安", "永定", "城关", "新华", "长治", "资源"]
)
def test_short_names_that_are_words_or_have_many_owners_are_ambiguous(word: str) -> None:
    assert divisions.by_name(word)
    assert divisions.ambiguous(word)


@pytest.mark.parametrize(
    "name", ["湖州", "浙江", "安吉", "河南", "海南", "吉林", "北京", "恩施州", "萧山", "西安", "南浔", "岳阳"]
)
def test_plain_short_names_are_not_ambiguous(name: str) -> None:
    assert divisions.by_name(name)
    assert not divisions.ambiguous(name)


def test_a_county_that_shares_its_name_with_a_well_known_hill_or_lake_is_ambiguous() -> None:
    for name in ("太湖", "庐山", "衡山", "井冈山"):
        assert name in divisions.regions() and divisions.ambiguous(name)


def test_short_names_that_the_dictionary_of_words_holds_to_be_common_words_are_ambiguous() -> None:
    """jieba's dictionary tells words from places; the exceptions are its slips, words no modern text would write."""
    from importlib.util import find_spec

    slips = {
        "石首", "应城", "监利", "当阳", "大冶", "六合", "仙桃", "常熟", "无为", "平遥", "保康", "奉节", "增城", "大足", "定远",
        "宁远", "高密", "即墨", "开封", "保定", "包头", "孝感", "大连", "烟台", "合肥", "大理", "遵义", "银川", "恩施", "永新",
        "自贡", "天水", "商丘", "信阳", "宝鸡", "河源", "酒泉", "营口", "神农架", "襄阳", "海口", "登封", "宣化", "融水", "大通",
        "赤壁", "建平", "全州", "上党", "宝应", "库车", "民和", "孝义", "米脂", "神木", "房山", "莎车", "赤水", "顺义", "新野",
        "河间", "临清", "五峰", "星子", "灵台",
    }  # fmt: skip
    path = Path(str(find_spec("jieba").origin)).parent / "dict.txt"
    common = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split()
        if int(count) >= 100 and not tag.startswith(("ns", "nr", "nz", "nt")):
            common.add(word)
    owned = {name for name in divisions.surfaces() if name in common and not name.endswith(("省", "市", "县", "区"))}
    assert {name for name in owned if not divisions.ambiguous(name)} <= slips


def test_every_name_listed_as_ambiguous_is_a_name_of_a_division() -> None:
    from kg.divisions.rows import read_rows

    listed = [name for _, forms in read_rows("ambiguous.tsv") for name in forms.split()]
    assert [name for name in listed if not divisions.by_name(name)] == []


def test_surfaces_lead_to_codes_that_exist_and_go_by_that_name() -> None:
    surfaces = divisions.surfaces()
    assert {"湖州", "湖州市", "恩施州", "萧山市", "新疆", "香港特别行政区"} <= set(surfaces)
    assert all(len(name) >= 2 for name in surfaces)
    for name in list(surfaces)[::37]:
        assert set(codes(divisions.by_name(name))) == set(surfaces[name])


def test_full_names_that_every_city_has_are_not_looked_for_in_texts() -> None:
    for name in ("城区", "郊区", "矿区", "新城区", "老城区"):
        assert divisions.by_name(name)
        assert name not in divisions.surfaces()


def test_several_districts_share_a_name() -> None:
    found = divisions.by_name("朝阳区")
    assert {"110105", "220104"} <= set(codes(found))
    assert divisions.ambiguous("朝阳区")


def test_townships_by_name_and_place() -> None:
    [town] = divisions.townships("天荒坪镇", "330500")
    assert (town.code, town.level, town.parent) == ("330523108", "township", "330523")
    assert divisions.townships("天荒坪", "330523") == (town,)
    assert len(divisions.townships("城关镇")) > 50
    assert divisions.townships("城关镇", "330000") == ()
    assert names(divisions.ancestors(town.code)) == ["安吉县", "湖州市", "浙江省", "中国"]


def test_a_village_is_found_in_its_county_with_and_without_the_doubled_word() -> None:
    [village] = divisions.village("余村", "330523")
    assert (village.code, village.level, village.parent) == ("330523108204", "village", "330523108")
    for name in ("余村村", "余村村委会", "余村村民委员会"):
        assert divisions.village(name, "330500") == (village,)
    assert divisions.by_code("330523108204") == village
    assert names(divisions.ancestors(village.code))[:2] == ["天荒坪镇", "安吉县"]


def test_a_community_and_a_village_are_two_things() -> None:
    [community] = divisions.village("多福巷社区", "110101")
    assert community.code == "110101001001"
    assert divisions.village("多福巷社区居委会", "110000") == (community,)
    assert divisions.village("多福巷村", "110101") == ()
    assert divisions.village("十八洞村", "433124") != ()


@pytest.mark.parametrize("code", ["", "33", "999999", "33052３", "330523999", "330523108999", "abcdef", "999999999999"])
def test_what_is_no_code_gives_nothing(code: str) -> None:
    assert divisions.by_code(code) is None
    assert divisions.ancestors(code) == ()
    assert divisions.parent(code) is None


@given(st.text(max_size=12))
def test_no_string_breaks_a_look_up(text: str) -> None:
    divisions.by_code(text)
    divisions.ambiguous(text)
    divisions.townships(text, "330500")
    divisions.village(text, "330523")
    assert all(text in (d.name, *divisions_forms(d)) for d in divisions.by_name(text))


def divisions_forms(division: divisions.Division) -> tuple[str, ...]:
    return tuple(name for name, found in divisions.surfaces().items() if division.code in found)


def test_every_division_hangs_in_the_country() -> None:
    for found in set(divisions.surfaces().values()):
        for code in found:
            assert divisions.ancestors(code)[-1] == divisions.COUNTRY


def test_regions_go_by_all_their_names() -> None:
    regions = divisions.regions()
    assert regions["长三角"] is regions["长江三角洲"]
    assert regions["长三角"].within == ("310000", "320000", "330000", "340000")
    assert regions["成渝城市群"].name == "成渝地区双城经济圈"
    assert {"京津冀", "粤港澳大湾区", "长江经济带", "淮海经济区", "粤东粤西粤北", "浙西南", "海南自由贸易港"} <= set(regions)
    assert (regions["太湖"].kind, regions["黄河"].kind, regions["秦岭"].kind) == ("lake", "river", "mountain")
    assert all(divisions.by_code(code) for place in regions.values() for code in place.within)


def test_countries_go_by_short_and_official_names() -> None:
    countries = divisions.countries()
    assert countries["美利坚合众国"].name == "美国"
    assert countries["我国"].name == countries["中华人民共和国"].name == "中国"
    assert len({place.name for place in countries.values()}) > 190
    assert not set(countries) & set(divisions.regions())


def test_loading_the_package_reads_no_table_and_answers_do_not_hang_on_the_hash_seed() -> None:
    program = (
        "from kg import divisions\nfrom kg.divisions import tables, lowest\n"
        "assert not tables._current.cache_info().currsize and not lowest._by_county.cache_info().currsize\n"
        "print(list(divisions.surfaces().items())[::50], divisions.by_name('朝阳'), list(divisions.regions())[:50])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
