"""A pattern that is looked for only where a word of it stands finds what it would find everywhere."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import kg.extract
import kg.extract.firms
from kg.extract.figures import NUMBER
from kg.extract.rare import Rare
from kg.relate.times import TIME

LONG_NUMERAL = re.compile(r"[\d一二三四五六七八九十百]{9,}")  # longer than any that counts something
FOUND_QUICKLY = (Phase.explicit, Phase.reuse, Phase.generate)  # patterns of many words shrink for minutes
MODULES = [importlib.import_module(f"kg.extract.{module.name}") for module in pkgutil.iter_modules(kg.extract.__path__)]
RARE = {
    f"{module.__name__}.{name}": found for module in MODULES for name, found in vars(module).items() if isinstance(found, Rare)
} | {
    "kg.extract.firms": sys.modules["kg.extract.firms"]._firm(),
    "kg.extract.projects": sys.modules["kg.extract.projects"]._event(),
    "kg.extract.people: acting": sys.modules["kg.extract.people"]._acting(),
    "kg.extract.people: in a list": sys.modules["kg.extract.people"]._name_list(),
    "kg.relate.times": TIME,
}


@cache
def matching(pattern):
    """Texts that a pattern matches, of the characters it names and a few others."""
    narrow = re.compile(re.sub("一-龥|\u4e00-\u9fff", "甲乙", pattern.pattern), pattern.flags)
    signs = st.sampled_from(sorted({*re.sub(r"[A-Za-z\\]", "", narrow.pattern), *"A1\n"}))
    return st.from_regex(narrow, alphabet=signs).filter(lambda text: LONG_NUMERAL.search(text) is None)


def opening(pattern):
    """The characters that a pattern says its matches open with."""
    return "[" + pattern.pattern.split("(?=[")[1].split("])")[0] + "]"


def clues(rare):
    """What a pattern is looked for by."""
    return st.sampled_from(rare.words) if isinstance(rare.words, tuple) else matching(rare.words)


def spans(matches):
    return [match.span() for match in matches]


@pytest.mark.parametrize("name", RARE)
def test_it_finds_in_texts_what_the_pattern_finds(name, root):
    for text in [path.read_text("utf-8") for folder in ("seeds", "tests/samples") for path in (root / folder).rglob("*.txt")]:
        assert spans(RARE[name].finditer(text)) == spans(RARE[name].pattern.finditer(text))


@pytest.mark.parametrize("name", RARE)
@settings(max_examples=30, deadline=None, phases=FOUND_QUICKLY)
@given(data=st.data())
def test_it_finds_whatever_the_pattern_can_match(name, data):
    rare = RARE[name]
    text = "".join(data.draw(st.lists(matching(rare.pattern) | clues(rare), min_size=1, max_size=3)))
    assert spans(rare.finditer(text)) == spans(rare.pattern.finditer(text))


@settings(max_examples=100, deadline=None, phases=FOUND_QUICKLY)
@given(data=st.data())
def test_what_a_numeral_is_said_to_open_with_leaves_nothing_out(data):
    everywhere = re.compile(NUMBER.pattern.replace(f"(?={opening(NUMBER)})", "", 1))
    assert everywhere.pattern != NUMBER.pattern
    text = data.draw(matching(everywhere))
    assert spans(NUMBER.finditer(text)) == spans(everywhere.finditer(text))
