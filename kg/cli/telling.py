"""Facts, figures and sentences of a graph as lines for a reader, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from kg.cli.say import Say, Table

if TYPE_CHECKING:
    from kg.graph.find import Found
    from kg.graph.statements import Figure, Said, Sentence

SAY: Table = {
    "role": ("职务 {role}", "post {role}"),
    "candidates": ("可能是", "it may be"),
    "facts": ("{n} 条事实", "{n} fact(s)"),
}  # fmt: skip
_WRAP = re.compile(r"(?<=[^\x00-\u2e7f]) (?=[^\x00-\u2fff])|(?<=[^\x00-\u2e7f]) (?=[0-9“《])|(?<=[”》]) (?=[^\x00-\u2e7f])")
Name = Callable[[str], str]  # an entity's IRI → what to call it


def fact_line(fact: Said, name: Name, lang: str) -> str:
    """A fact on one line: 全国政协 —主办→ 座谈会  计划 · 2023."""
    from kg.ontology import label

    said = f"{name(fact.subject)} —{label(fact.property, lang)}→ {name(fact.object)}"
    return "  ".join(filter(None, (said, how(fact, lang))))


def how(found: Said | Figure, lang: str) -> str:
    """What must be known of a finding besides what it says: that it is planned, when, the post, what it rests on."""
    from kg.model import DONE, STATED
    from kg.ontology import label

    role = getattr(found, "role", "")
    parts = [label(found.status, lang)] if found.status != DONE else []
    parts += [found.period] if found.period else []
    parts += [Say(SAY, lang)("role", role=role)] if role else []
    parts += [label(found.basis, lang)] if found.basis != STATED else []
    return " · ".join(parts)


def figure_cells(figure: Figure, lang: str) -> tuple[str, ...]:
    """A figure as the cells of a row: indicator, value with its unit, what else must be known, as the text writes it."""
    from kg.ontology import label

    kinds = [label(name, lang) for name, usual in ((figure.kind, "level"), (figure.bound, "exact")) if name != usual]
    return (
        figure.indicator,
        f"{figure.value:,} {figure.unit}".rstrip(),
        " · ".join(filter(None, (*kinds, how(figure, lang)))),
        figure.written,
    )


def sentence_lines(sentences: Iterable[Sentence], indent: str) -> list[str]:
    """Each sentence on a line of its own, with its file and place."""
    return [f"{indent}「{rejoined(s.quote)}」  [{s.file} {s.start}–{s.end}]" for s in sentences]


def rejoined(text: str) -> str:
    """A text on one line: where a line end cut it, Chinese is put together without a space."""
    return _WRAP.sub("", " ".join(text.split()))


def candidate_rows(found: Iterable[Found], lang: str) -> list[tuple[str, ...]]:
    """Entities that a name may mean, as rows: label, class, how many facts, id."""
    from kg.ontology import label

    say = Say(SAY, lang)
    return [(one.label, "、".join(label(name, lang) for name in one.classes), say("facts", n=one.facts), one.id) for one in found]


def fact_json(fact: Said, name: Name) -> dict[str, Any]:
    """A fact as JSON has it."""
    return {
        "subject": {"iri": fact.subject, "label": name(fact.subject)},
        "property": fact.property,
        "object": {"iri": fact.object, "label": name(fact.object)},
        "status": fact.status,
        "period": fact.period or None,
        "role": fact.role or None,
        "basis": fact.basis,
        "rule": fact.rule,
        "sentences": [sentence_json(sentence) for sentence in fact.sentences],
    }


def sentence_json(sentence: Sentence) -> dict[str, Any]:
    """A sentence as JSON has it."""
    return {
        "quote": sentence.quote,
        "file": sentence.file,
        "start": sentence.start,
        "end": sentence.end,
        "source": sentence.source,
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """A figure as JSON has it."""
    from decimal import Decimal

    value = str(figure.value) if isinstance(figure.value, Decimal) else figure.value
    return {
        "indicator": figure.indicator,
        "value": value,
        "unit": figure.unit,
        "written": figure.written,
        "kind": figure.kind,
        "bound": figure.bound,
        "status": figure.status,
        "period": figure.period or None,
        "basis": figure.basis,
        "rule": figure.rule,
        "sentences": [sentence_json(sentence) for sentence in figure.sentences],
    }
