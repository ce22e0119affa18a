"""The bars that the graphs must hold against what careful readers listed: a change that reads a text worse fails here."""

from __future__ import annotations

from pathlib import Path

import passages
import pytest

from kg.evaluate.gold import read_gold
from kg.evaluate.golds import score_graph
from kg.pipeline import build

GOLD = Path(__file__).parent / "gold"
SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt"))
NAMES = [passage["name"] for passage in passages.listed()]


def _figures(gold: str, text: Path) -> dict[str, dict]:
    found = score_graph(read_gold(GOLD / f"{gold}.json"), build(text)).figures
    assert found["evidence"]["whole"], found["evidence"]
    return found


def test_the_seed_is_read_as_its_gold_graph_has_it() -> None:
    found = _figures("seed", SEED)
    assert found["entity"]["all"]["f1"] >= 0.95
    for class_ in ("Organization", "District", "Platform", "Program"):
        assert found["entity"][class_]["f1"] >= 0.9, class_
    assert found["relation"]["all"]["f1"] >= 0.9
    assert found["measure"]["all"]["f1"] >= 0.95
    right, known = map(int, found["measure"]["all"]["periods"].split(" of "))
    assert right >= 0.95 * known


def test_the_opening_of_a_governments_report_is_read_as_its_gold_graph_has_it(shared: Path) -> None:
    found = _figures("hunan", shared / "gold" / "hunan-opening.txt")
    assert found["entity"]["all"]["f1"] >= 0.9
    assert found["relation"]["all"]["f1"] >= 0.75
    assert found["measure"]["all"]["f1"] >= 0.9


@pytest.mark.parametrize("name", NAMES)
def test_a_passage_of_another_place_or_genre_keeps_its_bar(name: str, shared: Path, tmp_path: Path) -> None:
    passage = next(passage for passage in passages.listed() if passage["name"] == name)
    text = tmp_path / f"{name}.txt"
    text.write_text(passages.cut(passage, shared / "corpus"), "utf-8", newline="")
    found = _figures(name, text)
    assert found["entity"]["all"]["f1"] >= 0.75


def test_over_all_passages_entities_relations_and_figures_hold_the_bar(shared: Path, tmp_path: Path) -> None:
    total = {"entity": [0, 0, 0], "relation": [0, 0, 0], "measure": [0, 0, 0]}
    for passage in passages.listed():
        text = tmp_path / f"{passage['name']}.txt"
        text.write_text(passages.cut(passage, shared / "corpus"), "utf-8", newline="")
        found = _figures(passage["name"], text)
        for part, counts in total.items():
            for place, key in enumerate(("tp", "fp", "fn")):
                counts[place] += found[part]["all"][key]
    f1 = {part: 2 * tp / (2 * tp + fp + fn) for part, (tp, fp, fn) in total.items()}
    assert f1["entity"] >= 0.88, f1
    assert f1["relation"] >= 0.8, f1
    assert f1["measure"] >= 0.88, f1
