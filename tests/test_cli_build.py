"""`kg build`: what a person who runs it sees, and what is left in the folder, whatever is fed to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest
from command import START, environment, kg, one_line

from kg.cli import main

SENTENCE = "2022年3月5日，湖州市政协在安吉县召开民主协商座谈会，新华社报道了这次会议。\n"


@pytest.fixture(scope="module")
def built(seed, tmp_path_factory):
    """The seed page, built."""
    folder = tmp_path_factory.mktemp("built")
    done = kg("build", seed, "-o", folder / "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    return done, folder / "out"


def test_the_seed_leaves_the_graph_its_page_and_the_text_it_quotes(built, seed):
    _, out = built
    assert {path.name for path in out.iterdir()} == {
        "graph.ttl", "graph.html", "report.html", "merges.tsv", "manifest.json", "documents.json", "sources", "store", ".yishi-cache",
    }  # fmt: skip
    texts = list((out / "sources").iterdir())
    assert [text.read_bytes() for text in texts] == [seed.read_bytes().removeprefix(b"\xef\xbb\xbf")]


def test_the_summary_tells_what_was_found_and_where_it_is(built):
    done, out = built
    for line in ("Entities: ", "Facts: ", "Figures: ", "Best connected", str(out / "graph.ttl"), "Took "):
        assert line in done.stdout
    assert done.stderr == ""


def test_the_summary_for_scripts_has_the_same_figures(seed, tmp_path, built):
    done = kg("build", seed, "-o", tmp_path / "o", "--json", "--no-html")
    summary = json.loads(done.stdout)
    classes = {name: n for name, n in summary["entities"].items() if name != "all"}
    assert summary["entities"]["all"] == sum(classes.values()) > 100
    assert f"Entities: {summary['entities']['all']}\n" in built[0].stdout
    assert len(summary["connected"]) == 10
    assert Path(summary["files"]["graph.ttl"]).is_file()
    assert not {"graph.html", "report.html"} & set(summary["files"]) and "merges.tsv" in summary["files"]


def test_the_summary_is_in_the_reader_s_language(seed, tmp_path):
    chinese = kg("build", seed, "-o", tmp_path / "o", "--no-html", "--lang", "zh").stdout
    assert "实体 " in chinese and "政协湖州市委员会" in chinese and "Entities" not in chinese


def test_a_rebuild_is_the_same_bytes_whatever_the_hash_seed(seed, tmp_path):
    digests = []
    for hash_seed in ("1", "2"):
        out = tmp_path / hash_seed
        assert kg("build", seed, "-o", out, PYTHONHASHSEED=hash_seed).returncode == 0
        files = (p for p in sorted(out.rglob("*")) if p.is_file() and "store" not in p.parts)  # the engine stamps its files
        digests.append({p.name: sha256(p.read_bytes()).hexdigest() for p in files})
    assert digests[0] == digests[1]


def test_no_path_of_the_machine_stands_in_what_is_written(built):
    _, out = built
    for path in out.rglob("*"):
        if path.is_file():
            assert str(out.parent).encode() not in path.read_bytes()


# ---- what cannot be read ----

BAD = {
    "empty": b"",
    "blank": b" \n\t\n",
    "binary": bytes(range(256)) * 40,
    "english": b"The committee met on Tuesday and spoke about the budget of the town for the coming year. " * 20,
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_holds_no_chinese_text_is_refused_in_one_line_and_nothing_is_written(tmp_path, kind):
    (tmp_path / f"{kind}.txt").write_bytes(BAD[kind])
    done = kg("build", f"{kind}.txt", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert f"{kind}.txt" in one_line(done.stderr)
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_is_named(tmp_path):
    done = kg("build", "nowhere.txt", "-o", "out", cwd=tmp_path)
    assert (done.returncode, "nowhere.txt" in one_line(done.stderr)) == (1, True)


def test_what_cannot_be_read_is_skipped_and_the_rest_is_built(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text(SENTENCE, "utf-8")
    done = kg("build", "empty.txt", "good.txt", "-o", "out", "--json", "--no-html", cwd=tmp_path)
    assert done.returncode == 3
    assert "empty.txt" in one_line(done.stderr)
    assert [skipped["name"] for skipped in json.loads(done.stdout)["skipped"]] == ["empty.txt"]
    assert (tmp_path / "out" / "graph.ttl").is_file()


def test_where_nothing_can_be_read_an_earlier_graph_stays_as_it_was(tmp_path):
    (tmp_path / "good.txt").write_text(SENTENCE, "utf-8")
    assert kg("build", "good.txt", "-o", "out", "--no-html", cwd=tmp_path).returncode == 0
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    (tmp_path / "bad.txt").write_bytes(b"")
    assert kg("build", "bad.txt", "-o", "out", cwd=tmp_path).returncode == 1
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


def test_standard_input_is_a_source_too(tmp_path):
    done = kg("build", "-", "-o", "out", "--json", "--no-html", cwd=tmp_path, text=SENTENCE)
    assert done.returncode == 0 and json.loads(done.stdout)["facts"]["all"]["done"] > 0


def test_a_document_longer_than_the_user_allows_is_refused(tmp_path):
    (tmp_path / "long.txt").write_text(SENTENCE * 10, "utf-8")
    done = kg("build", "long.txt", "--max-chars", "100", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1 and "long.txt" in one_line(done.stderr)


@pytest.mark.alone
def test_a_line_of_50_mb_is_read_or_refused_in_one_line_in_bounded_time_and_memory(tmp_path):
    line = SENTENCE.strip()
    (tmp_path / "huge.txt").write_text(line * (50_000_000 // len(line.encode())), "utf-8")
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({4 << 30}, {4 << 30})); {START}"
    done = subprocess.run(
        [sys.executable, "-c", limited, "build", "huge.txt", "-o", "out", "--no-html"],
        cwd=tmp_path, env=environment(KG_LANG="en"), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    if done.returncode:
        assert "huge.txt" in one_line(done.stderr)
        assert not (tmp_path / "out").exists()


# ---- wrong usage, and the ways a run can end ----


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["build", "x.txt", "--max-chars", "0"],
        ["build", "x.txt", "--max-chars", "many"],
        ["build", "x.txt", "--lang", "fr"],
        ["build", "x.txt", "--colour", "red"],
        ["bild", "x.txt"],
        [],
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(words, capsys):
    assert main(words) == 2
    one_line(capsys.readouterr().err)


@pytest.mark.parametrize("option", [["--home", "没有这个地方"], ["--base", "not an address"]])
def test_an_option_that_makes_no_sense_is_wrong_usage(tmp_path, option):
    (tmp_path / "good.txt").write_text(SENTENCE, "utf-8")
    done = kg("build", "good.txt", "-o", "out", *option, cwd=tmp_path)
    assert done.returncode == 2 and one_line(done.stderr)
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "good.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "file").write_text("x")
    done = kg("build", "good.txt", "-o", "file", cwd=tmp_path)
    assert done.returncode == 1 and "file" in one_line(done.stderr)


def test_an_interrupted_build_says_so_and_leaves_nothing_half_written(tmp_path):
    """The build waits for standard input; the interrupt comes then, as from Ctrl-C."""
    run = [sys.executable, "-c", START, "build", "-", "-o", "out"]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    process = subprocess.Popen(run, cwd=tmp_path, env=environment(KG_LANG="en"), text=True, **pipes)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted" in one_line(errors)
    assert not (tmp_path / "out").exists()


def test_a_reader_that_goes_away_ends_the_run_quietly(tmp_path):
    (tmp_path / "good.txt").write_text(SENTENCE * 3, "utf-8")
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", START, "build", "good.txt", "-o", "out", "--no-html"],
        cwd=tmp_path, env=environment(KG_LANG="en"), stdout=write, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


def test_control_characters_of_a_document_do_not_reach_the_terminal(tmp_path):
    (tmp_path / "bad.txt").write_text("湖州市政协召开“\x1b[2J民生”座谈会。湖州市政协召开“\x1b[2J民生”座谈会。\n", "utf-8")
    done = kg("build", "bad.txt", "-o", "out", "--no-html", cwd=tmp_path)
    assert "\x1b" not in done.stdout + done.stderr
