"""Which classes a relation may join: the table of the graph contract. What no class of the two ends allows is not said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.lexicon import cache, lexicon
from kg.model import Entity, Fact, Term

Joins = tuple[tuple[frozenset[str], frozenset[str]], ...]
"""What a relation may join: classes of its subject, classes of its object."""

ANY = frozenset(["Organization", "District", "Platform", "Program", "Meeting", "Document", "Person", "Honor", "Topic", "Concept"])
WORKS = frozenset(["Platform", "Program"])
ENDS: dict[str, Joins] = {
    "inDistrict": ((frozenset(["Organization", "Platform", "Meeting", "Program"]), frozenset(["District"])),),
    "partOf": (
        (frozenset(["District"]), frozenset(["District"])),
        (frozenset(["Organization"]), frozenset(["Organization"])),
        (WORKS, WORKS),
        (frozenset(["Meeting"]), frozenset(["Meeting"])),
    ),
    "hosts": ((frozenset(["Organization"]), frozenset(["Meeting"])),),
    "attends": ((frozenset(["Organization", "Person"]), frozenset(["Meeting"])),),
    "runs": ((frozenset(["Organization"]), frozenset(["Platform"])),),
    "carriesOut": ((frozenset(["Organization"]), frozenset(["Program"])),),
    "issues": ((frozenset(["Organization", "Person"]), frozenset(["Document"])),),
    "hasTopic": ((frozenset(["Meeting", "Platform", "Program", "Document"]), frozenset(["Topic"])),),
    "receives": ((ANY, frozenset(["Honor"])),),
    "confers": ((frozenset(["Organization", "Meeting"]), frozenset(["Honor"])),),
    "reportedBy": ((ANY, frozenset(["Organization"])),),
    "worksFor": ((frozenset(["Person"]), frozenset(["Organization"])),),
}


def fits(fact: Fact, entities: dict[str, Entity], own: Mapping[str, Joins] | None = None) -> bool:
    """Whether a class of each end allows the relation; of reportedBy the object must be a media outlet.

    `own` says it of properties of the user's own (`of_terms`); where it is not given, those of the lexicon in use count.
    """
    subject, object_ = entities[fact.subject], entities[fact.object]
    if fact.property == "reportedBy" and object_.kind != "MediaOutlet":
        return False
    joined = ENDS[fact.property] if fact.property in ENDS else (_own() if own is None else own)[fact.property]
    return any(left & {*subject.classes, subject.kind} and right & {*object_.classes, object_.kind} for left, right in joined)


def of_terms(terms: Iterable[Term]) -> dict[str, Joins]:
    """The same table for the properties among some terms of a user's own."""
    return {t.iri: ((frozenset(t.ends[0]), frozenset(t.ends[1])),) for t in terms if t.sort == "property"}


@cache
def _own() -> dict[str, Joins]:
    return of_terms(lexicon().terms)
