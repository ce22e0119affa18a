"""`kg serve` asked by many at once, for some seconds, in every way that `make benchserve` asks for a minute."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.load import Result, measure, summary, table

pytestmark = pytest.mark.alone
CLIENTS, SECONDS, LATE = 60, 8, 5


@pytest.fixture(scope="module")
def result(seed_graph: Path) -> Result:
    """What dribbles for twenty seconds is under way when the time is over: `tests/test_serve_limits.py` waits for such."""
    return measure(seed_graph, CLIENTS, SECONDS, LATE)


def test_every_answer_is_of_a_class_that_fits_and_says_why(result: Result) -> None:
    """Bad queries get 400 also when no place is free; what is too long 413, 414 or 431; what cannot be done now 503; never 500."""
    wrong = [line for kept in result.kinds.values() for line in kept.wrong]
    assert wrong == []
    asked = {name: set(kept.statuses) for name, kept in result.kinds.items()}
    assert asked["bad queries"] == {400}
    assert 200 in asked["good queries"] and 200 in asked["pages"]
    assert sum(len(kept.seconds) for kept in result.kinds.values()) > 2 * CLIENTS


def test_the_health_check_answers_all_the_while(result: Result) -> None:
    health = result.kinds["health checks"]
    assert set(health.statuses) == {200}
    assert len(health.seconds) > SECONDS  # of five a second that were meant: none of them hung


def test_memory_is_bounded_and_so_is_the_number_of_processes(result: Result) -> None:
    import os

    workers = max(2, min(4, os.cpu_count() or 1))
    assert 0 < result.memory.server < 700
    assert result.memory.together < 700 + 2 * workers * 1000
    assert result.memory.processes <= 2 * workers + 2  # quick ones, long ones, the one that checks, one that is being ended
    assert result.after.processes <= result.memory.processes


def test_the_table_tells_of_every_kind(result: Result) -> None:
    lines = table(result)
    assert len(lines) == 2 + len(result.kinds) + 2
    assert summary(result)["kinds"]["bad queries"]["p99"] >= summary(result)["kinds"]["bad queries"]["p50"]
