"""The commands that the documents show, run, so that what a reader sees is what the command says.

In a ```console block a line `$ kg …` (`| head -N` is allowed) is a command, the lines up to the next are what it says. Times are
masked. `python tests/doc_commands.py --write` puts in what the commands say now.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from database_servers import STARTED, Place

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = {
    "README.md": "en",
    "README.zh.md": "zh",
    "docs/quality.md": "en",
    "docs/query.md": "en",
    "docs/many.md": "en",
    "docs/export.md": "en",
    "docs/load.md": "en",
    "docs/formats.md": "en",
    "docs/lexicon.md": "en",
    "docs/model.md": "en",
    "docs/edits.md": "en",
}
# The addresses of databases that documents show, and the logins beside them → the server of database_servers that is asked.
SERVERS = {
    "falkor_server": ("falkor://localhost:6379/yishi", ""),
    "bolt_server": ("bolt://localhost:7687/neo4j", "--user neo4j --password secret"),
    "virtuoso": ("http://localhost:8890/sparql-graph-crud-auth", "--user dba --password dba"),
}
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
_TIME = re.compile(r"\d+(?:\.\d+)?(?= (?:s|秒)$)", re.M)
_HEAD = re.compile(r"\s*\|\s*head -(\d+)$")


@dataclass(frozen=True, slots=True)
class Shown:
    """A command in a document, and the output that the document shows for it."""

    document: str
    command: str
    output: str


def shown(document: str) -> list[Shown]:
    """All commands of one document."""
    text = (ROOT / document).read_text("utf-8")
    return [Shown(document, command, output) for block in _BLOCK.findall(text) for command, output in _commands(block)]


def servers(commands: list[Shown]) -> list[str]:
    """The databases that the commands load into, by their names in SERVERS."""
    return [name for name, (url, _) in SERVERS.items() if any(url in one.command for one in commands)]


def said(commands: list[Shown], folder: Path, places: Mapping[str, Place] | None = None) -> list[str]:
    """What the commands of one document say, run one after the other in a folder where the project's files are.

    `places` are the servers that run now, by their names in SERVERS: they are asked for the addresses that the document shows.
    """
    for name in ("seeds", "tests", "docs"):
        (folder / name).symlink_to(ROOT / name)
    (folder.parent / "shared").is_symlink() or (folder.parent / "shared").symlink_to(ROOT.parent / "shared")
    with chdir(folder):
        return [_shown_as(run(_really(one.command, places or {}), DOCUMENTS[one.document]), places or {}) for one in commands]


def _really(command: str, places: Mapping[str, Place]) -> str:
    for name, place in places.items():
        url, login = SERVERS[name]
        command = command.replace(url, place.url)
        if login and place.url in command:
            command = command.replace(login, f"--user {place.user} --password {place.password}")
    return command


def _shown_as(output: str, places: Mapping[str, Place]) -> str:
    for name, place in places.items():
        output = output.replace(place.url, SERVERS[name][0])
    return output


def run(command: str, language: str) -> str:
    """What one command says in a language (on a terminal: its errors too), cut where it is piped to head."""
    from kg.cli import main

    head = _HEAD.search(command)
    words = shlex.split(_HEAD.sub("", command))
    if words[0] != "kg":
        raise ValueError(f"a document shows the output of something else than kg: {command}")
    output, before = io.StringIO(), os.environ.get("KG_LANG")
    os.environ["KG_LANG"] = language
    try:
        with redirect_stdout(output), redirect_stderr(output):
            main(_expanded(words[1:]))
    finally:
        os.environ.pop("KG_LANG") if before is None else os.environ.update(KG_LANG=before)
    lines = output.getvalue().splitlines(keepends=True)
    return "".join(lines[: int(head[1])] if head else lines)


def masked(output: str) -> str:
    """The output without its times and spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in _TIME.sub("…", output).strip("\n").splitlines())


def write(document: str) -> None:
    """Put in what the commands say now."""
    commands = shown(document)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        places = {}
        for name in ("at", *servers(commands)):
            (Path(folder) / name).mkdir()
            if name != "at":
                places[name] = stack.enter_context(STARTED[name](Path(folder) / name))
        outputs = iter(said(commands, Path(folder) / "at", places))
    text = (ROOT / document).read_text("utf-8")

    def block(found: re.Match[str]) -> str:
        parts = [f"$ {command}\n{next(outputs)}" for command, _ in _commands(found[1])]
        return "```console\n" + "".join(parts) + "```"

    (ROOT / document).write_text(_BLOCK.sub(block, text), "utf-8")


def _commands(block: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def _expanded(words: list[str]) -> list[str]:
    """The words with globs filled in, as a shell does."""
    found: list[str] = []
    for word in words:
        found += sorted(map(str, Path().glob(word))) if "*" in word and " " not in word else [word]
    return found


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    for name in DOCUMENTS:
        write(name)
