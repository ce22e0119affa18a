"""A rebuild reads what has changed and nothing else, and gives the graph that reading everything anew would give."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import START, environment, kg
from many_cases import corpus, counts, published

import kg as library
from kg.batch import cache as cache_module
from kg.batch import index, one
from kg.batch.cache import NAME
from kg.batch.tally import Tally
from kg.read import read_source

SENTENCE = "2022年3月5日，湖州市政协在安吉县召开民主协商座谈会，新华社报道了这次会议。\n"


class Builds:
    """Builds of one folder of documents with one cache, each checked against a build without a cache."""

    def __init__(self, texts: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts, self.cache = texts, cache
        self.opened: list[str] = []

        def read_file(path, **limits):
            self.opened.append(Path(path).name)
            return real(path, **limits)

        real = one.read_file
        monkeypatch.setattr(one, "read_file", read_file)

    def __call__(self, *more: Path, **options) -> tuple[int, int]:
        """Build; returns how many were read and how many were remembered. `opened` has the names of the files that were."""
        self.opened.clear()
        tally = Tally()
        graph = library.build(self.texts, *more, cache=self.cache, tally=tally, **options)
        opened = list(self.opened)
        assert graph.to_turtle() == library.build(self.texts, *more, **options).to_turtle()
        self.opened[:] = opened
        return tally.read, tally.unchanged


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Builds of five documents. They were not changed just now: see `in_doubt` for those."""
    monkeypatch.setattr(index, "DOUBT", 0)
    return Builds(corpus(tmp_path / "texts", 5, 300), tmp_path / "cache", monkeypatch)


def test_a_document_that_has_not_changed_is_not_even_opened(build):
    assert build() == (5, 0)
    assert build() == (0, 5)
    assert build.opened == []


def test_after_one_changed_file_that_file_only_is_read(build):
    build()
    (build.texts / "002.txt").write_text(SENTENCE, "utf-8")
    assert build() == (1, 4)
    assert build.opened == ["002.txt"]


def test_a_file_that_was_touched_but_says_the_same_is_looked_at_once_and_not_read(build):
    build()
    os.utime(build.texts / "002.txt")
    assert build() == (0, 5)
    assert build.opened == ["002.txt"]
    assert build() == (0, 5)
    assert build.opened == []


