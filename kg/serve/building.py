"""Building a graph of files that were dropped on the first page: taking them, building in a process of its own, telling how far it is."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from hmac import compare_digest
from pathlib import Path, PurePath
from typing import Any, BinaryIO
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.export.files import safe_name
from kg.serve.pages import language
from kg.serve.refusal import Refused
from kg.serve.settings import Settings

MOST_JOBS = 4  # that wait or run
MOST_TOLD = 50  # finished jobs that are still told of
TOKEN = "X-Yishi-Token"


@dataclass(slots=True)
class Job:
    """A build: `state` is waiting, reading, writing, done, failed or stopped."""

    id: str
    name: str  # of its folder
    files: int
    state: str = "waiting"
    reading: str = ""
    number: int = 0
    line: str = ""
    skipped: list[dict[str, str]] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None
    task: asyncio.Task[None] | None = None

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to come."""
        return self.state in ("done", "failed", "stopped")

    def as_json(self) -> dict[str, Any]:
        """What the page shows."""
        return {
            "id": self.id, "state": self.state, "reading": self.reading, "number": self.number, "files": self.files,
            "line": self.line, "skipped": self.skipped, "address": f"/builds/{quote(self.name)}" if self.state == "done" else "",
        }  # fmt: skip


class Builder:
    """Builds one after the other, each in a process that can be ended. What fails or is stopped leaves nothing."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings, self.folder = settings, folder
        self.jobs: dict[str, Job] = {}
        self._turn = asyncio.Lock()
        self._taking = 0

    def start(self, dropped: Path, names: list[str], home: str, lang: str) -> Job:
        """Begin to build what lies in the folder `dropped`, which is removed in the end. Raises Refused where too many wait."""
        self._check_room()
        for old in [job.id for job in self.jobs.values() if job.ended][:-MOST_TOLD]:
            del self.jobs[old]
        job = Job(secrets.token_urlsafe(12), self._name(names), len(names))
        self.jobs[job.id] = job
        job.task = asyncio.create_task(self._run(job, dropped, home, lang))
        return job

    @contextmanager
    def taking(self) -> Iterator[None]:
        """While files come in, which takes room too. Raises Refused where too many wait already, so that nothing is sent in vain."""
        self._check_room()
        self._taking += 1
        try:
            yield
        finally:
            self._taking -= 1

    def _check_room(self) -> None:
        if self._taking + sum(not job.ended for job in self.jobs.values()) >= MOST_JOBS:
            raise Refused(503, "other builds are waiting already: try again when they have ended", {"Retry-After": "10"})

    async def stop(self, job: Job) -> None:
        """End a build, and wait until it has left nothing."""
        if job.task and not job.ended:
            job.task.cancel()
            with suppress(asyncio.CancelledError):
                await job.task

    async def close(self) -> None:
        """End all."""
        for job in list(self.jobs.values()):
            await self.stop(job)

    def _name(self, names: list[str]) -> str:
        """A folder's name that is not taken: the time, so that names sort, and the first file's."""
        stem = safe_name(PurePath(names[0]).stem)[:30].rstrip("._-") or "build"
        name = f"{datetime.now():%Y%m%d-%H%M%S}-{stem}"
        taken = {job.name for job in self.jobs.values()}
        return next(
            one
            for n in range(1, 1000)
            if not (self.folder / (one := name if n == 1 else f"{name}-{n}")).exists() and one not in taken
        )

    async def _run(self, job: Job, dropped: Path, home: str, lang: str) -> None:
        target = self.folder / job.name
        try:
            async with self._turn:
                job.state = "reading"
                self.folder.mkdir(parents=True, exist_ok=True)
                job.process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-P", "-m", "kg.serve.builder", str(dropped), str(target), lang, home),
                    *map(str, self.settings.lexicon),
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=asyncio.subprocess.PIPE,
                )
                await asyncio.wait_for(self._follow(job), self.settings.building)
                if not job.ended:
                    job.state, job.line = "failed", "the build ended without a word: it may have run out of memory"
        except TimeoutError:
            job.state, job.line = "failed", f"stopped after {self.settings.building / 60:g} minutes"
        except asyncio.CancelledError:
            job.state = "stopped"
            raise
        except OSError as error:
            job.state, job.line = "failed", f"{self.folder}: {error.strerror or error}"
        finally:
            if job.process and job.process.returncode is None:
                with suppress(ProcessLookupError):
                    job.process.kill()
                await job.process.wait()
            await asyncio.to_thread(shutil.rmtree, dropped, True)
            if job.state != "done":
                await asyncio.to_thread(shutil.rmtree, target, True)

    async def _follow(self, job: Job) -> None:
        """Take what the process says, a line of JSON at a time."""
        assert job.process is not None and job.process.stdout is not None
        end: dict[str, Any] = {}
        while line := await job.process.stdout.readline():
            said = json.loads(line)
            if "reading" in said:
                job.reading, job.number = said["reading"], job.number + 1
            elif said.get("state") == "writing":
                job.state = "writing"
            else:
                end = said
        await job.process.wait()
        if end:
            job.line, job.skipped, job.state = end.get("line", ""), end.get("skipped", []), end["state"]


async def take(request: Request) -> Response:
    """POST /builds: files as multipart/form-data, and `home`. Answers 202 with the job."""
    check_page(request)
    settings: Settings = request.app.state.settings
    builder: Builder = request.app.state.builder
    dropped = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="yishi-dropped-"))
    try:
        names = []
        with builder.taking():
            async with request.form(max_files=settings.files, max_fields=4) as sent:
                home = str(sent.get("home") or "").strip()[:60]
                for number, (_, file) in enumerate(one for one in sent.multi_items() if isinstance(one[1], UploadFile)):
                    assert isinstance(file, UploadFile)
                    name = safe_name(PurePath((file.filename or "file").replace("\\", "/")).name)
                    place = dropped / f"{number:04d}"  # two files of one name keep it
                    place.mkdir()
                    await asyncio.to_thread(_keep, file.file, place / name)
                    names.append(name)
        if not names:
            raise Refused(400, "there is no file in what was sent")
        return JSONResponse(builder.start(dropped, names, home, language(request)).as_json(), 202)
    except BaseException:
        shutil.rmtree(dropped, ignore_errors=True)
        raise


def _keep(file: BinaryIO, path: Path) -> None:
    """Copy what came in, piece by piece: all files of all who send them at once are more than goes into memory."""
    with path.open("wb") as copy:
        shutil.copyfileobj(file, copy)


async def told(request: Request) -> Response:
    """GET /builds/jobs/ID: how far a build is."""
    return JSONResponse(_job(request).as_json(), headers={"Cache-Control": "no-store"})


async def stop(request: Request) -> Response:
    """POST /builds/jobs/ID/stop: end a build."""
    check_page(request)
    job = _job(request)
    await request.app.state.builder.stop(job)
    return JSONResponse(job.as_json())


async def remove(request: Request) -> Response:
    """DELETE /builds/NAME: take a graph that was built here away."""
    check_page(request)
    await request.app.state.sites.remove(request.path_params["build"])
    return Response(status_code=204)


def check_page(request: Request) -> None:
    """Raise Refused unless the request comes from a page of ours: only those know the token, whatever a browser lets others send."""
    if not compare_digest(request.headers.get(TOKEN, "").encode(), request.app.state.settings.page_token.encode()):
        raise Refused(403, "this is for the first page of this server itself: open it again, it may be an old one")


def _job(request: Request) -> Job:
    job = request.app.state.builder.jobs.get(request.path_params["job"])
    if not isinstance(job, Job):
        raise Refused(404, "there is no such build under way")
    return job


def written(name: str) -> str:
    """When a build was made, as its folder's name tells."""
    found = re.match(r"(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)", name)
    return f"{found[1]}-{found[2]}-{found[3]} {found[4]}:{found[5]}" if found else ""
