"""The W3C's test suites of what this project reads and writes, run case by case against its own readers, engine and checks.

The suites are data that stands beside the checkout (`../shared/w3c`) and is not part of the project. `SUITES` names each one and
what runs it; `known.KNOWN` the cases that fail and why; `python -m tests.w3c` counts them, with `--write` into docs/conformance.md.
"""

from __future__ import annotations

from .manifest import WHERE, Case
from .run import Outcome, run_suite
from .suites import SUITES, Suite

__all__ = ["SUITES", "WHERE", "Case", "Outcome", "Suite", "run_suite"]