def test_another_text_of_the_same_size_and_time_is_another_text(build):
    path = build.texts / "001.txt"
    path.write_text(SENTENCE, "utf-8")
    build()
    before = path.stat()
    path.write_text(SENTENCE.replace("安吉县", "德清县"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert build() == (1, 4)


def test_a_change_within_the_tick_of_the_clock_in_which_the_file_was_read_is_seen(build, monkeypatch):
    """The file system's clock stands still: the file looks the same before and after the change."""
    path = build.texts / "001.txt"
    path.write_text(SENTENCE, "utf-8")
    now = time.time_ns()
    monkeypatch.setattr(index, "DOUBT", 2_000_000_000)
    for module in (index, one):
        monkeypatch.setattr(module, "stamp_of", lambda status: (status.st_size, now, now, status.st_ino))
    build()
    path.write_text(SENTENCE.replace("安吉县", "德清县"), "utf-8")
    assert build() == (1, 4)
    monkeypatch.setattr(time, "time_ns", lambda: now + 3_000_000_000)  # three seconds later all is settled
    build()
    assert (build(), build.opened) == ((0, 5), [])


def test_documents_that_come_and_go_and_change_their_names(build):
    build()
    (build.texts / "000.txt").unlink()
    assert build() == (0, 4)
    shutil.move(build.texts / "001.txt", build.texts / "新名.txt")
    assert build() == (0, 4)
    (build.texts / "002.txt").replace(build.texts / "003.txt")
    assert build() == (0, 3)
    (build.texts / "009.txt").write_text(SENTENCE, "utf-8")
    assert build() == (1, 3)


def test_the_name_of_a_file_says_nothing_to_the_grammar_but_whose_text_it_is(tmp_path):
    """Else a document that got another name would have to be read again."""
    found = []
    for name in ("2019年报告.txt", "新华社.txt"):
        (tmp_path / name).write_text(SENTENCE, "utf-8")
        reading = library.read_document(read_source(tmp_path / name))
        found.append((reading.entities, reading.facts, reading.measures, reading.notes, reading.document.sentences))
    assert found[0] == found[1]


def test_a_document_that_gets_the_name_of_another_place_is_read_again(tmp_path, build):
    for path in build.texts.iterdir():
        path.unlink()
    text = build.texts / "绍兴市-第一章.txt"
    text.write_text("我市新建学校12所。\n", "utf-8")
    assert build() == (1, 0)
    shutil.move(text, build.texts / "绍兴市-第二章.txt")
    assert build() == (0, 1)
    shutil.copy(build.texts / "绍兴市-第二章.txt", build.texts / "嘉兴市.txt")
    assert build() == (1, 0)
    assert library.build(build.texts).documents[next(iter(library.build(build.texts).documents))].home == "place/嘉兴市"
    shutil.copy(build.texts / "嘉兴市.txt", tmp_path / "温州市.txt")
    ways = [(build.texts, tmp_path / "温州市.txt"), (tmp_path / "温州市.txt", build.texts)]
    assert len({library.build(*way).to_turtle() for way in ways}) == 1


def test_the_same_text_twice_is_one_document_with_the_name_that_sorts_first(build):
    build()
    shutil.copy(build.texts / "004.txt", build.texts / "000-copy.txt")
    assert build() == (0, 5)
    assert build() == (0, 5)


def test_other_options_are_read_for(build):
    build()
    assert build(home="安吉县") == (5, 0)
    assert build(home="安吉县") == (0, 5)


def test_a_document_that_is_too_long_for_a_lower_limit_is_refused_though_it_is_remembered(build):
    (build.texts / "005.txt").write_text(SENTENCE * 60, "utf-8")
    build()
    graph = library.build(build.texts, cache=build.cache, max_chars=len(SENTENCE) * 50)
    assert [skipped.name for skipped in graph.skipped] == ["005.txt"]


def test_a_file_that_could_not_be_read_is_tried_again(build):
    bad = build.texts / "bad.txt"
    bad.write_bytes(b"")
    build()
    bad.write_text(SENTENCE, "utf-8")
    assert build() == (1, 5)


def test_another_version_of_the_pipeline_reads_all_again_and_forgets_what_the_old_one_read(build, monkeypatch):
    build()
    monkeypatch.setattr(cache_module, "pipeline_version", lambda: "another")
    assert build() == (5, 0)
    assert len(list(build.cache.glob("readings/*/*"))) == 5
    assert build() == (0, 5)


def test_the_cache_can_be_deleted_at_any_time(build):
    build()
    shutil.rmtree(build.cache)
    assert build() == (5, 0)
    for path in build.cache.glob("readings/*/*"):
        path.unlink()
    assert build() == (5, 0)
    (build.cache / "index.json").unlink()
    assert build() == (0, 5)


@pytest.mark.parametrize(
    "data", [b"", b"\x80\x04", b"[]", b'{"format": "yishi-index/1", "files": [1]}', b"[" * 100_000, b"\xff{}"]
)
def test_an_index_that_is_damaged_costs_a_look_at_each_file(build, data):
    build()
    (build.cache / "index.json").write_bytes(data)
    assert build() == (0, 5)
    assert len(build.opened) == 5


def test_damaged_readings_are_read_again(build):
    build()
    one, two, *_ = build.cache.glob("readings/*/*")
    one.write_bytes(one.read_bytes()[:-5])
    two.write_bytes(b"\0" * 100)
    assert build() == (2, 3)
    assert build() == (0, 5)


def test_a_mistyped_source_does_not_make_the_build_forget_the_others(build, tmp_path):
    build()
    others = corpus(tmp_path / "others", 2, 400)
    assert build(others) == (2, 5)
    shutil.move(others, tmp_path / "elsewhere")
    assert build(others) == (0, 5)  # skipped: no such file
    shutil.move(tmp_path / "elsewhere", others)
    assert build(others) == (0, 7)


# ---- the command ----


def test_the_command_says_what_it_read_and_what_had_not_changed(tmp_path):
    texts = corpus(tmp_path / "texts", 3, 300)
    first = kg("build", "texts", "-o", "out", "--no-html", cwd=tmp_path)
    assert "unchanged" not in first.stdout
    (texts / "000.txt").write_text(SENTENCE, "utf-8")
    again = kg("build", "texts", "-o", "out", "--no-html", cwd=tmp_path)
    assert "2 unchanged, 1 read anew.\n" in again.stdout
    assert "其中 3 份未变" in kg("build", "texts", "-o", "out", "--no-html", cwd=tmp_path, lang="zh").stdout
    assert counts(kg("build", "texts", "-o", "out", "--no-html", "--json", cwd=tmp_path).stdout) == (0, 3)


def test_no_cache_reads_everything_and_remembers_nothing(tmp_path):
    corpus(tmp_path / "texts", 2, 300)
    for _ in range(2):
        done = kg("build", "texts", "-o", "out", "--no-html", "--no-cache", "--json", cwd=tmp_path)
        assert counts(done.stdout) == (2, 0)
    assert not (tmp_path / "out" / NAME).exists()


def test_no_path_of_the_machine_stands_in_the_cache(tmp_path):
    corpus(tmp_path / "texts", 2, 300)
    assert kg("build", tmp_path / "texts", "-o", "out", "--no-html", cwd=tmp_path).returncode == 0
    files = [path for path in (tmp_path / "out" / NAME).rglob("*") if path.is_file()]
    assert files and not [path for path in files if tmp_path.name.encode() in path.read_bytes()]


def test_who_is_killed_goes_on_where_it_stopped(tmp_path):
    """Killed again and again, each time after some more documents; in the end the graph is the one of a build that was let alone."""
    corpus(tmp_path / "texts", 12, 1500)
    run = [sys.executable, "-c", START, "build", "texts", "-o", "out", "--no-html", "--jobs", "1"]
    readings = tmp_path / "out" / NAME / "readings"
    done = 0
    for _ in range(3):
        process = subprocess.Popen(run, cwd=tmp_path, env=environment(), stdout=subprocess.DEVNULL)
        while len(_whole(readings)) < done + 2 and process.poll() is None:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        done = len(_whole(readings))
    assert not (tmp_path / "out" / "graph.ttl").exists()
    last = kg("build", "texts", "-o", "out", "--no-html", "--json", cwd=tmp_path)
    assert counts(last.stdout) == (12 - done, done)
    kg("build", "texts", "-o", "plain", "--no-html", "--no-cache", cwd=tmp_path)
    assert published(tmp_path / "out") == published(tmp_path / "plain")


def test_two_builds_at_once_into_one_folder_leave_a_whole_graph(tmp_path):
    for name in ("one", "two"):
        corpus(tmp_path / name, 4, 400 if name == "one" else 600)
        kg("build", name, "-o", f"plain-{name}", "--no-html", "--no-cache", cwd=tmp_path)
    either = [published(tmp_path / f"plain-{name}") for name in ("one", "two")]
    for names in (("one", "one"), ("one", "two")):
        runs = [[sys.executable, "-c", START, "--lang", "en", "build", name, "-o", "out", "--no-html"] for name in names]
        started = [
            subprocess.Popen(run, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) for run in runs
        ]
        assert [(*process.communicate(timeout=120), process.returncode)[1:] for process in started] == [(b"", 0)] * 2
        assert published(tmp_path / "out") in either


def _whole(readings: Path) -> list[Path]:
    return [path for path in readings.glob("*/*") if path.suffix != ".half"]
