"""Form data: what the standard library reads in it, in little memory however long it is."""

from __future__ import annotations

import tracemalloc
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.form import PIECE, fields

PAIRS = st.lists(st.tuples(st.sampled_from(["query", "update", "x", "查询"]), st.text()), max_size=8)


@given(PAIRS)
def test_what_a_form_sends_is_read_back(pairs: list[tuple[str, str]]) -> None:
    wanted: dict[str, list[str]] = {}
    for name, value in pairs:
        if name != "x":
            wanted.setdefault(name, []).append(value)
    assert fields(urlencode(pairs).encode(), ("query", "update", "查询"), 100) == wanted


@given(st.text("ab=&+%25E7政;", max_size=60))
def test_odd_ones_are_read_as_the_standard_library_reads_them(text: str) -> None:
    def told(read: object) -> object:
        try:
            return read() if callable(read) else None
        except ValueError:
            return "wrong"

    standard = told(lambda: parse_qsl(text, keep_blank_values=True, errors="strict"))
    names = {name for name, _ in standard} if isinstance(standard, list) else {"a"}
    ours = told(lambda: fields(text.encode(), names, 1000))
    if standard != "wrong":
        assert isinstance(standard, list)
        assert ours == {name: [value for key, value in standard if key == name] for name in names}


@pytest.mark.parametrize("shift", range(4))
def test_no_sign_is_cut_where_pieces_meet(shift: int) -> None:
    value = "a" * shift + "政" * PIECE
    assert fields(f"query={quote(value)}".encode(), ("query",), 10) == {"query": [value]}
    assert fields(f"query={'%' * (PIECE + shift)}%4".encode(), ("query",), 10) == {"query": ["%" * (PIECE + shift) + "%4"]}


def test_more_fields_than_allowed_and_what_is_no_text_are_refused() -> None:
    for data in (b"a=1&" * 10, b"query=%ff", b"query=\xff"):
        with pytest.raises(ValueError):
            fields(data, ("query",), 10)


def test_megabytes_of_signs_take_no_more_than_a_few_times_their_length() -> None:
    data = b"query=" + quote("政" * 200_000).encode()
    tracemalloc.start()
    try:
        fields(data, ("query",), 10)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 * len(data)
