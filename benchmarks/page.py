"""The page beside plain pyvis: how long it takes to open, how smoothly it moves, and when the true picture is there after a move.

    python -m benchmarks.page [--sizes 300 2000 20000] [--seconds 3] [--limit 60] [--json]

Three pages of the same made graph: what `Graph.to_html` writes (the whole graph shown); the same drawn by vis-network whatever its size,
every node in its place ("vis-network, placed"); and what pyvis alone gives ("pyvis": its own template and physics, everything in-line; its
lists filled directly, for its add_edge looks through all edges each time). Each is opened in a browser of its own, one after the other,
without a network and without a graphics card.

opens: from the navigation to the first picture that is true (for pyvis alone: to the first picture at all). settled: until nothing moves by
itself. pan, zoom: frames a second while a mouse drags the picture or a wheel zooms it, and the longest frame. true after rest: from the last
move to the true picture. What is not there within the limit is "none".
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.made_graph import made_graph
from kg.graph.knowledge import Graph

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
SIZE = {"width": 1280, "height": 800}
PAIRS = 2.5  # related pairs for one entity
FRAMES = """() => { window.frames_ = []; const tick = (time) => { frames_.push(time); window.ticking = requestAnimationFrame(tick); }; tick(performance.now()); }"""
COUNTED = "() => { cancelAnimationFrame(ticking); return frames_; }"
WHEEL = """(seconds) => new Promise((done) => {
  const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect(), frames = [];
  const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true, cancelable: true };
  const tick = (time) => {
    frames.push(time);
    if (time - frames[0] > 1000 * seconds) return done(frames);
    canvas.dispatchEvent(new WheelEvent("wheel", { ...at, deltaY: time - frames[0] < 500 * seconds ? -30 : 30 }));
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
})"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
RESTED = "() => yishi.view.rested().then(() => performance.now())"
Figures = dict[str, Any]


def main() -> int:
    """Measure and print a table, or with --json the figures."""
    args = _arguments()
    if args.child:
        kind, path = args.child
        measure(kind, Path(path), args.seconds, args.limit)
        return 0
    if not browser():
        print("no browser: apt-get install chromium", file=sys.stderr)
        return 1
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in args.sizes:
            graph = made_graph(size, round(PAIRS * size))
            for kind, write in WRITERS.items():
                path = Path(folder) / f"{size}.html"
                start = time.perf_counter()
                write(graph, path)
                row = {"page": kind, "entities": size, "pairs": len(graph.facts), "written": time.perf_counter() - start}
                row["mb"] = path.stat().st_size / 1e6
                rows.append(row | _child(kind, path, args.seconds, args.limit))
                if not args.json:
                    print("\n".join(table(rows)[len(rows) + 1 :] if len(rows) > 1 else table(rows)), flush=True)
    if args.json:
        print(json.dumps(rows, indent=1))
    return 0


def ours(graph: Graph, path: Path) -> None:
    """The page as it is."""
    graph.to_html(path)


def placed(graph: Graph, path: Path) -> None:
    """The page drawn by vis-network, however large the graph."""
    from kg.export import page

    kept = page.LARGE_NODES, page.LARGE_EDGES
    page.LARGE_NODES = page.LARGE_EDGES = sys.maxsize
    try:
        graph.to_html(path)
    finally:
        page.LARGE_NODES, page.LARGE_EDGES = kept


def plain(graph: Graph, path: Path) -> None:
    """What pyvis makes of the graph by itself."""
    from pyvis.network import Network

    net = Network(directed=True, height="790px", cdn_resources="in_line")
    net.nodes = [{"id": entity.id, "label": entity.label, "shape": "dot"} for entity in graph.entities]
    net.edges = [{"from": fact.subject, "to": fact.object, "arrows": "to"} for fact in graph.facts]
    path.write_text(net.generate_html(), "utf-8")


WRITERS: dict[str, Callable[[Graph, Path], None]] = {"kg": ours, "vis-network, placed": placed, "pyvis": plain}


