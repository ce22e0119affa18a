"""Records of documents to one graph: what a local build merges in memory, as group-bys on the same stable keys.

Facts, figures, mentions and spans are of one source each: they need no merging, as long as each source is there once (`sources`). Entities
meet by id: what readings say of one is first counted (Spark adds up on each machine before anything is sent, so that an entity in every
document costs no more than one in few), then `EntityFold` votes on the few different things that are said. Persons of one name meet by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from kg.export.tables import ENTITIES
from kg.graph.fold_entity import EntityFold
from kg.graph.iri import entity_iri
from kg.graph.knowledge import Graph
from kg.graph.rdf import entity_triples, namesake_triples, namesakes, shared
from kg.model import DONE, STATED, Entity, Fact, Term
from kg.relate.ends import Joins, fits, of_terms
from kg.spark.columns import COUNTED, MERGED, NAMESAKE, UNFIT, VARIANT, batch, cells, ddl
from kg.spark.record import lines

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

TOGETHER = 1000
"""Rows that go to Spark at a time."""


def sources(records: DataFrame) -> DataFrame:
    """The records of what was read, each source once: the first of several with the same bytes, under the name that sorts first."""
    from pyspark.sql import functions as f

    read = records.filter("error is null")
    place = f.struct("untold", "order")
    copies = (
        read.groupBy("sha")
        .agg(f.min(place).alias("place"), f.min("name").alias("least"), f.count("*").alias("n"))
        .filter("n > 1")
        .cache()
    )
    if copies.isEmpty():
        return read
    joined = read.join(copies, "sha", "left").filter(f.col("place").isNull() | (place == f.col("place")))
    return joined.withColumn("name", f.coalesce("least", "name")).drop("place", "least", "n")


def skipped(records: DataFrame, kept: DataFrame) -> DataFrame:
    """The columns name and reason of what was left out: documents that could not be read, and parts of documents.

    A file with the same bytes as one before it that could be read is not asked for again, as in a local build.
    """
    from pyspark.sql import functions as f

    read = records.filter("error is null").groupBy("sha").agg(f.min(f.struct("untold", "order")).alias("place"))
    bad = records.filter("error is not null").select("sha", "untold", "order", "name", f.col("error").alias("reason"))
    left = bad.join(read, "sha", "left").filter(f.col("place").isNull() | (f.struct("untold", "order") < f.col("place")))
    parts = kept.select("name", f.explode("unread").alias("reason"))
    return left.select("name", "reason").unionByName(parts)


def entities(kept: DataFrame, base: str) -> DataFrame:
    """The entities (kg.spark.columns.MERGED) of all records."""
    from pyspark.sql import functions as f

    said = kept.select(f.explode("entities").alias("e")).select("e.*")
    variants = said.groupBy(*VARIANT).agg(
        f.sum("weight").alias("weight"),
        f.sum("mentions").alias("mentions"),
        f.min("first").alias("first"),
        f.max("last").alias("last"),
    )
    rest = [name for name in (*VARIANT, *COUNTED) if name != "id"]
    by_id = variants.groupBy("id").agg(f.collect_list(f.struct(*rest)).alias("said"))
    return by_id.mapInArrow(partial(_folded, base=base), ddl(MERGED))


def _folded(batches: Iterator[Any], base: str) -> Iterator[Any]:
    for rows in batches:
        for start in range(0, rows.num_rows, TOGETHER):
            yield batch([_entity(row, base) for row in rows.slice(start, TOGETHER).to_pylist()], MERGED)


def _entity(row: dict[str, Any], base: str) -> dict[str, Any]:
    """What all documents say of an entity to the entity: by the fold of a local build."""
    fold = EntityFold()
    for said in row["said"]:
        fold.add(
            Entity(
                id=row["id"],
                classes=tuple(said["classes"]),
                label=said["label"],
                alt=tuple(said["alt"]),
                kind=said["kind"],
                resolved=said["resolved"],
                division_code=said["code"],
                division_year=said["year"],
                origin=said["origin"],
            ),
            said["weight"],
        )
    firsts = [said["first"] for said in row["said"] if said["first"] is not None]
    lasts = [said["last"] for said in row["said"] if said["last"] is not None]
    years = (f"{min(firsts):04}", f"{max(lasts):04}") if firsts else ()
    entity = replace(fold.entity(row["id"]), seen=years)
    graph = Graph((entity,), (), (), {}, {}, base=base)
    triples = list(entity_triples(graph))
    (cells_,) = ENTITIES.rows(graph)
    return {
        "id": entity.id,
        "iri": entity_iri(entity.id, base),
        "label": entity.label,
        "classes": list(entity.classes),
        "kind": entity.kind,
        "varied": len({(*said["classes"], said["kind"]) for said in row["said"]}) > 1,
        "quads": lines(triples, shared("entities", base).value),
        "number": len(triples),
        "mentions": sum(said["mentions"] for said in row["said"]),
        **{f"row_{column.name}": cell for column, cell in zip(ENTITIES.columns, cells(ENTITIES, cells_), strict=True)},
    }


def unfit(kept: DataFrame, merged: DataFrame, terms: tuple[Term, ...]) -> DataFrame:
    """The facts (kg.spark.columns.UNFIT) that a local build leaves out, as documents voted for other classes of their ends."""
    from pyspark.sql import functions as f

    own = [f.col(f"r.{name}").alias(name) for name in ("subject_iri", "relation", "object_iri")]
    facts = kept.select("sha", f.explode("facts").alias("r")).select("sha", *own)
    varied = merged.filter("varied").select("iri")
    by_end = [facts.join(varied, facts[end] == varied["iri"], "left_semi") for end in ("subject_iri", "object_iri")]
    asked = by_end[0].unionByName(by_end[1]).distinct()
    for end in ("subject", "object"):
        classes = merged.select(
            f.col("iri").alias(f"{end}_iri"), f.col("classes").alias(f"{end}_classes"), f.col("kind").alias(f"{end}_kind")
        )
        asked = asked.join(classes, f"{end}_iri")
    return asked.mapInArrow(partial(_unfit, own=of_terms(terms)), ddl(UNFIT))


def _unfit(batches: Iterator[Any], own: dict[str, Joins]) -> Iterator[Any]:
    for rows in batches:
        found = []
        for row in rows.to_pylist():
            one, other = (
                Entity(row[f"{end}_iri"], tuple(row[f"{end}_classes"]), "-", kind=row[f"{end}_kind"])
                for end in ("subject", "object")
            )
            fact = Fact(one.id, row["relation"], other.id, DONE, STATED, "", ())
            if not fits(fact, {one.id: one, other.id: other}, own):
                found.append({"sha": row["sha"], "subject": one.id, "relation": fact.property, "object": other.id})
        yield batch(found, UNFIT)


def same_names(merged: DataFrame, base: str) -> DataFrame:
    """The persons (kg.spark.columns.NAMESAKE) who have the name of another, whose id sorts before theirs."""
    from pyspark.sql import functions as f

    persons = merged.filter("classes[0] = 'Person'").groupBy("label").agg(f.sort_array(f.collect_list("id")).alias("ids"))
    return persons.filter(f.size("ids") > 1).mapInArrow(partial(_matched, base=base), ddl(NAMESAKE))


def _matched(batches: Iterator[Any], base: str) -> Iterator[Any]:
    for rows in batches:
        for row in rows.to_pylist():
            people = tuple(Entity(id=key, classes=("Person",), label=row["label"]) for key in row["ids"])
            graph = Graph(people, (), (), {}, {}, base=base)
            name = shared("entities", base).value
            found = [
                {"id": one, "iri": entity_iri(first, base), "quads": lines([triple], name), "number": 1}
                for (one, first), triple in zip(namesakes(graph), namesake_triples(graph), strict=True)
            ]
            yield batch(found, NAMESAKE)


def plain(kept: DataFrame) -> DataFrame:
    """The column value: the plain triples of all records as N-Quads, each once."""
    from pyspark.sql import functions as f

    return kept.select(f.explode("plain").alias("value")).distinct()
