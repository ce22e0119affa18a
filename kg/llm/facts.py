"""A proposed fact to a Fact, where the text bears it out: its words stand in the passage, its ends are known, its relation may join them.

Where the grammar reads more into the sentence than the model does, the grammar counts: what it takes for denied is no fact, what it
takes for a plan is none that is done, and the time is the one that it reads there.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.llm.passages import Passage
from kg.llm.proposals import ProposedFact
from kg.llm.register import Register, bare
from kg.model import DONE, MODEL, PLANNED, PROPERTIES, Fact, Linked, Span
from kg.relate.ends import fits
from kg.relate.period import period
from kg.relate.status import denied, status

# Why a fact is refused.
END, PROPERTY, STATUS, QUOTE, MISFIT, DENIED, TABLE = "end", "property", "status", "quote", "misfit", "denied", "table"
SHORTEST = 4  # code points of a quote


def check(
    linked: Linked, register: Register, passage: Passage, ends: Mapping[str, str], proposed: ProposedFact, rule: str
) -> Fact | str:
    """The fact, or why it is refused. `ends` has the id of each entity by what the model may call it."""
    if proposed.property not in PROPERTIES:
        return PROPERTY
    if proposed.status not in (DONE, PLANNED):
        return STATUS
    subject, target = (ends.get(end.strip()) or ends.get(bare(end)) for end in (proposed.subject, proposed.object))
    if subject is None or target is None or subject == target:
        return END
    found = _quoted(linked, register, passage, proposed.quote.strip(), subject, target)
    if found is None:
        return QUOTE
    at, evidence = found
    if denied(linked, at):
        return DENIED
    when, _, stated = period(linked, at)
    role = proposed.role.strip()
    fact = Fact(
        subject, proposed.property, target,
        PLANNED if PLANNED in (proposed.status, status(linked, at)) else DONE,
        MODEL, rule, evidence,
        period=when if stated else None,
        role=role if role and proposed.property == "worksFor" and role in proposed.quote else None,
    )  # fmt: skip
    if not fits(fact, register.entities):
        return MISFIT
    return TABLE if _is_of_the_table(fact, register) else fact


def _quoted(
    linked: Linked, register: Register, passage: Passage, quote: str, subject: str, target: str
) -> tuple[int, tuple[Span, ...]] | None:
    """Where the quote names an end (the object, else the subject), and the whole sentences over it that do; None where nowhere."""
    document = linked.document
    at = document.text.find(quote, passage.start, passage.end) if len(quote) >= SHORTEST else -1
    while at >= 0:
        stop = at + len(quote)
        places = [register.named(at, stop, end) for end in (target, subject)]
        here = next((place for place in places if place is not None), None)
        if here is not None:
            said = [one for one in passage.sentences if one.start < stop and at < one.end]
            naming = [
                one for one in said if any(register.named(one.start, one.end, end) is not None for end in (subject, target))
            ]
            return here, tuple(document.span(one.start, one.end) for one in naming)
        at = document.text.find(quote, at + 1, passage.end)
    return None


def _is_of_the_table(fact: Fact, register: Register) -> bool:
    """Whether it says which of the state's divisions lies in which: that is told by the table."""
    return fact.property == "partOf" and all(register.entities[end].division_code for end in (fact.subject, fact.object))
