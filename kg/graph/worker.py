"""The process in which `kg.graph.ask_apart` has a query answered, so that it can be ended: `main` is all it runs.

It reads questions from standard input and writes frames to standard output: a letter, four bytes of length, and so many bytes.

    b  nothing: it has begun on the question, which it has to understand first
    h  JSON: the form of the answer (select, ask, graph), its variables
    d  a piece of the answer
    z  JSON: how many rows (ask: 1), and whether there were more than asked for
    e  JSON: the error in its parts

When standard input ends, whoever asked is gone: the process ends at once, also in the middle of a query.
"""

from __future__ import annotations

import io
import json
import os
import queue
import signal
import struct
import sys
import threading
from collections.abc import Callable
from typing import IO, Any

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
    serialize,
)

from kg.errors import YishiError
from kg.graph.query import Result, from_json, run
from kg.graph.store import open_store
from kg.graph.vocabulary import PREFIXES

HEAD = struct.Struct(">cI")
LENGTH = struct.Struct(">I")
PIECE = 1 << 16
RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}  # fmt: skip
TOO_DEEP = ("nested too deeply, or too long a chain of parts", "make it flatter or shorter")
"""What is wrong with a query that ended its process by the engine's stack, and how to mend it."""


def too_deep(code: int | None) -> bool:
    """Whether a process that ended with this code had come to the end of its stack.

    The engine reads and works out what is nested, and chains of OPTIONAL, UNION, || and the like, by calls within calls: some thousand of
    them fill the stack, which no code can be told of. Where memory ends the engine aborts (SIGABRT), or the system kills (SIGKILL).
    """
    return code in [-getattr(signal, name) for name in ("SIGSEGV", "SIGBUS") if hasattr(signal, name)]


def main(graph: str, memory: int) -> None:
    """Answer until standard input ends. `memory`: the most bytes that the process may take, 0 for no limit."""
    limit_memory(memory)
    out = sys.stdout.buffer
    questions = listen(sys.stdin.buffer)
    try:
        store = open_store(graph)
        while True:
            answer(store, json.loads(questions.get()), out)
    except YishiError as error:
        say(out, b"e", json.dumps(parts_of(error)).encode())
    except BrokenPipeError:
        os._exit(0)


def parts_of(error: Exception) -> dict[str, str]:
    """An error as JSON has it."""
    if isinstance(error, YishiError):
        return {"kind": type(error).__name__, "what": error.what, "where": error.where, "mend": error.mend}
    return {"kind": "YishiError", "what": f"{type(error).__name__}: {error}", "where": "query", "mend": ""}


def answer(store: Any, question: dict[str, Any], out: IO[bytes]) -> None:
    """Write the frames of one question's answer to `out`, to its end or its error."""
    try:
        say(out, b"b", b"")
        result = run(
            store,
            question["sparql"],
            base=question["base"],
            bindings={name: from_json(term) for name, term in question["bindings"].items()},
            default_graphs=_names(question["default_graphs"]),
            named_graphs=_names(question["named_graphs"]),
        )
        _write(result, question["results"], question["triples"], question["limit"], out)
    except BrokenPipeError:
        raise
    except MemoryError:
        say(out, b"e", json.dumps({"kind": "OutOfMemory", "what": "", "where": "query", "mend": ""}).encode())
    except Exception as error:
        say(out, b"e", json.dumps(parts_of(error)).encode())


def _names(iris: list[str] | None) -> Any:
    return None if iris is None else [from_json({"type": "uri", "value": iri}) for iri in iris]


