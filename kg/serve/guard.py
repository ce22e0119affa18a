"""What every request passes first: from this machine, from our own pages, within the limits. Plain ASGI."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.intake import CLOSING, Held, Intake, too_large
from kg.serve.refusal import Refused
from kg.serve.settings import Settings

READING = ("GET", "HEAD", "OPTIONS")
# Pages of ours load their own parts and nothing else. A whole explorer page has its own, stricter policy in it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


def own_hosts(port: int) -> frozenset[str]:
    """What a request to us may call us. Any other name is one that a foreign site had resolved to this machine (DNS rebinding)."""
    names = ("localhost", "127.0.0.1", "[::1]")
    return frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())


class Guard:
    """Wraps the application: refuses what is foreign or too large, waits only so long, and adds the headers every answer has."""

    def __init__(self, app: ASGIApp, settings: Settings, port: int) -> None:
        self.app, self.settings = app, settings
        self.hosts = own_hosts(port)
        self._held = Held()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        most = self._most(scope)
        intake = Intake(receive, self.settings, most, self._held if most == self.settings.body else None)
        try:
            self._check(scope)
            await self.app(scope, intake, guarded)
        except Refused as refused:
            if begun:
                raise
            if _closes(Headers(scope=scope), refused):
                await intake.discard()
            await refused.response()(scope, receive, guarded)
        except ClientDisconnect:
            return  # nobody is there to be told
        finally:
            intake.done()

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            raise Refused(421, "this server answers to localhost, 127.0.0.1 and [::1] with its port only")
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > self.settings.url:
            raise Refused(414, url_too_long(self.settings))
        if sum(len(name) + len(value) for name, value in scope["headers"]) > self.settings.headers:
            raise Refused(431, head_too_long(self.settings))
        if "transfer-encoding" in headers and "content-length" in headers:  # what stands between us could read it otherwise
            raise Refused(400, "the request says twice how long it is: Content-Length and Transfer-Encoding", CLOSING)
        self._check_origin(scope["method"], headers)
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self._most(scope):
            raise Refused(413, too_large(self._most(scope)))

    def _check_origin(self, method: str, headers: Headers) -> None:
        """Another site may link to us; it may not send us anything, nor put what is here into its own page."""
        origin = headers.get("origin")
        foreign = origin is not None and origin.lower() not in _origins(self.hosts)
        site, mode = headers.get("sec-fetch-site", "none"), headers.get("sec-fetch-mode", "navigate")
        if site not in ("same-origin", "none") and (method not in READING or mode != "navigate"):
            foreign = True
        if foreign:
            raise Refused(403, "a page of another site may not ask this server")

    def _most(self, scope: Scope) -> int:
        """How many bytes the request may send: it depends on what it sends."""
        path: str = scope["path"]
        if path.startswith("/rdf-graphs"):
            return self.settings.written
        return self.settings.upload if path == "/builds" else self.settings.body


def url_too_long(settings: Settings) -> str:
    """What is said of an address that is too long."""
    return f"the address is longer than {settings.url:,} bytes: send a long query by POST"


def head_too_long(settings: Settings) -> str:
    """What is said of header lines that are too long."""
    return f"the header lines are longer than {settings.headers:,} bytes"


def _closes(headers: Headers, refused: Refused) -> bool:
    """Whether the connection is closed as soon as the answer is sent: what has not been read by then would take the answer with it."""
    asked = {headers.get("connection", "").lower(), refused.headers.get("Connection", "")}
    return (
        "close" in asked and "expect" not in headers and refused.status != 408
    )  # who waits for our word, or is late, sends nothing


def _origins(hosts: Iterable[str]) -> frozenset[str]:
    return frozenset(f"http://{host}" for host in hosts)
