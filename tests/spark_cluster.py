"""A Spark cluster for the tests: a master and two workers of this machine, each with an executor in a process of its own."""

from __future__ import annotations

import gzip
import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from absent import absent
from pyoxigraph import RdfFormat, serialize

from kg.graph.knowledge import Graph

MASTER = "local-cluster[2,1,1024]"
# Little is done here by each process: the quickest compiler is the best. A cluster's 200 parts would be 200 tasks with next to nothing in them.
SETTINGS = (
    "--driver-java-options -XX:TieredStopAtLevel=1 --conf spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 "
    "--conf spark.sql.shuffle.partitions=4 pyspark-shell"
)
# A package with a reader of .slow files. The first time one is read, it says which executor's process it is in, and waits to be killed.
SLOW = """
import os, time
from pathlib import Path
from kg.model import Text

class Reader:
    extensions = (".slow",)
    media_type = "text/plain"
    def read(self, data, name):
        if at := os.environ.get("SLOW_AT"):
            executor = Path(f"/proc/{os.getppid()}/stat").read_text().rpartition(")")[2].split()[1]
            number = len(list(Path(at).glob("attempt-*")))
            half = Path(at, f"half-{number}")
            half.write_text(executor)
            half.rename(Path(at, f"attempt-{number}"))
            if not number:
                time.sleep(300)
        return Text(data.decode())
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cluster that runs: builds in this process are done on it. Gives the folder where .slow files tell of each time they are read."""
    if importlib.util.find_spec("pyspark") is None:
        absent("no PySpark: pip install 'yishi[spark]'")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        absent("no Java: apt-get install openjdk-17-jre-headless, or make test as root")
    import pyspark

    from kg.spark.session import session

    work, told = Path(pyspark.__file__).parent / "work", tmp_path_factory.mktemp("slow")
    before = set(work.iterdir()) if work.is_dir() else set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_SUBMIT_ARGS", SETTINGS)
        patch.setenv("SLOW_AT", str(told))
        root = str(Path(__file__).resolve().parent.parent)
        patch.setenv("PYTHONPATH", os.pathsep.join((slow_reader(tmp_path_factory.mktemp("plugin")), root)))
        with session(MASTER):
            patch.delenv("SLOW_AT")  # only the cluster waits
            yield told
    for left in set(work.iterdir()) - before:  # what executors of a cluster on one machine log, beside the package
        shutil.rmtree(left)


def slow_reader(folder: Path) -> str:
    """A folder for the path of modules, with the package of the reader that waits."""
    about = folder / "slow-1.dist-info"
    about.mkdir(parents=True)
    (folder / "slow.py").write_text(SLOW)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: slow\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[yishi.readers]\nslow = slow:Reader\n")
    return str(folder)


def lines_of(graph: Graph) -> list[str]:
    """The graph as N-Quads, sorted."""
    data = serialize(graph.quads(), format=RdfFormat.N_QUADS)
    assert data is not None
    return sorted(data.decode().splitlines())


def lines_in(folder: Path) -> list[str]:
    """The N-Quads that a cluster has written, sorted."""
    files = [path for path in Path(folder, "nquads").rglob("part-*") if path.name.endswith(".gz")]
    text = [gzip.decompress(path.read_bytes()).decode() for path in files]
    return sorted(line for one in text for line in one.split("\n") if line)
