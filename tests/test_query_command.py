"""`kg query`: SPARQL, files and names; every format; limits and time; what is wrong, in one line that points at the place."""

from __future__ import annotations

import csv
import io
import json
import time
from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib
from command import kg as run_kg
from command import one_line

from kg.queries import library

NAMES = "SELECT ?name WHERE { ?x a kg:Platform ; skos:prefLabel ?name } ORDER BY ?name"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_name_a_file_and_the_text_itself_are_the_same_query(say, seed_graph, tmp_path):
    query = library()["people"].sparql
    (tmp_path / "mine.rq").write_text(query, "utf-8")
    answers = [say("query", what, "--graph", seed_graph) for what in ("people", tmp_path / "mine.rq", query)]
    assert answers[0][0] == 0 and "李上葵" in answers[0][1]
    assert answers[0] == answers[1] == answers[2]


def test_a_query_is_read_from_standard_input(seed_graph):
    done = run_kg("query", "-", "--graph", seed_graph, text=NAMES)
    assert done.returncode == 0 and "民生议事堂" in done.stdout


def test_without_a_query_the_named_ones_are_listed_in_the_reader_s_language(say):
    for lang, number in (("zh", 0), ("en", 1)):
        code, shown, _ = say("query", lang=lang)
        assert code == 0
        assert all(query.name in shown and query.title[number] in shown for query in library().values())


def test_a_named_query_explains_itself(say):
    code, shown, _ = say("query", "activity", "--help", lang="zh")
    assert code == 0 and "--body" in shown and "--year" in shown and library()["activity"].title[0] in shown


def test_parameters_are_given_as_options_or_as_pairs(say, seed_graph):
    given = [("--entity", "民生议事堂"), ("--entity=民生议事堂",), ("--param", "entity=民生议事堂")]
    answers = {say("query", "figures", *words, "--graph", seed_graph) for words in given}
    assert len(answers) == 1
    (code, shown, errors), = answers  # fmt: skip
    assert (code, errors) == (0, "") and "2577" in shown
    assert "民生议事堂" in say("query", "--param", "entity=民生议事堂", "--graph", seed_graph, "names")[1]


def test_headings_and_terms_are_in_the_reader_s_language(say, seed_graph):
    words = ("query", "activity", "--body", "政协安吉县委员会", "--graph", seed_graph)
    assert say(*words, lang="zh")[1].splitlines()[0].split() == ["机构", "关系", "对象", "状态", "时间"]
    assert "开展" in say(*words, lang="zh")[1] and "carries out" in say(*words)[1]


# ---- formats ----


def test_every_format_of_a_table_says_the_same(say, seed_graph):
    def ask(form: str) -> str:
        code, shown, errors = say("query", NAMES, "--graph", seed_graph, "--format", form)
        assert (code, errors) == (0, "")
        return shown

    names = [row["name"] for row in json.loads(ask("json"))]
    assert "民生议事堂" in names and len(names) > 10
    assert ask("table").splitlines() == ["name", *names]
    assert [row["name"] for row in csv.DictReader(io.StringIO(ask("csv")))] == names
    for form, kind in (
        ("srj", ox.QueryResultsFormat.JSON),
        ("xml", ox.QueryResultsFormat.XML),
        ("tsv", ox.QueryResultsFormat.TSV),
    ):
        found = ox.parse_query_results(ask(form).encode(), format=kind)
        assert [solution["name"] for solution in found] == [ox.Literal(name, language="zh") for name in names]
    assert say("query", NAMES, "--json", "--graph", seed_graph)[1] == ask("json")


def test_a_graph_is_written_as_turtle_and_as_rows(say, seed_graph):
    query = "CONSTRUCT { ?x skos:prefLabel ?n } WHERE { ?x a kg:Person ; skos:prefLabel ?n }"
    _, turtle, _ = say("query", query, "--graph", seed_graph, "--format", "ttl")
    _, triples, _ = say("query", query, "--graph", seed_graph, "--format", "nt")
    found = rdflib.Graph().parse(data=turtle, format="turtle")
    assert len(found) >= 2 and set(found) == set(rdflib.Graph().parse(data=triples, format="nt"))
    assert {row["object"] for row in json.loads(say("query", query, "--graph", seed_graph, "--json")[1])} == {
        str(name) for name in found.objects()
    }


def test_a_truth_is_told_in_every_format(say, seed_graph):
    query = "ASK { ?x a kg:Person }"
    assert say("query", query, "--graph", seed_graph)[1].split() == ["ask", "True"]
    assert "<boolean>true</boolean>" in say("query", query, "--graph", seed_graph, "--format", "xml")[1]
    assert json.loads(say("query", query, "--graph", seed_graph, "--format", "srj")[1])["boolean"] is True
    assert json.loads(say("query", query, "--graph", seed_graph, "--json")[1]) == [{"ask": True}]


