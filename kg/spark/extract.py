"""Documents to records, batch by batch: what mapInArrow runs on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from kg.batch.options import Options
from kg.batch.version import code_version
from kg.errors import YishiError
from kg.spark.columns import RECORD, batch, ddl
from kg.spark.record import Work, record_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

TOGETHER = 16
"""Records that go to Spark at a time."""


def records(documents: DataFrame, options: Options, work: Work) -> DataFrame:
    """The records (kg.spark.columns.RECORD) of documents (DOCUMENT), one each."""
    read = partial(read_batches, told=options.as_json(), work=work, version=code_version())
    return documents.mapInArrow(read, ddl(RECORD))


def read_batches(batches: Iterator[Any], told: dict[str, Any], work: Work, version: str) -> Iterator[Any]:
    """Arrow batches of documents to Arrow batches of records. Raises YishiError where this machine has other code than who asks."""
    if code_version() != version:
        raise YishiError("another version of kg on a machine of the cluster", "", "install the same one on all of them")
    options = Options.from_json(told)
    done: list[dict[str, Any]] = []
    for documents in batches:
        for number in range(documents.num_rows):
            (document,) = documents.slice(number, 1).to_pylist()
            done.append(record_of(document, options, work))
            if len(done) >= TOGETHER:
                yield batch(done, RECORD)
                done = []
    if done:
        yield batch(done, RECORD)
