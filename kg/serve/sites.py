"""All graphs of a server: the served one, and those made of dropped files, each in a folder below `builds/` of the served folder."""

from __future__ import annotations

from pathlib import Path

from kg.export.publish import MANIFEST
from kg.serve.refusal import Refused
from kg.serve.settings import Settings
from kg.serve.site import Site

BUILDS = "builds"
MOST_OPEN = 8  # builds that are kept open


class Sites:
    """The graphs by name; a build is opened when it is first asked for, and closed when many others have been since."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.main = Site(settings.folder, settings, writable=settings.writable)
        self._open: dict[str, Site] = {}
        self._left: list[Site] = []

    @property
    def folder(self) -> Path:
        """Where the builds are."""
        return self.settings.folder / BUILDS

    def names(self) -> list[str]:
        """The names of the builds that there are, the last one first (names begin with the time)."""
        if not self.folder.is_dir():
            return []
        return sorted((path.name for path in self.folder.iterdir() if (path / MANIFEST).is_file()), reverse=True)

    def site(self, build: str | None) -> Site:
        """The served graph (None) or a build's. Raises Refused where there is no such build: only what `names` gives is one."""
        if build is None:
            return self.main
        if build not in self._open:
            if build not in self.names():
                raise Refused(404, "there is no such build here")
            self._open[build] = Site(self.folder / build, self.settings, f"/builds/{build}")
        self._open[build] = self._open.pop(build)
        while len(self._open) > MOST_OPEN:
            self._left.append(self._open.pop(next(iter(self._open))))
        return self._open[build]

    async def close(self) -> None:
        """End everything."""
        for site in (self.main, *self._open.values(), *self._left):
            await site.close()
