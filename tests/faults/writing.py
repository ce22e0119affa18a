"""kg serve --writable, killed while it writes: what it has said is done is there, all or nothing of the rest, and the next server goes on."""

from __future__ import annotations

import random
import shutil
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx
from serving import TOKEN, Served, served

import kg
from faults.killing import left, ran
from kg.graph.store import ONTOLOGY, open_store

AT = "urn:faults:counter"
ENOUGH = 12  # updates while nobody kills
WAIT = 20.0  # seconds for a killed server's processes to go


class Writing:
    """A served graph in which a counter is moved on, one update after the other, and every number it had is kept."""

    def __init__(self, folder: Path, graph: Path) -> None:
        self.folder, self.built = folder, graph
        self._start()
        self.before = self._said()
        with served(folder / "out", "--writable", KG_TOKEN=TOKEN) as running:
            began = time.monotonic()
            assert _count(running, ENOUGH) == ENOUGH
            self.seconds = time.monotonic() - began
        self.files = _kinds(folder / "out")

    def _start(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        shutil.copytree(self.built, self.folder / "out", ignore=shutil.ignore_patterns(".yishi-cache"))

    def moments(self, number: int, seed: int) -> list[float]:
        """Seconds after the first update is sent."""
        chance = random.Random(seed)
        return sorted(chance.uniform(0, self.seconds) for _ in range(number))

    def wrong(self, moment: float) -> tuple[str, bool]:
        """What is wrong after a kill at this moment ("" where nothing is), and whether a write was then still to be answered."""
        self._start()
        with served(self.folder / "out", "--writable", KG_TOKEN=TOKEN) as running:
            processes = _children(running.process.pid)
            killer = threading.Timer(moment, running.process.kill)
            killer.start()
            done = _count(running, 10 * ENOUGH)
            killer.join()
            processes |= _children(running.process.pid)
            running.process.wait(WAIT)
        try:
            self._is_whole(done)
            gone_by = time.monotonic() + WAIT
            while alive := {pid for pid in processes if Path(f"/proc/{pid}").exists()}:
                assert time.monotonic() < gone_by, f"processes of the killed server are still there: {alive}"
                time.sleep(0.05)
            with served(self.folder / "out", "--writable", KG_TOKEN=TOKEN) as running:
                number = _number(running)
                assert number in (done, done + 1), f"the next server counts from {number}, {done} were done"
                assert _count(running, number + 2, number) == number + 2
            self._is_whole(number + 2)
            stray = _kinds(self.folder / "out") ^ self.files
            assert not stray, f"left after the next server: {sorted(stray)}"
        except (AssertionError, kg.YishiError) as error:
            return str(error), done < 10 * ENOUGH
        return "", done < 10 * ENOUGH

    def next_build(self, texts: Path) -> str:
        """What is wrong where the folder is built again after all this."""
        code, _, errors, _ = ran(["build", str(texts), "-o", "out", "--no-html"], self.folder)
        if code not in (0, 3):
            return f"the next build ends with {code}: {errors}"
        return "" if self._said() == self.before else "the next build gives another graph"

    def _is_whole(self, done: int) -> None:
        """All numbers to `done` or the next one, the counter at the last, and all that was built."""
        said = self._said()
        mine = {quad for quad in said if quad[0] == f"<{AT}>"}
        numbers = {int(value) for _, name, value in mine if name == "<urn:faults:had>"}
        counters = [int(value) for _, name, value in mine if name == "<urn:faults:is>"]
        assert numbers == set(range(1, len(numbers) + 1)), f"numbers are missing: {sorted(numbers)}"
        assert len(numbers) in (done, done + 1), f"{done} were done and {len(numbers)} are there"
        assert counters == ([len(numbers)] if numbers else []), f"half a change: {counters} of {len(numbers)}"
        assert said - mine == self.before, "what was built is not there any more"

    def _said(self) -> set[tuple[str, str, str]]:
        """What the store says, without the ontology, whose nodes without a name are called otherwise in each store."""
        quads = (quad for quad in open_store(self.folder / "out") if quad.graph_name != ONTOLOGY)
        return {(str(quad.subject), str(quad.predicate), getattr(quad.object, "value", str(quad.object))) for quad in quads}


def _count(running: Served, to: int, done: int = 0) -> int:
    """Move the counter on until it is killed or at `to`. Returns the last number that the server has said is done."""
    with suppress(httpx.TransportError):
        for number in range(done + 1, to + 1):
            update = (
                f"DELETE {{ <{AT}> <urn:faults:is> ?old }} INSERT {{ <{AT}> <urn:faults:is> {number} ; <urn:faults:had> {number} }} "
                f"WHERE {{ OPTIONAL {{ <{AT}> <urn:faults:is> ?old }} }}"
            )
            answer = running.post("/sparql", data={"update": update}, headers=running.authorized())
            assert answer.status_code in (200, 204), answer.text
            done = number
    return done


def _number(running: Served) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ <{AT}> <urn:faults:had> ?number }}"
    answer = running.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    return int(answer.text.splitlines()[1])


def _children(pid: int) -> set[int]:
    """The processes that a process has started."""
    found = set()
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found |= {int(word) for word in path.read_text().split()}
    return found


def _kinds(folder: Path) -> set[str]:
    """What lies in a folder, whatever a store in it is called."""
    return {"store/*" if name.startswith("store/") else name for name in left(folder)}
