"""The documents show what the commands really say, and point at what is there."""

from __future__ import annotations

import re
from pathlib import Path

import doc_commands as docs
import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("document", docs.DOCUMENTS)
def test_every_command_in_a_document_says_what_the_document_shows(document, tmp_path, request):
    commands = docs.shown(document)
    assert commands, f"{document} shows no command"
    if any("../shared" in one.command for one in commands) and not (ROOT.parent / "shared").is_dir():
        pytest.skip("the shared material is not beside this checkout")
    (tmp_path / "at").mkdir()
    places = {name: request.getfixturevalue(name) for name in docs.servers(commands)}
    for place in places.values():
        place.empty()
    for one, output in zip(commands, docs.said(commands, tmp_path / "at", places), strict=True):
        assert docs.masked(one.output) == docs.masked(output), f"$ {one.command}: make docs puts in what it says now"


@pytest.mark.parametrize("document", [*docs.DOCUMENTS, "docs/page.md", "docs/report.md"])
def test_every_link_to_a_file_leads_to_one(document):
    path = ROOT / document
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text("utf-8"))
    missing = [link for link in links if not (path.parent / link).exists()]
    assert not missing


def test_both_readmes_show_the_same_commands():
    english, chinese = ([one.command for one in docs.shown(name)] for name in ("README.md", "README.zh.md"))
    assert english == chinese
