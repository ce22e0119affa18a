"""How many documents of a build were read, and how many were remembered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Documents of a build so far: `read` in it, and `unchanged` since an earlier one that remembered them."""

    read: int = 0
    unchanged: int = 0

    @property
    def documents(self) -> int:
        """All that have been taken in."""
        return self.read + self.unchanged

    def count(self, read: bool) -> None:
        """One more: read now, or remembered."""
        if read:
            self.read += 1
        else:
            self.unchanged += 1
