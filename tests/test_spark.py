"""`kg build --engine spark`: the graph of a local build, from a cluster, whatever its documents lie in and whoever dies on the way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from command import START, environment, kg, one_line
from many_cases import corpus
from spark_cluster import MASTER, cluster, lines_in, lines_of, slow_reader

import kg as library
from kg.export.tables import TABLES
from kg.graph.mentions import keep_mentions

pytestmark = pytest.mark.alone
__all__ = ["cluster"]  # a fixture

MANY = Path(__file__).resolve().parent / "many"
SPARK = ("--engine", "spark", "--master", MASTER)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents that share entities, one of them twice, and one that cannot be read."""
    folder = tmp_path_factory.mktemp("texts") / "texts"
    corpus(folder, 4, 400)
    for path in MANY.glob("*.txt"):
        shutil.copy(path, folder)
    shutil.copy(MANY / "quzhou-2023.txt", folder / "copy.txt")
    (folder / "bad.txt").write_text("English text, and nothing but English text. " * 20)
    return folder


def rows(table: Any) -> list[str]:
    """Rows of a table, in one order."""
    return sorted(repr([list(cell) if isinstance(cell, tuple) else cell for cell in row]) for row in table)


def read_rows(folder: Path, columns: list[str]) -> list[str]:
    """The rows in a folder of Parquet files."""
    import pyarrow.parquet as parquet

    table = parquet.read_table(folder)
    assert table.column_names == columns
    return rows(tuple(row.values()) for row in table.to_pylist())


# ---- the same graph ----


def test_the_graph_is_that_of_a_local_build_and_a_bad_document_is_told_of(cluster, texts, tmp_path, say, monkeypatch):
    monkeypatch.chdir(texts.parent)
    metadata = MANY / "metadata.csv"
    code, out, err = say("build", "texts", "-o", tmp_path / "out", "--metadata", metadata, "--json", *SPARK)
    local = library.build("texts", metadata=metadata)
    assert code == 3
    assert "skipped bad.txt: not Chinese" in one_line(err)
    assert lines_in(tmp_path / "out") == lines_of(local)
    told = json.loads(out)
    assert told["skipped"] == [{"name": skipped.name, "reason": skipped.reason} for skipped in local.skipped]
    counted = [told[name] for name in ("documents", "entities", "facts", "measures", "quads")]
    assert counted == [*map(len, (local.sources, local.entities, local.facts, local.measures)), len(lines_of(local))]
    assert not (tmp_path / "out" / "stage").exists()
    for table in TABLES:
        expected = (
            [float(c) if k.kind == "number" and c is not None else c for k, c in zip(table.columns, row, strict=True)]
            for row in table.rows(local)
        )
        assert read_rows(tmp_path / "out" / "parquet" / table.name, [c.name for c in table.columns]) == rows(expected), table.name
    names = {sha: (source.name, source.text) for sha, source in local.sources.items()}
    expected = rows((sha, *rest) for sha, rest in names.items())
    assert read_rows(tmp_path / "out" / "parquet" / "texts", ["sha256", "name", "text"]) == expected


def test_the_options_that_change_what_is_written_do_so_here_too(cluster, texts, tmp_path, say):
    options = (
        "--no-persons",
        "--mentions",
        "first",
        "--base",
        "https://example.org/id/",
        "--home",
        "湖州市",
        "--max-chars",
        "5000",
    )
    code, _, _ = say("build", texts, "-o", tmp_path / "out", *options, *SPARK)
    local = library.build(texts, persons=False, base="https://example.org/id/", home="湖州市", max_chars=5000)
    assert code == 3
    assert lines_in(tmp_path / "out") == lines_of(keep_mentions(local, "first"))


