"""`merges.tsv`: which names were joined into one entity and why, and which things of one name were kept apart."""

from __future__ import annotations

import csv
import io
import random
import re
from pathlib import Path
from typing import Any

import pytest
from graph_cases import reading
from hostile_cases import NUL, hostile
from hostile_names import HOSTILE
from page_opened import graph_of

import kg
from kg.export.report.merges import COLUMNS, MOST, merges
from kg.export.report.words import words
from kg.model import Source
from kg.pipeline import read_document
from kg.resolve.why import REASONS

CITY = "{0}市政协工作报告\n\n{0}市政协主席 {1}\n\n2022年，市政协召开民主协商座谈会。市委高度重视，我市政协打造“委员云”平台。\n"


def rows(graph: Any, lang: str = "zh") -> list[dict[str, str]]:
    """The table as a spreadsheet reads it."""
    text = merges(graph, lang).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text), "excel-tab"))
    assert tuple(found[0]) == COLUMNS and {len(row) for row in found} == {len(COLUMNS)}
    return [dict(zip(COLUMNS, row, strict=True)) for row in found[1:]]


def of(graph: Any, entity: str, outcome: str = "joined") -> dict[str, dict[str, str]]:
    """The rows of one entity by name."""
    return {row["name"]: row for row in rows(graph) if row["id"] == entity and row["outcome"] == outcome}


@pytest.fixture(scope="module")
def cities() -> Any:
    """Reports of two cities, whose speakers have one name."""
    texts = [CITY.format("湖州", "王建国"), CITY.format("绍兴", "王建国")]
    sources = [Source(str(number) * 64, f"{'湖绍'[number]}.txt", text) for number, text in enumerate(texts)]
    return kg.merge([read_document(source) for source in sources])


# ---- joined ----


def test_every_name_of_the_seed_s_body_has_its_reason_and_where_it_is_from(seed_built: Any, seed: Path) -> None:
    names = of(seed_built, "org/湖州市/政协")
    assert names["市政协"]["reason"] == names["我市政协"]["reason"] == "relative"
    assert names["政协第九届湖州市委员会"]["reason"] == names["湖州市政协"]["reason"] == "form"
    assert names["政协湖州市委员会"]["reason"] == "canonical" and names["政协湖州市委员会"]["mentions"] == "0"
    assert {row["label"] for row in names.values()} == {"政协湖州市委员会"}
    text = re.sub(r"\s", "", next(iter(seed_built.sources.values())).text)
    assert 0 < int(names["我市政协"]["mentions"]) == text.count("我市政协")
    assert names["市政协"]["where"] == f"{seed.name} ({names['市政协']['mentions']})"


@pytest.mark.parametrize(
    ("entity", "name", "reason"),
    [
        ("place/湖州市", "全市", "relative"),
        ("place/安吉县", "安吉", "division"),
        ("org/中共中央", "中央", "alias"),
        ("org/湖州市/政协机关党组", "机关党组", "before"),
        ("thing/湖州市/1246+x", "“1246+X”协商议政制度", "key"),
    ],
)
def test_the_reason_is_the_decision_that_was_made(seed_built: Any, entity: str, name: str, reason: str) -> None:
    assert of(seed_built, entity)[name]["reason"] == reason


def test_a_short_name_that_the_same_text_has_in_full_is_said_to_be_short_for_it() -> None:
    graph = graph_of("市文化广电和旅游局负责公共文化服务工作。市文旅局、市教育局协同推进。")
    assert of(graph, "org/湖州市/文化广电和旅游局")["市文旅局"]["reason"] == "fuller"


def test_one_name_in_two_texts_of_a_city_is_one_person_and_the_report_says_that_posts_were_not_compared() -> None:
    graph = graph_of("湖州市政协副主席王建国出席座谈会。", "德清县教育局局长王建国出席座谈会。")
    (row,) = of(graph, "person/湖州市/王建国").values()
    assert (row["reason"], row["documents"]) == ("person", "2")
    assert "未核对职务" in row["explanation"]


