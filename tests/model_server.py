"""A server on this machine that speaks the OpenAI chat completions protocol, and answers as a test tells it to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


@dataclass
class Reply:
    """An answer as it goes over the wire. `wait` seconds pass before it, `drip` between its bytes."""

    body: bytes
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    drip: float = 0.0


def said(words: str) -> Reply:
    """These words from the model, as the protocol wraps them."""
    choice = {"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": "stop"}
    return Reply(json.dumps({"id": "1", "object": "chat.completion", "model": "m", "choices": [choice]}).encode())


def proposing(entities: list[tuple[str, str]] = (), facts: list[tuple[str, ...]] = ()) -> Reply:  # type: ignore[assignment]
    """An answer with these entities (name, class) and facts (subject, property, object, status, quote[, role])."""
    names = ("subject", "property", "object", "status", "quote", "role")
    return said(
        json.dumps(
            {
                "entities": [{"name": name, "class": class_} for name, class_ in entities],
                "facts": [dict(zip(names, fact, strict=False)) for fact in facts],
            },
            ensure_ascii=False,
        )
    )


def refusing(status: int, message: str = "no", **headers: str) -> Reply:
    """An error as OpenAI's servers give it."""
    return Reply(json.dumps({"error": {"message": message}}).encode(), status, headers=headers)


@dataclass
class Asked:
    """One request: its path, its headers, its JSON body."""

    path: str
    headers: dict[str, str]
    body: Body

    @property
    def passage(self) -> Body:
        """What the user's message holds: text, entities, reports."""
        found: Body = json.loads(self.body["messages"][1]["content"])
        return found

    def id_of(self, written: str) -> str:
        """The id by which the entity that the text calls so was offered."""
        return next(one["id"] for one in self.passage["entities"] if written in one["written"] or written == one["name"])


class ModelStub:
    """The server: its address, and all that it was asked. `answer` makes the reply to one request; `at_once` is the most at a time."""

    def __init__(self, answer: Callable[[Asked], Reply]) -> None:
        self.asked: list[Asked] = []
        self.at_once = 0
        now, lock = [0], threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(handler) -> None:
                body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
                asked = Asked(handler.path, dict(handler.headers.items()), body)
                with lock:
                    self.asked.append(asked)
                    now[0] += 1
                    self.at_once = max(self.at_once, now[0])
                reply = answer(asked)
                time.sleep(reply.wait)
                with lock:
                    now[0] -= 1
                try:
                    handler.reply(reply)
                except OSError:
                    handler.close_connection = True  # who asked has gone

            def reply(handler, reply: Reply) -> None:
                handler.send_response(reply.status)
                for name, value in {
                    "Content-Type": reply.kind,
                    "Content-Length": str(len(reply.body)),
                    **reply.headers,
                }.items():
                    handler.send_header(name, value)
                handler.end_headers()
                step = 1 if reply.drip else max(1, len(reply.body))
                for at in range(0, len(reply.body), step):
                    handler.wfile.write(reply.body[at : at + step])
                    handler.wfile.flush()
                    time.sleep(reply.drip)

            def log_message(handler, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Let no more in."""
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def answering(answer: Reply | list[Reply] | Callable[[Asked], Reply]) -> Iterator[ModelStub]:
    """A server that gives this reply, these replies one after the other (the last again and again), or what a function makes."""
    if isinstance(answer, Reply):
        one = answer
        stub = ModelStub(lambda _: one)
    elif isinstance(answer, list):
        replies = iter(answer)
        last = [answer[-1]]
        stub = ModelStub(lambda _: next(replies, last[0]))
    else:
        stub = ModelStub(answer)
    try:
        yield stub
    finally:
        stub.close()
