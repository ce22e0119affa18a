"""What is worked out once for a document and asked for many times."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

From = TypeVar("From")
Made = TypeVar("Made")


def once(make: Callable[[From], Made]) -> Callable[[From], Made]:
    """`make`, made once for as long as the same object is asked about: a document is done with before the next one begins.

    The same means identical: what is equal is not compared, and nothing has to be hashable. What is made must not be changed.
    """
    last: tuple[From, Made] | None = None

    @wraps(make)
    def made(of: From) -> Made:
        nonlocal last
        known = last
        if known is None or known[0] is not of:
            last = known = (of, make(of))
        return known[1]

    return made
