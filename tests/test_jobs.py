"""Reading on several cores: the same graph to the byte, and nothing of it is lost where a process is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from command import START, environment, kg, one_line
from many_cases import corpus, counts, published, trouble

import kg as library
from kg.batch import index, stream
from kg.batch.cache import NAME
from kg.batch.memory import Memory
from kg.batch.options import Options
from kg.batch.pool import Pool
from kg.batch.tally import Tally
from kg.cli.options import usual_jobs
from kg.errors import InputError, UsageError, YishiError

MUCH = "x" * stream.ENOUGH  # so much of it that processes are started whatever else there is


@pytest.fixture
def texts(tmp_path):
    return corpus(tmp_path / "texts", 9, 300)


@pytest.fixture
def at_once(monkeypatch):
    """Processes are started for the smallest work, and every document is a batch of its own."""
    monkeypatch.setattr(stream, "ENOUGH", 1)
    monkeypatch.setattr(stream, "BATCH", 1)


def built(texts: Path, jobs: int, cache: Path | None = None, **options) -> tuple[str, tuple[object, ...], int]:
    """What a build gives: the Turtle, what was skipped, how many were read."""
    tally = Tally()
    graph = library.build(texts, jobs=jobs, cache=cache, tally=tally, **options)
    return graph.to_turtle(), (graph.skipped, graph.notes, tuple(graph.sources.values()), graph.documents), tally.read


def test_the_graph_is_the_same_whoever_reads_and_whatever_is_remembered(texts, tmp_path, at_once, monkeypatch):
    """Cold, warm and partly warm, by one process and several with another hash seed, with two copies and two files that are none."""
    (texts / "copy.txt").write_bytes((texts / "003.txt").read_bytes())
    (texts / "000-copy.txt").write_bytes((texts / "003.txt").read_bytes())
    (texts / "empty.txt").write_bytes(b"")
    (texts / "005-binary.txt").write_bytes(bytes(range(256)) * 64)
    alone = built(texts, 1)
    assert len(alone[1][0]) == 2 and alone[2] == 9
    for jobs in (1, 2, 3):
        monkeypatch.setenv("PYTHONHASHSEED", str(jobs))
        assert built(texts, jobs)[:2] == alone[:2]
        cache = tmp_path / f"cache-{jobs}"
        assert built(texts, jobs, cache) == alone
        assert built(texts, jobs, cache) == (*alone[:2], 0)
        for path in sorted(cache.glob("readings/*/*"))[::2]:
            path.unlink()
        assert built(texts, jobs, cache) == (*alone[:2], 5)


def test_all_published_files_are_the_same_for_every_number_of_processes(tmp_path):
    corpus(tmp_path / "texts", 45, 2500)
    found = []
    for jobs in ("1", "2"):
        done = kg("build", "texts", "-o", jobs, "--jobs", jobs, "--json", cwd=tmp_path, PYTHONHASHSEED=jobs)
        assert (done.returncode, counts(done.stdout)) == (0, (45, 0)), done.stderr
        found.append(published(tmp_path / jobs))
    assert found[0] == found[1]
    assert len(found[0]) > 45


def test_progress_names_every_file_once_and_in_order(texts, at_once):
    for jobs in (1, 2):
        seen: list[str] = []
        library.build(texts, jobs=jobs, progress=seen.append)
        assert seen == [f"{number:03}.txt" for number in range(9)]


def test_little_to_read_is_read_without_starting_a_process(texts, tmp_path, monkeypatch):
    monkeypatch.setattr(stream, "Pool", None)  # whoever starts one fails
    monkeypatch.setattr(index, "DOUBT", 0)  # the files were written just now: no matter
    assert built(texts, 8, tmp_path / "cache")[2] == 9
    monkeypatch.setattr(stream, "ENOUGH", 1)
    assert built(texts / "000.txt", 8)[2] == 1  # one document, however large
    assert built(texts, 8, tmp_path / "cache")[2] == 0  # many, but nothing to read
    with pytest.raises(TypeError):
        built(texts, 8)


def test_what_is_read_ahead_is_bounded(texts, at_once, monkeypatch):
    """However slowly the outcomes are taken: no more than so many batches are under way."""
    monkeypatch.setattr(stream, "UNDER_WAY", 0)
    asked: list[int] = []
    real = Pool.read
    monkeypatch.setattr(Pool, "read", lambda pool, paths: (asked.append(1), real(pool, paths))[1])
    ahead = []
    taken = 0
    with Memory(None, Options()) as memory:
        for _ in stream.Stream(Options(), memory, jobs=2).outcomes(map(str, sorted(texts.iterdir()))):
            taken += 1
            ahead.append(len(asked) - taken)
    assert taken == 9 and max(ahead) <= 3


def test_the_usual_number_of_processes_is_that_of_the_cores_and_no_more_than_one_merger_keeps_up_with(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert usual_jobs() == 8
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3}, raising=False)
    assert usual_jobs() == 1


# ---- what goes wrong in a process ----


def test_an_option_that_makes_no_sense_is_wrong_usage_there_too(texts, at_once):
    with pytest.raises(UsageError, match="没有这个地方"):
        built(texts, 2, home="没有这个地方")


def test_an_error_of_a_file_is_the_same_from_there(tmp_path, at_once):
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_bytes(b"English text, and nothing but English text. " * 20)
    told = []
    for jobs in (1, 2):
        with pytest.raises(InputError) as error:
            library.build(tmp_path, jobs=jobs)
        told.append(str(error.value))
    assert told[0] == told[1]


def test_a_cache_that_cannot_be_written_is_named(texts, tmp_path, at_once):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(YishiError, match="cannot be written"):
        built(texts, 2, tmp_path / "file" / "cache")


def test_a_process_that_dies_costs_its_document_and_no_other(texts, tmp_path):
    plugin = trouble(tmp_path / "plugin")
    (texts / "004.trouble").write_text(f"die {MUCH}")
    done = kg("build", "texts", "-o", "out", "--no-html", "--json", "--jobs", "2", cwd=tmp_path, PYTHONPATH=_path(plugin))
    assert done.returncode == 3
    assert "004.trouble" in one_line(done.stderr) and "--jobs 1" in done.stderr
    summary = json.loads(done.stdout)
    assert (summary["read"], [skipped["name"] for skipped in summary["skipped"]]) == (9, ["004.trouble"])


def test_the_rest_of_a_batch_is_read_by_another_process(texts):
    pool = Pool(1, Options(), None)
    try:
        paths = [str(path) for path in sorted(texts.iterdir())]
        assert [answer.error for answer in pool.read(paths[:1]).result()] == [None]
        (process,) = pool._running
        process.send_signal(signal.SIGSTOP)
        answers = pool.read(paths[:4])
        process.kill()
        errors = [answer.error for answer in answers.result()]
        assert errors[1:] == [None] * 3
        assert "was ended" in str(errors[0])
    finally:
        pool.end()


def test_a_mistake_of_ours_in_a_process_is_told_as_such(texts, tmp_path):
    plugin = trouble(tmp_path / "plugin")
    (texts / "004.trouble").write_text(f"what {MUCH}")
    done = kg("build", "texts", "-o", "out", "--no-html", "--jobs", "2", cwd=tmp_path, PYTHONPATH=_path(plugin))
    assert done.returncode == 1
    assert "an error inside kg" in one_line(done.stderr) and "a mistake in a reader" in done.stderr


def test_processes_that_do_not_start_are_told_of(texts, at_once, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(YishiError, match="does not start"):
        built(texts, 2)


# ---- how a run can end ----


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_an_ending_leaves_no_process_behind_and_a_later_build_goes_on(texts, tmp_path, ending):
    """Ctrl-C (which a terminal sends to all of a command's processes) and kill -9, while one process is stuck in a reader."""
    plugin = trouble(tmp_path / "plugin")
    (texts / "000.trouble").write_text(f"wait {MUCH}")
    run = [sys.executable, "-c", START, "build", "texts", "-o", "out", "--no-html", "--jobs", "2"]
    pipes = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE)
    env = environment(KG_LANG="en", PYTHONPATH=_path(plugin))
    process = subprocess.Popen(run, cwd=tmp_path, env=env, text=True, start_new_session=True, **pipes)
    readings = tmp_path / "out" / NAME / "readings"
    while len([path for path in readings.glob("*/*") if path.suffix != ".half"]) < 9 and process.poll() is None:
        time.sleep(0.05)
    children = _children(process.pid)
    assert len(children) == 2
    os.killpg(process.pid, ending)
    _, errors = process.communicate(timeout=30)
    if ending == signal.SIGINT:
        assert (process.returncode, "interrupted" in one_line(errors)) == (130, True)
    deadline = time.monotonic() + 20
    while any(_runs(child) for child in children):
        assert time.monotonic() < deadline, "a process is left"
        time.sleep(0.05)
    (texts / "000.trouble").unlink()
    again = kg("build", "texts", "-o", "out", "--no-html", "--json", cwd=tmp_path, PYTHONPATH=_path(plugin))
    assert counts(again.stdout) == (0, 9)


def test_a_program_with_threads_can_build_too(texts, at_once):
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(built(texts, 2)[2])) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [9, 9]


def _path(plugin: str) -> str:
    return os.pathsep.join((plugin, environment()["PYTHONPATH"]))


def _children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
