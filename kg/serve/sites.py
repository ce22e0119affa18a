"""All graphs of a server: the served one, and those made of dropped files, each in a folder below `builds/` of the served folder."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from kg.errors import YishiError
from kg.graph.manifest import MANIFEST, manifest_of
from kg.serve.building import written
from kg.serve.refusal import Refused
from kg.serve.settings import Settings
from kg.serve.site import Site

BUILDS = "builds"
MOST_OPEN = 8  # builds that are kept open


@dataclass(frozen=True, slots=True)
class Build:
    """A build, as it is listed."""

    name: str
    address: str
    title: str
    when: str
    entities: int
    facts: int
    figures: int


class Sites:
    """The graphs by name; a build is opened when it is first asked for, and closed when many others have been since."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.main = Site(settings.folder, settings, writable=settings.writable)
        self._open: dict[str, Site] = {}
        self._left: list[Site] = []  # no longer used, but someone may still be reading

    @property
    def folder(self) -> Path:
        """Where the builds are."""
        return self.settings.folder / BUILDS

    def names(self) -> list[str]:
        """The names of the builds that there are, the last one first (names begin with the time)."""
        if not self.folder.is_dir():
            return []
        return sorted((path.name for path in self.folder.iterdir() if (path / MANIFEST).is_file()), reverse=True)

    def listed(self) -> list[Build]:
        """The builds that there are, with what they are about."""
        return [build for name in self.names() if (build := self._listed(name))]

    def title(self, name: str) -> str:
        """What a build is about; its folder's name where that is not known."""
        build = self._listed(name)
        return build.title if build else name

    def site(self, build: str | None) -> Site:
        """The served graph (None) or a build's. Raises Refused where there is no such build: only what `names` gives is one."""
        if build is None:
            return self.main
        if build not in self._open:
            if build not in self.names():
                raise Refused(404, "there is no such build here")
            self._open[build] = Site(self.folder / build, self.settings, f"/{BUILDS}/{quote(build)}")
        self._open[build] = self._open.pop(build)
        while len(self._open) > MOST_OPEN:
            self._left.append(self._open.pop(next(iter(self._open))))
        return self._open[build]

    async def remove(self, build: str) -> None:
        """Take a build away. Raises Refused where there is none of this name."""
        site = self.site(build)
        del self._open[build]
        await site.close()
        await asyncio.to_thread(shutil.rmtree, site.folder)

    def _listed(self, name: str) -> Build | None:
        try:
            manifest = manifest_of(self.folder / name)
            counts, sources = manifest["counts"], manifest["sources"]
            titles = [source["title"] or source["name"] for source in sources]
            title = f"{titles[0]} …+{len(titles) - 1}" if len(titles) > 1 else titles[0]
            return Build(
                name, f"/{BUILDS}/{quote(name)}", title, written(name), counts["entities"], counts["facts"], counts["measures"]
            )
        except (YishiError, KeyError, TypeError, IndexError):
            return None  # not one of ours: it has an address, but nothing to list

    async def close(self) -> None:
        """End everything."""
        for site in (self.main, *self._open.values(), *self._left):
            await site.close()
