"""Cut the gold graphs' passages out of a corpus folder: python passages.py CORPUS OUT writes OUT/NAME.txt for each passage found.

`passages.json` beside this file tells, of each passage: its name, the source's file name (looked for in CORPUS and its sub-folders), start and
end (code point offsets into the file read as UTF-8, line ends as they stand, without a byte order mark) and the SHA-256 of the passage.
The exit code is 1, and nothing is written, where a file is not there or no longer has the passage.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TypedDict


class Passage(TypedDict):
    """A part of a text: `start` to `end` of `source`, whose UTF-8 bytes have the SHA-256 `sha256`."""

    name: str
    source: str
    start: int
    end: int
    sha256: str


def listed() -> list[Passage]:
    """The passages that have a gold graph in tests/gold."""
    passages: list[Passage] = json.loads(Path(__file__).with_name("passages.json").read_text("utf-8"))
    return passages


def cut(passage: Passage, corpus: Path) -> str:
    """The passage's text; raises LookupError where its file is not under `corpus` or its text has changed."""
    files = sorted(corpus.rglob(passage["source"]))
    if not files:
        raise LookupError(f"{passage['source']} is not in {corpus}")
    with files[0].open(encoding="utf-8-sig", newline="") as file:
        text = file.read()[passage["start"] : passage["end"]]
    if hashlib.sha256(text.encode()).hexdigest() != passage["sha256"]:
        raise LookupError(f"{files[0]} does not have the passage {passage['name']} any more")
    return text


def main(words: list[str]) -> int:
    """Write every passage of the corpus folder `words[0]` into the folder `words[1]`; returns the exit code."""
    if len(words) != 2:
        print("usage: passages.py CORPUS OUT", file=sys.stderr)
        return 2
    corpus, out = map(Path, words)
    try:
        texts = {passage["name"]: cut(passage, corpus) for passage in listed()}
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
