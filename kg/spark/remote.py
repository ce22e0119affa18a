"""Files of the cluster's file system (local, HDFS, an object store) that are no DataFrames: whether they are there, a small one, a folder to be gone."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
HERE = "file://"
GLOB = frozenset("*?[{")


def is_address(path: str) -> bool:
    """Whether it is a path of a file system that it names: s3a://bucket/texts, hdfs:///texts, file:///texts."""
    return _SCHEME.match(path) is not None


def address(path: str) -> str:
    """The path as Spark takes it whatever its usual file system is: of a path here, with the scheme that says so."""
    return path if is_address(path) else f"{HERE}{os.path.abspath(path)}"


class Remote:
    """The file systems that a session reaches."""

    def __init__(self, spark: SparkSession) -> None:
        self._jvm: Any = spark._jvm
        self._conf = spark._jsc.hadoopConfiguration()

    def exists(self, path: str) -> bool:
        """Whether there is something at this address."""
        at, system = self._at(path)
        return bool(system.exists(at))

    def is_file(self, path: str) -> bool:
        """Whether there is a file at this address."""
        at, system = self._at(path)
        return bool(system.exists(at) and system.getFileStatus(at).isFile())

    def delete(self, path: str) -> None:
        """Remove a folder, or a file; nothing where there is none. Where Spark's own process has ended only what lies on this machine is removed."""
        from py4j.protocol import Py4JNetworkError

        try:
            at, system = self._at(path)
            system.delete(at, True)
        except (ConnectionError, Py4JNetworkError):
            if path.startswith(HERE):
                here = Path(path.removeprefix(HERE))
                shutil.rmtree(here) if here.is_dir() else here.unlink(missing_ok=True)

    def write(self, path: str, data: bytes) -> None:
        """Write a small file, over one that is there."""
        at, system = self._at(path)
        stream = system.create(at, True)
        try:
            stream.write(data)
        finally:
            stream.close()

    def _at(self, path: str) -> tuple[Any, Any]:
        at = self._jvm.org.apache.hadoop.fs.Path(path)
        return at, at.getFileSystem(self._conf)
