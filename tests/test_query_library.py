"""The named queries: each answers what it says, on the seed page by name."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import Literal, NamedNode

import kg
from kg.errors import UsageError, YishiError
from kg.graph.parameters import bind
from kg.graph.query import rows, run
from kg.graph.store import open_store
from kg.queries import library, parse_query, queries_dir, read_query

HALL, CPPCC = "民生议事堂", "政协湖州市委员会"
# Query, what it is given, and rows (some of their cells) that it must answer on the seed page.
EXPECTED = [
    ("activity", {"body": CPPCC, "year": "2022"}, [{"relation": "runs", "thing": HALL, "status": "done", "when": "2022"}]),
    ("activity", {"body": "政协安吉县委员会"}, [{"who": "政协安吉县委员会", "relation": "carriesOut", "thing": "“三协三聚”体系"}]),
    ("activity", {"year": "2023"}, [{"who": CPPCC, "thing": "八八战略", "status": "planned"}]),
    ("chain", {"place": "余村"}, [{"step": 1, "name": "安吉县", "code": "330523"}, {"step": 3, "name": "浙江省", "code": "330000"}]),
    ("connected", {}, [{"name": CPPCC, "class": "Organization"}, {"name": "湖州市", "class": "District"}]),
    ("continued", {"body": "市政协"}, [{"relation": "runs", "thing": HALL, "done": "2022", "planned": "2023"}]),
    ("coverage", {"entity": HALL}, [{"file": "000_f4386b4722091613.txt", "media": 0}]),
    ("documents", {}, [{"document": "民生议事堂协商工作规范", "who": CPPCC, "status": "done"}, {"document": "生物多样性公约", "who": None}]),
    ("evidence", {"entity": HALL}, [{"subject": CPPCC, "relation": "runs", "object": HALL, "status": "planned", "when": "2023"},
                                    {"subject": HALL, "relation": "partOf", "object": "“三位一体”基层履职新平台"}]),
    ("figures", {"entity": HALL}, [{"value": 829, "unit": "场次", "written": "829场次"}, {"value": 2577, "unit": "条", "when": "2022"}]),
    ("figures", {"entity": "双月座谈协商", "year": "2023"}, [{"value": 6, "unit": "次", "status": "planned"}]),
    ("honors", {}, [{"name": "张文华", "honor": "最美政协人"}, {"name": "湖州市", "honor": "国家可持续发展议程创新示范区", "by": "国务院"}]),
    ("meetings", {"body": "全国政协"}, [{"meeting": "全国政协“推动完善生态产品价值实现机制”调研座谈会", "hosts": "全国政协", "attended": CPPCC}]),
    ("names", {"entity": CPPCC}, [{"named": "市政协"}, {"named": "湖州政协"}]),
    ("only-in", {"document": "000_f4386b4722091613"}, [{"program": "“1246+X”协商议政新格局"}]),
    ("over-years", {"indicator": "全年提出意见建议数量"}, [{"name": HALL, "value": 2577, "when": "2022", "words": "提出意见建议"}]),
    ("over-years", {"indicator": "提出意见建议", "entity": HALL}, [{"value": 2577}]),
    ("parts", {"whole": "“三位一体”基层履职新平台"}, [{"part": HALL}, {"part": "委员工作室"}]),
    ("people", {}, [{"person": "李上葵", "role": "主席", "who": CPPCC}, {"person": "张文华", "role": "委员"}]),
    ("places", {"place": "安吉县"}, [{"thing": "余村", "class": "District"}, {"thing": "政协安吉县委员会", "class": "Organization"}]),
    ("planned", {"body": CPPCC}, [{"relation": "carriesOut", "thing": "“12345”总体思路", "when": "2023"}]),
    ("platforms", {"body": "政协浙江省委员会"}, [{"platform": "“六大在线”应用", "status": "done"}]),
    ("platforms", {}, [{"platform": "跨省域联动协商平台", "who": "政协南浔区委员会"}]),
    ("programs", {"body": "政协德清县委员会"}, [{"program": "“三跨三延伸”协商机制", "status": "done", "when": "2022"}]),
    ("reported", {}, [{"name": "委员工作室", "media": "光明日报"}, {"name": CPPCC, "media": "新华社"}]),
    ("reported", {"entity": "面对面高端协商"}, [{"media": "人民政协报", "when": "2022"}]),
    ("rules", {}, [{"relation": "carriesOut", "rule": "verb-carriesOut", "basis": "carried"}]),
    ("sentences", {"text": "新华社"}, [{"subject": CPPCC, "relation": "reportedBy", "object": "新华社"}]),
    ("seen", {"last": "2023"}, [{"name": "民生议事堂", "class": "Platform", "since": "2023", "until": "2023", "documents": 1}]),
    ("sources", {}, [{"file": "000_f4386b4722091613.txt", "issued": "2023-03-06"}]),
    ("timeline", {"entity": HALL}, [{"when": "2022", "relation": "runs", "status": "done"}, {"when": "2023", "status": "planned"}]),
    ("topics", {"meeting": "双月座谈协商"}, [{"topic": "打造人才强市", "status": "done", "host": CPPCC}]),
]  # fmt: skip


def answered(folder, name: str, given: dict[str, str]) -> list[dict]:
    store = open_store(folder)
    query = library()[name]
    found = rows(run(store, query.sparql, bindings=bind(query, given, store)))
    return [
        {key: value.rpartition("#")[2] if "ontology#" in str(value) else value for key, value in row.items()} for row in found
    ]


@pytest.mark.parametrize(("name", "given", "expected"), EXPECTED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_named_query_answers_what_it_says(seed_graph, name, given, expected):
    found = answered(seed_graph, name, given)
    for wanted in expected:
        assert [row for row in found if wanted.items() <= row.items()], f"{wanted} is not among {found[:5]} …"


def test_coverage_counts_what_the_graph_has(seed_graph):
    graph = kg.open(seed_graph)
    for entity in graph.entities[::9]:
        (row,) = answered(seed_graph, "coverage", {"entity": entity.id})
        facts = [fact for fact in graph.facts if entity.id in (fact.subject, fact.object)]
        wanted = [len(entity.mentions), *(sum(f.status == status for f in facts) for status in ("done", "planned"))]
        wanted += [sum(m.about == entity.id for m in graph.measures)]
        assert [row["mentions"], row["done"], row["planned"], row["figures"]] == wanted


def test_what_cannot_be_resolved_is_listed_with_its_place(tmp_path):
    import graph_cases as cases

    from kg.graph.merge import merge

    kg.publish(merge([cases.reading()]), tmp_path, html=False)
    assert answered(tmp_path, "unresolved", {}) == [
        {"name": "安吉县政协", "class": "Organization", "mentions": 1, "file": "报告.txt"}
    ]


def test_every_query_is_tested_and_explained_in_both_languages():
    assert len(library()) >= 15
    assert set(library()) == {name for name, _, _ in EXPECTED} | {"unresolved"}
    for query in library().values():
        chinese, english = query.title
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese) and english.isascii()
        for both in (*(p.about for p in query.parameters), *(query.columns or {}).values()):
            assert both[0] != both[1] and both[1].isascii()


@pytest.mark.parametrize("name", sorted(library()))
def test_the_head_of_a_query_names_the_variables_that_it_has(seed_graph, name):
    query = library()[name]
    selected = {variable.value for variable in run(open_store(seed_graph), query.sparql).variables}
    assert selected == set(query.columns or {}) | {parameter.name for parameter in query.parameters}


def test_a_parameter_that_is_not_given_narrows_nothing(seed_graph):
    """A FILTER over a variable that is never bound must let everything through, and one that is given must not."""
    for name, given in [("activity", {"year": "2023"}), ("platforms", {"body": CPPCC}), ("documents", {"body": CPPCC}),
                        ("meetings", {"body": CPPCC}), ("programs", {"body": CPPCC}), ("topics", {"year": "2022"})]:  # fmt: skip
        everything, some = answered(seed_graph, name, {}), answered(seed_graph, name, given)
        assert 0 < len(some) < len(everything), name
        hidden = set(given)
        plain = [{k: v for k, v in row.items() if k not in hidden} for row in everything]
        assert all({k: v for k, v in row.items() if k not in hidden} in plain for row in some), name


def test_programs_of_one_report_and_not_of_another(two_graph):
    later = {
        row["program"] for row in answered(two_graph, "only-in", {"document": "later.txt", "without": "000_f4386b4722091613.txt"})
    }
    assert "“百名委员联百企”活动" in later
    assert "“六送下乡”为民服务月活动" not in later  # in both
    earlier = {row["program"] for row in answered(two_graph, "only-in", {"document": "000_f4386b4722091613", "without": "later"})}
    assert "“1246+X”协商议政新格局" in earlier and "“六送下乡”为民服务月活动" not in earlier


# ---- parameters ----


@pytest.mark.parametrize(
    ("name", "given", "error", "said"),
    [
        ("chain", {}, UsageError, "needs --place"),
        ("chain", {"body": "x"}, UsageError, "has no parameter body"),
        ("connected", {"body": "x"}, UsageError, "it has none"),
        ("activity", {"year": "二〇二二"}, UsageError, "not a year"),
        ("figures", {"entity": "没有这个"}, YishiError, "no entity is called"),
        ("figures", {"entity": "议事"}, YishiError, "near it"),
        ("only-in", {"document": "没有.txt"}, YishiError, "no document is called"),
    ],
)
def test_what_a_query_cannot_take_is_one_clear_line(seed_graph, name, given, error, said):
    with pytest.raises(error, match=said) as caught:
        bind(library()[name], given, open_store(seed_graph))
    assert "\n" not in str(caught.value)


HOSTILE = ["x'} UNION {?s ?p ?o", '"@zh . ?s ?p ?o . #', "\\u003e> ?x", "民生\n议事堂", "a\x00b", "}}", "<http://x>", "\ud800"]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_given_is_a_term_and_never_part_of_the_query(seed_graph, text):
    query = library()["sentences"]
    store = open_store(seed_graph)
    try:
        bound = bind(query, {"text": text}, store)
    except UsageError:
        assert text == "\ud800"
        return
    assert bound == {"text": Literal(text)}
    assert rows(run(store, query.sparql, bindings=bound)) == []
    if "民生" not in text:
        with pytest.raises(YishiError):
            bind(library()["names"], {"entity": text}, store)


def test_an_entity_is_given_by_any_name_by_id_and_by_iri(seed_graph):
    store, query = open_store(seed_graph), library()["names"]
    iri = "https://w3id.org/yishi/id/org/湖州市/政协"
    for name in (CPPCC, "市政协", "湖州 政协", "org/湖州市/政协", iri):
        assert bind(query, {"entity": name}, store) == {"entity": NamedNode(iri)}


# ---- files ----


def test_a_query_file_of_ones_own_declares_its_parameters(tmp_path):
    file = tmp_path / "mine.rq"
    file.write_text(
        "# zh: 我的\n# en: Mine\n# param least: number — 至少 | at least\n\nSELECT ?m ?least { ?m kg:value ?v }", "utf-8"
    )
    query = read_query(file)
    assert (query.name, query.title) == ("mine", ("我的", "Mine"))
    assert [(p.name, p.type, p.optional) for p in query.parameters] == [("least", "number", False)]
    assert bind(query, {"least": "5.5"}, None)["least"].datatype.value.endswith("decimal")


@pytest.mark.parametrize("line", ["# param x", "# param x: nothing", "# param x y: text", "# param é: text"])
def test_a_parameter_that_is_declared_wrongly_is_told_with_its_line(line):
    with pytest.raises(UsageError, match="line 2"):
        parse_query(f"# en: x\n{line}\nSELECT * {{}}")


def test_the_wheel_holds_the_queries():
    import tomllib

    project = tomllib.loads((queries_dir().parent / "pyproject.toml").read_text("utf-8"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]["queries"] == "kg/data/queries"


def test_the_library_is_listed_for_scripts(say):
    code, shown, _ = say("query", "--json")
    told = {one["name"]: one for one in json.loads(shown)}
    assert code == 0 and set(told) == set(library())
    assert told["chain"]["parameters"] == [{"name": "place", "type": "entity", "optional": False, "about": "the place"}]
