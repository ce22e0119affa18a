"""What the command says, in the language of who reads it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

LANGUAGES = ("zh", "en")
Table = Mapping[str, tuple[str, str]]
"""Key → what to say in Chinese, and in English; with {names} to be filled in."""


class Say:
    """Says the lines of a table in one language."""

    def __init__(self, table: Table, lang: str) -> None:
        self.lang = lang
        self._table = table
        self._at = LANGUAGES.index(lang)

    def __call__(self, key: str, /, **values: Any) -> str:
        """The line `key`, filled in. Raises KeyError for a key that the table does not have."""
        line = self._table[key][self._at]
        return line.format(**values) if values else line


def language(argv: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """The language for messages: what --lang says, else KG_LANG, else the locale's; English where that is not Chinese."""
    env = os.environ if environment is None else environment
    locale = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
    for wanted in (asked(argv), env.get("KG_LANG"), locale[:2]):
        if wanted in LANGUAGES:
            return wanted
    return "en"


def page_language(argv: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """The language for pages: what --lang says, else KG_LANG, else Chinese, which is what the pages are about."""
    env = os.environ if environment is None else environment
    return next((wanted for wanted in (asked(argv), env.get("KG_LANG")) if wanted in LANGUAGES), "zh")


def asked(argv: Sequence[str]) -> str | None:
    """What --lang says, looked up before the arguments are parsed: their help is in that language already."""
    words = list(argv)[: list(argv).index("--")] if "--" in argv else list(argv)
    for n, word in enumerate(words):
        if word == "--lang" and n + 1 < len(words):
            return words[n + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None
