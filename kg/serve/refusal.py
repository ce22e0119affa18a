"""What the server refuses: a status and one line that says what, where and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import PlainTextResponse


class Refused(Exception):
    """A request that is answered with `status` and one line."""

    def __init__(self, status: int, line: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(line)
        self.status = status
        self.line = " ".join(line.split())
        self.headers = dict(headers or {})

    def response(self) -> PlainTextResponse:
        """The answer that says so."""
        return PlainTextResponse(f"{self.line}\n", self.status, self.headers)
