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
    last: list[tuple[From, Made]] = []

    @wraps(make)
    def made(of: From) -> Made:
        for known, result in last:
            if known is of:
                return result
        result = make(of)
        last[:] = [(of, result)]
        return result

    return made
