"""Where a verb speaks: results to standard output, everything else to standard error, in the reader's language."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kg.cli.say import Say, Table

# Characters with which a document could move the cursor or turn the line round on the reader's terminal.
_UNSAFE = dict.fromkeys(
    [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"
)


@dataclass(frozen=True, slots=True)
class Console:
    """`lang` is the language of messages, `page_lang` that of pages."""

    lang: str = "en"
    page_lang: str = "zh"

    def say(self, table: Table) -> Say:
        """A table's lines in the reader's language."""
        return Say(table, self.lang)

    def print(self, *lines: str) -> None:
        """Write lines to standard output, control characters made visible."""
        for line in lines:
            sys.stdout.write(f"{line.translate(_UNSAFE)}\n")

    def json(self, value: Any) -> None:
        """Write a value to standard output as JSON, Chinese as it is and control characters escaped: nothing is lost."""
        text = json.dumps(value, ensure_ascii=False, indent=1)
        self.print("".join(f"\\u{ord(char):04x}" if ord(char) in _UNSAFE and char != "\n" else char for char in text))

    def data(self, text: str) -> None:
        """Write text to standard output exactly as it is; on a terminal with control characters made visible."""
        sys.stdout.write(text.translate(_UNSAFE) if sys.stdout.isatty() else text)

    def warn(self, line: str) -> None:
        """Write one line to standard error, after the name of the command."""
        sys.stderr.write(f"kg: {' '.join(line.split()).translate(_UNSAFE)}\n")

    @contextmanager
    def progress(self, doing: str) -> Iterator[Callable[[str], None]]:
        """A function to be told what is being worked on; shown only where standard error is a terminal, and wiped at the end."""
        if not sys.stderr.isatty():
            yield lambda _: None
            return
        from rich.console import Console as Terminal
        from rich.markup import escape

        with Terminal(stderr=True).status(doing) as status:
            yield lambda what: status.update(f"{doing} {escape(what)}")
