"""From 1 MB of text to 100 MB: whether a build's time and memory grow with the text, and no faster.

    python -m benchmarks.growth [--texts FOLDER] [--megabytes 1 10 100] [--jobs 2] [--json]

The documents are cut from real texts (benchmarks.corpus), 2,500 characters each, UTF-8. Each size is a process of its own that reads all of
its documents to one graph in memory; `growth` is the time a character takes by that of the smallest size.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.child import measured
from benchmarks.corpus import documents
from benchmarks.many import measure
from benchmarks.posseg import CORPUS, distinct

CHARACTERS = 2500  # of a document
BYTES = 3  # of nearly every character


def main() -> int:
    """Measure and print a table, or with --json the figures."""
    args = _arguments()
    if args.child:
        print(json.dumps(measure("apart", args.folder, args.jobs)))
        return 0
    rows = [row(args.texts, size, args.jobs) for size in sorted(args.megabytes)]
    for one in rows:
        one["growth"] = (one["seconds"] / one["characters"]) / (rows[0]["seconds"] / rows[0]["characters"])
    print(json.dumps(rows, indent=1) if args.json else "\n".join(table(rows)))
    return 0


def row(texts: Path, megabytes: int, jobs: int) -> dict[str, Any]:
    """A build of so many MB of text."""
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder, "texts")
        to.mkdir()
        found = documents([path.read_text("utf-8") for path in distinct([texts])], CHARACTERS)
        size = characters = 0
        for number, text in enumerate(islice(found, megabytes * 1_000_000)):
            (to / f"{number:06}.txt").write_text(text, "utf-8", newline="")
            size, characters = size + len(text.encode()), characters + len(text)
            if size >= megabytes * 1_000_000:
                break
        else:
            raise SystemExit(f"{texts}: too few texts for {megabytes} MB")
        spent = measured("growth", "build", "--folder", folder, "--jobs", str(jobs))
    return {"megabytes": megabytes, "documents": number + 1, "characters": characters, **spent}


def table(rows: list[dict[str, Any]]) -> list[str]:
    """The figures as Markdown."""
    lines = ["| MB | documents | s | characters/s | growth | peak MB | facts |", "| --: | --: | --: | --: | --: | --: | --: |"]
    for one in rows:
        pace = one["characters"] / one["seconds"]
        cells = (one["megabytes"], one["documents"], one["seconds"], pace, one["growth"], one["peak_mb"], one["facts"])
        lines.append("| {:,} | {:,} | {:,.1f} | {:,.0f} | {:.2f} | {:,.0f} | {:,} |".format(*cells))
    return lines


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=CORPUS)
    parser.add_argument("--megabytes", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", choices=["build"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
