"""A lexicon as text and back, for another process and for what a remembered reading is known by."""

from __future__ import annotations

import json
from dataclasses import astuple

from kg.lexicon import Lexicon
from kg.model import GazetteerEntry, Term


def spelled(lexicon: Lexicon) -> str:
    """All that the lexicon says, as JSON: the same text for the same words in the same order."""
    return json.dumps(
        {
            "tables": lexicon.tables,
            "terms": [astuple(term) for term in lexicon.terms],
            "known": [astuple(thing) for thing in lexicon.known],
            "heads": dict(lexicon.heads),
            "verbs": dict(lexicon.verbs),
        },
        ensure_ascii=False,
    )


def lexicon_of(text: str) -> Lexicon:
    """The lexicon that `spelled` told."""
    told = json.loads(text)
    return Lexicon(
        told["tables"],
        tuple(Term(iri, sort, of, zh, en, (tuple(ends[0]), tuple(ends[1]))) for iri, sort, of, zh, en, ends in told["terms"]),
        tuple(
            GazetteerEntry(name, class_, kind, tuple(alt), place, part_of)
            for name, class_, kind, alt, place, part_of in told["known"]
        ),
        told["heads"],
        {property_: tuple(verbs) for property_, verbs in told["verbs"].items()},
    )
