"""Patterns that match in few places of a text, looked for there alone."""

from __future__ import annotations

import re
from collections.abc import Iterator


class Rare:
    """A pattern every match of which holds one of some words.

    Each match, which is never empty, has one of `words` beginning at most `reach` code points behind its own beginning. To find a
    word is hundreds of times faster than to try a pattern at every character, so this is how a pattern is looked for all over a text.
    """

    def __init__(self, pattern: str, words: tuple[str, ...], reach: int) -> None:
        self.pattern = re.compile(pattern)
        self.words = words
        self.reach = reach

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches that `re.Pattern.finditer` gives, in the same order."""
        at = 0
        match = self.pattern.match
        for place in sorted({place for word in self.words for place in _places(text, word)}):
            at = max(at, place - self.reach)
            while at <= place:
                found = match(text, at)
                if found is None:
                    at += 1
                else:
                    yield found
                    at = found.end()


def _places(text: str, word: str) -> Iterator[int]:
    """Where `word` begins in `text`."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
