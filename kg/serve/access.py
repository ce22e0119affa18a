"""Who may change the graph: who has the token, compared so that time tells nothing."""

from __future__ import annotations

from hmac import compare_digest

from starlette.requests import Request

from kg.serve.refusal import Refused
from kg.serve.site import Site


def check_write(request: Request) -> None:
    """Raise Refused unless the server was started writable and the request bears its token."""
    site: Site = request.state.site
    if not site.writable:
        raise Refused(403, "this graph is read-only here: start kg serve with --writable to change it")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not compare_digest(token.strip().encode(), site.settings.write_token.encode()):
        raise Refused(
            401, "send the token that kg serve printed: Authorization: Bearer …", {"WWW-Authenticate": 'Bearer realm="yishi"'}
        )
