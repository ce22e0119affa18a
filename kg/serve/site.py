"""One served graph: its folder, the store in it, and who asks and changes that."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from pyoxigraph import RdfFormat, Store

from kg.errors import YishiError
from kg.export.publish import MANIFEST, TURTLE, manifest_of, settle
from kg.graph.iri import DEFAULT_BASE
from kg.ontology import ontology_dir
from kg.serve.pool import Answer, Gone, Pool
from kg.serve.refusal import Refused
from kg.serve.settings import Settings

STORE = "store"
COPIES = ".yishi-copies"


class Opened:
    """A graph as it was when it was opened: never changes. `store` is read-only and for quick looks; queries go to `pool`."""

    def __init__(self, path: Path, manifest: dict[str, Any], settings: Settings) -> None:
        self.path = path
        self.manifest = manifest
        self.base: str = manifest.get("base", DEFAULT_BASE)
        self.store = Store.read_only(str(path))
        self.pool = Pool(
            "read", path, size=settings.workers, waiting=settings.waiting, memory=settings.memory, largest=settings.answer
        )
        self.made: dict[str, Any] = {}  # what is worked out once for this graph

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` gave the first time."""
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]


class Site:
    """The graph in a folder, opened again whenever a build has put a new one there. `prefix` is where its pages begin ("" or /builds/x)."""

    def __init__(self, folder: Path, settings: Settings, prefix: str = "", *, writable: bool = False) -> None:
        self.folder, self.settings, self.prefix, self.writable = folder, settings, prefix, writable
        self._opened: Opened | None = None
        self._stamp: tuple[int, ...] | None = None
        self._lock = asyncio.Lock()
        self._writer: Pool | None = None
        self._copies = 0

    @property
    def there(self) -> bool:
        """Whether there is a graph in the folder, or one can be written there."""
        return self.writable or (self.folder / MANIFEST).is_file()

    async def opened(self) -> Opened:
        """The graph as it is now. Raises Refused where there is none or it cannot be read."""
        stamp = self._now()
        if self._opened is None or stamp != self._stamp:
            async with self._lock:
                stamp = self._now()
                if self._opened is None or stamp != self._stamp:
                    try:
                        await self._open()
                    except (YishiError, OSError) as error:
                        raise Refused(503 if self.there else 404, f"the graph cannot be opened: {error}") from error
                    self._stamp = stamp
        assert self._opened is not None
        return self._opened

    async def ask(self, task: dict[str, Any], timeout: float, gone: Gone | None = None) -> Answer:
        """Have a worker do a task on the graph as it is now; see Pool.do."""
        return await (await self.opened()).pool.do(task, timeout, gone)

    async def change(self, task: dict[str, Any], timeout: float) -> Answer:
        """Have the one process that may write do a task, and let readers see what it gave. Raises Refused."""
        async with self._lock:
            answer = await self._written(task, timeout)
        return answer

    async def close(self) -> None:
        """End all processes and take away what was only for them."""
        for pool in (self._opened.pool if self._opened else None, self._writer):
            if pool:
                await pool.close()
        self._opened = self._writer = None
        shutil.rmtree(self.folder / COPIES, ignore_errors=True)
        if "_aside" in self.__dict__:
            shutil.rmtree(self._aside, ignore_errors=True)

    def _now(self) -> tuple[int, ...] | None:
        """What changes when a build publishes another graph here."""
        try:
            stat = (self.folder / MANIFEST).stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    async def _open(self) -> None:
        if self.writable:
            if self._writer:
                await self._writer.close()
            shutil.rmtree(self.folder / COPIES, ignore_errors=True)
            self._writer = None
            await self._written({"do": "copy"}, self.settings.timeout)
        else:
            await asyncio.to_thread(settle, self.folder)
            manifest = manifest_of(self.folder)
            path = self.folder / STORE
            if not path.is_dir():
                path = await asyncio.to_thread(self._filled)
            await self._change_to(await asyncio.to_thread(Opened, path, manifest, self.settings))

    async def _written(self, task: dict[str, Any], timeout: float) -> Answer:
        """Change the store, and open the copy that is left of it."""
        if self._writer is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not (self.folder / STORE).is_dir() and (self.folder / TURTLE).is_file():
                await asyncio.to_thread(fill, self.folder / STORE, self.folder / TURTLE)
            limits = {"size": 1, "waiting": self.settings.waiting, "memory": 4 * self.settings.memory, "largest": 0}
            self._writer = Pool("write", self.folder / STORE, **limits)
        self._copies += 1
        copy = self.folder / COPIES / str(self._copies)
        answer = await self._writer.do({**task, "copy": str(copy)}, timeout)
        manifest = manifest_of(self.folder) if (self.folder / MANIFEST).is_file() else {}
        await self._change_to(await asyncio.to_thread(Opened, copy, manifest, self.settings))
        shutil.rmtree(self.folder / COPIES / str(self._copies - 1), ignore_errors=True)
        return answer

    async def _change_to(self, opened: Opened) -> None:
        old, self._opened = self._opened, opened
        if old:
            await old.pool.close()

    @cached_property
    def _aside(self) -> Path:
        return Path(mkdtemp(prefix="yishi-serve-"))

    def _filled(self) -> Path:
        """A store of the folder's Turtle, in a temporary folder: for graphs that were published without one."""
        path = self._aside / f"{len(list(self._aside.iterdir()))}"
        fill(path, self.folder / TURTLE)
        return path


def fill(path: Path, turtle: Path) -> None:
    """Make a store at `path` of a Turtle file and the ontology's labels. Raises YishiError where the file is not Turtle."""
    store = Store(str(path))
    try:
        store.bulk_load(path=str(turtle), format=RdfFormat.TURTLE)
        store.bulk_load(path=str(ontology_dir() / "yishi.ttl"), format=RdfFormat.TURTLE)
        store.flush()
    except (SyntaxError, ValueError) as error:
        raise YishiError(f"is not Turtle: {error}", str(turtle), "build the graph again") from error
    del store


