"""Refusing what would have the engine ask another server: SERVICE in a query or an update, LOAD in an update.

The engine has no switch for it, so the text is looked through before the engine sees it. What is left out of the search is never more
than what the engine reads as one token: its words need no space before or after them (`1SERVICESILENT<…>` asks), a comment ends at
a carriage return too, an IRI may hold `\\u` escapes and any space but the ASCII ones, and `\\#` in a name begins no comment. Where the
search cannot tell a word from a name (a prefix called `service:`), it refuses.
"""

from __future__ import annotations

import re

from kg.errors import QueryError

# What a word inside is not: an IRI, a string, a comment; `\#` and the like are letters of a name.
QUOTED = re.compile(
    r'<[^<>"{}|^`\x00-\x20]*>|#[^\r\n]*|\\.'
    r'|"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\r\n]|\\.)*"'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''|'(?:[^'\\\r\n]|\\.)*'",
    re.S,
)
# Variables, and names from their colon on: no dot, which may end a sentence.
_NAMES = re.compile(r"[?$]\w+|:(?:\w|:|%[0-9a-f]{2})(?:[\w:-]|%[0-9a-f]{2})*", re.I)
_SERVICE, _LOAD = re.compile("service", re.I), re.compile("load", re.I)


def refuse_service(sparql: str) -> None:
    """Raise QueryError where a query or an update would ask another server."""
    _refuse(sparql, _SERVICE, "ask the graph itself")


def refuse_load(update: str) -> None:
    """Raise QueryError where an update would fetch from elsewhere."""
    _refuse(update, _LOAD, "send the data itself, to /rdf-graphs")


def bare(sparql: str) -> str:
    """The text with spaces for all in it that is an IRI, a string or a comment: what is left stands where it stood."""
    return QUOTED.sub(_blank, sparql)


def _refuse(sparql: str, word: re.Pattern[str], mend: str) -> None:
    found = word.search(sparql)
    if found is None:  # nearly always
        return
    found = word.search(_NAMES.sub(_blank, bare(sparql)))
    if found:
        line, column = sparql.count("\n", 0, found.start()) + 1, found.start() - sparql.rfind("\n", 0, found.start())
        where = f"query line {line}, column {column}"
        raise QueryError(f"{found[0].upper()} would ask another server", where, mend)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
