"""Patterns that match in few places of a text, looked for there alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain


class Rare:
    """A pattern every match of which holds one of some words, or something else that is quickly found.

    Each match, which is never empty, has one of `words` beginning at most `reach` code points behind its own beginning. In place of words
    there may be a pattern of what is looked for; one that begins with a literal or a set of characters is found nearly as quickly. With
    `reach` below 0 the match begins right there behind the beginning of what is found (-1: the next code point), or with the text. To find
    a word is hundreds of times faster than to try a pattern at every character, so this is how a pattern is looked for all over a text.
    """

    def __init__(self, pattern: str, words: tuple[str, ...] | re.Pattern[str], reach: int, flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        self.words = words
        self.reach = reach

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches that `re.Pattern.finditer` gives, in the same order."""
        at = 0
        match = self.pattern.match
        ahead = max(0, -self.reach)
        for place in self._places(text):
            at = max(at, place - self.reach)
            while at <= place + ahead:
                found = match(text, at)
                if found is None:
                    at += 1
                else:
                    yield found
                    at = found.end()

    def _places(self, text: str) -> Iterable[int]:
        """Where what every match has begins in `text`, in order."""
        if not isinstance(self.words, tuple):
            hits = (hit.start() for hit in self.words.finditer(text))
            return chain([self.reach], hits) if self.reach < 0 else hits
        if len(self.words) == 1:
            return _begins(text, self.words[0])
        return sorted({place for word in self.words for place in _begins(text, word)})


def _begins(text: str, word: str) -> Iterator[int]:
    """Where `word` begins in `text`."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
