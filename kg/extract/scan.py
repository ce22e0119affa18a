"""One look at a text for every word the grammar knows, and the lookups that all extractors share."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from itertools import accumulate

import ahocorasick_rs

from kg import divisions
from kg.lexicon import cache, lexicon
from kg.model import Document, Sentence, Token
from kg.words import token_starts

PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "〈": "〉", "「": "」", "『": "』", "【": "】"}
MARKS = re.compile("[" + re.escape("".join((*PAIRS, *PAIRS.values()))) + "\n]")
LONGEST_PAIR = 200  # code points; a mark that is not closed within this is taken as stray

Hits = list[tuple[int, int]]


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Every word of the tables with the tags it carries, and the automaton that finds them all in one pass."""
    tables = lexicon()
    tags: dict[str, set[str]] = defaultdict(set)

    def put(tag: str, *path: str) -> None:
        for word in tables.words(*path):
            tags[word].add(tag)

    for kind in ("Platform", "Program", "Project", "Meeting", "Honor", "Document"):
        put(f"head:{kind}", "heads", kind, "strong")
        put(f"weak:{kind}", "heads", kind, "weak")
    for core in tables.table("bodies", "core"):
        put(f"core:{core}", "bodies", "core", core, "words")
    put("platform", "heads", "Platform", "known")
    put("department", "bodies", "department", "stems")
    put("national", "bodies", "department", "national")
    put("mass", "bodies", "mass", "words")
    put("youth", "bodies", "mass", "youth")
    put("party", "bodies", "mass", "parties")
    put("head:Organization", "bodies", "heads", "strong")
    put("weak:Organization", "bodies", "heads", "weak")
    put("known", "bodies", "known", "names")
    put("media", "media", "names")
    put("media_end", "media", "endings")
    for kind in ("concepts", "programs", "meetings"):
        put(kind, "concepts", kind, "names")
        for full, short in tables.table("concepts", kind, "alias").items():
            for word in (full, *short):
                tags[word].add(kind)
    for verb in tables.table("verbs"):
        put(f"verb:{verb}", "verbs", verb, "verbs")
    put("post", "people", "posts")
    put("person", "people", "known")
    for surface in divisions.surfaces():
        tags[surface].add("division")
    for name in divisions.regions():
        tags[name].add("region")
    for name in divisions.countries():
        tags[name].add("country")
    words = tuple(sorted((word, tuple(sorted(found))) for word, found in tags.items()))
    return ahocorasick_rs.AhoCorasick([word for word, _ in words]), words


class _Longest(dict[str, dict[int, int]]):
    """Tag → end → start, or start → end, of the longest of its hits there; made where it is asked for."""

    def __init__(self, hits: dict[str, Hits], *, ends: bool) -> None:
        super().__init__()
        self.hits, self.by_end = hits, ends

    def __missing__(self, tag: str) -> dict[int, int]:
        by_length = sorted(self.hits.get(tag, ()), key=lambda hit: hit[1] - hit[0])
        found = self[tag] = {end: start for start, end in by_length} if self.by_end else dict(by_length)
        return found


class Scan:
    """A document's view with its words, the table words found in it and its pairs of marks. All offsets are view offsets."""

    def __init__(self, document: Document, tokens: tuple[Token, ...]) -> None:
        self.document = document
        self.text = text = document.text
        self.tokens = tokens
        begins = bytearray(len(text) + 1)
        for start in token_starts(tokens)[1:]:
            begins[start] = 1
        begins[-1] = 1 if tokens else 0
        self.token_at = list(accumulate(begins))  # view offset → index of the token over it
        self.hits: dict[str, Hits] = defaultdict(list)
        self.ends = _Longest(self.hits, ends=True)  # tag → end → start of the longest hit that ends there
        self.starts = _Longest(self.hits, ends=False)  # tag → start → end of the longest hit that starts there
        automaton, words = _automaton()
        for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            for tag in words[number][1]:
                self.hits[tag].append((start, end))
        self.close, self.open = _pairs(text)
        self._sentence_starts = [sentence.start for sentence in document.sentences]

    def sentence(self, at: int) -> Sentence | None:
        """The sentence over view offset `at`, if any."""
        number = bisect_right(self._sentence_starts, at) - 1
        if number < 0:
            return None
        found = self.document.sentences[number]
        return found if at < found.end else None

    def sentence_bounds(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence over `at` (an empty stretch at `at` where there is none)."""
        found = self.sentence(at)
        return (found.start, found.end) if found else (at, at)

    def is_edge(self, at: int) -> bool:
        """Whether a word of the text begins (or the text ends) at `at`."""
        number = self.token_at[at]
        return number >= len(self.tokens) or self.tokens[number].start == at

    def longest(self, *tags: str) -> Hits:
        """Hits of `tags`, sorted, leaving out those that lie inside a longer hit of the same tags."""
        found = sorted({hit for tag in tags for hit in self.hits.get(tag, ())}, key=lambda hit: (hit[0], -hit[1]))
        kept: Hits = []
        for hit in found:
            if not kept or hit[1] > kept[-1][1]:
                kept.append(hit)
        return kept


def _pairs(text: str) -> tuple[dict[int, int], dict[int, int]]:
    """Opening offset → closing offset and back, nested ones included, in one pass; a mark left open too long is given up."""
    close: dict[int, int] = {}
    open_at: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for mark in MARKS.finditer(text):
        char, at = mark.group(), mark.start()
        if char in PAIRS:
            stack.append((PAIRS[char], at))
        elif char != "\n":
            depth = next((i for i in range(1, min(len(stack), 6) + 1) if stack[-i][0] == char), 0)
            if depth:
                start = stack[-depth][1]
                del stack[-depth:]
                if at - start <= LONGEST_PAIR:
                    close[start], open_at[at] = at, start
        else:
            stack.clear()
    return close, open_at
