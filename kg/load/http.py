"""Requests to a server of graphs: Basic, Digest and Bearer authentication, bodies sent from files, one line for what goes wrong."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import urlsplit
from urllib.request import Request

from kg.errors import YishiError
from kg.load.loader import Login

TIMEOUT = 600.0  # seconds without a byte: a server that takes in a large graph is silent for long
MOST = 256 << 20  # bytes of an answer that are read
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
# ValueError is what urllib raises where a server asks for a login in a way that it does not know.
_ERRORS = (ConnectionError, TimeoutError, urllib.error.URLError, http.client.HTTPException, ValueError)
_PASSWORD = "--user and --password, or KG_USER and KG_PASSWORD; for a token --token or KG_TOKEN"


class Answer(NamedTuple):
    """What a server said: its status (200 …), the media type, the body."""

    status: int
    kind: str
    body: bytes


def opener(where: str, *handlers: urllib.request.BaseHandler) -> urllib.request.OpenerDirector:
    """What asks the server at `where`. It follows no redirection, and asks this machine itself without the environment's proxies."""
    direct = [urllib.request.ProxyHandler({})] if urlsplit(where).hostname in _LOOPBACK else []
    return urllib.request.build_opener(_NoRedirect(), *direct, *handlers)


def cause(error: Exception) -> str:
    """In a few words why a connection failed."""
    reason = getattr(error, "reason", error)
    return getattr(reason, "strerror", None) or str(reason) or type(error).__name__


class Server:
    """A server that takes requests, with who asks. Redirections are not followed: they would carry the login elsewhere."""

    def __init__(self, where: str, login: Login) -> None:
        self.where = where
        self._token = login.token
        passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
        passwords.add_password(None, where, login.user or "", login.password or "")
        self._digest = _Digest(passwords)
        self._opener = opener(where, *([self._digest, _Basic(passwords)] if login.user else []))

    def ask(self, method: str, url: str, *, body: Path | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send one request, its body from a file. Any status from 200 to 299, and 404, is an answer; else raises YishiError.

        A body may not arrive where the server first asks who we are: make a request without one before.
        """
        try:
            return self._once(method, url, body, headers or {})
        except _ERRORS as error:
            if not (body and self._digest.asked and _broken(error)):
                raise self._explained(error) from error
        # The server wants to be answered anew, and has closed the connection on the body: ask without one, then send it again.
        self._digest.asked = None
        self.ask("GET", url)
        try:
            return self._once(method, url, body, headers or {})
        except _ERRORS as error:
            raise self._explained(error) from error

    def _once(self, method: str, url: str, body: Path | None, headers: Mapping[str, str]) -> Answer:
        file = body.open("rb") if body else None
        try:
            request = Request(url, data=_Body(file) if file else None, method=method, headers={"User-Agent": "yishi", **headers})
            if body:
                request.add_header("Content-Length", str(body.stat().st_size))
            if self._token:
                request.add_unredirected_header("Authorization", f"Bearer {self._token}")
            with self._opener.open(request, timeout=TIMEOUT) as reply:
                return Answer(reply.status, reply.headers.get_content_type(), reply.read(MOST))
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return Answer(404, "", b"")
            raise
        finally:
            if file:
                file.close()

    def _explained(self, error: Exception) -> YishiError:
        if isinstance(error, urllib.error.HTTPError):
            if 300 <= error.code < 400:
                return YishiError(f"sends elsewhere: {error.headers.get('Location', '')[:200]}", self.where, "give that address")
            said = " ".join(error.read(300).decode("utf-8", "replace").split())
            more = f": {said}" if said and not said.startswith("<") else ""  # a page about the error says no more than its number
            if error.code in (401, 403):
                return YishiError(f"refuses this login ({error.code}){more}", self.where, _PASSWORD)
            return YishiError(f"refuses with {error.code} {error.reason}{more}", self.where)
        if isinstance(error, ValueError):
            if "AuthHandler" in str(error):
                return YishiError("asks for a login of another kind", self.where, _PASSWORD)
            return YishiError(f"is no address that can be asked: {error}", self.where)
        return YishiError(f"cannot be reached: {cause(error)}", self.where, "is it running, and is this its address?")


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Digest authentication that answers the server's last question beforehand: a body is then sent only once."""

    asked: dict[str, str] | None = None

    def http_request(self, request: Request) -> Request:
        """Add the answer, where the question is known."""
        if self.asked and not request.has_header("Authorization"):
            answer = self.get_authorization(request, self.asked)
            if answer:
                request.add_unredirected_header("Authorization", f"Digest {answer}")
        return request

    https_request = http_request

    def retry_http_digest_auth(self, req: Request, auth: str) -> http.client.HTTPResponse | None:
        """Remember the question, and answer it."""
        words = urllib.request.parse_http_list(auth.split(" ", 1)[1])
        self.asked = urllib.request.parse_keqv_list([word for word in words if word])
        return super().retry_http_digest_auth(req, auth)


class _Body:
    """A file that begins anew once it has been read: a request that the server wants again, with a login, has its body again."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """The next bytes; none at the end, and after that the first."""
        data = self._file.read(size)
        if not data:
            self._file.seek(0)
        return data


class _Basic(urllib.request.HTTPBasicAuthHandler):
    """Basic authentication that offers the login beforehand, once the server has asked for it in this way."""

    def retry_http_basic_auth(self, host: str, req: Request, realm: str) -> http.client.HTTPResponse | None:
        """Remember that it asked, and answer."""
        if isinstance(self.passwd, urllib.request.HTTPPasswordMgrWithPriorAuth):
            self.passwd.update_authenticated(req.full_url, True)
        return super().retry_http_basic_auth(host, req, realm)

    def http_response(self, req: Request, response: http.client.HTTPResponse) -> http.client.HTTPResponse:
        """What the server answers changes nothing: urllib itself would forget the login after a 404."""
        return response

    https_response = http_response


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _broken(error: Exception) -> bool:
    """Whether the connection ended while the body was sent, or the server asks who we are."""
    if isinstance(error, urllib.error.HTTPError):
        return error.code == 401
    return isinstance(getattr(error, "reason", error), ConnectionError)
