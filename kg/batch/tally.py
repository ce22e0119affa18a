"""How many documents of a build were read, and how many were remembered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Documents of a build so far: `read` in it, and `unchanged` since an earlier one that remembered them."""

    read: int = 0
    unchanged: int = 0

    def count(self, read: bool) -> None:
        """One more: read now, or remembered."""
        if read:
            self.read += 1
        else:
            self.unchanged += 1
