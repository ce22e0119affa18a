"""docs/serve.md: what it shows of `kg serve` is what a reader gets. `python tests/test_serve_docs.py --write` puts in what is said now."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import ROOT
from serving import served

DOCUMENT = ROOT / "docs" / "serve.md"
SHOWN = "http://127.0.0.1:8377/"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)


def _commands(block: str) -> list[tuple[str, str]]:
    return [(one.partition("\n")[0], one.partition("\n")[2]) for one in re.split(r"^\$ ", block, flags=re.M)[1:]]


def _said(command: str, address: str, started: str) -> str:
    """What a command of the document says, as the document shows it."""
    if command.startswith("kg serve"):
        return started.replace(address, SHOWN)
    assert command.startswith("curl "), command
    done = subprocess.run(command.replace(SHOWN, address), shell=True, capture_output=True, text=True, timeout=60)
    text = done.stdout.replace(address, SHOWN)
    return text if text.endswith("\n") else f"{text}\n"


def test_every_command_of_the_document_says_what_it_shows(seed_graph: Path) -> None:
    import shutil

    if not shutil.which("curl"):
        pytest.skip("no curl")
    commands = [one for block in _BLOCK.findall(DOCUMENT.read_text("utf-8")) for one in _commands(block)]
    assert len(commands) >= 6
    with served(seed_graph) as running:
        for command, shown in commands:
            said = _said(command, running.address, running.said)
            assert said.split() == shown.replace("\r", "").split(), command


def write() -> None:
    """Put in what the commands say now."""
    import kg

    with tempfile.TemporaryDirectory() as folder:
        kg.publish(kg.build(*(ROOT / "seeds").glob("*.txt")), Path(folder) / "graph")
        with served(Path(folder) / "graph") as running:

            def block(found: re.Match[str]) -> str:
                return (
                    "```console\n"
                    + "".join(f"$ {c}\n{_said(c, running.address, running.said)}" for c, _ in _commands(found[1]))
                    + "```"
                )

            DOCUMENT.write_text(_BLOCK.sub(block, DOCUMENT.read_text("utf-8")).replace("\r", ""), "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    write()
