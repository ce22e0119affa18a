"""The dataset of an update that the request names beside it (using-graph-uri): written into its text as USING.

The engine takes a dataset for queries only. Strings, IRIs and comments are left out of the search, so only the grammar's own words
and braces are seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyoxigraph import NamedNode

from kg.graph.elsewhere import bare
from kg.serve.refusal import Refused

_TOKEN = re.compile(r"[{};]|(?<![\w:?$@-])(?:where|using|with)(?![\w:-])|(?<![\w:?$@-])(?:delete|insert)(?![\w:-])", re.I)


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update with USING and USING NAMED in each of its operations that has a WHERE.

    Raises Refused for what is no IRI, and for an update that says itself what it is about (USING, WITH), as the protocol wants.
    """
    if not default and not named:
        return update
    check_iris(*default, *named)
    using = "".join([*(f" USING <{iri}>" for iri in default), *(f" USING NAMED <{iri}>" for iri in named)]) + " "
    pieces, done = [], 0
    words = list(_tokens(update))
    for at, (word, start, depth) in enumerate(words):
        if depth:
            continue
        if word in ("using", "with"):
            raise Refused(400, f"the update says {word.upper()} and the request names a dataset: one of them")
        if word == "where":
            pieces.append(update[done:start])
            if at and words[at - 1][0] == "delete":  # DELETE WHERE { … } is short for DELETE { … } WHERE { … }
                pieces.append(_block(update, words, at))
            pieces.append(using)
            done = start
    return "".join([*pieces, update[done:]])


def _tokens(update: str) -> list[tuple[str, int, int]]:
    """The words and braces that matter: what, where, and how deep in braces it stands (an opening brace: outside of itself)."""
    found, depth = [], 0
    for match in _TOKEN.finditer(bare(update)):
        word = match[0].lower()
        if word == "}":
            depth -= 1
        found.append((word, match.start(), depth))
        if word == "{":
            depth += 1
    return found


def _block(update: str, words: list[tuple[str, int, int]], at: int) -> str:
    """The text in braces that follows the word at this place; "" where there is none (the engine says so then)."""
    opening = next((start for word, start, depth in words[at:] if word == "{" and depth == 0), None)
    closing = next((start for word, start, depth in words[at:] if word == "}" and depth == 0), None)
    return "" if opening is None or closing is None else update[opening : closing + 1] + " "


def check_iris(*iris: str) -> None:
    """Raise Refused where a graph of the dataset is not named by an IRI."""
    for iri in iris:
        try:
            NamedNode(iri)
        except ValueError as error:
            raise Refused(400, f"a graph of the dataset is not named by an IRI: {error}") from error
