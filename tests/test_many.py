"""Many documents in one graph: one thing is one entity, two things are two, and no text is believed over another."""

from __future__ import annotations

import json

import pytest
from command import kg as command
from command import one_line

import kg

TEXTS = {
    "湖州-2022.txt": "湖州市政协工作报告\n（2023年2月25日）\n2022年，市政协打造“民生议事堂”，开展“六送下乡”活动，组织协商28场次。"
    "湖州市政协深入学习贯彻习近平总书记关于加强和改进人民政协工作的重要思想。市政协承办全国政协座谈会，得到浙江省委肯定。",
    "湖州-2023.txt": "湖州市政协工作报告\n（2024年2月20日）\n2023年，市政协深化“六送下乡”活动，组织协商31场次。"
    "2022年，市政协组织协商30场次。习近平总书记考察浙江省。全国政协调研组到湖州市调研。",
    "衢州-2023.txt": "衢州市政协工作报告\n（2024年1月30日）\n2023年，市政协打造“有事好商量”平台。习近平总书记在浙江省考察。全国政协到衢州市调研。",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The three reports, in a folder."""
    path = tmp_path_factory.mktemp("corpus")
    for name, text in TEXTS.items():
        (path / name).write_text(text + "\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def graph(folder):
    """Their graph."""
    return kg.build(folder)


def files(graph: kg.Graph, entity_id: str) -> set[str]:
    """The files that name an entity."""
    return {graph.sources[span.source].name for span in graph.entity(entity_id).mentions}


@pytest.mark.parametrize("name", ["习近平", "全国政协", "浙江省"])
def test_what_the_whole_country_knows_by_one_name_is_one_entity_in_all_texts(graph, name):
    (entity,) = (entity for entity in graph.entities if entity.label == name)
    assert files(graph, entity.id) == set(TEXTS)


def test_a_program_named_in_two_years_is_one(graph):
    (entity,) = (entity for entity in graph.entities if "六送下乡" in entity.label)
    assert files(graph, entity.id) == {"湖州-2022.txt", "湖州-2023.txt"}
    assert {fact.period.start for fact in graph.facts if fact.object == entity.id and fact.period} == {"2022", "2023"}


def test_two_cities_committees_are_two_though_both_texts_say_only_city_committee(graph):
    called = {entity.label: files(graph, entity.id) for entity in graph.entities if "市政协" in entity.alt}
    assert called == {"政协湖州市委员会": {"湖州-2022.txt", "湖州-2023.txt"}, "政协衢州市委员会": {"衢州-2023.txt"}}


def test_texts_that_contradict_each_other_are_both_kept_with_their_sources(graph):
    said = {
        (measure.value, graph.sources[measure.evidence[0].source].name)
        for measure in graph.measures
        if measure.unit == "场次" and measure.period and measure.period.start == "2022"
    }
    assert said == {(28, "湖州-2022.txt"), (30, "湖州-2023.txt")}


def test_each_entity_tells_over_which_years_the_texts_name_it(graph):
    rows = graph.query("SELECT ?name ?first ?last { ?x skos:prefLabel ?name ; kg:firstSeen ?first ; kg:lastSeen ?last }")
    seen = {row["name"]: (str(row["first"]), str(row["last"])) for row in rows}
    assert seen["政协湖州市委员会"] == ("2023", "2024"), "the years of the texts, not of what they tell"
    assert seen["政协衢州市委员会"] == ("2024", "2024")
    assert set(seen) == {entity.label for entity in graph.entities}


def test_what_only_undated_texts_name_tells_no_years_and_an_undated_text_changes_none(folder, tmp_path):
    (tmp_path / "无日期.txt").write_text("湖州市政协召开协商座谈会，安吉县政协参加。\n", "utf-8")
    rows = kg.build(folder, tmp_path / "无日期.txt").query(
        "SELECT ?name ?first ?last { ?x skos:prefLabel ?name OPTIONAL { ?x kg:firstSeen ?first ; kg:lastSeen ?last } }"
    )
    seen = {row["name"]: (row["first"], row["last"]) for row in rows}
    assert seen["政协安吉县委员会"] == (None, None)
    assert tuple(map(str, seen["政协湖州市委员会"])) == ("2023", "2024")


def test_the_order_of_the_files_changes_nothing(folder, graph):
    names = [str(folder / name) for name in TEXTS]
    assert kg.build(*reversed(names)).to_turtle() == graph.to_turtle() == kg.build(*names).to_turtle()


def test_show_and_query_tell_the_years(folder, tmp_path, say):
    assert command("build", folder, "-o", tmp_path / "out", "--no-html").returncode == 0
    _, shown, _ = say("show", "湖州市政协", "--graph", tmp_path / "out", "--brief")
    assert "2023–2024" in shown
    _, shown, _ = say("show", "湖州市政协", "--graph", tmp_path / "out", "--json")
    assert (json.loads(shown)["first_seen"], json.loads(shown)["last_seen"]) == ("2023", "2024")
    _, shown, _ = say("query", "seen", "--last", "2023", "--graph", tmp_path / "out", "--json")
    names = [row["name"] for row in json.loads(shown)]
    assert "民生议事堂" in names and "政协湖州市委员会" not in names


def test_one_bad_file_among_a_thousand_is_told_of_and_the_others_are_built(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(1000):
        (corpus / f"{number:04}.txt").write_text(f"2022年，湖州市政协召开第{number + 1}次协商座谈会。\n", "utf-8")
    (corpus / "0500.txt").write_bytes(bytes(range(256)) * 40)
    done = command("build", corpus, "-o", "out", "--no-html", "--json", cwd=tmp_path)
    assert done.returncode == 3
    assert "0500.txt" in one_line(done.stderr)
    summary = json.loads(done.stdout)
    assert (summary["documents"], [one["name"] for one in summary["skipped"]]) == (999, ["0500.txt"])
    assert len(kg.open(tmp_path / "out").sources) == 999
