"""The Spark session of a build, and what goes wrong in it in one line."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import YishiError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[*]"
JAVA = 17


@contextmanager
def session(master: str | None) -> Iterator[SparkSession]:
    """A session on the cluster `master`: the one that runs in this process already, which is left running, or a new one, which is ended.

    Without `master`, what Spark is told elsewhere (spark-submit, spark-defaults.conf) counts, else the cores of this machine. What is
    raised within by Spark is a YishiError of one line. Raises YishiError where PySpark is not installed, or no Java is there.
    """
    SparkSession = _session_class()
    running = SparkSession.getActiveSession()
    spark = running or _started(SparkSession, master)
    try:
        with plainly():
            yield spark
    finally:
        if running is None:
            _stop(spark)


@contextmanager
def plainly() -> Iterator[None]:
    """Errors of Spark as one line."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as error:
        if os.environ.get("KG_DEBUG"):
            raise
        raise YishiError(_line(error), "Spark", "set KG_DEBUG=1 to see all of it") from error


def _session_class() -> type[SparkSession]:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise YishiError("--engine spark needs PySpark", "", "pip install 'yishi[spark]'") from error
    return SparkSession


def _started(found: type[SparkSession], master: str | None) -> SparkSession:
    if not _java():
        raise YishiError(
            f"Spark needs Java {JAVA}, and there is none", "", f"install openjdk-{JAVA}-jre-headless, or set JAVA_HOME"
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = found.builder.appName("yishi").config("spark.log.level", "ERROR").config("spark.ui.showConsoleProgress", "false")
    local = master is not None and master.startswith("local")
    if master is not None:
        builder = builder.master(master)
    elif not _told_elsewhere():
        builder, local = builder.master(LOCAL), True
    if local:  # nothing that others can reach
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = builder.config("spark.ui.enabled", "false")
    try:
        with _unsaid():
            return builder.getOrCreate()
    except Exception as error:  # py4j and pyspark let through whatever the start stumbles over
        if os.environ.get("KG_DEBUG"):
            raise
        raise YishiError(
            f"does not start: {_line(error)}", "Spark", "check --master and Java; KG_DEBUG=1 shows all of it"
        ) from error


@contextmanager
def _unsaid() -> Iterator[None]:
    """What is started here says nothing on standard error, unless KG_DEBUG asks for it: what goes wrong is told in one line."""
    if os.environ.get("KG_DEBUG"):
        yield
        return
    for name in ("DataFrameQueryContextLogger", "SQLQueryContextLogger"):  # PySpark writes each error to standard error as well
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    sys.stderr.flush()
    before, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)
        os.close(nowhere)


def _told_elsewhere() -> bool:
    """Whether a master is told by who starts this process, or by a configuration file."""
    if "--master" in os.environ.get("PYSPARK_SUBMIT_ARGS", "") or "MASTER" in os.environ or "PYSPARK_GATEWAY_PORT" in os.environ:
        return True
    homes = [os.environ.get("SPARK_CONF_DIR"), os.path.join(os.environ.get("SPARK_HOME", ""), "conf")]
    files = [Path(home, "spark-defaults.conf") for home in homes if home]
    return any("spark.master" in file.read_text("utf-8", "replace") for file in files if file.is_file())


def _java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return bool(home and Path(home, "bin", "java").exists()) or shutil.which("java") is not None


def _stop(spark: SparkSession) -> None:
    """End the session, and the Java process that this process started for it."""
    from py4j.protocol import Py4JNetworkError
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    with suppress(ConnectionError, Py4JNetworkError):  # it has ended by itself, which is told elsewhere
        spark.stop()
    if gateway is not None and hasattr(gateway, "proc"):
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()
        SparkContext._gateway = SparkContext._jvm = None


def _line(error: BaseException) -> str:
    """What an error of Spark is about: of a stack of causes in two languages, the line that names the last."""
    from py4j.protocol import Py4JError, Py4JNetworkError

    ended = "its own process (the driver) has ended; it may want more memory (spark.driver.memory)"
    if isinstance(error, ConnectionError | Py4JNetworkError):
        return ended
    try:
        text = str(error).strip().splitlines() or [type(error).__name__]
    except (ConnectionError, Py4JError):  # what went wrong is asked of that process
        return ended
    ours = [line for line in text if line.startswith(("kg.errors.", "Caused by:"))]
    return (ours[-1] if ours else text[0]).removeprefix("Caused by:").strip()[:500]
