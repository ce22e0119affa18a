"""What stands in one coordination: 甲县委员工作室、乙县政协“…”议事厅."""

from __future__ import annotations

import re

from kg.model import Link
from kg.relate.scene import Scene


def coordination(scene: Scene, links: list[Link]) -> list[Link]:
    """The last of `links` (not empty, in the order of the text) and those that marks and 和 alone join to it."""
    found, start = [links[-1]], links[-1].start
    for link in reversed(links[:-1]):
        gap = scene.text[link.end : start]
        if gap in ("", "“", "《") and scene.class_of(link) == "Organization":
            start = link.start  # 甲县委员工作室、乙县政协|“…”议事厅: whose it is stands between the two
        elif re.fullmatch(r"[”》]?[、和及与][“《]?", gap):
            found.insert(0, link)
            start = link.start
        else:
            break
    return found
