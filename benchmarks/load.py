"""`kg serve` under load: many clients at once with good, bad, slow, endless and enormous requests, and some that dribble.

    python -m benchmarks.load [--graph FOLDER | --seeds FOLDER] [--clients 100] [--seconds 60] [--json]

The real command serves a graph (built of seeds/ where none is given) as a user starts it, with queries of 10 seconds at most; each client sends one request after the other, drawn by lot from
benchmarks.load_kinds with a fixed seed. Beside them one more client asks /health five times a second. Memory is what the system says of
the server's process and of those it started, twice a second (resident pages; what they share is counted in each).
Exits with 1 where something does not hold: an answer of another status than its kind allows, a refusal without a reason, an answer that
does not come, a health check that fails or takes over a second, or more memory than SERVER_MB and ALL_MB.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.child import ROOT
from benchmarks.load_kinds import Ask, Asking, Kind

KG = "import sys; from kg.cli import main; sys.exit(main())"  # what the installed command is
HEALTH = 0.2  # seconds between two health checks
SLOWEST_HEALTH = 1.0
SERVER_MB, ALL_MB = 400, 6000
LONGEST_WAIT = 60.0  # seconds after which an answer is taken for one that does not come
KEPT = 4096  # bytes of an answer that are kept to look at


@dataclass(slots=True)
class Kept:
    """What became of the requests of a kind."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Memory:
    """The most that was seen, in MB: of the server's process, of any one it started, of all together; and how many there were."""

    server: float = 0.0
    worker: float = 0.0
    together: float = 0.0
    processes: int = 0

    def look(self, pid: int) -> None:
        """Look now."""
        children = [_resident(child) for child in _children(pid)]
        server = _resident(pid)
        self.server, self.worker = max(self.server, server), max([self.worker, *children])
        self.together, self.processes = max(self.together, server + sum(children)), max(self.processes, len(children))


@dataclass(slots=True)
class Result:
    """A run: what became of each kind, the health checks, memory, and everything that does not hold."""

    kinds: dict[str, Kept]
    memory: Memory
    after: Memory
    wrong: list[str]


