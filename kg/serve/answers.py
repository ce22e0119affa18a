"""Answers of workers as responses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.graph.worker import PIECE
from kg.serve.negotiate import Form
from kg.serve.pool import Answer


def respond(answer: Answer, form: Form) -> Response:
    """A whole answer in a form: with its length, and with Vary, for what lies between us and the reader."""
    headers = {"Content-Type": form.content_type, "Content-Length": str(answer.size), "Vary": "Accept"}

    async def pieces() -> AsyncIterator[bytes]:
        with answer.content:
            while data := await run_in_threadpool(answer.content.read, PIECE):
                yield data

    return StreamingResponse(pieces(), headers=headers)


def gone(request: Request) -> Callable[[], Coroutine[Any, Any, None]]:
    """What waits until who asked has gone away. The body must have been read."""

    async def wait() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    return wait
