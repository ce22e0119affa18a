"""LadybugDB, which is a file: ladybug:graph.lbug. Made aside out of Parquet files and renamed, so it is whole or as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import __version__
from kg.errors import UsageError, YishiError
from kg.export.aside import aside, tidy
from kg.export.carried import rounded
from kg.export.property_graph import EDGES, FACT_KEYS, NODES, Edges, Kind, Nodes, edges_of, fingerprint
from kg.load.loader import Loaded, Login, Tell

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

SCHEMES = ("ladybug",)
EXTRA = "ladybug"
LOAD = "YishiLoad"
_ASIDE = ".kg-load-"
_TYPES: dict[Kind, str] = {"text": "STRING", "texts": "STRING[]", "whole": "INT64", "number": "DOUBLE", "truth": "BOOLEAN"}
_NAMES = {LOAD, *(table.label for table in NODES), *(table.type for table in EDGES)}


def load(graph: Graph, url: str, login: Login, *, force: bool, tell: Tell) -> Loaded:
    """Write the file that the address names after the colon, unless it holds this graph already.

    Raises UsageError where there is a file that no load made, or that has tables of somebody else's in it.
    """
    import ladybug

    target = Path(url.partition(":")[2].removeprefix("//"))
    if not target.name or target.is_dir():
        raise UsageError("names no file", url, "ladybug:graph.lbug")
    build = fingerprint(graph)
    before = _held(ladybug, target, url) if target.exists() else None
    if before and before["build"] == build and not force:
        tidy(target.parent, _ASIDE)  # of a load that was killed when the file stood in its place
        return Loaded(False, {key: before[key] for key in ("nodes", "edges")}, notes=rounded(graph))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with aside(target.parent, _ASIDE) as folder:
            made = folder / "made.lbug"
            counts = _make(ladybug, graph, made, build, tell)
            with made.open("rb+") as file:
                os.fsync(file.fileno())
            os.replace(made, target)
    except OSError as error:
        raise YishiError(
            f"cannot be written: {error.strerror or error}", str(target), "name another file or make room"
        ) from error
    gone = {key: max(0, before[key] - counts[key]) for key in counts} if before else {}
    return Loaded(True, counts, gone, notes=rounded(graph))


def _held(ladybug: Any, target: Path, url: str) -> dict[str, Any]:
    """What the file says of the load that made it."""
    if Path(f"{target}.wal").exists():
        mend = "close it; or, if nothing has it open, delete both files and load again"
        raise YishiError("another program is writing to it, or was stopped while it did", url, mend)
    try:
        with ladybug.Database(str(target), read_only=True) as database, ladybug.Connection(database) as connection:
            names = {row[0] for row in connection.execute("CALL show_tables() RETURN name")}
            if LOAD not in names or not all(_is_fact(connection, name) for name in names - _NAMES):
                raise UsageError("holds what no load of kg made", url, "name a file that is not there yet")
            found = connection.execute(f"MATCH (m:{LOAD}) RETURN m.build, m.nodes, m.edges").get_all()
    except RuntimeError as error:
        raise UsageError(f"is no LadybugDB file: {error}", url, "name a file that is not there yet") from error
    build, nodes, edges = found[0] if found else ("", 0, 0)
    return {"build": build, "nodes": nodes, "edges": edges}


def _is_fact(connection: Any, name: str) -> bool:
    """Whether a table is of the facts of a user's own property, as an earlier load made it."""
    columns = [row[1] for row in connection.execute(f"CALL table_info('{_escaped(Path(name))}') RETURN *")]
    return columns == list(FACT_KEYS)


def _make(ladybug: Any, graph: Graph, made: Path, build: str, tell: Tell) -> dict[str, int]:
    """Make the file `made`. Returns how many nodes and edges are in it."""
    counts = {"nodes": 0, "edges": 0}
    with ladybug.Database(str(made)) as database, ladybug.Connection(database) as connection:
        connection.execute("BEGIN TRANSACTION")  # one commit for all: each waits for the disk
        tables: tuple[Nodes | Edges, ...] = (*NODES, *edges_of(graph))
        for table in tables:
            name = table.label if isinstance(table, Nodes) else table.type
            tell(name)
            connection.execute(_table(table))
            rows = made.with_name(f"{name}.parquet")
            number = _write(table, graph, rows)
            if number:
                connection.execute(f"COPY `{name}` FROM '{_escaped(rows)}'")
            rows.unlink()
            counts["nodes" if isinstance(table, Nodes) else "edges"] += number
        connection.execute(
            f"CREATE NODE TABLE {LOAD}(iri STRING PRIMARY KEY, build STRING, version STRING, nodes INT64, edges INT64)"
        )
        connection.execute(
            f"CREATE (:{LOAD} {{iri: 'urn:yishi:load', build: $build, version: $version, nodes: $nodes, edges: $edges}})",
            {"build": build, "version": __version__, **counts},
        )
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")
    return counts


def _table(table: Nodes | Edges) -> str:
    """The statement that makes a table."""
    columns = ", ".join(f"`{key}` {_TYPES[kind]}" for key, kind in table.keys.items())
    if isinstance(table, Nodes):
        return f"CREATE NODE TABLE `{table.label}`({columns}, PRIMARY KEY (iri))"
    return f"CREATE REL TABLE `{table.type}`(FROM `{table.start}` TO `{table.end}`{', ' if columns else ''}{columns})"


def _write(table: Nodes | Edges, graph: Graph, target: Path) -> int:
    """Write the rows of a table to a Parquet file. Returns how many there are."""
    from kg.export.parquet_file import write_parquet

    number = 0

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal number
        if isinstance(table, Nodes):
            for row in table.rows(graph):
                number += 1
                yield tuple(row[key] for key in table.keys)
        else:
            for start, end, values in table.rows(graph):
                number += 1
                yield start, end, *(values[key] for key in table.keys)

    ends: dict[str, Kind] = {} if isinstance(table, Nodes) else {"from": "text", "to": "text"}
    write_parquet(target, {**ends, **table.keys}, rows())
    return number


def _escaped(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace("'", "\\'")
