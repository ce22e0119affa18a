"""The process that tells whether a query can be read, when there is no place to have it answered: `main` is all it runs.

The engine reads a query only to answer it, so it answers it from an empty store, in which nearly nothing takes long.
"""

from __future__ import annotations

import json
import sys

from pyoxigraph import Store

from kg.graph.worker import answer, limit_memory, listen


def main(_: str, memory: int) -> None:
    """Answer the questions of `kg.graph.worker` until standard input ends. `memory`: the most bytes that the process may take."""
    limit_memory(memory)
    questions, store = listen(sys.stdin.buffer), Store()
    while True:
        answer(store, json.loads(questions.get()), sys.stdout.buffer)
