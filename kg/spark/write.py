"""A merged graph as partitioned N-Quads and Parquet.

    nquads/sources   what each source says, its statements, figures, mentions and spans: a named graph each
    nquads/entities  types, names and codes of entities, and the build
    nquads/facts     the plain triples of what is done
    parquet/TABLE    the tables of `kg export parquet`, with the same columns
    parquet/texts    each text as it was read: what the quotes' offsets count in
    parquet/skipped  what was left out, and why

Every triple is there once, as in a local build. Files of N-Quads are compressed (gzip), and called part-….txt.gz by Spark.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from kg.export.tables import ENTITIES, TABLES, Table
from kg.graph.rdf import build_node, build_triples, shared, used
from kg.graph.terms import definitions
from kg.model import Term
from kg.spark.columns import batch
from kg.spark.merge import plain
from kg.spark.record import file_name, lines

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

NQUADS, PARQUET = "nquads", "parquet"
_NAMES = {
    "figures": {"entity": "entity_iri"},
    "facts": {"subject": "subject_iri", "object": "object_iri"},
    "mentions": {"name": "entity_iri"},
}
"""Columns that hold an entity's name, which all documents have a say in, and those that hold its IRI."""
_ONE = {"value": "text"}


def write_nquads(
    kept: DataFrame, merged: DataFrame, namesakes: DataFrame, to: str, terms: tuple[Term, ...], base: str, level: str
) -> int:
    """Write all N-Quads below the folder `to`; returns how many there are. `level` is which mentions were kept."""
    from pyspark.sql import functions as f

    spark = kept.sparkSession
    name = shared("entities", base).value
    shas = (row.sha for row in kept.select("sha").sort("sha").toLocalIterator(prefetchPartitions=True))
    node = build_node(shas, level, base)
    own = [*definitions(terms), *build_triples(node, level)]
    says = partial(_used, node=node.value, base=base)
    named = kept.select("sha", "name").mapInArrow(partial(_file_names, base=base), "value string")
    _text(kept.select(f.col("quads").alias("value")).unionByName(named), f"{to}/{NQUADS}/sources")
    entities = [
        merged.select(f.col("quads").alias("value")),
        namesakes.select(f.col("quads").alias("value")),
        kept.select("sha").mapInArrow(says, "value string"),
        spark.createDataFrame([(lines(own, name),)], "value string"),
    ]
    together = entities[0]
    for more in entities[1:]:
        together = together.unionByName(more)
    _text(together, f"{to}/{NQUADS}/entities")
    _text(plain(kept), f"{to}/{NQUADS}/facts")
    counted = [_sum(frame, "number") for frame in (kept, merged, namesakes)]
    return sum(counted) + 2 * kept.count() + len(own) + spark.read.text(f"{to}/{NQUADS}/facts").count()


def write_parquet(kept: DataFrame, merged: DataFrame, namesakes: DataFrame, skipped: DataFrame, to: str) -> None:
    """Write each table to its folder of Parquet files."""
    from pyspark.sql import functions as f

    labels = merged.select(f.col("iri").alias("_iri"), f.col("label").alias("_label"))
    for table in TABLES:
        rows = _entities(merged, namesakes) if table is ENTITIES else _rows(kept, labels, table)
        rows.write.mode("overwrite").parquet(f"{to}/{PARQUET}/{table.name}")
    texts = kept.select(f.col("sha").alias("sha256"), "name", "text")
    texts.write.mode("overwrite").parquet(f"{to}/{PARQUET}/texts")
    skipped.write.mode("overwrite").parquet(f"{to}/{PARQUET}/skipped")


def _rows(kept: DataFrame, labels: DataFrame, table: Table) -> DataFrame:
    """The rows of a table, with what documents have a say in together: names of entities, and of documents that are there twice."""
    from pyspark.sql import functions as f

    columns = [column.name for column in table.columns]
    own = f.col("title").alias("_title"), f.col("name").alias("_file")
    rows = kept.select(*own, f.explode(table.name).alias("r")).select("_title", "_file", "r.*")
    if "document" in columns:
        rows = rows.withColumn("document", f.coalesce("_title", "_file"))
    if "file" in columns:
        rows = rows.withColumn("file", f.col("_file"))
    rows = rows.select(*columns)
    for name, iri in _NAMES.get(table.name, {}).items():
        rows = rows.join(labels, rows[iri] == labels["_iri"], "left").withColumn(name, f.col("_label")).select(*columns)
    return rows


def _entities(merged: DataFrame, namesakes: DataFrame) -> DataFrame:
    """The table of entities, with what is not known of each alone."""
    from pyspark.sql import functions as f

    first = namesakes.select("id", f.col("iri").alias("_first"))
    rows = (
        merged.join(first, "id", "left")
        .withColumn("row_mentions", f.col("mentions"))
        .withColumn("row_namesake_iri", f.col("_first"))
    )
    return rows.select(*(f.col(f"row_{column.name}").alias(column.name) for column in ENTITIES.columns))


def _text(frame: DataFrame, to: str) -> None:
    frame.write.mode("overwrite").option("compression", "gzip").text(to)


def _sum(frame: DataFrame, column: str) -> int:
    from pyspark.sql import functions as f

    return int(frame.agg(f.sum(column)).first()[0] or 0)  # type: ignore[index]


def _file_names(batches: Iterator[Any], base: str) -> Iterator[Any]:
    for rows in batches:
        yield batch([{"value": file_name(row["sha"], row["name"], base)} for row in rows.to_pylist()], _ONE)


def _used(batches: Iterator[Any], node: str, base: str) -> Iterator[Any]:
    from pyoxigraph import NamedNode

    for rows in batches:
        name, build = shared("entities", base).value, NamedNode(node)
        yield batch([{"value": lines([used(build, row["sha"], base)], name)} for row in rows.to_pylist()], _ONE)
