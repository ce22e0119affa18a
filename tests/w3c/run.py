"""Running a suite, and what came out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.errors import YishiError

from .known import KNOWN
from .manifest import Case
from .suites import SUITES, Suite


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many cases a suite has, those that failed (name → what went wrong), and those whose files are not there (name → which)."""

    total: int
    failed: dict[str, str]
    absent: dict[str, str]

    @property
    def passed(self) -> int:
        return self.total - len(self.failed) - len(self.absent)

    def surprises(self, suite: str) -> list[str]:
        """What is not as `known.KNOWN` says: a failure that it does not name, a name in it that passes or is no case."""
        named = KNOWN.get(suite, {})
        return [f"{name} fails: {why}" for name, why in self.failed.items() if name not in named] + [
            f"{name} is named as failing and does not" for name in named if name not in self.failed
        ]


@cache
def run_suite(name: str) -> Outcome:
    """Run every case of the suite of this name."""
    suite = SUITES[name]
    cases = suite.cases()
    absent = {label: ", ".join(files) for label, case in cases if (files := case.absent())}
    failed = {label: why for label, case in cases if label not in absent and (why := _why(suite, case))}
    return Outcome(len(cases), failed, absent)


def _why(suite: Suite, case: Case) -> str:
    """ "" for a case that passes. What is refused in one line fails it; any other exception is a fault of this program."""
    try:
        return suite.check(case)
    except YishiError as error:
        return str(error).replace("\n", " ")
