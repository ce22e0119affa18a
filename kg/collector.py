"""Python's search for cycles of objects, paused where there are none to find."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No search for cycles meanwhile (`with paused():` or `@paused()`).

    A document's words, names and facts, and the triples of a graph, form none and go when nobody holds them any longer; looking
    through them again and again takes a tenth of the time of reading and a quarter of that of writing.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
