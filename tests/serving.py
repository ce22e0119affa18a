"""Starting `kg serve` in the tests: a real server in a process of its own, on a port that is free, ended afterwards."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from command import START, environment

TOKEN = "a-token-for-the-tests-only"
WITH_LIMITS = """
import sys
from pathlib import Path
from kg.serve.run import serve
from kg.serve.settings import Settings

serve(Settings(folder=Path(sys.argv[1]), **eval(sys.argv[2])), lambda address: print(address, flush=True))
"""


@dataclass
class Served:
    """A running server: its address, what it printed at its start, its process, and a client for it."""

    address: str
    said: str
    process: subprocess.Popen[str]
    client: httpx.Client

    def __getattr__(self, name: str) -> Any:
        """get, post … of the client."""
        return getattr(self.client, name)

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it as a user does, and give its exit code."""
        self.process.send_signal(how)
        return self.process.wait(15)

    def authorized(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {TOKEN}"}


@contextmanager
def served(folder: Path, *options: str, lang: str = "en", **env: str) -> Iterator[Served]:
    """`kg serve --graph folder --port 0 …` until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", START, "serve", "--graph", str(folder), "--port", "0", *options],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment(KG_LANG=lang, **env),
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://\S+?/(?=\s|（|$)", said)
        assert found, said
        if "--writable" in options and not env.get("KG_TOKEN"):
            said += process.stdout.readline()
        with httpx.Client(base_url=found[0], timeout=60) as client:
            yield Served(found[0], said, process, client)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process.stdout:
            process.stdout.close()


@contextmanager
def limited(folder: Path, **limits: float) -> Iterator[str]:
    """The address of a server with settings of one's own (kg.serve.settings.Settings), until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", WITH_LIMITS, str(folder), repr(limits)], stdout=subprocess.PIPE, text=True, env=environment()
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(15)
        process.stdout.close()
