"""A few threads over a list of things to do, the results in order. An interrupt does not wait for the threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order(work: Callable[[Item], Result], items: Sequence[Item], workers: int) -> Iterator[Result]:
    """`work(item)` for each item, by up to `workers` threads, in the order of the items. What it raises is raised here, in its turn.

    Who stops reading stops the work: no further item is begun.
    """
    results: dict[int, Result | BaseException] = {}
    changed = threading.Condition()
    numbers = iter(range(len(items)))
    stopped = False

    def run() -> None:
        while True:
            with changed:
                number = next(numbers, None)
                if number is None or stopped:
                    return
            result: Result | BaseException
            try:
                result = work(items[number])
            except BaseException as error:
                result = error
            with changed:
                results[number] = result
                changed.notify()

    for _ in range(min(workers, len(items))):
        threading.Thread(target=run, daemon=True).start()
    try:
        for number in range(len(items)):
            with changed:
                changed.wait_for(lambda number=number: number in results)  # type: ignore[misc]
                result = results.pop(number)
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        stopped = True