@pytest.mark.parametrize(("query", "form"), [(NAMES, "ttl"), ("CONSTRUCT WHERE { ?s a kg:Person }", "srj"), ("ASK {}", "nt")])
def test_a_format_that_does_not_fit_is_wrong_usage(say, seed_graph, query, form):
    code, shown, errors = say("query", query, "--graph", seed_graph, "--format", form)
    assert (code, shown) == (2, "") and form in one_line(errors)


def test_figures_are_numbers_and_decimals_lose_nothing(say, seed_graph):
    query = 'SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (5.53 829 "x") (0.1234567890123456789 1 true) } }'
    first, second = json.loads(say("query", query, "--graph", seed_graph, "--json")[1])
    assert first == {"a": 5.53, "b": 829, "c": "x"}
    assert Decimal(second["a"]) == Decimal("0.1234567890123456789") and second["c"] is True


def test_a_cell_is_no_formula_for_a_spreadsheet(say, seed_graph):
    query = "SELECT ?a { VALUES ?a { '=1+1' '@x' '-3.2%' '+x' '政协' -5 } }"
    cells = [row["a"] for row in csv.DictReader(io.StringIO(say("query", query, "--graph", seed_graph, "--format", "csv")[1]))]
    assert cells == ["'=1+1", "'@x", "-3.2%", "'+x", "政协", "-5"]


def test_what_a_text_says_moves_no_cursor(say, seed_graph):
    query = "SELECT ?a { VALUES ?a { 'a\\u001B[2Jb\\u202Ec' } }"
    assert not {"\x1b", "\u202e"} & set(say("query", query, "--graph", seed_graph)[1])
    assert json.loads(say("query", query, "--graph", seed_graph, "--json")[1]) == [{"a": "a\x1b[2Jb\u202ec"}]


# ---- limits ----


def test_a_limit_cuts_and_says_so(say, seed_graph):
    for form in ("table", "csv", "json", "srj", "xml", "tsv"):
        code, shown, errors = say("query", NAMES, "--graph", seed_graph, "--limit", 3, "--format", form)
        assert code == 0 and "first 3" in one_line(errors)
        assert sum(shown.count(row) for row in ("民生议事堂", "“两山”协商驿站", "主席接待日")) <= 3
    assert len(json.loads(say("query", NAMES, "--graph", seed_graph, "--limit", 3, "--json")[1])) == 3
    every = json.loads(say("query", NAMES, "--graph", seed_graph, "--json")[1])
    code, shown, errors = say("query", NAMES, "--graph", seed_graph, "--limit", len(every), "--json")
    assert json.loads(shown) == every and errors == ""


def test_an_endless_query_ends_in_time_with_one_line(say, seed_graph):
    started = time.monotonic()
    code, shown, errors = say("query", ENDLESS, "--graph", seed_graph, "--timeout", 1)
    assert (code, shown) == (1, "") and "took longer than 1 s" in one_line(errors)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan", "1e99"])
def test_a_time_that_is_none_is_wrong_usage(say, seed_graph, seconds):
    code, _, errors = say("query", NAMES, f"--timeout={seconds}", "--graph", seed_graph, lang="zh")
    assert code == 2 and "秒" in one_line(errors)


# ---- what is wrong ----


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["SELECT ?x WHERE { ?x a kg:Platform "], 2, "query line 1, column 36"),
        (["SELECT * {\n ?s foo:bar ?o }"], 2, "line 2"),
        (["SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"], 2, "another server"),
        (["INSERT DATA { <a> <b> <c> }"], 2, "changes nothing"),
        (["platform"], 2, "did you mean platforms"),
        (["nothing-of-the-kind"], 2, "kg query lists them"),
        (["nowhere.rq"], 1, "nowhere.rq"),
        (["chain"], 2, "needs --place"),
        (["chain", "--place", "没有"], 1, "no entity is called"),
        (["figures", "--entity", "议事"], 1, "民生议事堂"),
        (["figures", "--colour", "red"], 2, "--colour"),
        (["figures", "--param", "entity"], 2, "NAME=VALUE"),
        (["--colour"], 2, "--colour"),
    ],
)
def test_a_wrong_query_is_one_line_that_points_at_the_place(say, seed_graph, words, code, said):
    found, shown, errors = say("query", "--graph", seed_graph, *words)
    assert (found, shown) == (code, "") and said in one_line(errors)


def test_a_bound_variable_that_the_query_does_not_select_is_told(say, seed_graph, tmp_path):
    (tmp_path / "q.rq").write_text("# param v: number — 数 | n\nSELECT ?m { ?m kg:value ?v }", "utf-8")
    code, _, errors = say("query", tmp_path / "q.rq", "--v", 5, "--graph", seed_graph)
    assert code == 2 and "SELECT line" in one_line(errors)


def test_a_turtle_file_of_anywhere_can_be_asked(say, seed_graph):
    _, from_folder, _ = say("query", NAMES, "--graph", seed_graph)
    _, from_file, _ = say("query", NAMES, "--graph", seed_graph / "graph.ttl")
    assert from_file == from_folder
