"""Built folders that several test files ask: the seed page, and the seed page with a second, later text."""

from __future__ import annotations

from pathlib import Path

import kg

LATER = (
    "政协湖州市委员会常务委员会工作报告\n（2024年2月20日）\n"
    "2023年，市政协打造“民生议事堂”，开展“六送下乡”为民服务月活动，组织“双月座谈协商”5次，服务群众3万人次。"
    "市政协开展“百名委员联百企”活动。《光明日报》对“民生议事堂”作了专题报道。\n"
)
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
