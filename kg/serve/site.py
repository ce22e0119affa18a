"""One served graph: its folder, the store in it, and who asks and changes that."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request

from kg.errors import YishiError
from kg.export.publish import publish_store, settle
from kg.graph.documents import DOCUMENTS, leads_of
from kg.graph.manifest import MANIFEST, STORES, base_of, manifest_of, whole
from kg.graph.store import open_store
from kg.graph.terms import terms_of
from kg.ontology import know
from kg.serve.pool import Answer, Busy, Pool
from kg.serve.refusal import Refused
from kg.serve.settings import Settings
from kg.serve.turns import Gone
from kg.serve.writer import WRITING

CHECKING = 1.0  # seconds in which a query that cannot be answered now is read


class Opened:
    """A graph as it was when it was opened: never changes. `store` is read-only and for quick looks; queries go to `pool`."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.manifest = whole(folder)[0]
        self.base = base_of(self.manifest)
        self.store = open_store(folder)
        self.terms = terms_of(self.store)
        self.leads = leads_of(folder) if DOCUMENTS in self.manifest["files"] else {}
        limits = {"size": settings.workers, "waiting": settings.waiting, "memory": settings.memory, "largest": settings.answer}
        self.pool = Pool("kg.graph.worker", str(folder), quick=settings.quick, **limits)
        self.checks = Pool("kg.serve.checker", "", **{**limits, "size": 1, "waiting": settings.connections})
        self._made: dict[str, Any] = {}
        self._locks: dict[str, Lock] = {}
        self._making = Lock()

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What is worked out once for this graph: what `make` gave the first time. Who asks meanwhile (in another thread) waits for it."""
        with self._making:
            lock = self._locks.setdefault(name, Lock())
        with lock:
            if name not in self._made:
                self._made[name] = make()
            return self._made[name]

    async def check(self, task: dict[str, Any]) -> None:
        """Raise Refused (400) where a query cannot be read: to come again with it would be in vain."""
        try:
            (await self.checks.do(task, CHECKING)).content.close()
        except Refused as refused:
            if refused.status == 400:
                raise

    async def close(self) -> None:
        """End all processes."""
        for pool in (self.pool, self.checks):
            await pool.close()

    async def retire(self) -> None:
        """End all processes when those that are at work have answered."""
        for pool in (self.pool, self.checks):
            await pool.retire()


class Site:
    """The graph in a folder, opened again whenever another one is published there. `prefix` is where its pages begin ("", /builds/x)."""

    def __init__(self, folder: Path, settings: Settings, prefix: str = "", *, writable: bool = False) -> None:
        self.folder, self.settings, self.prefix, self.writable = folder, settings, prefix, writable
        self._opened: Opened | None = None
        self._stamp: tuple[int, ...] | None = None
        self._opening, self._changing = asyncio.Lock(), asyncio.Lock()
        self._writer: Pool | None = None
        self._retiring: set[asyncio.Task[None]] = set()
        self._written: str | None = None  # the store that the writer's last change was published as

    @property
    def there(self) -> bool:
        """Whether there is a graph in the folder."""
        return (self.folder / MANIFEST).is_file()

    def path(self, request: Request) -> str:
        """What is asked for below the prefix, decoded."""
        path: str = request.scope["path"]
        return path.removeprefix(unquote(self.prefix))

    async def opened(self) -> Opened:
        """The graph as it is now. Raises Refused where there is none or it cannot be read."""
        if self._opened is None or self._now() != self._stamp:
            async with self._opening:
                stamp = self._now()
                if self._opened is None or stamp != self._stamp:
                    try:
                        with suppress(YishiError):  # a folder that cannot be written is read as it lies
                            await asyncio.to_thread(settle, self.folder)
                        opened = await asyncio.to_thread(Opened, self.folder, self.settings)
                    except (YishiError, OSError) as error:
                        raise Refused(503 if self.there else 404, str(error)) from error
                    old, self._opened, self._stamp = self._opened, opened, stamp
                    if old:
                        self._retire(old)
        know(self._opened.terms)
        return self._opened

    async def ask(self, task: dict[str, Any], timeout: float, gone: Gone | None = None) -> Answer:
        """Have a worker do a task on the graph as it is now; see Pool.do."""
        opened = await self.opened()
        try:
            return await opened.pool.do(task, timeout, gone)
        except Busy:
            await opened.check(task)
            raise

    async def change(self, task: dict[str, Any], timeout: float) -> Answer:
        """Have the one process that may write do a task, and publish what it gives: readers see all of a change or nothing.

        Raises Refused; 409 where a build has published another graph here meanwhile (the change is lost then, and is to be sent again).
        """
        async with self._changing:
            now = manifest_of(self.folder).get("store") if self.there else None
            if self._writer is None or now != self._written:
                await self._begin()
                self._written = now
            assert self._writer is not None
            name = f"{STORES}/{secrets.token_hex(8)}"
            copy = self.folder / f"{WRITING}-copies" / Path(name).name
            answer = await self._writer.do({**task, "copy": str(copy)}, timeout)
            try:
                published = await asyncio.to_thread(publish_store, self.folder, copy, name, self._written)
            except (YishiError, OSError) as error:
                await self._begin()  # what it has done is not to be published with the next change
                raise Refused(500, str(error)) from error
            if not published:
                await self._begin()
                raise Refused(409, "a build has put another graph here meanwhile: send the change again")
            self._written = name
        return answer

    async def prepare(self) -> None:
        """Where a graph can be written: make an empty one if there is none, so that it can be asked."""
        if self.writable:
            await asyncio.to_thread(settle, self.folder)
        if self.writable and not self.there:
            await self.change({"do": "copy"}, self.settings.timeout)

    async def close(self) -> None:
        """End all processes and take away what was only for them."""
        for task in self._retiring:
            task.cancel()
        await asyncio.gather(*self._retiring, return_exceptions=True)
        for one in (self._opened, self._writer):
            if one:
                await one.close()
        self._opened, had_writer, self._writer = None, self._writer, None
        if had_writer:
            for name in (WRITING, f"{WRITING}-copies"):
                shutil.rmtree(self.folder / name, ignore_errors=True)

    def _retire(self, old: Opened) -> None:
        """End the processes of a graph when what they are being asked has been answered."""
        task = asyncio.create_task(old.retire())
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)

    async def _begin(self) -> None:
        """A new writer, on the graph as it is now."""
        if self._writer:
            await self._writer.close()
        self.folder.mkdir(parents=True, exist_ok=True)
        await asyncio.to_thread(
            shutil.rmtree, self.folder / f"{WRITING}-copies", ignore_errors=True
        )  # of a server that was killed
        limits = {"size": 1, "waiting": self.settings.waiting, "memory": 4 * self.settings.memory, "largest": 0}
        self._writer = Pool("kg.serve.writer", str(self.folder), **limits)

    def _now(self) -> tuple[int, ...] | None:
        """What changes when another graph is published here."""
        try:
            stat = (self.folder / MANIFEST).stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size
