"""`kg export neo4j-csv`: what `neo4j-admin database import` reads, by a reader that keeps to its rules as its manual has them.

No Neo4j can be installed for the tests; what the reader gives is compared with the property graph that the loaders load.
"""

from __future__ import annotations

import os
import re
import subprocess

import pytest
from export_cases import CASES, graph
from hostile_cases import hostile

from kg.export.exporter import export
from kg.export.property_graph import EDGES, NODES, fingerprint, labels

TYPES = {
    "string": str, "long": int, "double": float, "boolean": {"true": True, "false": False}.__getitem__,
    "string[]": lambda cell: cell.split("\x1f"),
}  # fmt: skip


def read(path):
    """Rows of a file: header cell → value, None where it is empty."""
    text = path.read_bytes().decode("utf-8")
    head, _, body = text.partition("\n")
    names = head.split(",")
    assert len(set(names)) == len(names)
    cells = re.findall(r'(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|\Z)', body)
    row: list[object] = []
    for quoted, bare, end in cells:
        row.append(bare or quoted.replace('""', '"') or None)
        if end == "\n":
            yield dict(zip(names, row, strict=True))
            row = []
    assert len(row) <= 1 and not any(row), "the file ends with a line end"


def value(name: str, cell: str | None):
    kind = name.partition(":")[2] or "string"
    return None if cell is None else TYPES[kind](cell)


def properties(row):
    return {
        name.partition(":")[0]: value(name, cell)
        for name, cell in row.items()
        if not name.startswith(":") and name not in ("iri:ID", "yishiBuild:string")
    }


def empty_as_none(values):
    """An empty list is no value to the import, and neither is an empty text to this reader."""
    return {key: None if value in ([], "") else value for key, value in values.items()}


@pytest.mark.parametrize("case", CASES)
def test_nodes_and_relationships_are_those_of_the_property_graph(case, tmp_path):
    notes = export(graph(case), "neo4j-csv", tmp_path / "out")
    assert bool(notes) == (case == "hostile"), "an array cannot carry U+001F: that is said"
    ids = set()
    for table in NODES:
        rows = list(read(tmp_path / "out" / f"{table.label}.csv"))
        found = [(row["iri:ID"], tuple(row[":LABEL"].split("\x1f")), properties(row)) for row in rows]
        wanted = [
            (row["iri"], labels(table, row), {key: fitted(value) for key, value in empty_as_none(row).items() if key != "iri"})
            for row in table.rows(graph(case))
        ]
        assert found == wanted
        ids.update(row["iri:ID"] for row in rows)
    assert len(ids) == sum(1 for table in NODES for _ in table.rows(graph(case))), "no id stands for two nodes"
    found = []
    for name in ("Fact", "Mention", "Link"):
        for row in read(tmp_path / "out" / f"{name}.csv"):
            assert row[":START_ID"] in ids and row[":END_ID"] in ids
            found.append((row[":TYPE"], row[":START_ID"], row[":END_ID"], properties(row)))
    wanted = [
        (table.type, start, end, {key: fitted(value) for key, value in empty_as_none(values).items()})
        for table in EDGES
        for start, end, values in table.rows(graph(case))
    ]
    assert sorted(found, key=repr) == sorted(wanted, key=repr)


def fitted(value):
    return [text.replace("\x1f", "\ufffd") for text in value] if isinstance(value, list) else value


def test_headers_are_those_that_the_import_knows(tmp_path):
    export(graph("small"), "neo4j-csv", tmp_path / "out")
    heads = {path.stem: path.read_text("utf-8").partition("\n")[0].split(",") for path in (tmp_path / "out").glob("*.csv")}
    assert heads["Entity"][0] == "iri:ID" and heads["Entity"][-1] == ":LABEL"
    assert heads["Fact"][:3] == [":START_ID", ":END_ID", ":TYPE"]
    assert {"value:double", "unit:string", "quotes:string[]"} <= set(heads["Measure"])
    assert {"mentions:long", "resolved:boolean", "altNames:string[]"} <= set(heads["Entity"])


def test_the_script_names_every_file_and_the_options_that_these_files_need(tmp_path):
    export(graph("small"), "neo4j-csv", tmp_path / "out dir")
    tool = tmp_path / "bin" / "neo4j-admin"
    tool.parent.mkdir()
    tool.write_text('#!/bin/sh\nfor word in "$@"; do echo "$word"; done\n')
    tool.chmod(0o755)
    path = {"PATH": f"{tool.parent}:{os.environ['PATH']}"}
    done = subprocess.run([tmp_path / "out dir" / "import.sh", "议事"], env=path, capture_output=True, text=True, check=True)
    *words, database = done.stdout.splitlines()
    assert database == "议事" and words[:5] == [
        "database",
        "import",
        "full",
        "--multiline-fields=true",
        "--array-delimiter=U+001F",
    ]
    files = {word.partition("=")[2] for word in words if word.startswith(("--nodes=", "--relationships="))}
    assert files == {path.name for path in (tmp_path / "out dir").glob("*.csv")}


def test_what_is_imported_bears_the_mark_of_the_loader(tmp_path):
    export(hostile(), "neo4j-csv", tmp_path / "out")
    assert {row["yishiBuild:string"] for row in read(tmp_path / "out" / "Entity.csv")} == {fingerprint(hostile())}