def test_documents_lie_in_parquet_or_at_an_address(cluster, texts, tmp_path, say):
    """The same bytes and names make the same graph, whatever they lie in; a row that holds nothing is told of."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    named = sorted(MANY.glob("*.txt"))
    table = {
        "path": [*(f"a/{path.name}" for path in named), "none.txt"],
        "text": [*(path.read_text("utf-8") for path in named), None],
    }
    parquet.write_table(pa.table(table), tmp_path / "docs.parquet")
    address = texts.resolve().as_uri()
    code, _, err = say("build", tmp_path / "docs.parquet", address, "-o", tmp_path / "out", *SPARK)
    local = library.build(*named, texts)
    assert code == 3
    assert sorted(line.split(": ")[1] for line in err.splitlines()) == ["skipped bad.txt", "skipped none.txt"]
    assert lines_in(tmp_path / "out") == lines_of(local)


def test_a_fact_that_other_documents_made_senseless_is_left_out_here_too(cluster, tmp_path, say):
    """One text calls a thing a platform that a body runs; another, more often, a program: in the end there is nothing to run."""
    texts = tmp_path / "texts"
    texts.mkdir()
    run = "绍兴市政协工作简报\n2024年，绍兴市政协打造“浙里同心”平台，开展活动3次。\n"
    (texts / "a.txt").write_text(run, "utf-8")
    (texts / "b.txt").write_text("绍兴市政协常委会工作报告\n" + "2025年，绍兴市政协深化“浙里同心”工程。" * 6 + "\n", "utf-8")
    assert any(fact.property == "runs" for fact in library.build(texts / "a.txt").facts)
    local = library.build(texts)
    assert not any(fact.property == "runs" for fact in local.facts)
    code, _, _ = say("build", texts, "-o", tmp_path / "out", *SPARK)
    assert code == 0
    assert lines_in(tmp_path / "out") == lines_of(local)


def test_of_two_copies_the_one_that_sorts_first_by_name_says_whose_text_it_is(cluster, tmp_path, say):
    text = "各位委员：\n过去一年，市政协召开专题协商会3次，举办“有事好商量”活动12场。\n"
    for name in ("b/湖州市政协报告.txt", "a/绍兴市政协报告.txt", "c/岳阳市政协报告.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, "utf-8")
    named = [tmp_path / name for name in "bac"]
    local = library.build(*named)
    assert "org/岳阳市/政协" in {entity.id for entity in local.entities}
    code, _, _ = say("build", *named, "-o", tmp_path / "out", *SPARK)
    assert code == 0
    assert lines_in(tmp_path / "out") == lines_of(local)


# ---- an executor dies ----


def test_a_lost_executor_changes_nothing_its_tasks_run_again(cluster, texts, tmp_path, say):
    slow = texts.parent / "one.slow"
    slow.write_text((MANY / "huzhou-2023.txt").read_text("utf-8") + "湖州市政协召开座谈会。\n", "utf-8")
    first, second = cluster / "attempt-0", cluster / "attempt-1"

    def kill() -> None:
        deadline = time.monotonic() + 60
        while not first.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        os.kill(int(first.read_text()), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    code, _, _ = say("build", slow, texts, "-o", tmp_path / "out", *SPARK)
    killer.join()
    assert code == 3
    assert second.exists() and second.read_text() != first.read_text()  # in another process, as the task ran again
    path = os.pathsep.join((slow_reader(tmp_path / "plugin"), str(Path(library.__file__).parent.parent)))
    assert kg("build", slow, texts, "-o", tmp_path / "local", "--no-html", PYTHONPATH=path).returncode == 3
    assert lines_in(tmp_path / "out") == lines_of(library.open(tmp_path / "local"))


def test_where_spark_itself_dies_one_line_says_so_and_nothing_is_left(cluster, texts, tmp_path):
    """A build of its own, with its own driver: the Java process beside it is killed while it reads."""
    slow = tmp_path / "one.slow"
    slow.write_text((MANY / "huzhou-2023.txt").read_text("utf-8"), "utf-8")
    told = tmp_path / "told"
    told.mkdir()
    path = os.pathsep.join((slow_reader(tmp_path / "plugin"), str(Path(library.__file__).parent.parent)))
    words = ("build", str(slow), "-o", str(tmp_path / "out"), "--engine", "spark", "--master", "local[1]")
    env = environment(PYTHONPATH=path, SLOW_AT=str(told), KG_LANG="en")
    build = subprocess.Popen([sys.executable, "-c", START, *words], env=env, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not (told / "attempt-0").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    (java,) = [int(pid) for pid in Path(f"/proc/{build.pid}/task/{build.pid}/children").read_text().split()]
    os.kill(java, signal.SIGKILL)
    _, err = build.communicate(timeout=60)
    assert (build.returncode, "its own process (the driver) has ended" in one_line(err)) == (1, True)
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


# ---- what goes wrong ----


def test_where_nothing_can_be_read_nothing_is_written(cluster, texts, tmp_path, say):
    code, _, err = say("build", texts / "bad.txt", "-o", tmp_path / "out", *SPARK)
    assert (code, "bad.txt: not Chinese" in one_line(err)) == (1, True)
    code, _, err = say("build", tmp_path / "nowhere", "-o", tmp_path / "out", *SPARK)
    assert (code, "no such file" in one_line(err)) == (1, True)
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_nothing_that_is_there_is_written_over(cluster, tmp_path, say):
    for name in ("parquet", "nquads", "stage", "build.json", "manifest.json"):
        mine = tmp_path / f"out-{name}" / name / "mine.txt"
        mine.parent.mkdir(parents=True)
        mine.write_text("mine")
        code, _, err = say("build", MANY, "-o", mine.parent.parent, *SPARK)
        assert (code, f"there is already {name} in it" in one_line(err)) == (2, True)
        assert mine.read_text() == "mine"


def test_parquet_without_the_columns_is_wrong_usage(cluster, tmp_path, say):
    import pyarrow as pa
    import pyarrow.parquet as parquet

    parquet.write_table(pa.table({"title": ["甲"], "body": ["乙"]}), tmp_path / "docs.parquet")
    code, _, err = say("build", tmp_path / "docs.parquet", "-o", tmp_path / "out", *SPARK)
    assert (code, "has no columns path or name or file, and content or text, but title, body" in one_line(err)) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("--edits", "edits.tsv"), ("--jobs", "2"), ("--model", "http://localhost:1/v1", "--model-name", "m"), ("--model-limit", "3"),
    ],
)  # fmt: skip
def test_an_option_that_a_cluster_cannot_follow_is_said_in_one_line(words, tmp_path, say):
    code, out, err = say("build", MANY, "-o", tmp_path / "out", *words, *SPARK)
    assert (code, out) == (2, "")
    assert one_line(err).startswith(f"{words[0]}: does not go with --engine spark")
    assert not (tmp_path / "out").exists()


def test_a_master_needs_the_engine_and_standard_input_is_no_document_of_a_cluster(cluster, tmp_path, say):
    code, _, err = say("build", MANY, "-o", tmp_path / "out", "--master", MASTER)
    assert (code, "says nothing without --engine spark" in one_line(err)) == (2, True)
    code, _, err = say("build", "-", "-o", tmp_path / "out", *SPARK)
    assert (code, "standard input cannot be read with --engine spark" in one_line(err)) == (2, True)


@pytest.mark.parametrize("missing", ["PySpark", "Java"])
def test_what_is_not_installed_is_named_with_what_installs_it(missing, tmp_path, say, monkeypatch):
    pytest.importorskip("pyspark")
    from pyspark.sql import SparkSession

    if missing == "PySpark":
        monkeypatch.setitem(sys.modules, "pyspark.sql", None)
        wanted = "pip install 'yishi[spark]'"
    else:
        monkeypatch.setattr(SparkSession, "getActiveSession", lambda: None)
        monkeypatch.delenv("JAVA_HOME", raising=False)
        monkeypatch.setenv("PATH", str(tmp_path))
        wanted = "install openjdk-17-jre-headless, or set JAVA_HOME"
    code, _, err = say("build", MANY, "-o", tmp_path / "out", *SPARK)
    assert (code, wanted in one_line(err)) == (1, True)
