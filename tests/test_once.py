"""What is worked out once for a document, and the collector that waits meanwhile."""

from __future__ import annotations

import gc

import pytest

from kg.collector import paused
from kg.once import once


def test_what_a_document_is_asked_for_twice_is_worked_out_once_and_anew_for_another_though_equal():
    asked = []

    @once
    def length(of):
        asked.append(of)
        return len(of)

    first, equal = [1, 2], [1, 2]
    assert [length(first), length(first), length(equal), length(first)] == [2, 2, 2, 2]
    assert [of is first for of in asked] == [True, False, True]


def test_the_collector_goes_on_behind_a_failure_and_stays_off_where_it_was_off():
    with pytest.raises(ValueError), paused():
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()
    gc.disable()
    try:
        with paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
