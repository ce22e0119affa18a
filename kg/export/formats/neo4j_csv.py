"""CSV as `neo4j-admin database import` wants it: the property graph with typed headers, and the command that imports it.

Arrays have U+001F between their values, which hardly any text holds; a text that does has U+FFFD instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.carried import Note

if TYPE_CHECKING:
    from kg.export.carried import Carrier
    from kg.export.property_graph import Kind, Row
    from kg.graph.knowledge import Graph

ABOUT = ("供 neo4j-admin database import 的 CSV", "CSV for neo4j-admin database import")
SUFFIX, EXTRA, BINARY = "/", "", True

DELIMITER = "\x1f"
BUILD = "yishiBuild"  # as the loader marks what it loads: `kg load` to the imported database goes on from there
_TYPES = {"text": "string", "texts": "string[]", "whole": "long", "number": "double", "truth": "boolean"}
_SCRIPT = """#!/bin/sh
# Imports this folder into a new database of a Neo4j 5 (or newer) that is not running: ./import.sh [NAME]
cd "$(dirname "$0")" || exit
exec neo4j-admin database import full --multiline-fields=true --array-delimiter=U+001F \\
{files} \\
    "${{1:-neo4j}}"
"""


def write(graph: Graph, target: Path, lang: str) -> Sequence[Note]:
    """Write a file for each kind of node and of edge, and `import.sh`."""
    import re

    from kg.export.carried import Carrier, rounded
    from kg.export.property_graph import EDGES, NODES, facts_of, fingerprint, labels

    carrier, build = Carrier(re.compile(DELIMITER)), fingerprint(graph)
    target.mkdir()
    nodes, edges = [], []
    for node_table in NODES:
        keys = {**node_table.keys, BUILD: "text"}
        head = ["iri:ID", *(_head(key, kind) for key, kind in keys.items() if key != "iri"), ":LABEL"]
        rows = (
            [*_cells({**row, BUILD: build}, keys, carrier), _array(labels(node_table, row), carrier)]
            for row in node_table.rows(graph)
        )
        nodes.append(_write(target / f"{node_table.label}.csv", head, rows))
    groups = {
        "Fact": facts_of(graph),
        "Mention": [t for t in EDGES if t.type == "MENTION"],
        "Link": [t for t in EDGES if not t.keys],
    }
    for name, tables in groups.items():
        keys = {**tables[0].keys, BUILD: "text"}
        head = [":START_ID", ":END_ID", ":TYPE", *(_head(key, kind) for key, kind in keys.items())]
        rows = (
            [_quoted(start), _quoted(end), _quoted(table.type), *_cells({**row, BUILD: build}, keys, carrier)]
            for table in tables
            for start, end, row in table.rows(graph)
        )
        edges.append(_write(target / f"{name}.csv", head, rows))
    files = [*(f"    --nodes={name}" for name in nodes), *(f"    --relationships={name}" for name in edges)]
    script = target / "import.sh"
    script.write_text(_SCRIPT.format(files=" \\\n".join(files)), "utf-8", newline="\n")
    script.chmod(script.stat().st_mode | 0o111)
    return (*carrier.notes("neo4j-admin 的数组", "an array of neo4j-admin"), *rounded(graph))


def _write(path: Path, head: list[str], rows: Iterable[list[str]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(head) + "\n")
        file.writelines(",".join(row) + "\n" for row in rows)
    return path.name


def _head(key: str, kind: Kind) -> str:
    return f"{key}:{_TYPES[kind]}"


def _cells(row: Row, keys: dict[str, Kind], carrier: Carrier) -> list[str]:
    return [_cell(row[key], carrier) for key in keys]


def _cell(value: Any, carrier: Carrier) -> str:
    """Texts in quotes; nothing (which the import takes for no value) for None and for an empty array."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _array(value, carrier) if value else ""
    return _quoted(value) if isinstance(value, str) else repr(value)


def _array(values: Iterable[str], carrier: Carrier) -> str:
    return _quoted(DELIMITER.join(carrier.text(value) for value in values))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
