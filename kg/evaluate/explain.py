"""What the pipeline sees in a sentence, every step of it kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from kg.errors import UsageError
from kg.extract import extract
from kg.lexicon import Lexicon, use
from kg.model import Entity, Fact, Link, Measure, Source, Token
from kg.parse import parse
from kg.relate import relate
from kg.relate.why import Unrelated, unrelated
from kg.resolve import resolve
from kg.words import tokenize

LONGEST = 5_000  # characters: what a person can read the explanation of


@dataclass(frozen=True, slots=True)
class Explanation:
    """The steps: `text` is what the grammar saw, in whose offsets tokens and links stand."""

    text: str
    tokens: tuple[Token, ...]
    links: tuple[Link, ...]
    entities: dict[str, Entity]
    facts: tuple[Fact, ...]
    measures: tuple[Measure, ...]
    unrelated: tuple[Unrelated, ...]
    unresolved: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """All steps as plain values."""
        names = ("text", "links", "facts", "measures", "unrelated", "unresolved")
        steps: dict[str, Any] = {name: getattr(self, name) for name in names}
        plain = {name: [asdict(x) for x in value] for name, value in steps.items() if name not in ("text", "unresolved")}
        for measure in plain["measures"]:
            measure.update({name: str(measure[name]) for name in ("value", "min", "max") if measure[name] is not None})
        entities = [asdict(self.entities[key]) for key in sorted(self.entities)]
        tokens = [token._asdict() for token in self.tokens]
        return {"text": self.text, "tokens": tokens, **plain, "entities": entities, "unresolved": list(self.unresolved)}


def explain(sentence: str, home: str | None = None, lexicon: Lexicon | None = None) -> Explanation:
    """Read a sentence (or a few) as a document of its own. `home` says whose text it is, `lexicon` is one of the user's own.

    Raises UsageError where it is empty or too long to explain, or `home` names no place.
    """
    if not sentence.strip():
        raise UsageError("there is no sentence to explain", "kg explain", 'as in kg explain "市政协召开座谈会。"')
    if len(sentence) > LONGEST:
        raise UsageError(f"{len(sentence)} characters are too many to explain", "kg explain", f"give at most {LONGEST}")
    source = Source(sha256(sentence.encode("utf-8", "surrogatepass")).hexdigest(), "sentence", sentence, home=home)
    with use(lexicon):
        document = parse(source)
        tokens = tokenize(document.text)
        linked = resolve(document, tokens, extract(document, tokens, home), home)
        facts, measures = relate(linked)
        unmade = tuple(unrelated(linked, facts))
    return Explanation(document.text, tokens, linked.links, linked.entities, facts, measures, unmade, linked.notes)