def main() -> int:
    """Measure and print a table, or with --json the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, help="a folder that kg build wrote")
    parser.add_argument("--seeds", type=Path, default=ROOT / "seeds", help="texts to build one of")
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = args.graph or Path(folder) / "graph"
        if args.graph is None:
            subprocess.run(
                [sys.executable, "-c", KG, "build", str(args.seeds), "-o", str(graph)], check=True, stdout=subprocess.DEVNULL
            )
        result = measure(graph, args.clients, args.seconds)
    print(json.dumps(summary(result), indent=1) if args.json else "\n".join(table(result)))
    print(*result.wrong, sep="\n", end="\n" if result.wrong else "", file=sys.stderr)
    return 1 if result.wrong else 0


def measure(graph: Path, clients: int, seconds: float, late: float | None = None) -> Result:
    """Serve the graph, have it asked for so long by so many, and look.

    What is under way when the time is over is waited for; with `late`, no longer than so many seconds, and it is not counted then.
    """
    with serving(graph, "--timeout", "10") as (port, process):
        return asyncio.run(_run(graph, port, process.pid, clients, seconds, late))


@contextmanager
def serving(graph: Path, *options: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The port and the process of `kg serve`."""
    process = subprocess.Popen(
        [sys.executable, "-c", KG, "serve", "--lang", "en", "--graph", str(graph), "--port", "0", *options],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        if not found:
            raise SystemExit("kg serve did not start")
        yield int(found[1]), process
    finally:
        process.terminate()
        process.wait(20)


async def _run(graph: Path, port: int, pid: int, clients: int, seconds: float, late: float | None) -> Result:
    kinds = Asking(port, _entities(graph)).kinds()
    kept: dict[str, Kept] = defaultdict(Kept)
    memory, after, end = Memory(), Memory(), time.monotonic() + seconds

    async def client(number: int) -> None:
        draw = random.Random(number)
        while time.monotonic() < end:
            kind = draw.choices(kinds, [one.share for one in kinds])[0]
            await _one(port, kind, kind.make(draw), kept[kind.name])

    async def health() -> None:
        kind = Kind("health checks", 0, frozenset({200}), lambda _: Ask(b""))
        ask = Ask(f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        while time.monotonic() < end:
            await _one(port, kind, ask, kept[kind.name])
            await asyncio.sleep(HEALTH)

    async def watch() -> None:
        while time.monotonic() < end:
            await asyncio.to_thread(memory.look, pid)
            await asyncio.sleep(0.5)

    tasks = [asyncio.ensure_future(one) for one in (health(), watch(), *(client(number) for number in range(clients)))]
    done, pending = await asyncio.wait(tasks, timeout=None if late is None else seconds + late)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        task.result()
    await asyncio.sleep(2)
    after.look(pid)
    ordered = {name: kept[name] for name in [*(kind.name for kind in kinds), "health checks"] if kept[name].seconds}
    wrong = [line for one in ordered.values() for line in one.wrong]
    slowest = max(ordered["health checks"].seconds)
    if slowest > SLOWEST_HEALTH:
        wrong.append(f"a health check took {slowest:.1f} s")
    if memory.server > SERVER_MB or memory.together > ALL_MB:
        wrong.append(f"memory: {memory.server:.0f} MB of the server, {memory.together:.0f} MB with its processes")
    return Result(ordered, memory, after, wrong)


def _entities(graph: Path) -> list[str]:
    """Some hundred entities of a graph, the best connected among them."""
    import kg

    found = [
        str(row["x"])
        for row in kg.open(graph).query(
            "SELECT ?x (COUNT(?y) AS ?n) WHERE { ?x ?p ?y . ?x kg:mention ?z } GROUP BY ?x ORDER BY DESC(?n) LIMIT 300"
        )
    ]
    if not found:
        raise SystemExit(f"{graph}: no entities")
    return found


async def _one(port: int, kind: Kind, ask: Ask, kept: Kept) -> None:
    """Send one request and keep what became of it."""
    began = time.monotonic()
    try:
        status, text = await asyncio.wait_for(_exchange(port, ask), LONGEST_WAIT)
    except TimeoutError:
        status, text = -1, ""
    kept.seconds.append(time.monotonic() - began)
    kept.statuses[status] += 1
    if status not in kind.allowed:
        kept.wrong.append(f"{kind.name}: {status} {text[:200]!r} to {ask.data[:200]!r}")
    elif status >= 400 and not text.strip():
        kept.wrong.append(f"{kind.name}: {status} without a reason to {ask.data[:200]!r}")


async def _exchange(port: int, ask: Ask) -> tuple[int, str]:
    """The status (0: none) and the beginning of the text that comes back."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return -2, ""
    data = b""
    try:
        sending = asyncio.ensure_future(_send(writer, ask))
        with contextlib.suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(ask.leave or None):
                while piece := await reader.read(1 << 16):
                    data += piece[: max(0, KEPT - len(data))]
        sending.cancel()
        with contextlib.suppress(asyncio.CancelledError, ConnectionError):
            await sending
    finally:
        writer.transport.abort()
    head, _, text = data.partition(b"\r\n\r\n")
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", head)
    return (int(found[1]), text.decode("utf-8", "replace")) if found else (0, "")


async def _send(writer: asyncio.StreamWriter, ask: Ask) -> None:
    for at in range(0, len(ask.data), ask.piece or len(ask.data)):
        writer.write(ask.data[at : at + (ask.piece or len(ask.data))])
        await writer.drain()
        await asyncio.sleep(ask.pause)


def _children(pid: int) -> list[int]:
    """The processes that a process started."""
    try:
        return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return []


def _resident(pid: int) -> float:
    """The megabytes of a process that are in memory; 0 where it has ended."""
    try:
        found = re.search(r"^VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.M)
    except OSError:
        found = None
    return int(found[1]) / 1024 if found else 0.0


def summary(result: Result) -> dict[str, Any]:
    """The figures: for each kind how many, statuses, and seconds at 50, 95, 99 % and at most; memory in MB."""
    kinds = {}
    for name, kept in result.kinds.items():
        ordered = sorted(kept.seconds)
        at = {f"p{share}": ordered[min(len(ordered) - 1, len(ordered) * share // 100)] for share in (50, 95, 99)}
        kinds[name] = {"requests": len(ordered), "statuses": dict(sorted(kept.statuses.items())), **at, "max": ordered[-1]}
    memory, after = result.memory, result.after
    return {
        "kinds": kinds,
        "MB": {
            "server": memory.server,
            "largest process": memory.worker,
            "together": memory.together,
            "afterwards": after.together,
        },
        "processes": memory.processes,
        "wrong": len(result.wrong),
    }


def table(result: Result) -> list[str]:
    """The figures as a Markdown table."""
    figures = summary(result)
    lines = ["| kind | requests | answers | p50 s | p95 s | p99 s | max s |", "| --- | --: | --- | --: | --: | --: | --: |"]
    for name, row in figures["kinds"].items():
        answers = ", ".join(f"{_called(status)} × {count:,}" for status, count in row["statuses"].items())
        seconds = " | ".join(f"{row[key]:.3f}" for key in ("p50", "p95", "p99", "max"))
        lines.append(f"| {name} | {row['requests']:,} | {answers} | {seconds} |")
    memory = figures["MB"]
    lines += [
        "",
        f"Memory at most: {memory['server']:.0f} MB of the server, {memory['largest process']:.0f} MB of its largest process of "
        f"{figures['processes']}, {memory['together']:.0f} MB together; two seconds later {memory['afterwards']:.0f} MB together.",
    ]
    return lines


def _called(status: int) -> str:
    return {0: "ended", -1: "none within a minute", -2: "not let in"}.get(status, str(status))


if __name__ == "__main__":
    sys.exit(main())
