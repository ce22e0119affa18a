"""Lexicons are kept apart: each build is of its own, whatever was built before it in the process, and without one nothing is changed."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from command import environment
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.lexicon import cache, lexicon, shipped, use
from kg.lexicon.own import read
from kg.model import Source
from kg.pipeline import read_document

PACKAGE = Path(kg.__file__).parent
TEXT = "湖州市政协打造太湖渔家茶话坊，设立太湖渔家议渔厅，与安吉县教育局合作。"
ONE = '[heads.Platform]\nstrong = ["茶话坊"]\n'
OTHER = '[heads.Platform]\nstrong = ["议渔厅"]\n[[entity]]\nname = "安吉县教育局"\nclass = "Platform"\n'


@pytest.fixture(scope="module")
def lexicons(tmp_path_factory):
    """None, and two of a user's own."""
    folder = tmp_path_factory.mktemp("lexicons")
    for name, text in (("one", ONE), ("other", OTHER)):
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return None, read(folder / "one.toml"), read(folder / "other.toml")


def labels(own) -> frozenset[str]:
    found = read_document(Source("cd" * 32, "text.txt", TEXT), home="湖州市", lexicon=own)
    return frozenset(f"{e.classes[0]} {e.label}" for e in found.entities)


def test_a_build_without_with_and_with_another_lexicon_are_three(lexicons):
    plain, one, other = map(labels, lexicons)
    assert one - plain == {"Platform 太湖渔家茶话坊"}
    assert other - plain == {"Platform 太湖渔家议渔厅", "Platform 安吉县教育局"}


@given(order=st.lists(st.sampled_from([0, 1, 2]), min_size=2, max_size=8))
@settings(max_examples=15, deadline=None)
def test_what_was_built_before_leaves_nothing_behind(lexicons, order):
    alone = [labels(own) for own in lexicons]
    assert [labels(lexicons[number]) for number in order] == [alone[number] for number in order]


def test_the_graph_is_the_same_bytes_however_often_it_is_built(tmp_path):
    (tmp_path / "text.txt").write_text(TEXT, "utf-8")
    (tmp_path / "one.toml").write_text(ONE, "utf-8")
    before = kg.build(tmp_path / "text.txt", home="湖州市").to_turtle()
    with_one = [kg.build(tmp_path / "text.txt", home="湖州市", lexicon=tmp_path / "one.toml").to_turtle() for _ in range(2)]
    assert with_one[0] == with_one[1] != before
    assert kg.build(tmp_path / "text.txt", home="湖州市").to_turtle() == before


def test_the_package_s_own_tables_stay_as_they_are(lexicons):
    assert "茶话坊" not in shipped().words("heads", "Platform", "strong")
    with use(lexicons[1]):
        assert "茶话坊" in lexicon().words("heads", "Platform", "strong")
    assert lexicon() is shipped()


def test_a_build_that_breaks_off_leaves_the_lexicon_as_it_was(lexicons):
    with pytest.raises(ZeroDivisionError), use(lexicons[1]):
        raise ZeroDivisionError
    assert lexicon() is shipped()


def test_threads_build_with_their_own_lexicons_at_once(lexicons):
    alone = [labels(own) for own in lexicons]
    found: dict[int, list[frozenset[str]]] = {0: [], 1: [], 2: []}
    threads = [
        threading.Thread(target=lambda n=number: found[n].extend(labels(lexicons[n]) for _ in range(4))) for number in found
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [alone[number]] * 4 for number in found}


def test_a_lexicon_goes_to_another_process_and_means_the_same(lexicons):
    labels(lexicons[2])
    assert labels(pickle.loads(pickle.dumps(lexicons[2]))) == labels(lexicons[2])


def test_what_is_made_of_the_words_is_made_once_a_lexicon(lexicons):
    made = []

    @cache
    def make(word: str) -> str:
        made.append(word)
        return word

    for own in (None, lexicons[1], None, lexicons[1], lexicons[2]):
        with use(own):
            assert make("甲") == "甲"
    assert made == ["甲"] * 3


def test_no_module_makes_patterns_of_the_words_when_it_is_imported():
    script = (
        "import importlib, pkgutil, kg.lexicon as words\n"
        "def refuse(*asked): raise SystemExit(f'asked for the words at import: {asked}')\n"
        "words.lexicon = words.table = refuse\n"
        "import kg.extract, kg.relate, kg.resolve, kg.pipeline\n"
        "for package in (kg.extract, kg.relate, kg.resolve):\n"
        "    for module in pkgutil.iter_modules(package.__path__, package.__name__ + '.'): importlib.import_module(module.name)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_no_module_of_the_grammar_keeps_what_it_makes_of_the_words_for_all_lexicons():
    grammar = [
        PACKAGE / "names.py",
        *(path for name in ("extract", "resolve", "relate") for path in (PACKAGE / name).glob("*.py")),
    ]
    assert len(grammar) > 50
    wrong = [
        path.name for path in grammar if re.search(r"functools import (?:.*\W)?cache\b|functools\.cache", path.read_text("utf-8"))
    ]
    assert wrong == [], "use the cache of kg.lexicon (lru_cache is for what no word table tells)"