def browser() -> str | None:
    """The path of a browser, where there is one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def measure(kind: str, path: Path, seconds: float, limit: float) -> None:
    """Open a page, move it, and print each figure as a line of JSON as soon as it is there."""
    from playwright.sync_api import sync_playwright

    def say(**figures: float | None) -> None:
        print(json.dumps(figures), flush=True)

    mine = kind != "pyvis"
    with sync_playwright() as running:
        opened = running.chromium.launch(executable_path=browser(), args=FLAGS)
        page = opened.new_context(offline=True, viewport=SIZE).new_page()  # type: ignore[arg-type]
        page.set_default_timeout(1000 * limit)
        page.goto(path.as_uri() + ("#view=whole&reading=no" if mine else ""), wait_until="commit")
        page.wait_for_load_state("load")
        say(opens=page.evaluate(RESTED if mine else TWO_FRAMES))
        if not mine:
            until = time.perf_counter() + limit
            while not (still := page.evaluate("() => network.physics.stabilized")) and time.perf_counter() < until:
                page.wait_for_timeout(100)
            say(settled=page.evaluate("() => performance.now()") if still else None)
        box = page.evaluate(
            "() => { const b = document.querySelector('canvas').getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; }"
        )
        x, y = box[0] + box[2] / 2, box[1] + 0.97 * box[3]
        page.mouse.move(x, y)
        page.mouse.down()
        page.evaluate(FRAMES)
        start, turn = time.perf_counter(), 0
        while time.perf_counter() - start < seconds:
            turn += 1
            page.mouse.move(x + 220 * ((turn % 80) / 40 - 1 if turn % 160 < 80 else 1 - (turn % 80) / 40), y - (turn % 97))
        say(**pace("pan", page.evaluate(COUNTED)))
        page.mouse.up()
        last = page.evaluate("() => performance.now()")
        say(true_pan=page.evaluate(RESTED if mine else TWO_FRAMES) - last)
        frames = page.evaluate(WHEEL, seconds)
        last = page.evaluate("() => performance.now()")
        say(true_zoom=page.evaluate(RESTED if mine else TWO_FRAMES) - last, **pace("zoom", frames))
        opened.close()


def pace(name: str, frames: list[float]) -> dict[str, float]:
    """Frames a second and the longest frame (milliseconds), from the times of the frames."""
    gaps = [after - before for before, after in pairwise(frames)]
    return {name: 1000 * len(gaps) / sum(gaps), f"{name}_longest": max(gaps)} if gaps else {}


def _child(kind: str, path: Path, seconds: float, limit: float) -> Figures:
    """What a process of its own measures, as far as it gets within three times the limit."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.page",
        "--child",
        kind,
        str(path),
        "--seconds",
        str(seconds),
        "--limit",
        str(limit),
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        said, wrong = process.communicate(timeout=3 * limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # the browser too
        said, wrong = process.communicate()
    figures: Figures = {}
    for line in said.splitlines():
        figures |= json.loads(line)
    if process.returncode not in (0, -signal.SIGKILL) and "Timeout" not in wrong:
        raise SystemExit(f"{kind}: {wrong.strip()}")
    return figures


def table(rows: list[Figures]) -> list[str]:
    """The figures as a Markdown table."""
    lines = [
        "| entities | pairs | page | MB | written s | opens s | settled s | pan frames/s (longest ms) | zoom frames/s (longest ms) | true after rest ms |",
        "| --: | --: | --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for row in rows:
        true = [f"{row[key]:,.0f}" for key in ("true_pan", "true_zoom") if row.get(key) is not None]
        cells = [
            f"{row['entities']:,}", f"{row['pairs']:,}", row["page"], f"{row['mb']:.1f}", f"{row['written']:.1f}",
            _cell(row, "opens", 1000, 1), _cell(row, "settled", 1000, 1) if row["page"] == "pyvis" else "at once",
            *(f"{_cell(row, name, 1, 0)} ({_cell(row, f'{name}_longest', 1, 0)})" if name in row else "none" for name in ("pan", "zoom")),
            ", ".join(true) or "none",
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _cell(row: Figures, key: str, unit: float, digits: int) -> str:
    return "none" if row.get(key) is None else f"{row[key] / unit:,.{digits}f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[300, 2000, 20000], metavar="ENTITIES")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each move lasts")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds that a page has to open, and again to settle")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
