"""The name grammar: what is the same in two names of one thing. “2358+N”协商议政格局 and “2358+N”协商议政新格局 have one key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.lexicon import cache, lexicon

MARKS = re.compile(r"[\s“”‘’\"'《》〈〉「」『』·•・]")
SPACE = re.compile(r" (?![A-Za-z0-9])|(?<![A-Za-z0-9]) ")
QUOTED = re.compile(r"“([^“”]+)”")
ONLINE = ("线上", "网上", "掌上", "云上")  # “…”线上平台 is not the “…”模式 that it serves
SHORTEST_CORE = 2
NAMES = 5_000  # names whose forms are kept: a text says the same ones again and again


@lru_cache(maxsize=NAMES)
def plain(name: str) -> str:
    """A name without marks and white space, NFKC, lower case."""
    return MARKS.sub("", unicodedata.normalize("NFKC", name)).lower()


@cache
def _categories() -> tuple[str, ...]:
    """Category heads: what may be left off behind a quoted core."""
    table = lexicon()
    words = {word for kind in ("Program", "Platform") for word in table.words("heads", kind, "quoted")}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _kinds() -> tuple[str, ...]:
    """Kind heads: without them nothing is left of the name (“巴陵”议政驿站)."""
    table = lexicon()
    words = {word for column in ("strong",) for word in table.words("heads", "Platform", column)}
    words |= {word for column in ("strong", "weak") for word in table.words("bodies", "heads", column)}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def core(name: str) -> str:
    """What distinguishes a thing's name: its quoted core where a category head follows it, else all of it.

    >>> core("“三联四建”机制"), core("“巴陵”议政驿站")
    ('三联四建', '“巴陵”议政驿站')
    """
    match = QUOTED.search(name) if "“" in name else None
    if match is None or match.start() > 8:
        return name
    tail = name[match.end() :]
    if not tail:
        return match[1] if match.start() == 0 else name
    if tail.endswith(_kinds()) or len(match[1]) < SHORTEST_CORE or tail.startswith(ONLINE):
        return name
    return match[1] if tail.endswith(_categories()) else name


def tidy(name: str) -> str:
    """`name` without the white space that the layout of a Chinese text puts into it; between Latin words it stays."""
    return SPACE.sub("", " ".join(name.split()))


@lru_cache(maxsize=NAMES)
def unquoted(name: str) -> str:
    """`name` without the quotation marks around all of it; those inside stay."""
    stripped = tidy(name)
    if len(stripped) > 2 and stripped[0] == "“" and stripped[-1] == "”" and "”" not in stripped[1:-1]:
        return stripped[1:-1]
    return stripped


def key(name: str) -> str:
    """The key of a thing's name: the plain form of its core."""
    return plain(core(name)) or plain(name)
