"""Coverage-guided fuzzing of the way from a file's bytes to the graph: `python tests/fuzz.py [--seconds N] [FILE…]`, or `make fuzz`.

An input is one byte that tells the format (0 plain text, 1 a web page, 2 Markdown) and the bytes of such a file. It may be refused in one
line (InputError); what is read is held to the invariants of tests/invariants. Anything else ends the run: what broke is said, and the input
lies in the folder as crash-… (or timeout-…); given as FILE it is tried again. What led to new code stays in the folder's corpus.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from pathlib import Path
from random import Random

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
FORMATS = (".txt", ".html", ".md")
LONGEST = 4000
"""Bytes of an input: a page of text takes 20 ms to read."""
SLOWEST = 60
"""Seconds after which an input is a finding."""
RARELY = 20
"""One input of so many has its whole graph looked at: the Turtle in two parsers, the shapes. Which ones is told by their bytes."""

with atheris.instrument_imports(include=["kg"]):
    from invariants import broken, ends, generate, quotes, shapes, texts, turtle

    from kg.errors import InputError
    from kg.graph.merge import merge
    from kg.pipeline import read_document
    from kg.read import read_bytes

    for extension in FORMATS:  # what is loaded when it is first needed
        merge([read_document(read_bytes("2023年，湖州市政协召开会议3次。\n".encode(), f"text{extension}"))]).to_turtle()


def check(data: bytes) -> None:
    """Raises AssertionError with what is broken where an invariant does not hold of an input."""
    try:
        reading = read_document(read_bytes(data[1:], f"text{FORMATS[data[0] % len(FORMATS)] if data else '.txt'}"))
    except InputError:
        return
    graph = merge([reading])
    store = shapes.stored(graph)
    found = [*broken(reading), *ends.broken_in(store), *quotes.broken_in(graph, store)]
    if zlib.crc32(data) % RARELY == 0:
        found += [*turtle.broken(graph), *shapes.broken(store)]
    assert not found, "\n".join(found[:20])


def mutated(data: bytes, longest: int, seed: int) -> bytes:
    """An input made of another: by libFuzzer, or by what happens to texts, or by a line more."""
    chance = Random(seed)
    if chance.random() < 0.3:
        return bytes(atheris.Mutate(data, longest))
    text = data[1:].decode("utf-8", "replace")
    if chance.random() < 0.4:
        lines = text.splitlines(keepends=True)
        lines.insert(chance.randint(0, len(lines)), generate.line(chance, texts.lines()) + chance.choice(generate.ENDS))
        text = "".join(lines)
    else:
        text = generate.damaged(chance, text)
    kind = data[:1] if chance.random() < 0.9 else b"%d" % chance.randrange(len(FORMATS))
    return (kind + text.encode("utf-8", "replace"))[:longest]


def begin(corpus: Path) -> None:
    """Put the inputs to start from into a corpus: texts of the project, whole and in lines, in each format."""
    corpus.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(texts.own().values()):
        if path.suffix in FORMATS:
            kind = b"%d" % FORMATS.index(path.suffix)
            (corpus / f"own-{number}").write_bytes((kind + path.read_bytes())[:LONGEST])
    for number in range(30):
        made = generate.text(Random(number), texts.lines(), most=4).encode("utf-8", "replace")
        (corpus / f"made-{number}").write_bytes((b"%d" % (number % len(FORMATS)) + made)[:LONGEST])


def main(words: list[str]) -> None:
    """Fuzz for a while, or try inputs again. Ends the process: 0 where nothing was found."""
    parser = argparse.ArgumentParser(description="coverage-guided fuzzing of what kg reads")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "fuzz", help="for the corpus and what is found")
    parser.add_argument("--seed", type=int, default=0, help="of the random choices; 0: another each time")
    parser.add_argument("files", nargs="*", type=Path, help="inputs to try again")
    told = parser.parse_args(words)
    if told.files:
        for path in told.files:
            check(path.read_bytes())
        return
    begin(told.folder / "corpus")
    options = [
        f"-max_total_time={told.seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", "-rss_limit_mb=3000", f"-seed={told.seed}",
        f"-artifact_prefix={told.folder}/", "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(told.folder / "corpus")], check, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
