"""Content negotiation: which of the forms that there are does an Accept header want."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which an answer can be had: its short name (`?format=`), its media type, and other names people ask for it by."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The Content-Type header: text in UTF-8 says so."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


SOLUTIONS = (
    Form("json", "application/sparql-results+json", ("application/json",)),
    Form("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Form("csv", "text/csv"),
    Form("tsv", "text/tab-separated-values"),
)
TRIPLES = (
    Form("ttl", "text/turtle", ("application/x-turtle", "application/turtle")),
    Form("nt", "application/n-triples", ("text/plain",)),
    Form("rdf", "application/rdf+xml", ("application/xml", "text/xml")),
    Form("jsonld", "application/ld+json", ("application/json",)),
)
HTML = Form("html", "text/html", ("application/xhtml+xml",))


def choose(accept: str, forms: Sequence[Form], asked: str = "") -> Form | None:
    """The form that an Accept header likes best, the first of equals; without a header the first of all. None: it takes none.

    `asked` is a short name that counts more than the header ("" where none was given). A range with q=0 is refused; the most
    specific range that fits a form decides (RFC 9110, 12.5.1). A header that is no Accept header is taken for none.
    """
    if asked:
        return next((form for form in forms if form.name == asked), None)
    ranges = _ranges(accept)
    if not ranges:
        return forms[0]
    best = max(forms, key=lambda form: _liking(form, ranges))
    return best if _liking(best, ranges) > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    """Media range → its quality. Parameters other than q do not tell our forms apart."""
    found: dict[str, float] = {}
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name.count("/") != 1:
            continue
        quality = next((value for key, _, value in (p.partition("=") for p in parameters) if key.strip() == "q"), "1")
        try:
            found[name] = max(found.get(name, 0.0), min(1.0, max(0.0, float(quality))))
        except ValueError:
            found.setdefault(name, 0.0)
    return found


def _liking(form: Form, ranges: dict[str, float]) -> float:
    exact = [ranges[name] for name in (form.media_type, *form.aliases) if name in ranges]
    if exact:
        return max(exact)
    return ranges.get(f"{form.media_type.split('/')[0]}/*", ranges.get("*/*", 0.0))
