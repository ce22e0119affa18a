"""What a verb is, and how the command finds it.

A verb is one module in `kg.cli.verbs`, or in another package that names it under the entry point group `kg.verbs`:

    SAY: Table = {"help": ("统计实体", "count the entities"), "folder": ("图谱文件夹", "the graph's folder")}

    def arguments(parser: ArgumentParser, say: Say) -> None:
        parser.add_argument("folder", help=say("folder"))

    def run(args: Namespace, console: Console) -> int:
        ...

Such a module imports nothing heavy at its top: `kg --help` loads them all.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pkgutil import iter_modules
from typing import Protocol, cast

from kg.cli.console import Console
from kg.cli.say import Say, Table

GROUP = "kg.verbs"


class Verb(Protocol):
    """A module that is a verb. Its `SAY` has the key "help": the one line that `kg --help` shows."""

    SAY: Table

    def arguments(self, parser: ArgumentParser, say: Say) -> None:
        """Add the verb's own options."""

    def run(self, args: Namespace, console: Console) -> int:
        """Do it and return the exit code. May raise YishiError: the command prints its one line."""


def verbs() -> dict[str, Verb]:
    """All verbs by name. Those of the package come first and cannot be replaced from outside."""
    import kg.cli.verbs as here

    found = {info.name: cast(Verb, import_module(f"{here.__name__}.{info.name}")) for info in iter_modules(here.__path__)}
    for point in _others():
        if point.name not in found:
            found[point.name] = cast(Verb, point.load())
    return found


def _others() -> list[EntryPoint]:
    return sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
