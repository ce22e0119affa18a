"""A build on a Spark cluster, as a whole.

First each document becomes a record (`stage/records`, Parquet in the output folder): that is nearly all of the work, and done once, whatever
comes after. Then the records are merged and written. `build.json` comes last: where it is, all is there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from os import PathLike, fspath
from pathlib import PurePath
from typing import TYPE_CHECKING

from kg import __version__
from kg.batch.options import Options
from kg.errors import InputError, UsageError
from kg.graph.iri import DEFAULT_BASE, check_base
from kg.graph.knowledge import Skipped
from kg.graph.manifest import MANIFEST
from kg.graph.mentions import ALL, LEVELS
from kg.lexicon import lexicon as words
from kg.lexicon import use
from kg.metadata import Metadata, metadata_table, told_of
from kg.metadata.told import Told
from kg.model import Term
from kg.pipeline import Own, nothing_read, own_lexicon
from kg.read import MAX_CHARS
from kg.spark.documents import A_SPLIT, Failed, documents, paths_of
from kg.spark.extract import records
from kg.spark.merge import entities, same_names, skipped, sources, unfit
from kg.spark.record import Ends, Work
from kg.spark.remote import Remote, address
from kg.spark.session import plainly, session
from kg.spark.write import NQUADS, PARQUET, write_nquads, write_parquet

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

BUILD, STAGE = "build.json", "stage"
ROWS = 64
"""Records that are read from the stage at a time."""
SHOWN = 100
"""Skipped documents that are given back by name: all of them are in parquet/skipped."""


@dataclass(slots=True)
class Built:
    """What a build came to. `skipped`: the first of those left out, of `left_out` in all; `seconds` of reading, merging and writing."""

    documents: int = 0
    characters: int = 0
    entities: int = 0
    facts: int = 0
    measures: int = 0
    quads: int = 0
    left_out: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def build(
    *named: str | PathLike[str],
    output: str | PathLike[str],
    master: str | None = None,
    home: str | None = None,
    metadata: Metadata | None = None,
    persons: bool = True,
    base: str = DEFAULT_BASE,
    max_chars: int = MAX_CHARS,
    lexicon: Own = None,
    tagger: str | None = None,
    mentions: str = ALL,
    progress: Callable[[str], None] | None = None,
) -> Built:
    """Build the graph of all documents that are named, on the cluster `master`, into the folder `output` (a path or an address).

    The options are those of kg.pipeline.build and kg.export.publish; `progress` is told "reading", "merging", "writing". Raises what
    these raise, UsageError for a folder that holds a graph, YishiError where Spark cannot do it. What an end before the end has written is removed.
    """
    check_base(base)
    if mentions not in LEVELS:
        raise UsageError("no such level of mentions", mentions, f"one of {', '.join(LEVELS)}")
    _check(home, tagger)
    table, own = metadata_table(metadata), own_lexicon(lexicon, base)
    tell = progress or (lambda step: None)
    to, names = address(fspath(output)), [fspath(name) for name in named]
    with session(master) as spark:
        remote = Remote(spark)
        _check_free(remote, to, fspath(output))
        with plainly():
            reading = spark.newSession()
            reading.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 16)
            reading.conf.set("spark.sql.files.maxPartitionBytes", A_SPLIT)
            reading.conf.set("spark.sql.files.openCostInBytes", 8192)
            failed: Failed = []
            frame = documents(reading, names, failed)
            told = told_of(table, paths_of(frame) if frame is not None and table else [], names)
            if frame is None:
                raise nothing_read([error for _, error in failed])
            options = Options.of(home, max_chars, tagger, own, told.of)
            merging = spark.newSession()
            # Records are large: at Spark's 4,096 rows a time a JVM of 1 GB ends on 3,000 documents of a page each.
            merging.conf.set("spark.sql.parquet.columnarReaderBatchSize", ROWS)
            work = _Job(merging, remote, to, Work(base, persons, mentions), tell)
            try:
                return work.run(_but(frame, told), options, told, failed)
            except BaseException:
                for part in (NQUADS, PARQUET, BUILD):
                    remote.delete(f"{to}/{part}")
                raise
            finally:
                remote.delete(f"{to}/{STAGE}")


class _Job:
    """One build, from documents to files."""

    def __init__(self, spark: SparkSession, remote: Remote, to: str, work: Work, tell: Callable[[str], None]) -> None:
        self._spark, self._remote, self._to, self._work, self._tell = spark, remote, to, work, tell
        self._built, self._running = Built(), ""

    def run(self, frame: DataFrame, options: Options, told: Told, failed: Failed) -> Built:
        """All steps. Raises InputError where nothing could be read, UsageError where the table of metadata contradicts itself."""
        began = self._step("reading", 0.0)
        found = self._staged("records", records(frame, options, self._work))
        self._check_read(found, told, failed)
        began = self._step("merging", began)
        kept = sources(found)
        merged = self._staged("entities", entities(kept, self._work.base))
        with use(options.own()):
            terms = words().terms
        kept = self._fitting(kept, merged, frame, options, terms)
        namesakes = self._staged("namesakes", same_names(merged, self._work.base))
        left = self._left(found, kept, told, failed)
        began = self._step("writing", began)
        base, level = self._work.base, self._work.mentions
        self._built.quads = write_nquads(kept, merged, namesakes, self._to, terms, base, level)
        write_parquet(kept, merged, namesakes, left, self._to)
        self._count(kept, merged)
        self._step("", began)
        self._remote.write(f"{self._to}/{BUILD}", self._told())
        return self._built

    def _fitting(
        self, kept: DataFrame, merged: DataFrame, frame: DataFrame, options: Options, terms: tuple[Term, ...]
    ) -> DataFrame:
        """The records without facts that a vote on their ends' classes has made senseless. The documents that have one (few do) are read again."""
        left: dict[str, set[Ends]] = {}
        for row in unfit(kept, merged, terms).toLocalIterator():
            left.setdefault(row.sha, set()).add((row.subject, row.relation, row.object))
        if not left:
            return kept
        shas = self._spark.createDataFrame([(sha,) for sha in left], "sha string")
        places = [(row.path, row.at) for row in kept.join(shas, "sha").select("path", "at").collect()]
        again = frame.join(frame.sparkSession.createDataFrame(places, "path string, at string"), ["path", "at"])
        work = replace(self._work, unfit={sha: frozenset(facts) for sha, facts in left.items()})
        mended = self._staged("mended", records(again.select(*frame.columns), options, work))
        named = mended.drop("name").join(kept.select("sha", "name"), "sha").select(*kept.columns)
        return kept.join(shas, "sha", "left_anti").select(*kept.columns).unionByName(named)

    def _step(self, name: str, began: float) -> float:
        """A step begins: how long the one before took is noted. Returns the clock."""
        now = time.perf_counter()
        if began:
            self._built.seconds[self._running] = round(now - began, 3)
        self._running = name
        if name:
            self._tell(name)
        return now

    def _staged(self, name: str, frame: DataFrame) -> DataFrame:
        """The frame, written and read again: what comes after does not do its work once more."""
        at = f"{self._to}/{STAGE}/{name}"
        frame.write.mode("overwrite").parquet(at)
        return self._spark.read.schema(frame.schema).parquet(at)

    def _check_read(self, found: DataFrame, told: Told, failed: Failed) -> None:
        """Raise InputError where nothing could be read, UsageError where two rows of a table contradict each other."""
        if found.filter("error is null").isEmpty():
            bad = found.select("path", "error").sort("untold", "order").collect()
            raise nothing_read([*(error for _, error in failed), *(InputError(row.error, row.path) for row in bad)])
        if told.of:
            rows = self._spark.createDataFrame([(path,) for path in told.of], "path string")
            copies = found.filter("error is null").join(rows, "path").select("path", "sha", "untold", "order")
            for row in copies.sort("untold", "order").collect():
                told.check(row.path, row.sha)

    def _left(self, found: DataFrame, kept: DataFrame, told: Told, failed: Failed) -> DataFrame:
        """What was left out, as a table; the first of it is noted."""
        here = [(one.name, one.reason) for one, _ in failed]
        if rest := told.left():
            here.append((PurePath(told.name).name, rest))
        left = skipped(found, kept)
        if here:
            left = left.unionByName(self._spark.createDataFrame(here, "name string, reason string"))
        self._built.left_out = left.count()
        self._built.skipped = [Skipped(row.name, row.reason) for row in left.sort("name", "reason").limit(SHOWN).collect()]
        return left

    def _count(self, kept: DataFrame, merged: DataFrame) -> None:
        from pyspark.sql import functions as f

        size = (f.sum("characters"), f.sum(f.size("facts")), f.sum(f.size("figures")))
        row = kept.agg(f.count("*"), *size).first()
        assert row is not None
        self._built.documents, self._built.characters, self._built.facts, self._built.measures = (int(one or 0) for one in row)
        self._built.entities = merged.count()

    def _told(self) -> bytes:
        """The file that says that all is there."""
        told = asdict(self._built)
        told.pop("seconds")
        head = {"version": __version__, "base": self._work.base, "mentions": self._work.mentions, "folders": [NQUADS, PARQUET]}
        return (json.dumps({**head, **told}, ensure_ascii=False, indent=1) + "\n").encode()


def _check_free(remote: Remote, to: str, output: str) -> None:
    """Raise UsageError for a folder in which something is that this build would write over: of a graph, or of somebody's own."""
    for name in (MANIFEST, BUILD, NQUADS, PARQUET, STAGE):
        if remote.exists(f"{to}/{name}"):
            mend = "wait for the build that writes there, or remove it" if name == STAGE else "give another folder, or remove it"
            raise UsageError(f"there is already {name} in it", output, mend)


def _check(home: str | None, tagger: str | None) -> None:
    """Raise UsageError or YishiError, before anything is started, for options that no machine could follow."""
    if home is not None:
        from kg.resolve.home import told_home

        told_home(home)
    if tagger:
        from kg.extract.tagger import tagger as load_tagger

        load_tagger(tagger)


def _but(frame: DataFrame, told: Told) -> DataFrame:
    """The documents without the table of metadata, which is none."""
    if not told.name:
        return frame
    left = set(paths_of(frame)) - set(told.files)
    return frame.filter(~frame["path"].isin(*left)) if left else frame
