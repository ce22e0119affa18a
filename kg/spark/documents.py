"""What the user names (files, folders, globs, addresses of a cluster's file system, Parquet) as one DataFrame of documents.

Files and folders of this machine are listed here, as for a local build, and read where they are worked on, from the same path: every
machine must see them. What lies at an address (s3a://…, hdfs://…, file:///…) Spark lists and reads itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import reduce
from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.errors import InputError, UsageError
from kg.graph.knowledge import Skipped
from kg.pipeline import by_name, files_of, skipped_of
from kg.read.expand import IMAGES, STDIN
from kg.read.limits import MAX_FILE
from kg.read.registry import known_extensions
from kg.spark.columns import DOCUMENT, batch
from kg.spark.remote import GLOB, Remote, address, is_address

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

PARQUET = ".parquet"
PATHS, CONTENTS = ("path", "name", "file"), ("content", "text")
"""Columns of Parquet: the first of each that is there says what a document is called, and holds its bytes or its text."""
NAMELESS = "row"
"""What a row of Parquet without a path is called."""
A_TASK = 500
"""Documents of a task where they are counted: some 20 seconds' work, which is what is lost with a machine."""
A_SPLIT = 4 << 20
"""Bytes of a task where Spark splits what it lists."""

Failed = list[tuple[Skipped, InputError]]


def documents(spark: SparkSession, sources: Sequence[str], failed: Failed) -> DataFrame | None:
    """The documents (kg.spark.columns.DOCUMENT) that `sources` name; None where there are none. A source that names none goes to `failed`.

    Raises UsageError for standard input, and for Parquet without the columns that are wanted.
    """
    found: list[DataFrame] = []
    for source in sources:
        if source == STDIN:
            raise UsageError("standard input cannot be read with --engine spark", STDIN, "give a file or a folder")
        try:
            if PurePath(source).suffix == PARQUET:
                found.append(_parquet(spark, source))
            elif is_address(source):
                found.append(_binary(spark, source))
            elif files := list(files_of([source], failed)):
                found.append(_listed(spark, files))
        except InputError as error:
            failed.append((skipped_of(source, error), error))
    return reduce(lambda one, two: one.unionByName(two), found) if found else None


def paths_of(frame: DataFrame) -> list[str]:
    """The paths of all documents, in the order of a local build: for a table of metadata, whose rows are about some of them."""
    return sorted((row.path for row in frame.select("path").toLocalIterator()), key=by_name)


def _listed(spark: SparkSession, files: Iterable[str]) -> DataFrame:
    """Files by their paths, which those who read them open, wherever they work."""
    import pyarrow as pa

    rows = [{"at": "", "path": path, "file": os.path.abspath(path)} for path in files]
    frame = spark.createDataFrame(pa.Table.from_batches([batch(rows, DOCUMENT)]))
    return frame.repartition(_tasks(spark, len(rows)))


def _binary(spark: SparkSession, source: str) -> DataFrame:
    """What lies at an address: the documents of a folder by their extensions, as in a local build; a file as it is."""
    from pyspark.sql import functions as f

    remote = Remote(spark)
    fixed = not GLOB & set(source)
    if fixed and not remote.exists(source):
        raise InputError("no such file or folder", source, "check the path")
    files = _read(spark, source)
    if fixed and not remote.is_file(source):
        ending = f.regexp_extract(f.lower("path"), r"(\.[^./]+)$", 1)
        known = files.filter(ending.isin(*known_extensions()) & ~f.col("path").rlike(r"/~\$[^/]*$"))
        texts = known.filter(~ending.isin(*IMAGES))
        files = known if texts.select("path").isEmpty() else texts
        if files.select("path").isEmpty():
            raise InputError(
                f"no document in the folder ({' '.join(known_extensions())})", source, "give a folder with documents"
            )
    content: Column = f.col("content")
    small, large = files.filter(f.col("length") <= MAX_FILE), files.filter(f.col("length") > MAX_FILE)
    shape = [f.lit("").alias("at"), f.col("path"), f.lit(None).cast("string").alias("file"), f.col("length").alias("size")]
    nothing = f.lit(None).cast("binary").alias("content")
    together: DataFrame = small.select(*shape, content).unionByName(large.select(*shape, nothing))
    return together


def _read(spark: SparkSession, source: str) -> DataFrame:
    from pyspark.errors import AnalysisException

    try:
        return spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(source)
    except AnalysisException as error:
        raise InputError("no file matches", source, "check the pattern") from error


def _parquet(spark: SparkSession, source: str) -> DataFrame:
    """Documents in the rows of Parquet."""
    from pyspark.errors import AnalysisException
    from pyspark.sql import functions as f

    try:
        table = spark.read.parquet(address(source))
    except AnalysisException as error:
        raise InputError("no Parquet to be read", source, "check the path") from error
    path, content = (next((name for name in names if name in table.columns), None) for names in (PATHS, CONTENTS))
    if path is None or content is None:
        wanted = f"{' or '.join(PATHS)}, and {' or '.join(CONTENTS)}"
        raise UsageError(f"has no columns {wanted}, but {', '.join(table.columns)}", source, "name them so")
    named = f.coalesce(f.col(f"`{path}`").cast("string"), f.lit(NAMELESS))
    data = f.col(f"`{content}`").cast("binary")
    row = f.format_string("%016x", f.monotonically_increasing_id())  # several rows may have one path
    frame = table.select(
        row.alias("at"),
        named.alias("path"),
        f.lit(None).cast("string").alias("file"),
        f.coalesce(f.octet_length(data), f.lit(0)).cast("bigint").alias("size"),
        data.alias("content"),
    )
    tasks = _tasks(spark, table.count())
    return frame if frame.rdd.getNumPartitions() >= tasks else frame.repartition(tasks)


def _tasks(spark: SparkSession, number: int) -> int:
    """In how many tasks so many documents are read: several for each core, so that none waits long for the last."""
    return max(1, min(number, max(-(-number // A_TASK), 3 * spark.sparkContext.defaultParallelism)))
