"""The process that `tests/fuzz.py` starts: libFuzzer with `kg` instrumented. `python tests/fuzz_target.py [libFuzzer's options] FOLDER | FILE…`.

An input is one byte that tells the format (0 plain text, 1 a web page, 2 Markdown) and the bytes of such a file. It may be refused in one
line (InputError); what is read is held to the invariants of tests/invariants. Anything else ends the process.
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path
from random import Random

import atheris

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]
from fuzz import FORMATS, fitting  # noqa: E402  (found beside this file)

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
    return fitting(kind + text.encode("utf-8", "replace"), longest)


def main(words: list[str]) -> None:
    """Run libFuzzer with its own options. Ends the process: 0 where nothing was found."""
    atheris.Setup([sys.argv[0], *words], check, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