def _write(result: Result, results: str, triples: str, limit: int | None, out: IO[bytes]) -> None:
    if isinstance(result, QueryBoolean):
        form = results if results in ("json", "xml") else "json"  # CSV and TSV have no truth values
        say(out, b"h", json.dumps({"form": "ask", "variables": [], "format": form}).encode())
        say(out, b"d", result.serialize(format=RESULTS[form]) or b"")
        say(out, b"z", json.dumps({"rows": 1, "cut": False}).encode())
        return
    select = isinstance(result, QuerySolutions)
    names = [variable.value for variable in result.variables] if isinstance(result, QuerySolutions) else []
    form = results if select else triples
    say(out, b"h", json.dumps({"form": "select" if select else "graph", "variables": names, "format": form}).encode())
    # Lines are counted, so that a limit needs no row to become a Python object: TSV and N-Triples have one row a line.
    plain = "tsv" if select else "nt"
    through: Any = _Lines(out, limit, head=1 if select else 0, keep=form != plain and limit is not None)
    try:
        if isinstance(result, QuerySolutions):
            result.serialize(through, format=RESULTS[form if not through.keep else plain])
        elif through.keep or form == "nt":
            result.serialize(through, format=RdfFormat.N_TRIPLES)
        else:
            serialize(result, through, format=GRAPHS[form], prefixes=PREFIXES)
    except _EnoughError:
        pass
    if through.keep:
        _rewrite(through.kept(), form, select, out)
    else:
        through.end()
    say(out, b"z", json.dumps({"rows": through.rows if form == plain or through.keep else -1, "cut": through.cut}).encode())


def _rewrite(lines: bytes, form: str, select: bool, out: IO[bytes]) -> None:
    """The lines that a limit let through, in the format asked for."""
    pieces: Any = _Lines(out, None, head=0, keep=False)
    if select:
        parse_query_results(lines, format=QueryResultsFormat.TSV).serialize(pieces, format=RESULTS[form])
    else:
        said = (quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES))
        serialize(said, pieces, format=GRAPHS[form], prefixes=PREFIXES)
    pieces.end()


class _EnoughError(Exception):
    """The limit is reached."""


class _Lines(io.RawIOBase):
    """What the engine writes to: sends pieces on, or keeps them; stops the engine after so many lines."""

    def __init__(self, out: IO[bytes], limit: int | None, *, head: int, keep: bool) -> None:
        super().__init__()
        self.keep, self.cut, self.lines = keep, False, 0
        self._out, self._most, self._head = out, None if limit is None else limit + head, head
        self._buffer = bytearray()

    @property
    def rows(self) -> int:
        """How many rows were let through."""
        return max(0, self.lines - self._head)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        more = piece.count(b"\n")
        if self._most is not None and self.lines + more > self._most:
            piece = _first_lines(piece, self._most - self.lines)
            self.lines = self._most
            self.cut = True
            self._buffer += piece
            raise _EnoughError
        self.lines += more
        self._buffer += piece
        if not self.keep and len(self._buffer) >= PIECE:
            self.end()
        return len(piece)

    def end(self) -> None:
        """Send what is left."""
        if self._buffer:
            say(self._out, b"d", bytes(self._buffer))
            self._buffer.clear()

    def kept(self) -> bytes:
        """What was kept."""
        return bytes(self._buffer)


def _first_lines(piece: bytes, number: int) -> bytes:
    at = 0
    for _ in range(number):
        at = piece.index(b"\n", at) + 1
    return piece[:at]


def say(out: IO[bytes], kind: bytes, data: bytes) -> None:
    """Write one frame."""
    out.write(HEAD.pack(kind, len(data)) + data)
    out.flush()


def listen(source: IO[bytes], gone: Callable[[], None] = lambda: os._exit(0)) -> queue.SimpleQueue[bytes]:
    """What comes in, question by question. When nothing more can come, `gone` ends the process."""
    questions: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def take() -> None:
        while True:
            head = source.read(LENGTH.size)
            if len(head) < LENGTH.size:
                gone()
            questions.put(source.read(LENGTH.unpack(head)[0]))

    threading.Thread(target=take, daemon=True).start()
    return questions


def limit_memory(memory: int) -> None:
    """Let this process take at most so many bytes of address space; 0: as many as there are."""
    if memory:
        try:
            import resource
        except ImportError:  # not on this system
            return
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
