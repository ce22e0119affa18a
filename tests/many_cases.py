"""Corpora of small documents for the tests of builds of many, and what such a build leaves."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.corpus import documents
from kg.batch.cache import NAME

SEED = next((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt"))
# A package with a reader of .trouble files, whose content says what becomes of the process that reads one.
TROUBLE = """
import os, time
from kg.model import Text

class Reader:
    extensions = (".trouble",)
    media_type = "text/plain"
    def read(self, data, name):
        if data.startswith(b"die"):
            os.kill(os.getpid(), 9)
        if data.startswith(b"wait"):
            time.sleep(300)
        raise ValueError("a mistake in a reader")
"""


def corpus(folder: Path, number: int = 12, characters: int = 700) -> Path:
    """A folder of so many documents, all different, cut from the seed page."""
    folder.mkdir(parents=True)
    cuts = documents([SEED.read_text("utf-8")], characters)
    for place in range(number):
        (folder / f"{place:03}.txt").write_text(next(cuts), "utf-8")
    return folder


def trouble(folder: Path) -> str:
    """A folder for the path of modules, with the package of the reader that makes trouble."""
    about = folder / "trouble-1.dist-info"
    about.mkdir(parents=True)
    (folder / "trouble.py").write_text(TROUBLE)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: trouble\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[yishi.readers]\ntrouble = trouble:Reader\n")
    return str(folder)


def published(folder: Path) -> dict[str, str]:
    """The SHA-256 of all files that a build has published; of the store (whose engine stamps its files) what its name says."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    paths = [path for path in folder.rglob("*") if path.is_file() and not {NAME, "store"} & set(path.relative_to(folder).parts)]
    return {"store": manifest["store"]} | {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in sorted(paths)
    }


def counts(summary: str) -> tuple[int, int]:
    """How many documents the summary for scripts says were read, and how many had not changed."""
    told: dict[str, Any] = json.loads(summary)
    return told["read"], told["unchanged"]
