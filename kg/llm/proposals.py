"""A model's words to proposals: the JSON object in them, whatever is around it, and what in that has the right form."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

MOST = 200  # entities and facts of one answer that are looked at
LONGEST = 2_000  # code points of a string in it
FORM = "form"
_THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.S)  # what some models say to themselves first
_FENCE = re.compile(r"```(?:json)?\s*\n(.*?)```", re.S)


class Malformed(ValueError):
    """No JSON object, or none of the form asked for; `str` says which."""


@dataclass(frozen=True, slots=True)
class ProposedEntity:
    """A name and a class, as the model gives them."""

    name: str
    class_: str


@dataclass(frozen=True, slots=True)
class ProposedFact:
    """A fact between two ids or names, as the model gives it."""

    subject: str
    property: str
    object: str
    status: str
    quote: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What an answer proposes, each once; `refused` counts the items that have not the form of one."""

    entities: tuple[ProposedEntity, ...]
    facts: tuple[ProposedFact, ...]
    refused: Counter[str]


def read_proposals(answer: str) -> Proposals:
    """The proposals in a model's answer. Raises Malformed where it holds no such JSON object, or a broken one: nothing is guessed at."""
    said = _object(answer)
    entities, facts = said.get("entities", []), said.get("facts", [])
    if not ("entities" in said or "facts" in said) or not isinstance(entities, list) or not isinstance(facts, list):
        raise Malformed("a JSON object without lists of entities and facts")
    refused = Counter({FORM: max(0, len(entities) - MOST) + max(0, len(facts) - MOST)})
    found: dict[ProposedEntity, None] = {}
    said_facts: dict[ProposedFact, None] = {}
    for item in entities[:MOST]:
        fields = _strings(item, ("name", "class"))
        if fields is None:
            refused[FORM] += 1
        else:
            found[ProposedEntity(*fields)] = None
    for item in facts[:MOST]:
        fields = _strings(item, ("subject", "property", "object", "status", "quote"))
        role = item.get("role") if fields is not None else None
        if fields is None or not isinstance(role, str | None) or len(role or "") > LONGEST:
            refused[FORM] += 1
        else:
            subject, relation, target, status, quote = fields
            said_facts[ProposedFact(subject, relation, target, status, quote, role or "")] = None
    return Proposals(tuple(found), tuple(said_facts), +refused)


def _object(answer: str) -> dict[str, Any]:
    words = _THOUGHT.sub("", answer, count=1)
    fenced = _FENCE.search(words)
    words = fenced[1] if fenced else words
    at = words.find("{")
    if at < 0:
        raise Malformed("no JSON object")
    try:
        said, _ = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number).raw_decode(words, at)
    except (ValueError, RecursionError) as error:
        raise Malformed("JSON that is broken, cut off or too deep") from error
    if not isinstance(said, dict):
        raise Malformed("no JSON object")
    return said


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object's members; which of two of one name is meant, nobody knows."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("two members of one name")
    return found


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _strings(item: Any, names: tuple[str, ...]) -> tuple[str, ...] | None:
    if not isinstance(item, dict):
        return None
    values = tuple(value for name in names if isinstance(value := item.get(name), str) and len(value) <= LONGEST)
    return values if len(values) == len(names) else None
