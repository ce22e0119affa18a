"""kg build, killed at any moment: its output is the former graph or the new one, and the next build ends with the right one."""

from __future__ import annotations

import json
import shutil
from functools import cache
from hashlib import sha256
from pathlib import Path

import kg
from faults.killing import Moment, at_random, changes, killed, left, ran, told
from kg.graph.manifest import ASIDE, MANIFEST, manifest_of
from kg.graph.store import ONTOLOGY, open_store

OLD = {
    "甲.txt": "2022年3月5日，湖州市政协在安吉县召开民主协商座谈会，新华社报道了这次会议。\n",
    "乙.txt": "2021年6月7日，政协岳阳市委员会在平江县召开读书推进会，红网报道了这次会议。\n",
}
NEW = {
    "甲.txt": "2022年3月5日，湖州市政协在安吉县召开民主协商座谈会，人民日报报道了这次会议。\n",
    "丙.txt": "2023年，湖州市政协打造“民生议事堂”，召开民生议事会议12次。\n",
}


class Build:
    """A folder with a graph of some documents, of which one then changes, one goes and one comes."""

    name = "build"

    def __init__(self, folder: Path, *, html: bool, documents: int = 0) -> None:
        self.folder = folder
        self.words = ("build", "texts", "-o", "out", "--jobs", "2", *(() if html else ("--no-html",)))
        more = {f"{n:03}.txt": f"{2000 + n % 24}年，湖州市政协打造“第{n}议事堂”，协商{n}次。\n" * 40 for n in range(documents)}
        self._put(OLD | more)
        self._run("old")
        self._put(NEW | more)
        self.seconds = self._run("new")
        self._start()
        self.seconds = self._timed()
        self.start_again()
        self._log = changes(self.words, folder, folder / "changes.log")
        self.graphs = {name: _graph(folder / name) for name in ("old", "new")}

    def _put(self, texts: dict[str, str]) -> None:
        shutil.rmtree(self.folder / "texts", ignore_errors=True)
        (self.folder / "texts").mkdir(parents=True)
        for name, text in texts.items():
            (self.folder / "texts" / name).write_text(text, "utf-8")

    def _run(self, name: str) -> float:
        """Build what is there now into an empty folder of this name."""
        code, _, errors, seconds = ran(self.words, self.folder)
        assert code == 0, errors
        (self.folder / "out").rename(self.folder / name)
        return seconds

    def _timed(self) -> float:
        code, _, errors, seconds = ran(self.words, self.folder)
        assert code == 0, errors
        return seconds

    def _start(self) -> None:
        shutil.copytree(self.folder / "old", self.folder / "out")

    def start_again(self) -> None:
        """Put the former graph back."""
        shutil.rmtree(self.folder / "out")
        self._start()

    def moments(self, number: int, seed: int, *, placed: int | None = None) -> list[Moment]:
        """Moments by chance over the whole run, and each change from the last before publishing begins (or `placed` of them)."""
        first = next(
            n for n, change in enumerate(self._log) if change.startswith("os.rename") and f"{ASIDE}/{MANIFEST}" in change
        )
        around = [Moment(change=n) for n in range(max(0, first - 3), len(self._log))]
        if placed is not None:
            around = around[:: max(1, -(-len(around) // placed))] if placed else []
        return at_random(number, self.seconds, seed) + around

    def wrong(self, moment: Moment, *, thorough: bool) -> tuple[str, bool]:
        """What is wrong after a kill at this moment ("" where nothing is), and whether the run was still there to be killed."""
        self.start_again()
        was_killed = killed(self.words, self.folder, moment)
        out = self.folder / "out"
        try:
            self._is_whole(out, thorough)
            code, _, errors, _ = ran(self.words, self.folder)
            assert code == 0, f"the next build ends with {code}: {errors}"
            assert _graph(out) == self.graphs["new"], "the next build gives another graph than one into an empty folder"
            assert _files(out) == _files(self.folder / "new"), "the next build leaves other files"
            stray = left(out) ^ left(self.folder / "new")
            assert not stray, f"what is left after the next build is not what a build leaves: {sorted(stray)}"
        except (AssertionError, kg.YishiError) as error:
            return str(error), was_killed
        return "", was_killed

    def _is_whole(self, out: Path, thorough: bool) -> None:
        graph = kg.open(out).to_turtle()
        state = next((name for name, one in self.graphs.items() if one[0] == graph), None)
        assert state, "the output is neither the former graph nor the new one"
        assert _store(out) == self.graphs[state][1], f"the files are those of the {state} graph, the store is another"
        if not (out / ASIDE / MANIFEST).is_file():
            for name, stamp in manifest_of(out)["files"].items():
                assert sha256((out / name).read_bytes()).hexdigest() == stamp["sha256"], f"{name} is not what the manifest says"
        if thorough:
            for words in (
                ("stats",),
                ("query", "SELECT ?s ?p ?o { ?s ?p ?o FILTER(!isBlank(?s) && !isBlank(?o)) } ORDER BY ?s ?p ?o"),
            ):
                assert told((*words, "--graph", "out"), self.folder) == _said(words, self.folder, state), (
                    f"kg {words[0]} says other things"
                )


@cache
def _said(words: tuple[str, ...], folder: Path, name: str) -> object:
    return told((*words, "--graph", name), folder)


def _graph(folder: Path) -> tuple[str | None, frozenset[str]]:
    return kg.open(folder).to_turtle(), _store(folder)


def _store(folder: Path) -> frozenset[str]:
    """What the store that queries ask says, without the ontology."""
    return frozenset(str(quad) for quad in open_store(folder) if quad.graph_name != ONTOLOGY)


def _files(folder: Path) -> dict[str, bytes]:
    names = manifest_of(folder)["files"]
    return {name: (folder / name).read_bytes() for name in (*names, MANIFEST)} | {"": json.dumps(sorted(names)).encode()}
