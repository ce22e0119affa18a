"""kg load, killed at any moment, and its database killed: the next load ends with the graph that is there to load."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from functools import cached_property
from pathlib import Path

from command import START, environment
from cut_connection import cut

import kg
from faults.building import NEW, OLD
from faults.databases import SERVERS, Database, ladybug
from faults.killing import Moment, at_random, changes, killed, ran
from kg.export.publish import publish
from kg.load import load

ALL = 1 << 40  # more bytes than any load sends


class Graphs:
    """Two builds, "old" and "new" in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, texts in (("old", OLD), ("new", NEW)):
            (folder / f"{name}-texts").mkdir(parents=True)
            for file, text in texts.items():
                (folder / f"{name}-texts" / file).write_text(text, "utf-8")
            publish(kg.build(folder / f"{name}-texts"), folder / name, html=False)
        self.old, self.new = (kg.open(folder / name) for name in ("old", "new"))


class ServerLoad:
    """The new graph is loaded over a connection into a database that holds the old one."""

    def __init__(self, graphs: Graphs, database: Database) -> None:
        self.graphs, self.database = graphs, database

    @cached_property
    def bytes(self) -> int:
        """How many go to the database in a whole load."""
        _load(self.graphs, self.database, "old")
        assert self.database.port is not None
        with cut(self.database.port, ALL) as door:
            _load(self.graphs, self.database.behind(door.port))
        self.database.holds(self.graphs.new)
        return door.passed

    def moments(self, number: int, seed: int) -> list[int]:
        """After how many bytes that went to the database."""
        chance = random.Random(seed)
        return sorted(chance.randrange(self.bytes) for _ in range(number))

    def wrong(self, moment: int) -> tuple[str, bool]:
        """What is wrong after the loader was killed at this moment and another load ("" where nothing is), and whether it was killed."""
        _load(self.graphs, self.database, "old")
        assert self.database.port is not None
        with cut(self.database.port, moment, lambda: process.kill()) as door:
            words = _words(self.database.behind(door.port))
            process = subprocess.Popen(
                [sys.executable, "-c", START, *words],
                cwd=self.graphs.folder,
                env=environment(KG_LANG="en", **self.database.env),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            process.wait(300)
        try:
            _load(self.graphs, self.database)
            self.database.holds(self.graphs.new)
        except (AssertionError, kg.YishiError) as error:
            return str(error), process.returncode == -signal.SIGKILL
        return "", process.returncode == -signal.SIGKILL


class FileLoad:
    """The new graph is loaded into a file that holds the old one: the file holds one of the two at every moment."""

    def __init__(self, graphs: Graphs, folder: Path) -> None:
        self.graphs, self.folder = graphs, folder
        folder.mkdir()
        with ladybug(folder) as self.database:
            self.words = _words(self.database)
        load(graphs.old, self.database.url)
        shutil.copy(folder / "graph.lbug", folder.with_name("old.lbug"))
        self._log = changes(self.words, graphs.folder, folder.with_name("changes.log"))
        self.start_again()
        _, _, _, self.seconds = ran(self.words, graphs.folder)

    def start_again(self) -> None:
        """Put the former file back, and nothing else."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        shutil.copy(self.folder.with_name("old.lbug"), self.folder / "graph.lbug")

    def moments(self, number: int, seed: int, *, placed: bool = True) -> list[Moment]:
        """Moments by chance over the whole run, and (where `placed`) each change of the disk from the one that puts the file in its place."""
        last = next(n for n, change in enumerate(self._log) if change.startswith("os.rename"))
        return at_random(number, self.seconds, seed) + [Moment(change=n) for n in range(last, len(self._log)) if placed]

    def wrong(self, moment: Moment) -> tuple[str, bool]:
        """What is wrong after a kill at this moment and another load, and whether the run was still there to be killed."""
        self.start_again()
        was_killed = killed(self.words, self.graphs.folder, moment)
        try:
            try:
                self.database.holds(self.graphs.old)
            except AssertionError:
                self.database.holds(self.graphs.new)
            _load(self.graphs, self.database)
            self.database.holds(self.graphs.new)
            stray = {path.name for path in self.folder.iterdir()} - {"graph.lbug"}
            assert not stray, f"left after the next load: {sorted(stray)}"
        except (AssertionError, kg.YishiError) as error:
            return str(error), was_killed
        return "", was_killed


def after_its_database_was_killed(graphs: Graphs, name: str, folder: Path, after: int) -> str:
    """What is wrong ("" where nothing is) when a database is killed as so many bytes of a load have gone in, and started and loaded again.

    `folder` is where its files are.
    """
    with SERVERS[name](folder) as database:
        _load(graphs, database, "old")
        assert database.port is not None
        with cut(database.port, after, database.kill) as door:
            code, _, errors, _ = ran(_words(database.behind(door.port)), graphs.folder, **database.env)
    if code != 1 or errors.count("\n") != 1:
        return f"the load that it was killed in ends with {code}: {errors}"
    with SERVERS[name](folder) as database:
        try:
            _load(graphs, database)
            database.holds(graphs.new)
        except AssertionError as error:
            return str(error)
    return ""


def _load(graphs: Graphs, database: Database, graph: str = "new") -> None:
    """Load one of the two. Raises AssertionError where the command fails."""
    code, _, errors, _ = ran(_words(database, graph), graphs.folder, **database.env)
    assert code in (0, 3), f"the load of the {graph} graph ends with {code}: {errors}"


def _words(database: Database, graph: str = "new") -> list[str]:
    return ["load", database.url, "--graph", graph]
