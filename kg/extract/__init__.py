"""Step *extract*: the names in a document, each a Mention with its class. One module a family of classes; all work on one Scan."""

from __future__ import annotations

from kg.extract.again import again
from kg.extract.awarded import awarded
from kg.extract.bodies import bodies
from kg.extract.consultation import consultation
from kg.extract.digital import civic, digital
from kg.extract.firms import firms
from kg.extract.goals import goals
from kg.extract.honors import honors
from kg.extract.known import known
from kg.extract.listed import listed
from kg.extract.meetings import meetings
from kg.extract.named import governed, named
from kg.extract.people import people
from kg.extract.places import places
from kg.extract.platforms import platforms
from kg.extract.projects import projects
from kg.extract.quoted import quoted
from kg.extract.ranked import ranked
from kg.extract.scan import Scan
from kg.extract.select import names_of, select
from kg.extract.shared import bracketed, lines, local_firms, shared_bodies, shared_departments, with_brackets
from kg.extract.subjects import subjects
from kg.extract.tagger import second
from kg.extract.terms import terms
from kg.extract.titles import abouts, report, titles
from kg.model import Document, Mention, Token

__all__ = ["Scan", "extract"]


def extract(
    document: Document, tokens: tuple[Token, ...], home: str | None = None, tagger: str | None = None
) -> tuple[Mention, ...]:
    """The mentions of a document in view offsets, sorted, outer ones before those inside them. `home`: whose text it is, where told.

    `tagger` names a second opinion (kg.extract.tagger), asked where the grammar found nothing.
    """
    scan = Scan(document, tokens)
    where = places(scan, home)
    ends = _ends([place for place in where if not place.optional])  # a common word that is a county's name begins no name
    full = _ends([place for place in where if not place.optional or place.name[-1] in "省市县区旗州盟"])
    named_by_user = known(scan)
    own = bodies(scan, full)
    acting = own + shared_bodies(scan, full) + shared_departments(scan, own) + titles(scan)  # but a full form may: 老城区政协
    prefixes = ends | _ends([*acting, *(one for one in named_by_user if one.classes[0] == "Organization")])
    found = [
        *named_by_user,
        *where,
        *acting,
        *report(scan, prefixes),
        *abouts(scan, prefixes),
        *people(scan),
        *terms(scan),
        *consultation(scan),
        *digital(scan, ends),
        *civic(scan, ends),
    ]
    for kind in ("Organization", "Platform", "Project", "Program"):
        found += named(scan, kind, prefixes, ends)
    found += governed(scan) + platforms(scan)
    found += quoted(scan, prefixes)
    found += subjects(scan)
    found += meetings(scan, prefixes)
    found += projects(scan, prefixes, ends)
    found = with_brackets(found, bracketed(scan, ends)) + lines(scan) + local_firms(scan, ends)
    found += firms(scan)
    found += goals(scan, ends)
    found += listed(scan, prefixes, ends)
    found += honors(scan, prefixes)
    found += ranked(scan)
    found += awarded(scan, found, ends)
    first = select(names_of(scan.text, found))
    kept = select([*first, *again(scan, first)])
    return select([*kept, *second(scan, kept, tagger)]) if tagger else kept


def _ends(mentions: list[Mention]) -> dict[int, int]:
    """End → start of the longest mention that ends there."""
    ends: dict[int, int] = {}
    for mention in mentions:
        ends[mention.end] = min(mention.start, ends.get(mention.end, mention.start))
    return ends
