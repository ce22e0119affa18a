"""Gold graphs: what a careful expert reads out of one text, as JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import CLASSES, PROPERTIES

_MARKS = re.compile(r"[\s“”‘’\"'《》〈〉「」『』•·・]")


def plain(name: str) -> str:
    """The form in which two names are compared: NFKC, lower case, without quotation marks, dots and white space."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name)).lower()


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity of the gold. `classes` are the accepted ones, best first; `names` in plain form; optional counts neither way."""

    id: str
    name: str
    classes: tuple[str, ...]
    names: frozenset[str]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation of the gold between two entity ids."""

    subject: str
    property: str
    object: str
    optional: bool = False

    def fact(self) -> tuple[str, str, str]:
        """What is compared."""
        return self.subject, self.property, self.object


@dataclass(frozen=True, slots=True)
class GoldMeasure:
    """A figure of the gold: any of the entities in `about` will do; `period` is "" where the text tells none."""

    about: tuple[str, ...]
    indicator: str
    value: float
    unit: str
    period: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Gold:
    """A gold graph: `text` is the file name of the text it was made from."""

    text: str
    entities: tuple[GoldEntity, ...]
    relations: tuple[GoldRelation, ...]
    measures: tuple[GoldMeasure, ...]

    @cached_property
    def by_id(self) -> dict[str, GoldEntity]:
        """Entities by id."""
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """Ids of the entities that bear a name (in plain form)."""
        found: dict[str, list[str]] = {}
        for entity in self.entities:
            for name in sorted(entity.names):
                found.setdefault(name, []).append(entity.id)
        return {name: tuple(ids) for name, ids in found.items()}


def read_gold(path: Path) -> Gold:
    """Read a gold graph in JSON (doc, entities, relations, measures). Raises InputError where it is not one."""
    try:
        raw = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", str(path)) from error
    except ValueError as error:
        raise InputError(f"is not JSON: {error}", str(path)) from error
    try:
        gold = _gold(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"is not a gold graph: {error!r}", str(path), "see tests/gold/README.md for the form") from error
    strange = _strange(gold)
    if strange:
        raise InputError(f"is not a gold graph: {strange}", str(path), "see tests/gold/README.md for the form")
    return gold


def _gold(raw: dict[str, Any]) -> Gold:
    return Gold(
        text=str(raw.get("doc") or ""),
        entities=tuple(
            GoldEntity(
                e["id"],
                e["name"],
                tuple(e["types"]),
                frozenset(plain(name) for name in (e["name"], *e["surface"])),
                bool(e.get("optional")),
            )
            for e in raw["entities"]
        ),
        relations=tuple(GoldRelation(r["s"], r["p"], r["o"], bool(r.get("optional"))) for r in raw["relations"]),
        measures=tuple(
            GoldMeasure(
                tuple(m["about"]),
                m["indicator"],
                float(m["value"]),
                m["unit"],
                str(m.get("period") or ""),
                bool(m.get("optional")),
            )
            for m in raw.get("measures", ())
        ),
    )


def _strange(gold: Gold) -> str:
    """What in it the contract does not know, "" for nothing."""
    ends = {end for r in gold.relations for end in (r.subject, r.object)} | {a for m in gold.measures for a in m.about}
    strangers = {
        "classes": {c for e in gold.entities for c in e.classes} - set(CLASSES),
        "properties": {r.property for r in gold.relations} - set(PROPERTIES),
        "entities": ends - set(gold.by_id),
    }
    found = [f"unknown {kind} {', '.join(sorted(names))}" for kind, names in strangers.items() if names]
    if not all(e.classes for e in gold.entities):
        found.append("an entity without a class")
    return "; ".join(found)
