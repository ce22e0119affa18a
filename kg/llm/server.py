"""A language model behind a server that speaks the OpenAI chat completions protocol: where it is, and what it has been asked so far."""

from __future__ import annotations

import re
import threading
from os import PathLike
from urllib.parse import SplitResult, urlsplit

from kg.errors import UsageError, YishiError
from kg.llm.cache import Answers, question_key
from kg.llm.chat import Chat, Message, NoAnswer, Unfit
from kg.llm.tally import Tally

TIMEOUT = 300.0  # seconds: a model on the machine's own processor is slow
PAUSE = 1.0  # seconds before a request is sent again, doubled each time
LIMIT = 1_000  # requests in one build: who pays by the request should not be surprised
IN_A_ROW = 5  # failures after which a server is asked no more
LONGEST_NAME = 200
ADDRESS = "give an address such as http://localhost:11434/v1"


class ModelServer:
    """A model to ask. One for one build: it remembers the answers, how many requests are left, and whether the server has stopped answering.

    `url` is the address below which the server has `chat/completions`; `name` the model's; `key` is sent as a Bearer token. `cache` is
    a file where answers are kept and looked up first; `limit` the most requests; `timeout` seconds for one answer; `workers` requests
    at a time. Raises UsageError for an address, name or key that cannot be, YishiError for a cache that cannot be read. No connection is
    opened before a passage is asked about.
    """

    def __init__(
        self,
        url: str,
        name: str,
        *,
        key: str | None = None,
        cache: str | PathLike[str] | None = None,
        limit: int = LIMIT,
        timeout: float = TIMEOUT,
        pause: float = PAUSE,
        workers: int = 2,
    ) -> None:
        parts = _address(url)
        self.where = f"{parts.scheme}://{parts.netloc}{parts.path}"
        self.name = _model_name(name)
        self.workers = max(1, workers)
        self.tally = Tally()
        self._chat = Chat(_endpoint(parts), self.where, self.name, _header(key), timeout, pause)
        self._answers = Answers(cache)
        self._left = limit
        self._failures = 0
        self._answered = False
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"ModelServer({self.where!r}, {self.name!r})"

    def kept(self, messages: list[Message]) -> str | None:
        """The kept answer to these messages, if there is one."""
        return self._answers.get(question_key(self.where, self.name, messages))

    def keep(self, messages: list[Message], answer: str) -> None:
        """Keep a server's answer that was of use. Raises YishiError where its file cannot be written."""
        self._answers.put(question_key(self.where, self.name, messages), answer)

    def count(self, *, kept: bool) -> None:
        """Count a question that got a usable answer: a kept one, or the server's."""
        with self._lock:
            if kept:
                self.tally.kept += 1
            else:
                self.tally.asked += 1

    def ask(self, messages: list[Message]) -> str:
        """What the model says to these messages: its words as they are. May be called by several threads.

        Raises NoAnswer where there is none for this passage, YishiError where the server, before it has answered anything, cannot
        be reached, refuses the login or has no such model, or has failed too often.
        """
        with self._lock:
            if self._failures >= IN_A_ROW:
                raise NoAnswer(f"not asked: the server had failed {IN_A_ROW} times in a row")
            if not self._left:
                raise NoAnswer("not asked: the limit of requests was reached")
            self._left -= 1
        try:
            answer = self._chat.complete(messages)
        except Unfit as error:
            self._failed(fatal=error)
            raise NoAnswer(error.what) from error
        except NoAnswer as error:
            if error.ill:
                self._failed(error)
            raise
        with self._lock:
            self._answered, self._failures = True, 0
        return answer

    def _failed(self, error: NoAnswer | None = None, *, fatal: YishiError | None = None) -> None:
        """Count a failure; raise where the server has never answered and there is no hope that it will."""
        with self._lock:
            self._failures += 1
            answered, failures = self._answered, self._failures
        if answered:
            return
        if fatal is not None:
            raise fatal
        if error is not None and failures >= IN_A_ROW:
            raise YishiError(f"gives no answer: {error}", self.where, "look at the server, or build without --model") from error


def _address(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
        (host or "").encode("idna")
    except ValueError as error:
        raise UsageError(f"{url!r} is no address: {error}", "--model", ADDRESS) from error
    if parts.username is not None or parts.password is not None:
        raise UsageError("a key does not belong into the address", "--model", "put it into KG_MODEL_KEY")
    if parts.scheme not in ("http", "https") or not host or not re.fullmatch(r"[!-~]+", url) or parts.fragment:
        raise UsageError(f"{url!r} is no http or https address", "--model", ADDRESS)
    return parts


def _endpoint(parts: SplitResult) -> str:
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    return parts._replace(path=f"{path}/chat/completions").geturl()


def _model_name(name: str) -> str:
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise UsageError(
            f"{name[:LONGEST_NAME]!r} is no name of a model", "--model-name", "give the name that the server has it by"
        )
    return name.strip()


def _header(key: str | None) -> str | None:
    if key is not None and not re.fullmatch(r"[!-~]+", key):
        raise UsageError("the key is empty or has characters that no header can carry", "KG_MODEL_KEY")
    return key