def test_an_entity_with_one_name_in_one_text_is_no_merge(seed_built: Any) -> None:
    names = {entity.id for entity in seed_built.entities if not entity.alt}
    assert names and not names & {row["id"] for row in rows(seed_built)}


def test_every_name_of_every_entity_that_has_others_has_its_row(seed_built: Any) -> None:
    listed: dict[str, set[str]] = {}
    for row in rows(seed_built):
        listed.setdefault(row["id"], set()).add(row["name"])
    assert listed == {entity.id: {entity.label, *entity.alt} for entity in seed_built.entities if entity.alt}


def test_where_a_graph_was_made_by_hand_no_reason_is_invented() -> None:
    joined = [row for row in rows(kg.merge([reading()])) if row["outcome"] == "joined"]
    assert joined and {row["reason"] for row in joined} == {"untold"}
    both = kg.merge([reading(), *(read_document(source) for source in graph_of("湖州市政协召开座谈会。").sources.values())])
    assert {row["reason"] for row in of(both, "org/湖州市/政协").values()} == {"untold", "canonical", "form"}


# ---- kept apart ----


def test_what_two_cities_call_alike_is_listed_as_kept_apart_and_joined_nowhere(cities: Any) -> None:
    for here, there in (("湖州市", "绍兴市"), ("绍兴市", "湖州市")):
        for key, name in (("org/{}/政协", "市政协"), ("org/{}/党委", "市委"), ("thing/{}/委员云", "“委员云”平台")):
            row = of(cities, key.format(here), "apart")[name]
            assert row["reason"] == "place" and key.format(there) in row["explanation"]
            assert row["where"] == f"{here[0]}.txt"


def test_two_people_of_one_name_stand_apart_as_they_do_in_the_graph(cities: Any) -> None:
    people = [row for row in rows(cities) if row["name"] == "王建国"]
    assert [(row["outcome"], row["reason"]) for row in people] == [("apart", "namesake")] * 2
    assert "closeMatch" in people[0]["explanation"] and "skos:closeMatch" in cities.to_turtle()


# ---- the file ----


def test_the_same_documents_give_the_same_bytes_in_any_order(cities: Any) -> None:
    readings = [read_document(source) for source in cities.sources.values()]
    random.Random(1).shuffle(readings)
    assert {merges(kg.merge(order)) for order in (readings, readings[::-1])} == {merges(cities)}


def test_each_reason_is_explained_in_both_languages(seed_built: Any) -> None:
    for lang in ("zh", "en"):
        assert all(words()[lang][f"why-{reason}"] for reason in REASONS)
    assert {row["reason"] for row in rows(seed_built)} <= {*REASONS, "place", "kind", "other", "namesake"}
    chinese, english = (rows(seed_built, lang)[0]["explanation"] for lang in ("zh", "en"))
    assert re.search("[一-鿿]", chinese) and not re.match("[一-鿿]", english)


def test_hostile_names_stay_in_their_cell_and_no_spreadsheet_runs_them() -> None:
    for graph in (hostile(*HOSTILE, NUL), graph_of("".join(f"湖州市政协打造“{name}”平台。\n" for name in HOSTILE))):
        data = merges(graph).decode("utf-8-sig")
        table = rows(graph)
        assert len(data.splitlines()) >= len(table) + 1 == data.count("\n")
        assert not [cell for row in table for cell in row.values() if cell.startswith(tuple("=+-@＝＋－＠\t"))]


def test_a_name_of_very_many_texts_names_some_of_them_and_counts_the_rest() -> None:
    graph = graph_of(*(f"第{number}次。湖州市政协召开座谈会。市政协开展调研。" for number in range(MOST + 5)))
    row = of(graph, "org/湖州市/政协")["市政协"]
    assert row["documents"] == str(MOST + 5) and row["where"].count(".txt") == MOST and "另有 5 个" in row["where"]
