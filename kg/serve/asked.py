"""What an address asks for: numbers and IRIs, or the one line that says what is wrong with them."""

from __future__ import annotations

from pyoxigraph import NamedNode
from starlette.requests import Request

from kg.serve.refusal import Refused


def number(request: Request, name: str, otherwise: int, most: int) -> int:
    """A whole number of the address, at most `most`; `otherwise` where it is not there. Raises Refused."""
    text = request.query_params.get(name)
    if text is None:
        return otherwise
    if not text.isascii() or not text.isdecimal() or len(text) > 12:
        raise Refused(400, f"{name}={text!r} is not a whole number")
    return min(int(text), most)


def iri_in(text: str) -> str:
    """The text, if it is an IRI. Raises Refused."""
    try:
        return NamedNode(text).value
    except ValueError as error:
        raise Refused(400, f"{text!r} is not an IRI") from error
