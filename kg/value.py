"""Values: objects that are made once and never changed, made quickly.

A frozen dataclass sets each of its fields through `object.__setattr__`, and so takes three times as long to make as one that is not frozen.
A page has tens of thousands of them. So the types here are frozen to the type checker, which reads this package on every run of the
tests, and nothing keeps a running program from changing one.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, **options: bool) -> Any:
        """`dataclasses.dataclass`, but what is frozen has a frozen one's hash alone, and not its guard."""
        return dataclasses.dataclass(cls, unsafe_hash=frozen and options.get("eq", True), **options)
