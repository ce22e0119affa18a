"""Built folders that several test files ask: the seed page, and the seed page with a second, later text."""

from __future__ import annotations

from pathlib import Path

import kg

LATER = (Path(__file__).parent / "later.txt").read_text("utf-8")
"""A year later than the seed page: the hall and one campaign stay, another comes."""


def seed_folder(folder: Path, seed: Path) -> Path:
    """The seed page's graph, published without its page."""
    kg.publish(kg.build(seed), folder, html=False)
    return folder


def two_folder(folder: Path, seed: Path) -> Path:
    """The seed page and the later text as one graph."""
    text = folder.parent / "later.txt"
    text.write_text(LATER, "utf-8")
    kg.publish(kg.build(seed, text, home="湖州市"), folder, html=False)
    return folder
