"""The command as a whole: help, languages, and that a new verb is one file."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from argparse import Namespace

import pytest
from command import START, environment, kg

import kg.cli.verbs as package
from kg.cli import main
from kg.cli.console import Console
from kg.cli.say import language, page_language
from kg.cli.table import columns, shorten, width
from kg.cli.verb import verbs

VERBS = ("build", "diff", "explain", "export", "load", "path", "query", "sample", "score", "show", "stats", "text", "validate")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_names_every_verb_and_every_exit_code(lang, capsys):
    assert main(["--help", "--lang", lang]) == 0
    shown = capsys.readouterr().out
    assert all(f"    {verb} " in shown for verb in VERBS)
    assert ("退出码" if lang == "zh" else "Exit codes") in shown


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_verb_explains_itself_in_both_languages(verb, lang, capsys):
    assert main([verb, "--help", f"--lang={lang}"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("用法：kg" if lang == "zh" else "usage: kg")
    assert verbs()[verb].SAY["help"][lang == "en"] in shown


def test_every_line_a_verb_can_say_is_there_in_both_languages_with_the_same_blanks():
    for verb in verbs().values():
        for key, (chinese, english) in verb.SAY.items():
            assert chinese and english, key
            assert blanks(chinese) == blanks(english), key


def blanks(line: str) -> set[str]:
    return {part.split("}")[0].split(":")[0] for part in line.split("{")[1:]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build"], "缺少参数：SOURCE"),
        (["bild"], "VERB 不能是 'bild'"),
        (["build", "x", "--colour"], "不认识的参数：--colour"),
        (["build", "x", "--max-chars", "0"], "--max-chars 应是正整数"),
        (["sample", "--seed", "x"], "--seed 应是整数"),
        (["build", "x", "-o"], "-o/--output 后面要有值"),
        (["score", "g.json"], "--graph --texts 须给出其一"),
    ],
)
def test_wrong_usage_is_explained_in_chinese_too(words, said, capsys):
    assert main([*words, "--lang=zh"]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.alone
def test_help_is_there_in_less_than_a_third_of_a_second():
    run = [sys.executable, "-c", START, "--help"]
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(run, env=environment(), check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.3


def test_the_version_is_the_package_s(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kg 0.")


@pytest.mark.parametrize(
    ("words", "environ", "messages", "page"),
    [
        ([], {}, "en", "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh", "zh"),
        ([], {"LANG": "de_DE.UTF-8", "KG_LANG": "zh"}, "zh", "zh"),
        ([], {"LC_ALL": "zh_CN.UTF-8", "KG_LANG": "en"}, "en", "en"),
        (["build", "--lang", "en"], {"KG_LANG": "zh"}, "en", "en"),
        (["build", "--lang=zh"], {"LANG": "C"}, "zh", "zh"),
        (["query", "--", "--lang=zh"], {"LANG": "C"}, "en", "zh"),
        ([], {"KG_LANG": "klingon"}, "en", "zh"),
    ],
)
def test_the_language_is_what_is_asked_for_else_the_environment_s(words, environ, messages, page):
    assert (language(words, environ), page_language(words, environ)) == (messages, page)


def test_a_new_verb_is_one_file(tmp_path, monkeypatch, capsys):
    (tmp_path / "count.py").write_text(
        'SAY = {"help": ("数一数", "count the words")}\n'
        "def arguments(parser, say):\n"
        '    parser.add_argument("word", nargs="+")\n'
        "def run(args, console):\n"
        "    console.print(str(len(args.word)))\n"
        "    return 0\n",
        "utf-8",
    )
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    assert main(["count", "a", "b"]) == 0
    assert capsys.readouterr().out == "2\n"
    assert main(["--help", "--lang", "zh"]) == 0
    assert "数一数" in capsys.readouterr().out
    sys.modules.pop("kg.cli.verbs.count")


def test_an_error_inside_the_tool_is_one_line_too(monkeypatch, capsys):
    def broken(args: Namespace, console: object) -> int:
        raise ZeroDivisionError("at work")

    monkeypatch.setattr("kg.cli.verbs.validate.run", broken)
    assert main(["validate"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("kg: ") and error.count("\n") == 1 and "KG_DEBUG" in error


def test_a_terminal_that_cannot_show_chinese_gets_the_characters_spelled_out():
    done = kg("--help", lang="zh", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and "\\u9000" in done.stdout


def test_columns_line_up_though_a_chinese_character_is_two_cells_wide():
    lines = columns([("政协", 1), ("org", 20)], "lr", indent="")
    assert lines == ["政协   1", "org   20"]
    assert {width(line) for line in lines} == {8}


@pytest.mark.parametrize(
    ("text", "cells", "shown"), [("政协\n会议", 20, "政协 会议"), ("政协会议", 5, "政协…"), ("abc", 3, "abc")]
)
def test_what_is_too_wide_is_cut(text, cells, shown):
    assert shorten(text, cells) == shown


def test_json_keeps_a_control_character_but_never_shows_it_raw(capsys):
    value = {"name": "政协\u202e\x9b\x7f会议\n"}
    Console().json(value)
    shown = capsys.readouterr().out
    assert json.loads(shown) == value
    assert not any(char in shown for char in "\u202e\x9b\x7f")
