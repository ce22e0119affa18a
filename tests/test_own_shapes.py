"""`kg validate --shapes FILE`: any RDF graph against SHACL shapes of the user's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import kg, one_line

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix ex: <https://example.org/> .\n"
SHAPES = """
ex:Book a sh:NodeShape ; sh:targetClass ex:Book ;
  sh:property [ sh:path ex:pages ; sh:datatype xsd:integer ; sh:message "页数是整数"@zh ] , [ sh:path ex:title ; sh:minCount 1 ] ;
  sh:sparql [ sh:message "no book is its own sequel" ; sh:select "SELECT $this WHERE { $this <https://example.org/sequel> $this }" ] .
"""
GOOD = 'ex:a a ex:Book ; ex:title "甲" ; ex:pages 12 .'
BAD = 'ex:b a ex:Book ; ex:pages "many"^^xsd:integer ; ex:sequel ex:b .'


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A graph that breaks every constraint of the shapes, and the shapes."""
    graph, shapes = tmp_path / "graph.ttl", tmp_path / "shapes.ttl"
    graph.write_text(f"{PREFIXES}{GOOD}\n{BAD}", "utf-8")
    shapes.write_text(f"{PREFIXES}{SHAPES}", "utf-8")
    return graph, shapes


def test_what_breaks_a_constraint_is_told_with_the_kind_of_constraint_and_the_path(files: tuple[Path, Path]) -> None:
    done = kg("validate", "--graph", files[0], "--shapes", files[1], "--json")
    assert (done.returncode, done.stderr) == (1, "")
    told = {(one["shape"], one["focus"], one["path"], one["value"]) for one in json.loads(done.stdout)["violations"]}
    assert told == {
        ("DatatypeConstraintComponent", "https://example.org/b", "https://example.org/pages", "many"),
        ("MinCountConstraintComponent", "https://example.org/b", "https://example.org/title", ""),
        ("https://example.org/Book", "https://example.org/b", "", "https://example.org/b"),
    }


def test_messages_are_the_shapes_own_where_they_have_them(files: tuple[Path, Path]) -> None:
    shown = kg("validate", "--graph", files[0], "--shapes", files[1], lang="zh").stdout
    assert "页数是整数" in shown and "no book is its own sequel" in shown


def test_a_graph_that_keeps_the_shapes_conforms(files: tuple[Path, Path]) -> None:
    files[0].write_text(f"{PREFIXES}{GOOD}", "utf-8")
    done = kg("validate", "--graph", files[0], "--shapes", files[1])
    assert (done.returncode, done.stderr) == (0, "") and "conforms" in done.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("ex:Book a", "is not well formed"),
        ("ex:Book a sh:NodeShape ; sh:targetClass ex:Book ; sh:property [ sh:minCount 1 ] .", "the shapes cannot be used"),
    ],
)
def test_shapes_that_are_none_are_refused_in_one_line(files: tuple[Path, Path], content: str, said: str) -> None:
    files[1].write_text(f"{PREFIXES}{content}", "utf-8")
    done = kg("validate", "--graph", files[0], "--shapes", files[1])
    assert done.returncode != 0 and said in one_line(done.stderr) and files[1].name in done.stderr


def test_shapes_that_are_not_there_are_told(files: tuple[Path, Path], tmp_path: Path) -> None:
    done = kg("validate", "--graph", files[0], "--shapes", tmp_path / "none.ttl")
    assert done.returncode != 0 and "none.ttl" in one_line(done.stderr)


def test_relative_names_in_a_file_and_in_a_query_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("<甲> <知道> <乙> .", "utf-8")
    done = kg("query", "SELECT ?who WHERE { <甲> <知道> ?who }", "--graph", tmp_path / "graph.ttl", "--format", "csv")
    assert (done.returncode, done.stdout) == (0, "who\nhttps://w3id.org/yishi/id/乙\n")
