"""The OpenAI chat completions protocol, as much of it as a question needs: POST …/chat/completions, the words of the first choice."""

from __future__ import annotations

import json
import time
import urllib.error
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Any
from urllib.request import Request

from kg.errors import YishiError
from kg.load.http import cause, opener

Message = Mapping[str, str]
BROKEN = (OSError, HTTPException)  # what a connection may come to: refused, reset, too slow, of a wrong certificate, not HTTP
MOST = 4 << 20  # bytes of an answer that are read
TRIES = 3  # times that one question is asked
LONGEST_PAUSE = 30.0  # seconds: what a server may make us wait
_AGAIN = (408, 429, 500, 502, 503, 504)  # statuses that may pass
_SETUP = (401, 402, 403, 404, 405, 407, *range(300, 400))  # statuses that tell of a wrong address, name or login
_UNKNOWN = (400, 422)  # what a server says to a parameter that it does not know
# Not every server knows both, and some models take no temperature.
_EXTRAS: tuple[dict[str, Any], ...] = (
    {"temperature": 0, "response_format": {"type": "json_object"}},
    {"temperature": 0},
    {},
)


class NoAnswer(Exception):
    """No answer to one question; `str` says why. `ill`: the server gave none (not: the model a useless one)."""

    def __init__(self, why: str, *, ill: bool = False) -> None:
        super().__init__(why)
        self.ill = ill


class Unfit(YishiError):
    """The server cannot be reached, or refuses in a way that no other question will mend."""


class Chat:
    """Asks one model. `where` is the address for people, without what may be secret in it."""

    def __init__(self, endpoint: str, where: str, name: str, key: str | None, timeout: float, pause: float) -> None:
        self._endpoint, self._where, self._name, self._key = endpoint, where, name, key
        self._timeout, self._pause = timeout, pause
        self._opener = opener(endpoint)
        self._extras = 0  # the first of _EXTRAS that the server takes

    def complete(self, messages: list[Message]) -> str:
        """The words of the answer. Raises NoAnswer, and Unfit where the server cannot be reached or refuses."""
        extras = self._extras
        while True:
            try:
                answer = self._content(
                    self._tried({"model": self._name, "messages": messages, "stream": False, **_EXTRAS[extras]})
                )
            except urllib.error.HTTPError as error:
                if error.code in _UNKNOWN and extras + 1 < len(_EXTRAS):
                    extras += 1
                    continue
                raise self._refused(error) from error
            self._extras = max(self._extras, extras)
            return answer

    def _tried(self, question: dict[str, Any]) -> tuple[str, bytes]:
        """The media type and body of an answer, asked for again where the failure may pass. Raises HTTPError for a refusal."""
        body = json.dumps(question).encode()
        for left in reversed(range(TRIES)):
            try:
                return self._once(body)
            except urllib.error.HTTPError as error:
                if error.code not in _AGAIN:
                    raise
                if not left:
                    raise NoAnswer(self._said(error), ill=True) from error
                self._wait(TRIES - left, error.headers.get("Retry-After"))
            except TimeoutError as error:  # who was too slow once will be again
                raise NoAnswer(f"no answer within {self._timeout:g} s", ill=True) from error
            except BROKEN as error:
                if isinstance(getattr(error, "reason", None), TimeoutError):
                    raise NoAnswer(f"no answer within {self._timeout:g} s", ill=True) from error
                if not left or isinstance(error, urllib.error.URLError):
                    what = f"cannot be reached: {cause(error)}"
                    raise Unfit(what, self._where, "is it running, and is this its address?") from error
                self._wait(TRIES - left, None)
        raise AssertionError("the last try returns or raises")

    def _once(self, body: bytes) -> tuple[str, bytes]:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "yishi"}
        request = Request(self._endpoint, data=body, headers=headers, method="POST")
        if self._key:
            request.add_unredirected_header("Authorization", f"Bearer {self._key}")
        with self._opener.open(request, timeout=self._timeout) as reply:
            return reply.headers.get_content_type(), self._all(reply)

    def _all(self, reply: HTTPResponse) -> bytes:
        """The body, no longer and no later than is allowed."""
        until = time.monotonic() + self._timeout
        parts, length = [], 0
        while part := reply.read1(1 << 16):
            parts.append(part)
            length += len(part)
            if length > MOST:
                raise NoAnswer(f"an answer of more than {MOST >> 20} MB")
            if time.monotonic() > until:
                raise TimeoutError
        if reply.length:  # what was announced and did not come: read1 does not say
            raise IncompleteRead(b"", reply.length)
        return b"".join(parts)

    def _content(self, answer: tuple[str, bytes]) -> str:
        kind, body = answer
        try:
            said = json.loads(body)
            content = said["choices"][0]["message"]["content"]
        except (ValueError, RecursionError):
            raise NoAnswer(f"the answer is {kind or 'of no kind'}, not JSON", ill=True) from None
        except (KeyError, IndexError, TypeError):
            raise NoAnswer("the answer is not one of the chat completions protocol", ill=True) from None
        if not isinstance(content, str) or not content.strip():
            raise NoAnswer("an empty answer")
        return content

    def _refused(self, error: urllib.error.HTTPError) -> Exception:
        if 300 <= error.code < 400:
            return Unfit(f"sends elsewhere: {error.headers.get('Location', '')[:200]}", self._where, "give that address")
        if error.code in (401, 403, 407):
            return Unfit(f"refuses this login: {self._said(error)}", self._where, "put the key into KG_MODEL_KEY")
        if error.code in _SETUP:
            return Unfit(
                f"cannot be asked: {self._said(error)}", self._where, f"is {self._name} its model, and this its address?"
            )
        return NoAnswer(self._said(error), ill=True)

    def _said(self, error: urllib.error.HTTPError) -> str:
        """What the server said to its refusal, in one line. The key is not repeated, even where the server repeats it."""
        try:
            said = " ".join(error.read(2_000).decode("utf-8", "replace").split())
        except BROKEN:
            said = ""
        said = said.replace(self._key, "…") if self._key else said
        return f"{error.code} {error.reason}" + (f": {said[:200]}" if said and not said.startswith("<") else "")

    def _wait(self, tries: int, after: str | None) -> None:
        pause = float(after) if after and after.isascii() and after.isdecimal() else self._pause * 2 ** (tries - 1)
        time.sleep(min(pause, LONGEST_PAUSE))
