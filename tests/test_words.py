"""Words: they cover the text, and whether rjieba or jieba cuts them, they are the same."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.parse import parse
from kg.read import read_source
from kg.words import tokenize, tokenize_with_jieba

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_words_cover_a_text_without_gaps(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(token.word for token in tokens) == text
    assert all(text[token.start : token.end] == token.word for token in tokens)


def test_jieba_and_rjieba_cut_the_same_words_of_the_seed_and_tag_those_of_the_dictionary_alike() -> None:
    text = parse(read_source(SEED)).text
    fast, reference = tokenize(text), tokenize_with_jieba(text)
    assert [token.word for token in fast] == [token.word for token in reference]
    alike = sum(one.tag == two.tag for one, two in zip(fast, reference, strict=True))
    assert alike / len(fast) > 0.98
