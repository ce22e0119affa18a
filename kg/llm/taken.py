"""Where names stand: stretches of the view with the entities they name, found by what they overlap."""

from __future__ import annotations

from collections import defaultdict

Place = tuple[int, int, str]  # start, end, id of the entity
BLOCK = 256  # code points


class Taken:
    """Stretches, kept by the blocks of the text that they touch."""

    def __init__(self) -> None:
        self._blocks: dict[int, list[Place]] = defaultdict(list)

    def add(self, start: int, end: int, entity: str) -> None:
        """Enter the stretch [start, end)."""
        for block in range(start // BLOCK, (end - 1) // BLOCK + 1):
            self._blocks[block].append((start, end, entity))

    def over(self, start: int, end: int) -> list[Place]:
        """The stretches that overlap [start, end), in order."""
        blocks = range(start // BLOCK, (end - 1) // BLOCK + 1)
        found = {place for block in blocks for place in self._blocks.get(block, ()) if place[0] < end and start < place[1]}
        return sorted(found)
